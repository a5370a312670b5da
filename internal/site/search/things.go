package search

import (
	"cmp"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"achyk/internal/document"
	"achyk/internal/jme"
	"achyk/internal/search"
	"achyk/internal/site/guide"
	"achyk/internal/site/page"
	"achyk/internal/site/registers"
	"achyk/internal/site/status"
	"achyk/internal/table"
	"achyk/internal/wording"
)

// thing is what can be found.
type thing struct {
	path  string     // of its page within an edition
	town  *page.Town // may be nil
	named bool       // it stands in the list of names
	year  int        // 0 if it belongs to none

	title func(*page.Edition) page.Phrase
	kind  func(*page.Edition) string
	text  func(*page.Place) []string            // other words by which it is found
	state func(*page.Place) (mark, word string) // nil for what has none

	sorted string // its title, in the list of names
}

// entry returns the thing as the index has it.
func (t thing) entry(e *page.Edition) search.Entry {
	p := e.At(t.town, t.path)
	x := search.Entry{Address: t.path, Kind: t.kind(e), Text: strings.Join(t.text(p), " ")}
	for _, part := range t.title(e) {
		x.Title, x.Langs = append(x.Title, part.Text), append(x.Langs, part.Lang)
	}
	if t.town != nil {
		x.Place = t.town.Settings.Name.In(e.Lang)
	}
	if t.year != 0 {
		x.Year = page.Year(t.year)
	}
	if t.state != nil {
		x.Mark, x.Status = t.state(p)
	}
	return x
}

// things lists what can be found, the most important first: articles and guides, the municipalities with
// their services, providers and places, news and clauses, then other records: those with a name, and
// those of the last years first.
func things(s *page.Site) (all []thing) {
	message := func(key string) func(*page.Edition) string {
		return func(e *page.Edition) string { return e.T("site.search.kind." + key) }
	}
	article := func(t *page.Town, a *jme.Article, path, kind string) thing {
		return thing{
			path: path, town: t, named: true, kind: message(kind),
			title: func(e *page.Edition) page.Phrase { return page.Phrase{e.Text(a.Title)} },
			text:  func(p *page.Place) []string { return []string{a.Description.In(p.Lang), plain(p.Document(a))} },
		}
	}
	for _, a := range s.Data.Pages {
		all = append(all, article(nil, a, a.Slug+"/", "article"))
	}
	guides, _ := guide.In(s.EditionIn(s.Data.Site.Original()))
	for i, g := range guides {
		all = append(all, thing{
			path: page.GuidePath(g.Name), named: true, kind: message("guide"),
			title: func(e *page.Edition) page.Phrase {
				guides, l := guide.In(e)
				if l == e.Lang {
					return page.Own(guides[i].Title)
				}
				return page.Phrase{{Text: guides[i].Title, Lang: l.String()}}
			},
			text: func(p *page.Place) []string {
				guides, _ := guide.In(p.Edition)
				return []string{guides[i].Lead, words(guides[i].Text)}
			},
		})
	}
	for _, t := range s.Towns {
		all = append(all, thing{
			path: t.Path(), town: t, named: true, kind: message("municipality"),
			title: func(e *page.Edition) page.Phrase { return page.Phrase{e.Text(t.Settings.Name)} },
			text: func(p *page.Place) []string {
				return []string{t.Settings.Introduction.In(p.Lang), t.Settings.Council.In(p.Lang), t.Settings.Executive.In(p.Lang)}
			},
		})
	}
	var subjects, records []thing
	for _, t := range s.Towns {
		for _, reg := range t.Tables {
			if !indexed(reg) {
				continue
			}
			into := &records
			if slices.Contains(registers.Subjects, reg.Schema.Name) {
				into = &subjects
			}
			depth := 0
			if leads(t, reg.Schema, mostSteps) {
				depth = mostSteps
			}
			for i := range reg.Rows {
				*into = append(*into, recordOf(t, jme.Record{Table: reg, Row: &reg.Rows[i]}, depth))
			}
		}
	}
	all = append(all, subjects...)
	for _, t := range s.Towns {
		for _, a := range t.News {
			x := article(t, a, t.NewsPath(a.Slug), "news")
			x.year = a.Date.Year()
			all = append(all, x)
		}
		for i := range t.Regulation.Clauses {
			c := wording.On(&t.Regulation, &t.Regulation.Clauses[i], s.Today)
			all = append(all, thing{
				path: t.ClausePath(c.Number), town: t, kind: message("clause"),
				title: func(e *page.Edition) page.Phrase {
					return page.Phrase{{Text: e.Clause(c.Number)}, e.Text(c.Title)}
				},
				text: func(p *page.Place) []string { return []string{p.Text(c.Summary).Text, p.Text(c.Duty).Text} },
			})
		}
	}
	slices.SortStableFunc(records, func(a, b thing) int {
		switch {
		case a.named && !b.named:
			return -1
		case b.named && !a.named:
			return 1
		}
		return cmp.Compare(b.year, a.year)
	})
	return append(all, records...)
}

// indexed tells whether the records of a register can be found. The outcomes of rules are on the pages of
// clauses and of the records that they are about.
func indexed(reg *table.Table) bool {
	return jme.Listed(reg.Schema.Name) && reg.Schema.Name != jme.Compliance
}

// mostSteps is how many references are followed from a record to one that has a year.
const mostSteps = 3

// recordOf returns a record as a thing, of the year that is found within depth references.
func recordOf(t *page.Town, r jme.Record, depth int) thing {
	return thing{
		path: t.RecordPath(r), town: t, named: hasName(r.Table), year: yearOf(t, r, depth),
		title: func(e *page.Edition) page.Phrase { return e.At(t, "").Short(r) },
		kind:  func(e *page.Edition) string { return r.Table.Schema.Singular.In(e.Lang) },
		text:  func(p *page.Place) []string { return cells(p, r) },
		state: func(p *page.Place) (mark, word string) { return status.Word(p, r) },
	}
}

// hasName tells whether the records of a register are called by a name, and not by what they say or by the
// names of others.
func hasName(reg *table.Table) bool {
	labels := reg.Schema.LabelColumns()
	if len(labels) != 1 || reg.Schema.Name == jme.Calendar {
		return false
	}
	name := reg.Schema.Columns[labels[0]].Name
	return name == "name" || name == "title"
}

// yearOf returns the year that a record belongs to: its own, that of its day, or that of a record that it
// refers to; 0 if it belongs to none.
func yearOf(t *page.Town, r jme.Record, depth int) int {
	if y, err := strconv.Atoi(r.Table.Value(r.Row, "year")); err == nil {
		return y
	}
	if reg, ok := jme.Find(r.Table.Schema.Name); ok && reg.Day != "" {
		if day, ok := table.ParseTime(r.Table.Value(r.Row, reg.Day)); ok {
			return day.Year()
		}
	}
	if depth > 0 {
		for _, l := range t.Up(r) {
			if y := yearOf(t, l.Record, depth-1); y != 0 {
				return y
			}
		}
	}
	return 0
}

// leads reports whether records of a register may refer to some that have a year. Registers of places and
// the like do not, and to follow the references of each record takes long.
func leads(t *page.Town, s *table.Schema, depth int) bool {
	return slices.ContainsFunc(s.Columns, func(c table.Column) bool {
		if c.Type != table.Ref || c.RegisterColumn != "" {
			return c.Type == table.Ref // another column names the register
		}
		to := t.Table(c.Register)
		if to == nil {
			return false
		}
		reg, _ := jme.Find(c.Register)
		return to.Schema.Column("year") != nil || reg.Day != "" || depth > 1 && leads(t, to.Schema, depth-1)
	})
}

// cells returns the words in the columns of a record beside its title, with the names of the records that
// it refers to.
func cells(p *page.Place, r jme.Record) (texts []string) {
	s := r.Table.Schema
	for i := range s.Columns {
		c := &s.Columns[i]
		switch c.Type {
		case table.Text, table.String, table.Enum, table.Ref:
			if !slices.Contains(s.LabelColumns(), i) || c.Type == table.Text {
				texts = append(texts, p.Value(p.Town.Cell(r, c)).Text.String())
			}
		}
	}
	if s.Name == jme.AnalyticLetters {
		texts = append(texts, plain(p.Document(p.Town.LetterText(r.Row.Key))))
	}
	return texts
}

var tag = regexp.MustCompile(`<[^>]*>`)

// plain returns the words of an article.
func plain(d *page.Document) string {
	if d == nil {
		return ""
	}
	return words(&d.Document)
}

// words returns the words of a document.
func words(d *document.Document) string {
	return html.UnescapeString(tag.ReplaceAllString(string(d.HTML), " "))
}
