// Package jme holds the data of joint monitoring and evaluation: the registers, their typed
// records, and the Dataset that links them.
//
// Package load makes a Dataset, and nobody changes it afterwards: With returns a new one
// with further registers. Each built-in register is in it twice: as a table.Table, by which
// any register is listed, exported and documented, also a municipality's own; and as typed
// records, of which rules and pages read the meaning. Records are linked in both
// directions: Finding.Assessment leads up the process, Finding.Recommendations down.
//
// The table in registers.go lists all registers that the program knows. The words for the
// stages and steps of the process are in process.go. Cycle gathers the records of one year
// along them. Cell says all that a page shows of a cell of a record.
//
// If a repository has errors, its Dataset is what could be read. The preview shows it, and
// a build refuses it.
package jme

import (
	"slices"

	"achyk/internal/locale"
	"achyk/internal/source"
	"achyk/internal/table"
)

// Dataset is the content of a repository.
type Dataset struct {
	Site           Site
	Municipalities []*Municipality // in the order of their ids
	Pages          []*Article      // content/pages, by their key order
	// Files has the files that are published as they are: by their paths in the repository,
	// their sizes in bytes.
	Files map[string]int64
	Dates []WrittenDate // in settings and in the front matter of texts that are no records
}

// WrittenDate is a date in a TOML text.
type WrittenDate struct {
	Value string
	File  *source.File
	Span  source.Span
}

// Municipality returns the municipality with an id, or nil.
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

// Municipality is a municipality with its settings, its regulation and its registers.
type Municipality struct {
	ID          string // the name of its folder, which stands in addresses
	Settings    Settings
	Regulation  Regulation
	Langs       []locale.Lang  // that texts can be in; nil: those that are built in
	Tables      []*table.Table // built-in registers in the order of Registers, its own by name, derived ones
	NotKept     []*table.Table // built-in registers that are not published; see package dataset
	LetterTexts []*Article     // of analytic letters, by id
	Official    []*Article     // versions of the regulation as they were adopted, by the id of the amendment
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
	Explanations      []*Explanation
	Calendar          []*CalendarDay
	AnalyticLetters   []*AnalyticLetter

	index
}

// Years returns the years that have a list, a contest or an assessment, the newest first.
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
	delete(seen, 0) // of a record whose year is not known
	var years []int
	for y := range seen {
		years = append(years, y)
	}
	slices.Sort(years)
	slices.Reverse(years)
	return years
}
