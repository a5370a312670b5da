package opendata

import (
	"slices"
	"strings"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/table"
)

// About is what there is to say of a dataset, a register or a municipality's all. Every
// standard says it in its own words: Data Package (package.go), CSVW (csvw.go), and those
// of catalogues, which lie in a room above. None has a fact that is not from here, so none
// contradicts another.
type About struct {
	ID          string // "osh.findings"; of a municipality as a whole, "osh"
	Title       locale.Text
	Description locale.Text
	Keywords    locale.Text // with commas
	Page        string      // in each edition: "osh/data/findings/"
	Rows        int
	From, To    string // first and last day that the records speak of; empty: none
	Files       []Download
}

// Download is a file in which a dataset is to be had.
type Download struct {
	Path   string // from the top of the site
	Format Format
}

// Format is what a file is called, by people and by registries.
type Format struct {
	key   string // of the message with its name
	Media string // type; registered with IANA but for JSON Lines
	Code  string // in the file types of the EU's Publications Office; empty: not among them
}

// The formats in which datasets are to be had.
var (
	CSV      = Format{"csv", "text/csv", "CSV"}
	ExcelCSV = Format{"excelcsv", "text/csv", "CSV"}
	XLSX     = Format{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"}
	Parquet  = Format{"parquet", "application/vnd.apache.parquet", "PARQUET"}
	JSON     = Format{"json", "application/json", "JSON"}
	Lines    = Format{"jsonl", "application/jsonl", ""}
	SQLite   = Format{"sqlite", "application/vnd.sqlite3", ""}
	ZIP      = Format{"zip", "application/zip", "ZIP"}
	Package  = Format{"package", "application/json", "JSON"}
)

// Name is what people call it.
func (f Format) Name() locale.Text { return locale.Every("opendata.form." + f.key) }

// wholes are the forms of all registers of a municipality together.
var wholes = []struct {
	suffix string
	format Format
}{{".zip", ZIP}, {".xlsx", XLSX}, {".sqlite", SQLite}}

// Party is who answers for a municipality's data.
type Party struct {
	Name    locale.Text
	Website string // empty: not known
}

// Publisher is the office that answers for the registers, or else the council whose they
// are. What is invented is not the work of those it is about: it is the site's.
func (o Options) Publisher(m *jme.Municipality) Party {
	c := m.Settings.Contact
	switch {
	case o.Data.Site.Demonstration:
		return Party{o.Data.Site.Title, o.Data.Site.BaseURL}
	case c.Office.IsZero():
		return Party{m.Settings.Council, c.Website}
	}
	return Party{c.Office, c.Website}
}

// Register tells of a register.
func (o Options) Register(m *jme.Municipality, t *table.Table) About {
	return register{t, m, o}.about()
}

func (r register) about() About {
	s := r.Schema
	a := About{
		ID: ResourceName(r.m, s.Name), Title: locale.Join(s.Title, r.m.Settings.Name, func(title, town string) string { return title + " — " + town }),
		Description: r.o.described(s.Description, "opendata.dataset.register", r.m), Keywords: keywords(r.m),
		Page: r.m.ID + "/data/" + s.Name + "/", Rows: len(r.Rows),
	}
	a.From, a.To = span(r.Table)
	for _, f := range forms {
		if f.format != (Format{}) {
			a.Files = append(a.Files, Download{"data/" + r.m.ID + "/" + s.Name + f.suffix, f.format})
		}
	}
	return a
}

// About tells of all registers of a municipality together. What they speak of is what
// happened: that a provider is older, or a holiday is to come, does not count.
func (o Options) About(m *jme.Municipality) About {
	a := About{
		ID: m.ID, Title: locale.Say(func(p *locale.Printer) string {
			return p.F("opendata.readme.title", locale.Args{"Name": m.Settings.Name})
		}),
		Description: o.described(m.Settings.Introduction, "opendata.dataset.municipality", m), Keywords: keywords(m),
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
	for _, w := range wholes {
		a.Files = append(a.Files, Download{"data/" + m.ID + "/" + m.ID + w.suffix, w.format})
	}
	return a
}

// described adds to a description what the dataset is, and that it is invented where it
// is: catalogues show it among those of others.
func (o Options) described(description locale.Text, key string, m *jme.Municipality) locale.Text {
	return locale.Say(func(p *locale.Printer) string {
		parts := []string{description.Get(p.Lang()), p.F(key, locale.Args{"Name": m.Settings.Name})}
		if o.Data.Site.Demonstration {
			parts = append(parts, p.T("opendata.demonstration.meaning"))
		}
		return strings.TrimSpace(strings.Join(parts, " "))
	})
}

func keywords(m *jme.Municipality) locale.Text {
	return locale.Join(locale.Every("opendata.dataset.keywords"), m.Settings.Name, func(words, town string) string { return words + ", " + town })
}

// span is the first and the last day that a register's records speak of.
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

// bounds are the first and the last day of a day, a time, a month or a year.
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

// Address is where something on the site is.
func (o Options) Address(path string) string { return o.Data.Site.BaseURL + path }

// Node is the name of something in the catalogue, which is where it leads.
func (o Options) Node(id string) string { return o.Address("catalog.jsonld#" + id) }

// pages tells whether each record of the register has a page whose address is its key.
func (r register) pages() bool {
	return jme.Listed(r.Schema.Name) &&
		!slices.ContainsFunc(r.Rows, func(row table.Row) bool { return jme.Slug(&row) != row.Key })
}
