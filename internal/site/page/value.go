package page

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/table"
	"achyk/internal/wording"
)

// Value is a cell, ready to be shown.
type Value struct {
	Text    Phrase
	Href    string
	Mark    string // the shape of a status, "" for none; layouts/_mark.html draws it
	Numeric bool
	Away    bool   // the link leaves the site
	Size    string // type and size of the file that the link leads to
	Empty   bool   // the cell is not filled
}

// Link leads to another page or to a file.
type Link struct {
	Text    Phrase
	Href    string
	Current bool // the link leads to the page it stands on
}

// Label returns the name of a record: its label columns, with the labels of the records that
// they refer to.
func (p *Place) Label(r jme.Record) Phrase { return p.cellTexts(p.Town.Label(r)) }

// shortLabel is the length, in characters, to which a link shortens each part of a label.
const shortLabel = 110

// Short returns the label, shortened for a link.
func (p *Place) Short(r jme.Record) Phrase { return p.Label(r).Clipped(shortLabel) }

// cellTexts returns the texts of cells as a phrase.
func (e *Edition) cellTexts(cells []jme.Cell) Phrase {
	var parts Phrase
	for _, c := range cells {
		parts = append(parts, e.Plain(c))
	}
	return parts
}

// Plain returns a cell as text, without link or mark.
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
			return Text{Text: e.T("report.value." + c.Value)}
		}
	case table.String:
		switch {
		case c.Table.Schema.Name == jme.Changes: // its cells quote cells of any column and messages of commits
			return e.Foreign(c.Value)
		case c.Table.Schema.Name == jme.Compliance && c.Column.Name == "version" && c.Value == wording.Adopted:
			return Text{Text: e.T("site.wording.adopted")}
		case c.Column.Name == "rule" && e.Has(ruleTitle(c.Value)):
			return Text{Text: e.T(ruleTitle(c.Value))}
		case c.Unit != "":
			return e.Untranslated(e.Unit(c.Unit))
		case !c.Text.IsZero():
			return e.Text(c.Text)
		}
		return e.Untranslated(c.Value)
	}
	return Text{Text: c.Value}
}

// ruleTitle is the key of the message that names a rule by its code.
func ruleTitle(code string) string { return "regulation." + code + ".title" }

// moment writes a time as a date, a date with the hour, or a month.
func (e *Edition) moment(t time.Time, kind table.Type) string {
	switch kind {
	case table.Date:
		return e.Date(t)
	case table.DateTime:
		return e.DateTime(t)
	}
	return e.YearMonth(t)
}

// Measured returns a number with its unit. Counts (unit 1) have no unit to show, and a mark on a scale (units
// like 1–5) is one of the highest mark: "3.2 of 5".
func (e *Edition) Measured(number, unit string) string {
	if number == "" || unit == "" || unit == "1" {
		return number
	}
	if highest, scale := strings.CutPrefix(unit, "1–"); scale {
		if n, err := strconv.Atoi(highest); err == nil {
			return e.F("site.fraction", locale.Args{"part": number, "whole": e.Ablative(n)})
		}
	}
	return number + "\u00a0" + e.Unit(unit)
}

// Unit returns a unit as it is written in the language. An unknown unit is returned as it is.
func (e *Edition) Unit(sign string) string {
	if name, ok := units[sign]; ok {
		return e.T("site.unit." + name)
	}
	return sign
}

// units are the international signs that Kyrgyz and Russian write differently. The values end
// the keys of the messages.
var units = map[string]string{
	"d": "day", "h": "hour", "min": "minute", "m": "metre", "cm": "centimetre", "km": "kilometre", "1/km": "per-kilometre",
	"m²": "square-metre", "m³": "cubic-metre", "l": "litre", "mg/l": "milligram-per-litre", "t": "tonne", "kg": "kilogram", "lx": "lux", "bar": "bar",
}

// Value returns a cell as a page shows it.
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

// Mark returns the mark of a word in a column, the shape that shows how something stands. It
// returns "" for a word without a mark.
func Mark(register, column, word string) string {
	return marks[register+"."+column+"."+word]
}

// marks are the marks of words, by register, column and word.
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
	"compliance.outcome.set-aside":        "set-aside",
	"compliance.outcome.not-applicable":   "not-checked",
	"compliance.outcome.unknown":          "unknown",
	"calendar.status.tentative":           "unknown",
	"calendar.status.confirmed":           "done",
}

// Record returns a link to a record of a register by its key. If there is no such record, the
// link has the key as text and no Href.
func (p *Place) Record(register, key string) Link {
	r, ok := p.Town.Record(register, key)
	if !ok {
		return Link{Text: Own(cmp.Or(key, "—"))}
	}
	return Link{Text: p.Short(r), Href: p.To(p.Town.RecordPath(r))}
}

// Register returns a link to the list of a register.
func (p *Place) Register(reg *table.Table) Link {
	return Link{Text: Phrase{p.Text(reg.Schema.Title)}, Href: p.To(p.Town.ListPath(reg.Schema.Name))}
}

// Fact is a name with the values recorded under it.
type Fact struct {
	Name   Text
	Values []Value
}

// Facts returns the named columns of a record, without those that are not filled.
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

// AddFact adds a value to the fact of that name, or a new fact if there is none.
func AddFact(facts []Fact, name Text, v Value) []Fact {
	for i := range facts {
		if facts[i].Name == name {
			facts[i].Values = append(facts[i].Values, v)
			return facts
		}
	}
	return append(facts, Fact{Name: name, Values: []Value{v}})
}

// Cell returns one column of a record, or the zero Value if it is not filled.
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
