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

// Municipality is one town: its settings, its regulation, its registers.
type Municipality struct {
	ID          string // name of its folder, and its segment in addresses
	Settings    Settings
	Regulation  Regulation
	Tables      []*table.Table // built-in registers in the order of Registers, then its own by name
	LetterTexts []*Article     // analytic letters, by id
	News        []*Article     // newest first

	Territories       []*Territory
	Providers         []*Provider
	Services          []*Service
	ServiceProviders  []*ServiceProvider
	Requirements      []*Requirement
	Indicators        []*Indicator
	Appeals           []*Appeal
	Events            []*Event
	Suggestions       []*Suggestion
	Decisions         []*Decision
	AnnualList        []*Entry
	Panels            []*Panel
	Members           []*Member
	Organisations     []*Organisation
	Contests          []*Contest
	ContestServices   []*ContestService
	Criteria          []*Criterion
	Applications      []*Application
	Scores            []*Score
	Recusals          []*Recusal
	Contracts         []*Contract
	Payments          []*Payment
	AssistanceLetters []*AssistanceLetter
	Assessments       []*Assessment
	Visits            []*Visit
	Measurements      []*Measurement
	Findings          []*Finding
	Replies           []*Reply
	Recommendations   []*Recommendation
	Reports           []*Report
	Obstructions      []*Obstruction
	Publications      []*Publication
	Distributions     []*Distribution
	Measures          []*Measure
	Verifications     []*Verification
	Attachments       []*Attachment
	Exemptions        []*Exemption
	Calendar          []*CalendarDay
	AnalyticLetters   []*AnalyticLetter

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
