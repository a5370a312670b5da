package dataset

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/table"
	"achyk/internal/tableschema"
)

// About describes a dataset: a register, or all registers of a municipality together. Each
// standard writes these facts in its own format: Data Package and CSVW in package opendata,
// DCAT, schema.org and citations in package catalogue.
type About struct {
	ID          string // "osh.findings", or "osh" for all registers of Osh
	Title       locale.Text
	Description locale.Text
	Keywords    locale.Text // separated by commas
	Page        string      // its page, without the language that begins the address: "osh/data/findings/"
	Rows        int
	From, To    string // first and last day in the records, YYYY-MM-DD; empty if there is none
}

// Party is an office, a council or a site that publishes data.
type Party struct {
	Name    locale.Text
	Website string // empty if not known
}

// Publisher returns who publishes the registers of a municipality: the office named in its
// settings, or else its council. Invented data is not the work of an office, so its publisher
// is the site.
func (s Snapshot) Publisher(m *jme.Municipality) Party {
	c := m.Settings.Contact
	switch {
	case s.Data.Site.Demonstration:
		return Party{s.Data.Site.Title, s.Data.Site.BaseURL}
	case c.Office.IsZero():
		return Party{m.Settings.Council, c.Website}
	}
	return Party{c.Office, c.Website}
}

// Register describes a register of a municipality.
func (s Snapshot) Register(m *jme.Municipality, t *table.Table) About {
	a := About{
		ID: tableschema.ResourceName(m, t.Schema.Name), Title: locale.Join(m.Langs, t.Schema.Title, m.Settings.Name, func(title, town string) string { return title + " — " + town }),
		Description: s.described(t.Schema.Description, "opendata.dataset.register", m), Keywords: keywords(m, t.Schema.Title),
		Page: m.ID + "/data/" + t.Schema.Name + "/", Rows: len(t.Rows),
	}
	a.From, a.To = span(t)
	return a
}

// About describes all registers of a municipality together. From and To are the days of what
// happened. Reference registers (providers, the calendar) do not count for them, since their
// days may lie long ago or in the future; nor do derived registers.
func (s Snapshot) About(m *jme.Municipality) About {
	a := About{
		ID: m.ID, Title: locale.Say(m.Langs, func(p *locale.Printer) string {
			return p.F("opendata.readme.title", locale.Args{"Name": m.Settings.Name})
		}),
		Description: s.described(m.Settings.Introduction, "opendata.dataset.municipality", m), Keywords: keywords(m, locale.Text{}),
		Page: m.ID + "/data/",
	}
	for _, t := range m.Tables {
		if !jme.Derived(t.Schema.Name) {
			a.Rows += len(t.Rows)
		}
		if t.Schema.Stage == "reference" || t.Schema.Stage == "" || !jme.Listed(t.Schema.Name) {
			continue
		}
		if from, to := span(t); from != "" {
			a.To = max(a.To, to)
			if a.From == "" || from < a.From {
				a.From = from
			}
		}
	}
	return a
}

// described adds to a description what kind of dataset it is, and that it is invented if it
// is: in a catalogue it stands among datasets of others.
func (s Snapshot) described(description locale.Text, key string, m *jme.Municipality) locale.Text {
	return locale.Say(m.Langs, func(p *locale.Printer) string {
		parts := []string{description.Get(p.Lang()), p.F(key, locale.Args{"Name": m.Settings.Name})}
		if s.Data.Site.Demonstration {
			parts = append(parts, p.T("opendata.demonstration.meaning"))
		}
		return strings.TrimSpace(strings.Join(parts, " "))
	})
}

// keywords returns the keywords of a dataset: those of all datasets here, the title of its register, by which
// a national catalogue finds the register of every town, and the name of the municipality.
func keywords(m *jme.Municipality, title locale.Text) locale.Text {
	return locale.Say(m.Langs, func(p *locale.Printer) string {
		words := []string{p.T("opendata.dataset.keywords")}
		for _, name := range []locale.Text{title, m.Settings.Name} {
			if word := name.Get(p.Lang()); tag(word) {
				words = append(words, word)
			}
		}
		return strings.Join(words, ", ")
	})
}

// tag reports whether a catalogue may take a text as a tag. CKAN refuses a dataset whole if a tag has other
// characters than these, as the apostrophe in "Providers' replies", or if it is shorter or longer.
func tag(word string) bool {
	n := utf8.RuneCountInString(word)
	return 2 <= n && n <= 100 && !strings.ContainsFunc(word, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(" -_.", r)
	})
}

// span returns the first and the last day in the records of a register.
func span(t *table.Table) (from, to string) {
	for i, f := range t.Schema.Fields {
		kind := t.Schema.Columns[f.Column].Type
		if !kind.Dated() && kind != table.Year {
			continue
		}
		for j := range t.Rows {
			v := t.Rows[j].Values[i]
			if v == "" {
				continue
			}
			first, last := bounds(v)
			to = max(to, last)
			if from == "" || first < from {
				from = first
			}
		}
	}
	return from, to
}

// bounds returns the first and the last day of a day, a time, a month or a year.
func bounds(v string) (first, last string) {
	switch len(v) {
	case len("2006"):
		return v + "-01-01", v + "-12-31"
	case len("2006-01"):
		if t, ok := table.ParseTime(v); ok {
			return v + "-01", t.AddDate(0, 1, -1).Format(time.DateOnly)
		}
	}
	return table.Day(v), table.Day(v)
}
