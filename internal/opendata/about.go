package opendata

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/table"
)

// about is what there is to say of a dataset, a register or a municipality's all. Every
// standard says it in its own words: Data Package (package.go), CSVW (csvw.go), DCAT
// (catalogue.go), schema.org (schemaorg.go). None has a fact that is not from here, so
// none contradicts another.
type about struct {
	id          string // "osh-findings"; of a municipality as a whole, "osh"
	title       locale.Text
	description locale.Text
	keywords    locale.Text // with commas
	page        string      // in each edition: "osh/data/findings/"
	rows        int
	from, to    string // first and last day that the records speak of; empty: none
	files       []download
}

// download is a file in which a dataset is to be had.
type download struct {
	path string // from the top of the site
	form format
}

// format is what a file is called, by people and by registries.
type format struct {
	key   string // of the message with its name
	media string // type; registered with IANA but for JSON Lines
	code  string // in the file types of the EU's Publications Office; empty: not among them
}

var (
	csvFormat      = format{"csv", "text/csv", "CSV"}
	excelCSVFormat = format{"excelcsv", "text/csv", "CSV"}
	excelFormat    = format{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"}
	parquetFormat  = format{"parquet", "application/vnd.apache.parquet", "PARQUET"}
	jsonFormat     = format{"json", "application/json", "JSON"}
	linesFormat    = format{"jsonl", "application/jsonl", ""}
	sqliteFormat   = format{"sqlite", "application/vnd.sqlite3", ""}
	zipFormat      = format{"zip", "application/zip", "ZIP"}
	packageFormat  = format{"package", "application/json", "JSON"}
)

// name is what people call it.
func (f format) name() locale.Text { return everyLanguage("opendata.form." + f.key) }

// wholes are the forms of all registers of a municipality together.
var wholes = []struct {
	suffix string
	form   format
}{{".zip", zipFormat}, {".xlsx", excelFormat}, {".sqlite", sqliteFormat}}

// party is who answers for a municipality's data.
type party struct {
	name    locale.Text
	website string // empty: not known
}

// publisher is the office that answers for the registers, or else the council whose they
// are.
func publisher(m *jme.Municipality) party {
	c := m.Settings.Contact
	if c.Office.IsZero() {
		return party{m.Settings.Council, c.Website}
	}
	return party{c.Office, c.Website}
}

// about tells of a register.
func (r register) about() about {
	s := r.Schema
	a := about{
		id: resourceName(r.m, s.Name), title: joined(s.Title, r.m.Settings.Name, func(title, town string) string { return title + " — " + town }),
		description: r.o.described(s.Description, "opendata.dataset.register", r.m), keywords: keywords(r.m),
		page: r.m.ID + "/data/" + s.Name + "/", rows: len(r.Rows),
	}
	a.from, a.to = span(r.Table)
	for _, f := range forms {
		if f.form != (format{}) {
			a.files = append(a.files, download{"data/" + r.m.ID + "/" + s.Name + f.suffix, f.form})
		}
	}
	return a
}

// about tells of all registers of a municipality together. What they speak of is what
// happened: that a provider is older, or a holiday is to come, does not count.
func (o Options) about(m *jme.Municipality) about {
	a := about{
		id: m.ID, title: said(func(p *locale.Printer) string {
			return p.F("opendata.readme.title", locale.Args{"Name": m.Settings.Name})
		}),
		description: o.described(m.Settings.Introduction, "opendata.dataset.municipality", m), keywords: keywords(m),
		page: m.ID + "/data/",
	}
	for _, t := range m.Tables {
		a.rows += len(t.Rows)
		if t.Schema.Stage == "reference" || t.Schema.Stage == "" || t.Schema.Name == jme.Deadlines {
			continue
		}
		if from, to := span(t); from != "" {
			a.to = max(a.to, to)
			if a.from == "" || from < a.from {
				a.from = from
			}
		}
	}
	for _, w := range wholes {
		a.files = append(a.files, download{"data/" + m.ID + "/" + m.ID + w.suffix, w.form})
	}
	return a
}

// described adds to a description what the dataset is, and that it is invented where it
// is: catalogues show it among those of others.
func (o Options) described(description locale.Text, key string, m *jme.Municipality) locale.Text {
	return said(func(p *locale.Printer) string {
		parts := []string{description.Get(p.Lang()), p.F(key, locale.Args{"Name": m.Settings.Name})}
		if o.Data.Site.Demonstration {
			parts = append(parts, p.T("opendata.demonstration.meaning"))
		}
		return strings.TrimSpace(strings.Join(parts, " "))
	})
}

func keywords(m *jme.Municipality) locale.Text {
	return joined(everyLanguage("opendata.dataset.keywords"), m.Settings.Name, func(words, town string) string { return words + ", " + town })
}

// said makes a text in all languages.
func said(say func(*locale.Printer) string) (t locale.Text) {
	for _, l := range locale.Langs {
		t.Set(l, say(locale.For(l)))
	}
	return t
}

// joined joins two texts in the languages that both are in.
func joined(x, y locale.Text, join func(x, y string) string) (t locale.Text) {
	for _, l := range locale.Langs {
		if a, b := x.Get(l), y.Get(l); a != "" && b != "" {
			t.Set(l, join(a, b))
		}
	}
	return t
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

// site is the address of something on the site.
func (o Options) site(path string) string { return o.Data.Site.BaseURL + path }

// node is the name of something in the catalogue, which is where it leads.
func (o Options) node(id string) string { return o.site("catalog.jsonld#" + id) }

// plainKey is a key that is a record's address; of others there is a fingerprint.
var plainKey = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,199}$`)

// pages tells whether each record of the register has a page whose address is its key.
func (r register) pages() bool {
	return r.Schema.Name != jme.Deadlines &&
		!slices.ContainsFunc(r.Rows, func(row table.Row) bool { return !plainKey.MatchString(row.Key) })
}
