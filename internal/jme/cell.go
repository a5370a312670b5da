package jme

import (
	"slices"
	"strings"

	"achyk/internal/locale"
	"achyk/internal/table"
)

// Cell is a cell of a record with all that is needed to show it. Fields that do not apply
// to the type of its column are zero.
type Cell struct {
	Record                 // that has the cell
	Column   *table.Column // never nil; in a label, a column without a name stands for the record's key
	Value    string        // as in the register, of a text the original; "" if it is not known
	Text     locale.Text   // of a text: in its languages; of an enum: the label of its word; of subject_register: the title of that register; of the number of a clause: as each language writes it, if not all alike
	Unit     string        // of a number: its unit; of the unit of an indicator: the same as Value
	Currency string        // of money; "" if the register does not name it
	Register string        // of a reference: the register it leads to, even if the record does not exist
	Target   Record        // of a reference: the record it leads to; zero if it does not exist

	m *Municipality
}

// subjectRegister is the column in which a record names the register of the record it is
// about.
const subjectRegister = "subject_register"

// clauseNumber is the column in which a record names a clause of a legal text.
const clauseNumber = "clause"

// Cell returns the cell of a record in a column of its register.
func (m *Municipality) Cell(r Record, column *table.Column) Cell {
	c := Cell{Record: r, Column: column, Value: r.Row.Values[column.Field()], m: m}
	switch column.Type {
	case table.Text:
		c.Text = r.Table.TextOf(r.Row, column)
		c.Value = c.Text.Get(r.Table.Schema.Original)
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
		if number := locale.PerLanguage(r.Table.Schema.Langs, locale.Clause(c.Value).In); column.Name == clauseNumber && number.Ky != number.En {
			c.Text = number
		}
		if r.Table.Schema.Name == "indicators" && column.Name == "unit" {
			c.Unit = c.Value
		}
	}
	return c
}

// unit returns the unit of a number: that of its column, or that of the indicator whose
// value or target the number is.
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

// Empty tells whether the value is not known, of a text in no language.
func (c Cell) Empty() bool { return c.Value == "" && c.Text.IsZero() }

// Label returns the label of the record that a reference leads to, as [Municipality.Label]
// does, or nil if that record does not exist.
func (c Cell) Label() []Cell {
	if c.Target.Row == nil {
		return nil
	}
	return c.m.Label(c.Target)
}

// File is the path in the repository of the document that a cell of type path names. It is
// a key of Dataset.Files.
func (c Cell) File() string { return c.m.filesFolder() + c.Value }

// FileAddress is the address of that document, from the top of the site.
func (c Cell) FileAddress() string { return c.m.FileAddress(c.Value) }

// keyColumn is the column of a cell that holds a record's key, which may be joined of
// several columns.
var keyColumn = &table.Column{Type: table.ID}

// Label returns the cells that a record is called by: those of the label columns of its
// schema that are not empty. A reference among them is replaced by the label of its target,
// up to three times. If all are empty, the label is one cell with the record's key.
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

// Called returns the label of a record as one text in all languages. Dates and numbers
// are as in the register. A text that has no translation is the original.
func (m *Municipality) Called(r Record) (t locale.Text) {
	cells := m.Label(r)
	for _, l := range r.Table.Schema.Langs {
		parts := make([]string, len(cells))
		for i, c := range cells {
			parts[i] = c.in(l)
		}
		t.Set(l, strings.Join(parts, " — "))
	}
	return t
}

// CalledIn is [Municipality.Called] in the languages in which no part of it is missing. If there is none, it is in the
// original.
func (m *Municipality) CalledIn(r Record) (t locale.Text) {
	cells, called := m.Label(r), m.Called(r)
	for _, l := range r.Table.Schema.Langs {
		if !slices.ContainsFunc(cells, func(c Cell) bool { return !c.Text.IsZero() && c.Text.Get(l) == "" }) {
			t.Set(l, called.Get(l))
		}
	}
	if original := r.Table.Schema.Original; t.IsZero() {
		t.Set(original, called.Get(original))
	}
	return t
}

// in returns the cell as it stands in Called.
func (c Cell) in(l locale.Lang) string {
	if c.Text.IsZero() {
		return c.Value
	}
	s, _ := c.Text.ResolveFrom(l, c.Record.Table.Schema.Original)
	return s
}
