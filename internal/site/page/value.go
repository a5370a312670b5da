package page

import (
	"cmp"
	"strings"
	"time"

	"achyk/internal/jme"
	"achyk/internal/table"
)

// Value is a cell, ready to be shown.
type Value struct {
	Text    Phrase
	Href    string
	Mark    string // the shape of a status, "" for none; layouts/base.html draws it
	Numeric bool
	Away    bool   // the link leaves the site
	Size    string // of a linked file
	Empty   bool   // not known
}

// Link leads to another page or a file.
type Link struct {
	Text    Phrase
	Href    string
	Current bool // to the page it stands on
}

// Label is what a record is called: its schema's label columns, references followed.
func (p *Place) Label(r jme.Record) Phrase { return p.cellTexts(p.Town.Label(r)) }

// shortLabel is how many characters of each part of a label stand in a link.
const shortLabel = 110

// Short is the label for a link among others.
func (p *Place) Short(r jme.Record) Phrase { return p.Label(r).Clipped(shortLabel) }

func (e *Edition) cellTexts(cells []jme.Cell) Phrase {
	var parts Phrase
	for _, c := range cells {
		parts = append(parts, e.Plain(c))
	}
	return parts
}

// Plain is a cell as text, without link or mark.
func (e *Edition) Plain(c jme.Cell) Text {
	switch c.Column.Type {
	case table.Text, table.Enum:
		return e.Text(c.Text)
	case table.Date, table.DateTime, table.YearMonth:
		if t, ok := table.ParseTime(c.Value); ok {
			return Text{Text: e.moment(t, c.Column.Type)}
		}
	case table.Integer, table.Number:
		return Text{Text: e.Measured(e.Number(c.Value), c.Unit)}
	case table.Money:
		if c.Value != "" {
			return Text{Text: e.Money(c.Value, c.Currency)}
		}
	case table.Boolean:
		if c.Value != "" {
			return Text{Text: e.T("site.value." + c.Value)}
		}
	case table.String:
		switch {
		case c.Table.Schema.Name == jme.Changes: // what stood in any cell, and messages of commits
			return e.Foreign(c.Value)
		case c.Unit != "":
			return e.Untranslated(e.Unit(c.Unit))
		case !c.Text.IsZero():
			return e.Text(c.Text)
		}
		return e.Untranslated(c.Value)
	}
	return Text{Text: c.Value}
}

func (e *Edition) moment(t time.Time, kind table.Type) string {
	switch kind {
	case table.Date:
		return e.Date(t)
	case table.DateTime:
		return e.DateTime(t)
	}
	return e.YearMonth(t)
}

// Measured is a number with its unit. A bare count and a place on a scale have none to say.
func (e *Edition) Measured(number, unit string) string {
	if number == "" || unit == "" || unit == "1" || strings.HasPrefix(unit, "1–") {
		return number
	}
	return number + "\u00a0" + e.Unit(unit)
}

// Unit is a unit as it is written in the language; one that is not known stays as it is.
func (e *Edition) Unit(sign string) string {
	if name, ok := units[sign]; ok {
		return e.T("site.unit." + name)
	}
	return sign
}

// units are the international signs that are written otherwise in Kyrgyz and Russian.
var units = map[string]string{
	"d": "day", "h": "hour", "min": "minute", "m": "metre", "cm": "centimetre", "km": "kilometre", "1/km": "per-kilometre",
	"m²": "square-metre", "m³": "cubic-metre", "l": "litre", "mg/l": "milligram-per-litre", "t": "tonne", "kg": "kilogram", "lx": "lux", "bar": "bar",
}

// Value is a cell as a page shows it.
func (p *Place) Value(c jme.Cell) Value {
	said := p.Plain(c)
	v := Value{Text: Phrase{said}, Numeric: c.Column.Type.Numeric(), Empty: said.Text == ""}
	if v.Empty {
		return v
	}
	switch c.Column.Type {
	case table.Ref:
		if c.Target.Row != nil {
			v.Text, v.Href = p.cellTexts(c.Label()).Clipped(shortLabel), p.To(p.Town.RecordPath(c.Target))
		}
	case table.Enum:
		v.Mark = Mark(c.Table.Schema.Name, c.Column.Name, c.Value)
	case table.URL:
		v.Href, v.Away = said.Text, true
		v.Text = Own(strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(said.Text, "https://"), "http://"), "/"))
	case table.Path:
		v = p.File(said.Text)
	}
	return v
}

// Mark is the shape that goes with a word that says how something stands (ux.md 3.3), ""
// for a word that says nothing of the kind.
func Mark(register, column, word string) string {
	return marks[register+"."+column+"."+word]
}

var marks = map[string]string{
	"findings.verdict.compliant":          "met",
	"findings.verdict.partly":             "partly",
	"findings.verdict.non-compliant":      "not-met",
	"findings.verdict.not-checked":        "not-checked",
	"measures.status.proposed":            "not-due",
	"measures.status.adopted":             "now",
	"measures.status.in-progress":         "now",
	"measures.status.done":                "said-done",
	"measures.status.declined":            "declined",
	"verifications.result.eliminated":     "checked-done",
	"verifications.result.partly":         "partly",
	"verifications.result.not-eliminated": "not-met",
	"applications.status.winner":          "done",
	"applications.status.refused":         "declined",
	"applications.status.withdrawn":       "not-checked",
	"applications.status.received":        "now",
	"applications.status.admitted":        "now",
	"applications.status.not-selected":    "not-due",
	"compliance.outcome.kept":             "met",
	"compliance.outcome.broken":           "not-met",
	"compliance.outcome.overdue":          "overdue",
	"compliance.outcome.pending":          "not-due",
	"compliance.outcome.not-applicable":   "not-checked",
	"compliance.outcome.unknown":          "unknown",
	"calendar.status.tentative":           "unknown",
	"calendar.status.confirmed":           "done",
}

// Record leads to a record of a register by its key. Where there is no such record, the
// key itself stands without a link.
func (p *Place) Record(register, key string) Link {
	r, ok := p.Town.Record(register, key)
	if !ok {
		return Link{Text: Own(cmp.Or(key, "—"))}
	}
	return Link{Text: p.Short(r), Href: p.To(p.Town.RecordPath(r))}
}

// Register leads to the list of a register.
func (p *Place) Register(reg *table.Table) Link {
	return Link{Text: Phrase{p.Text(reg.Schema.Title)}, Href: p.To(p.Town.ListPath(reg.Schema.Name))}
}

// Fact is a name with what is recorded under it.
type Fact struct {
	Name   Text
	Values []Value
}

// Facts takes the named columns of a record that are filled.
func (p *Place) Facts(register, key string, columns ...string) []Fact {
	r, ok := p.Town.Record(register, key)
	if !ok {
		return nil
	}
	var facts []Fact
	for _, name := range columns {
		c := p.Town.Cell(r, r.Table.Schema.Column(name))
		if v := p.Value(c); !v.Empty {
			facts = append(facts, Fact{p.Text(c.Column.Title), []Value{v}})
		}
	}
	return facts
}

// Cell is one column of a record; the zero Value where it is not filled.
func (p *Place) Cell(register, key, column string) Value {
	for _, f := range p.Facts(register, key, column) {
		return f.Values[0]
	}
	return Value{}
}

// Head is the heading of a column.
type Head struct {
	Title   Text
	Numeric bool
}
