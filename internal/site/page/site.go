package page

import (
	"net/url"
	"time"

	"achyk/internal/catalogue"
	"achyk/internal/files"
	"achyk/internal/history"
	"achyk/internal/jme"
	"achyk/internal/judgement"
	"achyk/internal/regulation"
	"achyk/internal/table"
)

// Options is what a site is made of.
type Options struct {
	Data       *jme.Dataset
	Today      time.Time // the day for which every page is made, as midnight UTC
	Build      Build
	Judgements []*judgement.Judgement      // one for each municipality of Data, in their order
	History    *history.History            // nil where there is none
	Pending    map[string][]history.Record // by register, what is in no commit yet; in order

	Versions []Version       // those published for good, oldest first
	After    map[string]bool // commits that came after the newest of them, by hash; nil where they are not known

	Files     *files.Index         // all files that are not pages
	Catalogue *catalogue.Catalogue // what the site tells catalogues and search engines

	DataVersion string // of the data, as all its descriptors call it
}

// Build is what the foot of every page says of where the page came from.
type Build struct {
	Version    string
	Commit     string // empty where there is no git repository
	CommitTime time.Time
	Dirty      bool // the folder held changes that are not in the commit
}

// Version is the data as it was at a tag.
type Version struct {
	Tag    string
	Commit string
	Date   time.Time
}

// Site is what all editions share. It does not change once it is made.
type Site struct {
	Options
	Templates *Templates
	Towns     []*Town
	Entries   []Entry // what commits did to registers, newest first
	Address   url.URL // the base URL of Data, parsed; the zero URL if it cannot be parsed

	zone       *time.Location
	byRegister map[string][]Entry // Entries by the label of their register
}

// New works out what all pages of a site share.
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
		if x.Town != nil {
			x.Town.Entries = append(x.Town.Entries, x)
		}
	}
	return s
}

// EntriesOf returns what commits did to a register, newest first.
func (s *Site) EntriesOf(reg *table.Table) []Entry { return s.byRegister[reg.Label] }

// Town is a municipality with its judgement, and with indexes that several pages need.
type Town struct {
	*jme.Municipality
	Cycles    []*jme.Cycle          // newest first
	Deadlines []judgement.Deadline  // earliest first
	Passed    []*judgement.Deadline // the deadlines whose last day is before today
	Ahead     []*judgement.Deadline // the others
	Missing   []judgement.Missing   // the gravest first
	Entries   []Entry               // what commits did to its registers, newest first

	zone     *time.Location
	steps    map[*jme.Cycle][]jme.Step
	byID     map[string]*regulation.Outcome
	byClause map[clauseYear][]*regulation.Outcome        // those of all clauses under ""
	counts   map[clauseYear]map[regulation.Kind]int      // how many of byClause are of each kind
	byRecord map[regulation.Record][]*regulation.Outcome // those whose subject or evidence it is
}

type clauseYear struct {
	year   int
	clause string
}

func newTown(m *jme.Municipality, j *judgement.Judgement, today time.Time) *Town {
	t := &Town{
		Municipality: m, Cycles: j.Cycles, Deadlines: j.Deadlines, Missing: j.Missing,
		zone: m.Settings.Zone(), steps: map[*jme.Cycle][]jme.Step{},
	}
	for _, c := range t.Cycles {
		t.steps[c] = c.Steps(today)
	}
	for i := range t.Deadlines {
		if d := &t.Deadlines[i]; d.Last().Before(today) {
			t.Passed = append(t.Passed, d)
		} else {
			t.Ahead = append(t.Ahead, d)
		}
	}
	t.indexOutcomes(j)
	return t
}

// indexOutcomes makes the indexes by which pages look up outcomes.
func (t *Town) indexOutcomes(j *judgement.Judgement) {
	t.byID = map[string]*regulation.Outcome{}
	t.byClause = map[clauseYear][]*regulation.Outcome{}
	t.counts = map[clauseYear]map[regulation.Kind]int{}
	t.byRecord = map[regulation.Record][]*regulation.Outcome{}
	for i := range j.Outcomes {
		outcome := &j.Outcomes[i]
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

// Steps returns the steps of one of the town's cycles, as of today.
func (t *Town) Steps(c *jme.Cycle) []jme.Step { return t.steps[c] }

// Outcome finds an outcome by its id in the register of outcomes, or returns nil.
func (t *Town) Outcome(id string) *regulation.Outcome { return t.byID[id] }

// OutcomesOf are the outcomes of a clause in a year; an empty clause stands for all.
func (t *Town) OutcomesOf(year int, clause string) []*regulation.Outcome {
	return t.byClause[clauseYear{year, clause}]
}

// CountsOf counts the outcomes that OutcomesOf returns, by kind.
func (t *Town) CountsOf(year int, clause string) map[regulation.Kind]int {
	return t.counts[clauseYear{year, clause}]
}

// OutcomesAbout are the outcomes whose subject or evidence a record is.
func (t *Town) OutcomesAbout(register, id string) []*regulation.Outcome {
	return t.byRecord[regulation.Record{Register: register, ID: id}]
}

// Current is the cycle of the newest year, or nil.
func (t *Town) Current() *jme.Cycle {
	if len(t.Cycles) == 0 {
		return nil
	}
	return t.Cycles[0]
}

// LatestResults is the newest cycle with findings, or nil.
func (t *Town) LatestResults() *jme.Cycle {
	for _, c := range t.Cycles {
		if len(c.Findings) > 0 {
			return c
		}
	}
	return nil
}

// Town finds a municipality by its id, or returns nil.
func (s *Site) Town(id string) *Town {
	for _, t := range s.Towns {
		if t.ID == id {
			return t
		}
	}
	return nil
}
