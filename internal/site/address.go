package site

import (
	"strconv"
	"strings"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

// Addresses within an edition: without the language, with a slash at the end. An address
// once published keeps working, so these are never changed, only added to (design.md 4).

func townPath(m *jme.Municipality) string { return m.ID + "/" }

func yearPath(m *jme.Municipality, year int) string { return m.ID + "/" + strconv.Itoa(year) + "/" }

func stepPath(m *jme.Municipality, year int, step string) string {
	return yearPath(m, year) + step + "/"
}

// rulesPath is the page of the rules, which are the program's and of no municipality.
const rulesPath = "rules/"

func regulationPath(m *jme.Municipality) string { return m.ID + "/regulation/" }

func deadlinesPath(m *jme.Municipality) string { return m.ID + "/deadlines/" }

func missingPath(m *jme.Municipality) string { return m.ID + "/missing/" }

// changesPath is what was changed in a municipality, or in one of its registers.
func changesPath(m *jme.Municipality, register string) string {
	if register == "" {
		return m.ID + "/changes/"
	}
	return m.ID + "/changes/" + register + "/"
}

func dataPath(m *jme.Municipality) string { return m.ID + "/data/" }

func dictionaryPath(m *jme.Municipality, register string) string {
	return m.ID + "/data/" + register + "/"
}

func newsPath(m *jme.Municipality, slug string) string {
	if slug == "" {
		return m.ID + "/news/"
	}
	return m.ID + "/news/" + slug + "/"
}

// listPath is a page of a register, from 1. Later ones lie under p/, where no record can
// have its page: a record's address has one segment.
func listPath(m *jme.Municipality, register string, page int) string {
	if page <= 1 {
		return m.ID + "/" + register + "/"
	}
	return m.ID + "/" + register + "/p/" + strconv.Itoa(page) + "/"
}

func recordPath(m *jme.Municipality, r jme.Record) string { return m.Address(r) + "/" }

// Addresses outside the editions, from the top of the site.

func downloadPath(m *jme.Municipality, name string) string { return "data/" + m.ID + "/" + name }

// recordDataPath is a record as JSON.
func recordDataPath(m *jme.Municipality, r jme.Record) string {
	return "data/" + m.Address(r) + ".json"
}

// calendarPath is a municipality's deadlines in a language, for calendar programs.
func calendarPath(m *jme.Municipality, l locale.Lang) string {
	return "calendar/" + m.ID + "." + l.String() + ".ics"
}

// feedPath is a municipality's changes in a language, for feed readers.
func feedPath(m *jme.Municipality, l locale.Lang) string {
	return "feeds/" + m.ID + "." + l.String() + ".atom"
}

// rootOf leads from a page back to the top of the site.
func rootOf(path string) string {
	if n := strings.Count(path, "/"); n > 0 {
		return strings.Repeat("../", n)
	}
	return "./"
}
