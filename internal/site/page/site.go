package page

import (
	"net/url"
	"reflect"
	"slices"
	"sync"
	"time"

	"achyk/internal/catalogue"
	"achyk/internal/files"
	"achyk/internal/history"
	"achyk/internal/jme"
	"achyk/internal/judgement"
	"achyk/internal/locale"
	"achyk/internal/papers"
	"achyk/internal/regulation"
	"achyk/internal/steps"
	"achyk/internal/table"
	"achyk/internal/wording"
)

// Options holds what a site is made from.
type Options struct {
	Data       *jme.Dataset
	Today      time.Time // the day for which every page is made, as midnight UTC
	Build      Build
	Judgements []*judgement.Judgement      // one for each municipality of Data, in the same order
	History    *history.History            // nil if there is none
	Pending    map[string][]history.Record // rows that are in no commit, by the label of their register, sorted by key

	Versions []Version       // versions of the data that have a tag, oldest first
	After    map[string]bool // hashes of the commits after the newest version; nil if they are not known

	Files     *files.Index         // all files that are not pages
	Papers    *papers.Papers       // the documents of the municipalities
	Catalogue *catalogue.Catalogue // describes the data to catalogues and search engines

	DataVersion string // name of the data's version in all descriptions
}

// Build says where a site came from. The foot of every page shows it.
type Build struct {
	Version    string
	Commit     string // empty if the files are in no commit
	CommitTime time.Time
	Dirty      bool // the files differ from the commit
}

// Version is the data as it was at a tag.
type Version struct {
	Tag    string
	Commit string
	Date   time.Time
}

// Site holds what all editions share. It does not change after New, so any number of goroutines
// can use it.
type Site struct {
	Options
	Templates *Templates
	Towns     []*Town
	Entries   []Entry // what commits did to registers, newest first
	Address   url.URL // the base URL of Data, parsed; the zero URL if it cannot be parsed

	zone       *time.Location
	byRegister map[string][]Entry // Entries by the label of their register
	once       sync.Map           // functions that return values of Once, by the type of the value
}

// New makes a site, with the indexes that pages need.
func New(t *Templates, o Options) *Site {
	s := &Site{Options: o, Templates: t, zone: o.Data.Site.Zone(), byRegister: map[string][]Entry{}}
	if address, err := url.Parse(o.Data.Site.BaseURL); err == nil {
		s.Address = *address
	}
	for i, m := range o.Data.Municipalities {
		s.Towns = append(s.Towns, newTown(m, o.Judgements[i], o.Today))
	}
	s.Entries = s.entries()
	for _, x := range s.Entries {
		s.byRegister[x.Touch.Register] = append(s.byRegister[x.Touch.Register], x)
		for _, t := range s.Towns {
			if x.Town == t || x.Shared() {
				t.Entries = append(t.Entries, x)
			}
		}
	}
	return s
}

// Once returns what make returns for the site. It calls make the first time only, so that the pages of all
// languages share the value. A type has one value.
func Once[T any](s *Site, make func(*Site) T) T {
	value, _ := s.once.LoadOrStore(reflect.TypeFor[T](), sync.OnceValue(func() T { return make(s) }))
	return value.(func() T)()
}

// PerLanguage returns a function that tells what make returns for the language of an edition. It calls make the
// first time only, so that a plan makes nothing that no page needs.
func PerLanguage[T any](s *Site, make func(*Edition) T) func(*Edition) T {
	values := map[locale.Lang]func() T{}
	for _, l := range s.Data.Site.Langs() {
		values[l] = sync.OnceValue(func() T { return make(s.EditionIn(l)) })
	}
	return func(e *Edition) T { return values[e.Lang]() }
}

// EntriesOf returns the changes of a register by commits, newest first.
func (s *Site) EntriesOf(reg *table.Table) []Entry { return s.byRegister[reg.Label] }

// Town is a municipality with its judgement, and with indexes that several pages need.
type Town struct {
	*jme.Municipality                       // its registers as they are written, its typed records as of the day (jme.Municipality.Told)
	Cycles            []*jme.Cycle          // newest first
	Deadlines         []judgement.Deadline  // earliest first
	Passed            []*judgement.Deadline // the deadlines whose last day is before today, and which bind somebody
	Asked             []*judgement.Deadline // days before today that bind nobody (judgement.SetBy.Voluntary)
	Ahead             []*judgement.Deadline // what is due, announced or planned
	Proposed          []*judgement.Deadline // days ahead that are only suggested or promised (judgement.SetBy.Proposed)
	Missing           []judgement.Missing   // the gravest first
	Entries           []Entry               // what commits did to its registers and to those that all towns share, newest first

	told     *jme.Municipality
	zone     *time.Location
	steps    map[*jme.Cycle][]steps.Step
	byID     map[string]*regulation.Outcome
	byClause map[clauseYear][]*regulation.Outcome        // the outcomes of all clauses are under ""
	counts   map[clauseYear]map[regulation.Kind]int      // number of outcomes in byClause, by kind
	byRecord map[regulation.Record][]*regulation.Outcome // the outcomes that have the record as subject or evidence
}

type clauseYear struct {
	year   int
	clause string
}

func newTown(m *jme.Municipality, j *judgement.Judgement, today time.Time) *Town {
	t := &Town{
		Municipality: m.WithRecords(j.Told), told: j.Told, Cycles: j.Cycles, Deadlines: j.Deadlines, Missing: j.Missing,
		zone: m.Settings.Zone(), steps: map[*jme.Cycle][]steps.Step{},
	}
	for _, c := range t.Cycles {
		t.steps[c] = steps.Of(c, today)
	}
	for i := range t.Deadlines {
		switch d := &t.Deadlines[i]; {
		case !d.Last().Before(today) && d.SetBy.Proposed():
			t.Proposed = append(t.Proposed, d)
		case !d.Last().Before(today):
			t.Ahead = append(t.Ahead, d)
		case d.SetBy.Voluntary():
			t.Asked = append(t.Asked, d)
		default:
			t.Passed = append(t.Passed, d)
		}
	}
	t.indexOutcomes(j)
	return t
}

// Coming are all days ahead: what is due, announced or planned, and after it what is only suggested or promised.
func (t *Town) Coming() []*judgement.Deadline { return append(slices.Clip(t.Ahead), t.Proposed...) }

// indexOutcomes makes the indexes by which pages look up outcomes.
func (t *Town) indexOutcomes(j *judgement.Judgement) {
	t.byID = map[string]*regulation.Outcome{}
	t.byClause = map[clauseYear][]*regulation.Outcome{}
	t.counts = map[clauseYear]map[regulation.Kind]int{}
	t.byRecord = map[regulation.Record][]*regulation.Outcome{}
	for _, outcome := range j.Outcomes {
		t.byID[outcome.ID()] = outcome
		for _, clause := range []string{"", outcome.Clause} {
			of := clauseYear{outcome.Year, clause}
			t.byClause[of] = append(t.byClause[of], outcome)
			if t.counts[of] == nil {
				t.counts[of] = map[regulation.Kind]int{}
			}
			t.counts[of][outcome.Kind]++
		}
		for _, record := range outcome.Evidence { // the subject is among them
			t.byRecord[record] = append(t.byRecord[record], outcome)
		}
	}
}

// Then returns a record as it was on the day of the site, and whether there was any: not if it tells what happened later.
// Registers that are no part of the process have no days.
func (t *Town) Then(r jme.Record) (jme.Record, bool) {
	if t.told.Table(r.Table.Schema.Name) == nil {
		return r, true
	}
	return t.told.Record(r.Table.Schema.Name, r.Row.Key)
}

// Steps returns the steps of one of the town's cycles, as of today.
func (t *Town) Steps(c *jme.Cycle) []steps.Step { return t.steps[c] }

// Outcome returns the outcome that has an id in the register of outcomes, or nil.
func (t *Town) Outcome(id string) *regulation.Outcome { return t.byID[id] }

// OutcomesOf returns the outcomes of a clause in a year. An empty clause stands for all
// clauses.
func (t *Town) OutcomesOf(year int, clause string) []*regulation.Outcome {
	return t.byClause[clauseYear{year, clause}]
}

// CountsOf counts the outcomes that OutcomesOf returns, by kind.
func (t *Town) CountsOf(year int, clause string) map[regulation.Kind]int {
	return t.counts[clauseYear{year, clause}]
}

// MissingIn returns what is missing of a year.
func (t *Town) MissingIn(year int) []judgement.Missing {
	return slices.DeleteFunc(slices.Clone(t.Missing), func(x judgement.Missing) bool { return x.Year() != year })
}

// OutcomesAbout returns the outcomes that have a record as their subject or among their
// evidence.
func (t *Town) OutcomesAbout(register, id string) []*regulation.Outcome {
	return t.byRecord[regulation.Record{Register: register, ID: id}]
}

// Bodies returns the words for the bodies that have a page: the council, the executive body, and the others of
// wording.Bodies that owe what a clause asks.
func (t *Town) Bodies() []string {
	return slices.DeleteFunc(slices.Clone(wording.Bodies), func(body string) bool {
		_, always := t.Settings.Body(body)
		return !always && len(wording.Owed(&t.Regulation, body)) == 0
	})
}

// Clause returns the clause that has a number, or nil.
func (t *Town) Clause(number string) *jme.Clause {
	for i := range t.Regulation.Clauses {
		if c := &t.Regulation.Clauses[i]; c.Number == number {
			return c
		}
	}
	return nil
}

// Assessment returns the assessment that a record belongs to: the record itself, one of its reports, a
// recommendation on one of its findings, a measure on that, an event about a report. It is nil for all others.
func (t *Town) Assessment(register, id string) *jme.Assessment {
	switch m := t.Municipality; register {
	case "assessments":
		return jme.Get[jme.Assessment](m, id)
	case "reports":
		if r := jme.Get[jme.Report](m, id); r != nil {
			return r.Assessment.Get()
		}
	case "recommendations":
		if r := jme.Get[jme.Recommendation](m, id); r != nil && r.Finding.Get() != nil {
			return r.Finding.Get().Assessment.Get()
		}
	case "measures":
		if x := jme.Get[jme.Measure](m, id); x != nil {
			return t.Assessment("recommendations", x.Recommendation.ID)
		}
	case "events":
		if e := jme.Get[jme.Event](m, id); e != nil {
			return t.Assessment("reports", e.Report.ID)
		}
	}
	return nil
}

// Current returns the cycle of the newest year, or nil if there is none.
func (t *Town) Current() *jme.Cycle {
	if len(t.Cycles) == 0 {
		return nil
	}
	return t.Cycles[0]
}

// LatestResults returns the newest cycle that has findings, or nil if there is none.
func (t *Town) LatestResults() *jme.Cycle {
	for _, c := range t.Cycles {
		if len(c.Findings) > 0 {
			return c
		}
	}
	return nil
}

// Town returns the municipality that has an id, or nil.
func (s *Site) Town(id string) *Town {
	for _, t := range s.Towns {
		if t.ID == id {
			return t
		}
	}
	return nil
}
