package page

import (
	"strconv"
	"strings"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

// Addresses within an edition begin without the language and end with a slash. Published
// addresses are never changed, only added to, because people have linked them (design.md 4).

// RulesPath is the page of the rules, which are the program's and of no municipality.
const RulesPath = "rules/"

// Path is the town's front page.
func (t *Town) Path() string { return t.ID + "/" }

// YearPath is the overview of a year.
func (t *Town) YearPath(year int) string { return t.Path() + strconv.Itoa(year) + "/" }

// StepPath is the page of one step of a year.
func (t *Town) StepPath(year int, step jme.StepName) string {
	return t.YearPath(year) + folder(string(step))
}

// OutcomesOfYear is the page of how the clauses fared in a year.
func (t *Town) OutcomesOfYear(year int) string { return t.YearPath(year) + "regulation/" }

// RegulationPath is the regulation, clause by clause.
func (t *Town) RegulationPath() string { return t.Path() + "regulation/" }

// ClausePath is a clause on the page of the regulation.
func (t *Town) ClausePath(number string) string {
	return t.RegulationPath() + "#" + ClauseAnchor(number)
}

// AssumptionPath is an assumption on the page of the regulation.
func (t *Town) AssumptionPath(code string) string {
	return t.RegulationPath() + "#" + AssumptionAnchor(code)
}

// OutcomesPath is how a clause fared in a year.
func (t *Town) OutcomesPath(year int, clause string) string {
	return t.OutcomesOfYear(year) + "#" + ClauseAnchor(clause)
}

// ClauseAnchor is the fragment of a clause on its pages.
func ClauseAnchor(number string) string { return "clause-" + number }

// AssumptionAnchor is the fragment of an assumption on the page of the regulation.
func AssumptionAnchor(code string) string { return "assumption-" + code }

// DeadlinesPath is the page of what is due.
func (t *Town) DeadlinesPath() string { return t.Path() + "deadlines/" }

// MissingPath is the page of what is not on record.
func (t *Town) MissingPath() string { return t.Path() + "missing/" }

// ChangesPath is what was changed in all towns.
const ChangesPath = "changes/"

// ChangesPath is what was changed in a municipality, or in one of its registers.
func (t *Town) ChangesPath(register string) string { return t.Path() + ChangesPath + folder(register) }

// DataPath is the page of open data.
func (t *Town) DataPath() string { return t.Path() + "data/" }

// DictionaryPath is the page that explains the columns of a register.
func (t *Town) DictionaryPath(register string) string { return t.DataPath() + folder(register) }

// NewsPath is a news item, or the list of all where the slug is empty.
func (t *Town) NewsPath(slug string) string { return t.Path() + "news/" + folder(slug) }

// ListPath is the list of a register.
func (t *Town) ListPath(register string) string { return t.Path() + folder(register) }

// RecordPath is the page of a record.
func (t *Town) RecordPath(r jme.Record) string { return t.Address(r) + "/" }

// PartPath is a page of a list that is cut into parts, counted from 1. Later ones lie
// under p/, where no record can have its page: a record's address has one segment.
func PartPath(list string, part int) string {
	if part <= 1 {
		return list
	}
	return list + "p/" + strconv.Itoa(part) + "/"
}

func folder(name string) string {
	if name == "" {
		return ""
	}
	return name + "/"
}

// Addresses of files begin at the top of the site and are of no edition.

// Download is a file of open data.
func (t *Town) Download(name string) string { return "data/" + t.ID + "/" + name }

// RecordFile is a record as JSON.
func (t *Town) RecordFile(r jme.Record) string { return "data/" + t.Address(r) + ".json" }

// CalendarFile is what is due, for calendar programs.
func (t *Town) CalendarFile(l locale.Lang) string {
	return "calendar/" + t.ID + "." + l.String() + ".ics"
}

// FeedFile is what was changed, for feed readers.
func (t *Town) FeedFile(l locale.Lang) string { return "feeds/" + t.ID + "." + l.String() + ".atom" }

// rootOf leads from a page back to the top of the site.
func rootOf(path string) string {
	if n := strings.Count(path, "/"); n > 0 {
		return strings.Repeat("../", n)
	}
	return "./"
}
