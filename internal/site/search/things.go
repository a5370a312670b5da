package search

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"achyk/internal/jme"
	"achyk/internal/search"
	"achyk/internal/site/page"
	"achyk/internal/site/posters"
	"achyk/internal/site/registers"
	"achyk/internal/site/status"
	"achyk/internal/table"
)

// thing is what can be found.
type thing struct {
	path  string     // of its page within an edition
	town  *page.Town // may be nil
	named bool       // it stands in the list of names
	level int        // how important it is (search.Entry)
	year  int        // 0 if it belongs to none

	title func(*page.Edition) page.Phrase
	kind  func(*page.Edition) string
	text  func(*page.Place) []string            // other words by which it is found
	state func(*page.Place) (mark, word string) // nil for what has none
}

// entry returns the thing as the index has it.
func (t thing) entry(e *page.Edition) search.Entry {
	p := e.At(t.town, t.path)
	x := search.Entry{Address: t.path, Kind: t.kind(e), Level: t.level, Text: strings.Join(t.text(p), " ")}
	for _, part := range t.title(e) {
		x.Title, x.Langs = append(x.Title, part.Text), append(x.Langs, part.Lang)
	}
	if t.town != nil {
		x.Place, x.Key = t.town.Settings.Name.In(e.Lang), t.town.ID
	}
	if t.year != 0 {
		x.Year = page.Year(t.year)
	}
	if t.state != nil {
		x.Mark, x.Status = t.state(p)
	}
	return x
}

// The levels of things. Whoever looks for water means the service, then what is told of it, and last one of
// the hundreds of rows that count something by month.
const (
	levelSubject = iota // a municipality, its main pages and bodies, services, providers and places
	levelText           // an article, a guide, news, a clause, a list, a record with a name
	levelSaying         // a record that says something, such as a finding
	levelRow            // another record, such as how many complained in a month
)

// things lists what can be found, level by level, the most important first.
func things(s *page.Site) (all []thing) {
	for _, t := range s.Towns {
		all = append(all, town(t))
	}
	for _, t := range s.Towns {
		all = append(all, bodies(t)...)
	}
	subjects, records := recordsOf(s)
	all = append(all, subjects...)
	for _, t := range s.Towns {
		all = append(all, mainPages(t)...)
	}
	for _, a := range s.Data.Pages {
		all = append(all, article(nil, a, a.Slug+"/", "article"))
	}
	all = append(all, guides(s)...)
	for _, t := range s.Towns {
		all = append(all, lists(t)...)
	}
	for _, t := range s.Towns {
		for _, a := range t.News {
			x := article(t, a, t.NewsPath(a.Slug), "news")
			x.year = a.Date.Year()
			all = append(all, x)
		}
		all = append(all, clauses(s, t)...)
	}
	slices.SortStableFunc(records, func(a, b thing) int {
		return cmp.Or(cmp.Compare(a.level, b.level), cmp.Compare(b.year, a.year))
	})
	return append(all, records...)
}

// recordsOf returns the records of all registers as things: those of services, providers and places, and
// the others.
func recordsOf(s *page.Site) (subjects, others []thing) {
	for _, t := range s.Towns {
		for _, reg := range t.Tables {
			if !findable(reg) {
				continue
			}
			into := &others
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
	return subjects, others
}

// findable tells whether the records of a register can be found. The outcomes of rules are on the pages of
// clauses and of the records that they are about.
func findable(reg *table.Table) bool {
	return jme.Listed(reg.Schema.Name) && reg.Schema.Name != jme.Compliance
}

// mostSteps is how many references are followed from a record to one that has a year.
const mostSteps = 3

// recordOf returns a record as a thing, of the year that is found within depth references.
func recordOf(t *page.Town, r jme.Record, depth int) thing {
	level := levelRow
	switch {
	case slices.Contains(registers.Subjects, r.Table.Schema.Name):
		level = levelSubject
	case hasName(r.Table):
		level = levelText
	case slices.ContainsFunc(r.Table.Schema.LabelColumns(), func(i int) bool { return r.Table.Schema.Columns[i].Type == table.Text }):
		level = levelSaying
	}
	return thing{
		path: t.RecordPath(r), town: t, named: hasName(r.Table), level: level, year: yearOf(t, r, depth),
		title: func(e *page.Edition) page.Phrase { return e.At(t, "").Short(r) },
		kind:  func(e *page.Edition) string { return r.Table.Schema.Singular.In(e.Lang) },
		text:  func(p *page.Place) []string { return append(cells(p, r), posters.Words(p, r)...) },
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
				text := p.Value(p.Town.Cell(r, c)).Text.String()
				if number.MatchString(text) { // "4.1" is looked for as the clause 4.1
					text += " " + c.Title.In(p.Lang)
				}
				texts = append(texts, text)
			}
		case table.Money: // as the page writes it, and without spaces or commas
			texts = append(texts, p.Value(p.Town.Cell(r, c)).Text.String(), r.Table.Value(r.Row, c.Name))
		}
	}
	if s.Name == jme.AnalyticLetters {
		texts = append(texts, plain(p.Document(p.Town.LetterText(r.Row.Key))))
	}
	return texts
}

// number is a value that says nothing without the title of its column.
var number = regexp.MustCompile(`^[0-9.]+$`)
