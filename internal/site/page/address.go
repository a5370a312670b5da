package page

import (
	"cmp"
	"strconv"
	"strings"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

// Addresses of pages are given within an edition: without the language, and with a slash at
// the end. The address of a published page never changes, because people have linked to it.

// DeskPath is the address of the page on which clerks check a spreadsheet.
const DeskPath = "desk/"

// GuidePath returns the address of a guide, or of the list of them if the name is empty. Their pictures are in
// a folder of the same name at the top of the site.
func GuidePath(name string) string { return "guide/" + folder(name) }

// EmbedPath is the address below which each chart has a page of its own. Other sites may show these pages, and no
// others, in a frame.
const EmbedPath = "embed/"

// SearchPath is the address of the page of the search, and of the folder of its files at the top of the site.
const SearchPath = "search/"

// RulesPath is the address of the page of the rules. The rules belong to the program and to no
// municipality.
const RulesPath = "rules/"

// Path returns the address of the town's front page.
func (t *Town) Path() string { return t.ID + "/" }

// YearPath returns the address of the overview of a year.
func (t *Town) YearPath(year int) string { return t.Path() + strconv.Itoa(year) + "/" }

// StepPath returns the address of one step of a year.
func (t *Town) StepPath(year int, step jme.StepName) string {
	return t.YearPath(year) + folder(string(step))
}

// OutcomesOfYear returns the address of the page that shows the outcomes of a year.
func (t *Town) OutcomesOfYear(year int) string { return t.YearPath(year) + "regulation/" }

// RegulationPath returns the address of the page that shows the regulation clause by clause.
func (t *Town) RegulationPath() string { return t.Path() + "regulation/" }

// ClausePath returns the address of a clause on the page of the regulation.
func (t *Town) ClausePath(number string) string {
	return t.RegulationPath() + "#" + ClauseAnchor(number)
}

// AssumptionPath returns the address of an assumption on the page of what the regulation leaves open.
func (t *Town) AssumptionPath(code string) string {
	return t.OtherwisePath() + "#" + AssumptionAnchor(code)
}

// OtherwisePath returns the address of the page of what the regulation leaves open, and of other readings.
func (t *Town) OtherwisePath() string { return t.RegulationPath() + "otherwise/" }

// OutcomesPath returns the address of a clause on the page of the outcomes of a year.
func (t *Town) OutcomesPath(year int, clause string) string {
	return t.OutcomesOfYear(year) + "#" + ClauseAnchor(clause)
}

// ClauseAnchor returns the fragment that leads to a clause on a page.
func ClauseAnchor(number string) string { return "clause-" + number }

// AssumptionAnchor returns the fragment that leads to an assumption on the page of what the regulation leaves open.
func AssumptionAnchor(code string) string { return "assumption-" + code }

// DeadlinesPath returns the address of the page of deadlines.
func (t *Town) DeadlinesPath() string { return t.Path() + "deadlines/" }

// BodyPath returns the address of the page of a body of wording.Bodies.
func (t *Town) BodyPath(body string) string { return t.Path() + "bodies/" + folder(body) }

// SubscribePath returns the address of the page that tells what can be subscribed to.
func (t *Town) SubscribePath() string { return t.Path() + "subscribe/" }

// MissingOfYear returns the address of the page of the records that a year lacks.
func (t *Town) MissingOfYear(year int) string { return t.YearPath(year) + "missing/" }

// MissingPath returns the address of the page of missing records of all years.
func (t *Town) MissingPath() string { return t.Path() + "missing/" }

// ChangesPath is the address of the changes in all towns.
const ChangesPath = "changes/"

// ChangesPath returns the address of the changes in a register of the town. An empty name
// stands for all its registers.
func (t *Town) ChangesPath(register string) string { return t.Path() + ChangesPath + folder(register) }

// DataPath returns the address of the page of open data.
func (t *Town) DataPath() string { return t.Path() + "data/" }

// DictionaryPath returns the address of the page that explains the columns of a register.
func (t *Town) DictionaryPath(register string) string { return t.DataPath() + folder(register) }

// NewsPath returns the address of a news item, or of the list of news if the slug is empty.
func (t *Town) NewsPath(slug string) string { return t.Path() + "news/" + folder(slug) }

// ListPath returns the address of the list of a register.
func (t *Town) ListPath(register string) string { return t.Path() + folder(register) }

// RecordPath returns the address of the page of a record.
func (t *Town) RecordPath(r jme.Record) string { return t.Address(r) + "/" }

// PartPath returns the address of a part of a list; parts are counted from 1. Later parts lie
// under p/. No record of the list can have that address, because a record's address has one
// segment after the list's.
func PartPath(list string, part int) string {
	if part <= 1 {
		return list
	}
	return list + "p/" + strconv.Itoa(part) + "/"
}

// folder returns a segment of an address, or "" for an empty name.
func folder(name string) string {
	if name == "" {
		return ""
	}
	return name + "/"
}

// Paths of files begin at the top of the site, and contain no language.

// Download returns the path of a file of open data.
func (t *Town) Download(name string) string { return "data/" + t.ID + "/" + name }

// RecordFile returns the path of the JSON file of a record.
func (t *Town) RecordFile(r jme.Record) string { return "data/" + t.Address(r) + ".json" }

// CalendarFile returns the path of the deadlines for calendar programs.
func (t *Town) CalendarFile(l locale.Lang) string {
	return "calendar/" + t.ID + "." + l.String() + ".ics"
}

// FeedFile returns the path of the changes for feed readers.
func (t *Town) FeedFile(l locale.Lang) string { return "feeds/" + t.ID + "." + l.String() + ".atom" }

// PictureFile returns the path of the picture that messengers show beside a link. The subject is given by its
// address in the town; the empty one stands for the town.
func (t *Town) PictureFile(subject string, l locale.Lang) string {
	path := "pictures/" + t.ID
	if subject != "" {
		path += "/" + subject
	}
	return path + "." + l.String() + ".png"
}

// EventsFile returns the path of the events of a subject for feed readers or calendar programs. The subject
// is given by its address in the town; the empty one stands for the whole town.
func (t *Town) EventsFile(subject string, l locale.Lang, kind string) string {
	folder := "feeds/"
	if kind == "ics" {
		folder = "calendar/"
	}
	return folder + t.Path() + cmp.Or(subject, "events") + "." + l.String() + "." + kind
}

// rootOf returns the link from a page to the top of the site.
func rootOf(path string) string {
	if n := strings.Count(path, "/"); n > 0 {
		return strings.Repeat("../", n)
	}
	return "./"
}
