// Package jme is joint monitoring and evaluation as data: the registers, the typed
// records they hold, and the Dataset that links them.
//
// A Dataset is made once, by package load, and never changed. It holds every register
// twice over: as a table.Table, which lists, exports and documents any register alike,
// a municipality's own among them; and as typed records, which meaning is read from.
// Records are linked both ways: Finding.Assessment goes up the chain of the process,
// Finding.Recommendations goes down.
//
// A repository with errors still gives a Dataset, of what could be read, so that the
// preview and the report have something to stand on; the build refuses it.
package jme

import (
	"slices"
	"strings"
	"time"

	"achyk/internal/document"
	"achyk/internal/locale"
	"achyk/internal/source"
	"achyk/internal/table"
)

// Dataset is everything a repository says.
type Dataset struct {
	Site           Site
	Municipalities []*Municipality // in the order of their ids
	Pages          []*Article      // content/pages, in the order they ask for
	// Files maps the path of every file that is published as it is, from the top of the
	// repository, to its size in bytes.
	Files map[string]int64
}

// Municipality finds one by id, or returns nil.
func (d *Dataset) Municipality(id string) *Municipality {
	for _, m := range d.Municipalities {
		if m.ID == id {
			return m
		}
	}
	return nil
}

// Rows counts the records of all registers.
func (d *Dataset) Rows() int {
	n := 0
	for _, m := range d.Municipalities {
		for _, t := range m.Tables {
			n += len(t.Rows)
		}
	}
	return n
}

// Site is data/site.toml.
type Site struct {
	Title         locale.Text `toml:"title"`
	Description   locale.Text `toml:"description"`
	BaseURL       string      `toml:"base_url"`   // with a slash at its end
	Repository    string      `toml:"repository"` // where the sources can be seen
	Commit        string      `toml:"commit"`     // where a commit can be seen, {commit} being its hash; empty: below the repository, as most hosts have it
	Licence       string      `toml:"licence"`    // SPDX id of data and content
	Languages     []string    `toml:"languages"`
	TimeZone      string      `toml:"time_zone"`     // IANA name; where it is left out, load puts in that of the municipalities
	Demonstration bool        `toml:"demonstration"` // the data is invented, and every page says so
}

// Zone is the time zone of what belongs to no municipality: of the day that the site is as
// of, and of moments on pages of the whole site.
func (s *Site) Zone() *time.Location { return zone(s.TimeZone) }

// CommitAddress is where a commit can be seen, or "".
func (s *Site) CommitAddress(hash string) string {
	switch {
	case s.Commit != "":
		return strings.ReplaceAll(s.Commit, "{commit}", hash)
	case s.Repository != "":
		return strings.TrimSuffix(s.Repository, "/") + "/commit/" + hash
	}
	return ""
}

// Settings is data/<municipality>/municipality.toml.
type Settings struct {
	Name         locale.Text   `toml:"name"`
	Kind         string        `toml:"kind"` // "city" or "ayil-aimak"
	Council      locale.Text   `toml:"council"`
	Executive    locale.Text   `toml:"executive"`
	Introduction locale.Text   `toml:"introduction"`
	TimeZone     string        `toml:"time_zone"`  // IANA name; Asia/Bishkek if left out
	SmallCell    int           `toml:"small_cell"` // appeal counts of a territory below this are refused; 5 if left out
	Sources      []string      `toml:"sources"`
	OCDSPrefix   string        `toml:"ocds_prefix"`
	Contact      Contact       `toml:"contact"`
	Predecessors []Predecessor `toml:"predecessor"`
}

// Zone is the time zone by which the municipality's days begin and end.
func (s *Settings) Zone() *time.Location { return zone(s.TimeZone) }

// zone finds a time zone by its IANA name. Load refuses names that are not known; of values
// made without it, as in tests, such a name means UTC.
func zone(name string) *time.Location {
	location, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	return location
}

// Contact is the office that answers for the registers.
type Contact struct {
	Office  locale.Text `toml:"office"`
	Address locale.Text `toml:"address"`
	Website string      `toml:"website"`
}

// Predecessor is a municipality that went into this one.
type Predecessor struct {
	Name    locale.Text `toml:"name"`
	ValidTo time.Time   `toml:"valid_to"`
	Note    locale.Text `toml:"note"`
}

// Regulation is data/<municipality>/regulation.toml: the act, what it rests on, what
// had to be assumed, and its clauses in our own words.
type Regulation struct {
	Act         Act          `toml:"act"`
	Basis       []Basis      `toml:"basis"`
	Assumptions []Assumption `toml:"assumption"`
	Clauses     []Clause     `toml:"clause"`

	File *source.File `toml:"-"` // in which spans below are; nil where it could not be read
}

// The two procedures.
const (
	ByContest = "contest" // an organisation is picked by contest (Osh)
	ByGroup   = "group"   // a group of citizens and officials monitors (Kochkorbaev)
)

// Act is the regulation's own particulars.
type Act struct {
	Title        locale.Text `toml:"title"`
	Issuer       locale.Text `toml:"issuer"`
	Procedure    string      `toml:"procedure"` // ByContest or ByGroup
	Number       string      `toml:"number"`    // empty: not in hand
	Date         time.Time   `toml:"date"`      // zero: not in hand
	InForceFrom  time.Time   `toml:"in_force_from"`
	InForceUntil time.Time   `toml:"in_force_until"`
	Copy         string      `toml:"copy"` // what is in hand: "draft", "excerpt" or "full"
	Note         locale.Text `toml:"note"`
	Source       string      `toml:"source"`
}

// Basis is an act the regulation rests on.
type Basis struct {
	Title        locale.Text `toml:"title"`
	Number       string      `toml:"number"`
	Date         time.Time   `toml:"date"`
	InForceUntil time.Time   `toml:"in_force_until"`
	Source       string      `toml:"source"`
	Note         locale.Text `toml:"note"`
}

// Assumption names what the text leaves open and what is assumed instead.
type Assumption struct {
	Code   string      `toml:"code"`
	Clause string      `toml:"clause"`
	Title  locale.Text `toml:"title"`
	Text   locale.Text `toml:"text"`
	Value  string      `toml:"value"`
	Span   source.Span `toml:"-"` // of the value
}

// Clause is one clause of the regulation.
type Clause struct {
	Number    string      `toml:"number"`
	Title     locale.Text `toml:"title"`
	Summary   locale.Text `toml:"summary"`
	Duty      locale.Text `toml:"duty"`      // who must act
	Status    string      `toml:"status"`    // "in-hand" or "not-in-hand"
	Step      StepName    `toml:"stage"`     // of the year, that it is about; may be empty
	Registers []string    `toml:"registers"` // where its records are kept
	Checks    []Check     `toml:"check"`
}

// Check names a rule that serves a clause, with its numbers.
type Check struct {
	Rule       string         `toml:"rule"`
	Parameters map[string]any `toml:"parameters"`

	Span  source.Span            `toml:"-"` // of the rule
	Spans map[string]source.Span `toml:"-"` // of the parameters
}

// InHand tells whether the clause's text is known.
func (c *Clause) InHand() bool { return c.Status != "not-in-hand" }

// Article is a text in up to three languages: a page, a news item, an analytic letter.
type Article struct {
	Slug        string
	Date        time.Time
	Order       int
	Title       locale.Text
	Description locale.Text
	Bodies      [len(locale.Langs)]*document.Document // nil where there is no translation
}

// Body returns the text for a reader of l, and the language it is really in.
func (a *Article) Body(l locale.Lang) (*document.Document, locale.Lang) {
	for _, l := range []locale.Lang{l, locale.Ky, locale.Ru, locale.En} {
		if a.Bodies[l] != nil {
			return a.Bodies[l], l
		}
	}
	return nil, l
}

// Municipality is one town: its settings, its regulation, its registers.
type Municipality struct {
	ID         string // name of its folder, and its segment in addresses
	Settings   Settings
	Regulation Regulation
	Tables     []*table.Table // built-in registers in the order of Registers, then its own by name
	Letters    []*Article     // analytic letters, by id
	News       []*Article     // newest first

	Territories      []*Territory
	Providers        []*Provider
	Services         []*Service
	ServiceProviders []*ServiceProvider
	Requirements     []*Requirement
	Indicators       []*Indicator
	Appeals          []*Appeal
	Events           []*Event
	Suggestions      []*Suggestion
	Decisions        []*Decision
	AnnualList       []*Entry
	Panels           []*Panel
	Members          []*Member
	Organisations    []*Organisation
	Contests         []*Contest
	ContestServices  []*ContestService
	Criteria         []*Criterion
	Applications     []*Application
	Scores           []*Score
	Recusals         []*Recusal
	Contracts        []*Contract
	Payments         []*Payment
	AssistLetters    []*Letter
	Assessments      []*Assessment
	Visits           []*Visit
	Measurements     []*Measurement
	Findings         []*Finding
	Replies          []*Reply
	Recommendations  []*Recommendation
	Reports          []*Report
	Obstructions     []*Obstruction
	Publications     []*Publication
	Distributions    []*Distribution
	Measures         []*Measure
	Verifications    []*Verification
	Attachments      []*Attachment
	Exemptions       []*Exemption
	Calendar         []*CalendarDay
	AnalyticLetters  []*AnalyticLetter

	index
}

// Years returns the cycles that have records, newest first.
func (m *Municipality) Years() []int {
	seen := map[int]bool{}
	for _, e := range m.AnnualList {
		seen[e.Year] = true
	}
	for _, c := range m.Contests {
		seen[c.Year] = true
	}
	for _, a := range m.Assessments {
		seen[a.Year] = true
	}
	delete(seen, 0) // a year that is not recorded is none
	var years []int
	for y := range seen {
		years = append(years, y)
	}
	slices.Sort(years)
	slices.Reverse(years)
	return years
}

// Letter returns the text of an analytic letter, or nil.
func (m *Municipality) Letter(id string) *Article {
	for _, a := range m.Letters {
		if a.Slug == id {
			return a
		}
	}
	return nil
}
