package page

import (
	"cmp"
	"slices"
	"strings"

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
func (p *Place) Label(r jme.Record) Phrase {
	var parts Phrase
	for _, c := range p.Town.Label(r) {
		if c.Column == nil {
			parts = append(parts, Said{Text: c.Row.Key})
		} else {
			parts = append(parts, p.Plain(c.Record, c.Column))
		}
	}
	return parts
}

// Short is the label for a link among others.
func (p *Place) Short(r jme.Record) Phrase { return p.Label(r).Clipped(110) }

// Plain is a cell as text, without link or mark.
func (e *Edition) Plain(r jme.Record, c *table.Column) Said {
	value := r.Table.Value(r.Row, c.Name)
	switch c.Type {
	case table.Text:
		i := slices.IndexFunc(r.Table.Schema.Columns, func(o table.Column) bool { return o.Name == c.Name })
		return e.Said(r.Table.Text(r.Row, i))
	case table.Enum:
		if value != "" {
			return e.Said(c.Label(value))
		}
	case table.Date, table.DateTime, table.YearMonth:
		if t, ok := table.ParseTime(value); ok {
			switch c.Type {
			case table.Date:
				return Said{Text: e.Date(t)}
			case table.DateTime:
				return Said{Text: e.DateTime(t)}
			}
			return Said{Text: e.YearMonth(t)}
		}
	case table.Integer, table.Number:
		return Said{Text: e.Measured(e.Number(value), c.Unit)}
	case table.Money:
		if value != "" {
			return Said{Text: e.Money(value, r.Table.Value(r.Row, c.CurrencyColumn))}
		}
	case table.Boolean:
		if value != "" {
			return Said{Text: e.T("site.value." + value)}
		}
	case table.String:
		if r.Table.Schema.Name == "indicators" && c.Name == "unit" {
			value = e.Unit(value)
		}
		if r.Table.Schema.Name == jme.Changes { // what stood in any cell, and messages of commits
			return e.Foreign(value)
		}
		return e.Once(value)
	}
	return Said{Text: value}
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
func (p *Place) Value(r jme.Record, c *table.Column) Value {
	said := p.Plain(r, c)
	v := Value{Text: Phrase{said}, Numeric: c.Type.Numeric(), Empty: said.Text == ""}
	if v.Empty {
		return v
	}
	switch c.Type {
	case table.Ref:
		if to, ok := p.Town.Record(jme.Target(r.Table, r.Row, c), said.Text); ok {
			v.Text, v.Href = p.Short(to), p.To(p.Town.RecordPath(to))
		}
	case table.Enum:
		v.Mark = Mark(r.Table.Schema.Name, c.Name, r.Table.Value(r.Row, c.Name))
	case table.URL:
		v.Href, v.Away = said.Text, true
		v.Text = Own(strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(said.Text, "https://"), "http://"), "/"))
	case table.Path:
		v = p.File(said.Text)
	case table.String:
		if t := p.Town.Table(said.Text); t != nil && c.Name == "subject_register" {
			v.Text = Phrase{p.Said(t.Schema.Title)}
		}
	case table.Number:
		if i := indicator(p.Town.Municipality, r, c); i != nil {
			v.Text = Own(p.Measured(said.Text, i.Unit))
		}
	}
	return v
}

// indicator is what a number is the value or the target of, or nil.
func indicator(m *jme.Municipality, r jme.Record, c *table.Column) *jme.Indicator {
	switch r.Table.Schema.Name + "." + c.Name {
	case "measurements.value":
		return jme.Get[jme.Indicator](m, r.Table.Value(r.Row, "indicator"))
	case "indicators.target":
		return jme.Get[jme.Indicator](m, r.Row.Key)
	}
	return nil
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
	return Link{Text: Phrase{p.Said(reg.Schema.Title)}, Href: p.To(p.Town.ListPath(reg.Schema.Name))}
}

// Fact is a name with what is recorded under it.
type Fact struct {
	Name   string
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
		c := r.Table.Schema.Column(name)
		if v := p.Value(r, c); !v.Empty {
			facts = append(facts, Fact{c.Title.In(p.Lang), []Value{v}})
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
	Title   Said
	Numeric bool
}
