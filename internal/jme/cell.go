package jme

import (
	"strings"

	"achyk/internal/locale"
	"achyk/internal/table"
)

// Cell is a cell of a record with all that is needed to show it. What does not apply to
// the type of its column is zero.
type Cell struct {
	Record                 // whose cell it is
	Column   *table.Column // never nil; in a label, a column without a name stands for the record's key
	Value    string        // as the register holds it, of a text the Kyrgyz original; "" where it is not known
	Text     locale.Text   // of a text: it in three languages; of an enum: the word's label; of subject_register: the register's title
	Unit     string        // of a number: what it counts; of an indicator's unit: that unit
	Currency string        // of money; "" where the register does not name it
	Register string        // of a reference: the register it leads to, whether or not the record is there
	Target   Record        // of a reference: the record it leads to; zero where there is none

	m *Municipality
}

// subjectRegister is the column by which registers name the register of a record that may
// be of any.
const subjectRegister = "subject_register"

// Cell returns the cell of a record in a column of its register.
func (m *Municipality) Cell(r Record, column *table.Column) Cell {
	c := Cell{Record: r, Column: column, Value: r.Row.Values[column.Field()], m: m}
	switch column.Type {
	case table.Text:
		values := r.Row.Values[column.Field():]
		c.Text = locale.Text{Ky: values[0], Ru: values[1], En: values[2]}
	case table.Enum:
		if c.Value != "" {
			c.Text = column.Label(c.Value)
		}
	case table.Ref:
		c.Register = Target(r.Table, r.Row, column)
		c.Target, _ = m.Record(c.Register, c.Value)
	case table.Integer, table.Number:
		c.Unit = m.unit(r, column)
	case table.Money:
		c.Currency = r.Table.Value(r.Row, column.CurrencyColumn)
	case table.String:
		if t := m.Table(c.Value); t != nil && column.Name == subjectRegister {
			c.Text = t.Schema.Title
		}
		if r.Table.Schema.Name == "indicators" && column.Name == "unit" {
			c.Unit = c.Value
		}
	}
	return c
}

// unit is the unit of a number: that of its column or, where it is the value or the target
// of an indicator, the indicator's.
func (m *Municipality) unit(r Record, column *table.Column) string {
	switch r.Table.Schema.Name {
	case "measurements":
		if i := Get[Indicator](m, r.Table.Value(r.Row, "indicator")); i != nil && column.Name == "value" {
			return i.Unit
		}
	case "indicators":
		if column.Name == "target" {
			return r.Table.Value(r.Row, "unit")
		}
	}
	return column.Unit
}

// Empty tells whether nothing is known: of a text, in any language.
func (c Cell) Empty() bool { return c.Value == "" && c.Text.IsZero() }

// Label returns what the record is called that a reference leads to, as
// [Municipality.Label] does; nil where there is none.
func (c Cell) Label() []Cell {
	if c.Target.Row == nil {
		return nil
	}
	return c.m.Label(c.Target)
}

// File is the path of the document that a cell of type path names: in the repository, a
// key of Dataset.Files.
func (c Cell) File() string { return c.m.filesFolder() + c.Value }

// FileAddress is where that document is published, from the top of the site.
func (c Cell) FileAddress() string { return c.m.FileAddress(c.Value) }

// keyColumn is the column of a label's cell that is the record's key, which several
// columns may make up.
var keyColumn = &table.Column{Type: table.ID}

// Label returns the cells by which a record is called: those of its schema's label
// columns, references followed as far as three registers, empty ones left out; where all
// are empty, one that is the record's key.
func (m *Municipality) Label(r Record) []Cell { return m.label(nil, r, 3) }

func (m *Municipality) label(cells []Cell, r Record, depth int) []Cell {
	start := len(cells)
	for _, i := range r.Table.Schema.LabelColumns() {
		switch c := m.Cell(r, &r.Table.Schema.Columns[i]); {
		case c.Target.Row != nil && depth > 0:
			cells = m.label(cells, c.Target, depth-1)
		case !c.Empty():
			cells = append(cells, c)
		}
	}
	if len(cells) == start {
		cells = append(cells, Cell{Record: r, Column: keyColumn, Value: r.Row.Key, m: m})
	}
	return cells
}

// Called is what a record is called, by the cells of Label, in three languages. Dates and
// numbers are as in the register; a text that is not translated is the original.
func (m *Municipality) Called(r Record) (t locale.Text) {
	cells := m.Label(r)
	for _, l := range locale.Langs {
		parts := make([]string, len(cells))
		for i, c := range cells {
			parts[i] = c.in(l)
		}
		t.Set(l, strings.Join(parts, " — "))
	}
	return t
}

func (c Cell) in(l locale.Lang) string {
	if c.Column.Type == table.Enum || c.Column.Type == table.Text {
		return c.Text.In(l)
	}
	return c.Value
}
