package opendata

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"achyk/internal/files"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/table"
	"achyk/internal/tableschema"
)

// About describes a dataset: a register, or all registers of a municipality together. Each
// standard writes these facts in its own format: Data Package (package.go), CSVW (csvw.go),
// and those of package catalogue. None has facts from elsewhere, so none contradicts another.
type About struct {
	ID          string // "osh.findings", or "osh" for all registers of Osh
	Title       locale.Text
	Description locale.Text
	Keywords    locale.Text // separated by commas
	Page        string      // its page, without the language that begins the address: "osh/data/findings/"
	Rows        int
	From, To    string // first and last day in the records, YYYY-MM-DD; empty if there is none
	Files       []Download
}

// Download is a file in which a dataset can be had.
type Download struct {
	Path string // from the top of the site
	Kind files.Kind
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

// Register describes a register with its files.
func (s Snapshot) Register(m *jme.Municipality, t *table.Table) About {
	a := (&register{Table: t, town: newTown(s, m)}).about()
	a.Files = downloads(registerForms, m.ID, t.Schema.Name)
	return a
}

// About describes all registers of a municipality together, with their files.
func (s Snapshot) About(m *jme.Municipality) About {
	a := newTown(s, m).about()
	a.Files = downloads(wholeForms, m.ID, "")
	slices.SortFunc(a.Files, func(a, b Download) int { return cmp.Compare(a.Kind.Place, b.Kind.Place) })
	return a
}

// about describes a register, without its files.
func (r *register) about() About {
	s := r.Schema
	a := About{
		ID: tableschema.ResourceName(r.m, s.Name), Title: locale.Join(s.Title, r.m.Settings.Name, func(title, town string) string { return title + " — " + town }),
		Description: r.described(s.Description, "opendata.dataset.register"), Keywords: keywords(r.m),
		Page: r.m.ID + "/data/" + s.Name + "/", Rows: len(r.Rows),
	}
	a.From, a.To = span(r.Table)
	return a
}

// about describes all registers of a municipality together, without their files. From and To
// are the days of what happened. Reference registers (providers, the calendar) do not count
// for them, since their days may lie long ago or in the future; nor do derived registers.
func (t town) about() About {
	a := About{
		ID: t.m.ID, Title: locale.Say(func(p *locale.Printer) string {
			return p.F("opendata.readme.title", locale.Args{"Name": t.m.Settings.Name})
		}),
		Description: t.described(t.m.Settings.Introduction, "opendata.dataset.municipality"), Keywords: keywords(t.m),
		Page: t.m.ID + "/data/",
	}
	for _, reg := range t.m.Tables {
		if !jme.Derived(reg.Schema.Name) {
			a.Rows += len(reg.Rows)
		}
		if reg.Schema.Stage == "reference" || reg.Schema.Stage == "" || !jme.Listed(reg.Schema.Name) {
			continue
		}
		if from, to := span(reg); from != "" {
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
func (t town) described(description locale.Text, key string) locale.Text {
	return locale.Say(func(p *locale.Printer) string {
		parts := []string{description.Get(p.Lang()), p.F(key, locale.Args{"Name": t.m.Settings.Name})}
		if t.invented() {
			parts = append(parts, p.T("opendata.demonstration.meaning"))
		}
		return strings.TrimSpace(strings.Join(parts, " "))
	})
}

func keywords(m *jme.Municipality) locale.Text {
	return locale.Join(locale.Every("opendata.dataset.keywords"), m.Settings.Name, func(words, town string) string { return words + ", " + town })
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

// pages tells whether every record of the register has a page whose address ends in its key.
func (r *register) pages() bool {
	return jme.Listed(r.Schema.Name) &&
		!slices.ContainsFunc(r.Rows, func(row table.Row) bool { return jme.Slug(&row) != row.Key })
}
