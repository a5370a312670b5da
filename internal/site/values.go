package site

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/table"
)

// Value is a cell, ready to be shown.
type Value struct {
	Text    Phrase
	Href    string
	Mark    string // the shape of a status, "" for none; see marks.html
	Numeric bool
	Away    bool   // the link leaves the site
	Size    string // of a linked file
	Empty   bool   // not known
}

// label is what a record is called: its schema's label columns, references followed.
func (e *edition) label(m *jme.Municipality, r jme.Record) Phrase {
	var parts Phrase
	for _, c := range m.Label(r) {
		if c.Column.Name == "" { // the record's key
			parts = append(parts, Said{Text: c.Value})
		} else {
			parts = append(parts, e.plain(c.Record, c.Column))
		}
	}
	return parts
}

// short is the label for a link among others.
func (e *edition) short(m *jme.Municipality, r jme.Record) Phrase {
	parts := e.label(m, r)
	for i := range parts {
		parts[i].Text = clip(parts[i].Text, 110)
	}
	return parts
}

// plain is a cell as text, without link or mark.
func (e *edition) plain(r jme.Record, c *table.Column) Said {
	value := r.Table.Value(r.Row, c.Name)
	switch c.Type {
	case table.Text:
		i := slices.IndexFunc(r.Table.Schema.Columns, func(o table.Column) bool { return o.Name == c.Name })
		return e.said(r.Table.Text(r.Row, i))
	case table.Enum:
		if value != "" {
			return e.said(c.Label(value))
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
		return Said{Text: e.measured(e.Number(value), c.Unit)}
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
			value = e.unit(value)
		}
		if r.Table.Schema.Name == jme.Changes { // what stood in any cell, and messages of commits
			return e.foreign(value)
		}
		return e.once(value)
	}
	return Said{Text: value}
}

// measured is a number with its unit. A bare count and a place on a scale have none to say.
func (e *edition) measured(number, unit string) string {
	if number == "" || unit == "" || unit == "1" || strings.HasPrefix(unit, "1–") {
		return number
	}
	return number + "\u00a0" + e.unit(unit)
}

// unit is a unit as it is written in the language; one that is not known stays as it is.
func (e *edition) unit(sign string) string {
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

// once is a text that is recorded in one language only, as names of people and references
// are.
func (e *edition) once(s string) Said {
	if l := locale.Guess(s, e.lang); l != e.lang {
		return Said{s, l.String()}
	}
	return Said{Text: s}
}

// value is a cell as a page shows it.
func (e *edition) value(m *jme.Municipality, r jme.Record, c *table.Column, href func(string) string) Value {
	said := e.plain(r, c)
	v := Value{Text: Phrase{said}, Numeric: c.Type.Numeric(), Empty: said.Text == ""}
	if v.Empty {
		return v
	}
	switch c.Type {
	case table.Ref:
		if to, ok := m.Record(jme.Target(r.Table, r.Row, c), said.Text); ok {
			v.Text, v.Href = e.short(m, to), e.to(href, recordPath(m, to))
		}
	case table.Enum:
		v.Mark = mark(r.Table.Schema.Name, c.Name, r.Table.Value(r.Row, c.Name))
	case table.URL:
		v.Href, v.Away = said.Text, true
		v.Text = own(strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(said.Text, "https://"), "http://"), "/"))
	case table.Path:
		v = e.fileLink(m, said.Text, href)
	case table.String:
		if t := m.Table(said.Text); t != nil && c.Name == "subject_register" {
			v.Text = Phrase{e.said(t.Schema.Title)}
		}
	case table.Number:
		if i := indicator(m, r, c); i != nil {
			v.Text = own(e.measured(said.Text, i.Unit))
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

// fileLink leads to a document of the municipality.
func (e *edition) fileLink(m *jme.Municipality, name string, href func(string) string) Value {
	if name == "" {
		return Value{Empty: true}
	}
	size := e.Data.Files["content/"+m.ID+"/files/"+name]
	kind := strings.ToUpper(strings.TrimPrefix(path.Ext(name), "."))
	return Value{
		Text: own(path.Base(name)), Href: href(m.FileAddress(name)),
		Size: strings.TrimSpace(kind + " " + e.bytes(size)),
	}
}

// bytes is a size for people.
func (e *edition) bytes(n int64) string {
	switch {
	case n >= 10<<20:
		return e.F("site.size.mb", locale.Args{"n": e.Int(int(n >> 20))})
	case n >= 1<<10:
		return e.F("site.size.kb", locale.Args{"n": e.Int(int((n + 1023) >> 10))})
	}
	return e.F("site.size.b", locale.Args{"n": e.Int(int(n))})
}

// to leads to an address of this edition.
func (e *edition) to(href func(string) string, path string) string {
	return href(e.lang.String() + "/" + path)
}

// mark is the shape that goes with a word that says how something stands (ux.md 3.3).
func mark(register, column, word string) string {
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

// recordLink leads to a record of a register by key; nil text where there is none.
func (e *edition) recordLink(m *jme.Municipality, register, key string, href func(string) string) Link {
	r, ok := m.Record(register, key)
	if !ok {
		return Link{Text: own(cmp.Or(key, "—"))}
	}
	return Link{Text: e.short(m, r), Href: e.to(href, recordPath(m, r))}
}
