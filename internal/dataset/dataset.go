// Package dataset says what is published as open data, before it is in any form: the
// registers as of a day, who publishes them, under which licence, and how they are described.
// Package opendata writes the registers; packages catalogue, ocds and popolo describe them or
// publish parts of them by other standards. All take these facts from here, so none
// contradicts another.
package dataset

import (
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

// Snapshot is the dataset that is published, with the day and commit it is of.
type Snapshot struct {
	Data   *jme.Dataset
	AsOf   time.Time // a day as midnight UTC
	Commit string    // its hash; empty without history
	Dirty  bool      // the data differs from that commit

	// Shallow means that the clone of the repository lacks older commits, so the register of
	// changes lacks older changes.
	Shallow bool
}

// Version returns the version of the data: its day by calendar versioning and the first seven
// digits of the commit, "2026.11.20+4f1c2e7".
func (s Snapshot) Version() string {
	v := s.AsOf.Format("2006.1.2")
	if s.Commit != "" {
		v += "+" + s.Commit[:min(7, len(s.Commit))]
	}
	if s.Dirty {
		v += ".dirty"
	}
	return v
}

// Original returns the language that descriptions are in where a standard has one language only.
func (s Snapshot) Original() locale.Lang { return s.Data.Site.Original() }

// Address returns the address (URL) of a path from the top of the site.
func (s Snapshot) Address(path string) string { return s.Data.Site.BaseURL + path }

// License is a licence as Data Package describes it.
type License struct {
	Name  string `json:"name"`
	Path  string `json:"path"`
	Title string `json:"title"`
	Code  string `json:"-"` // in the table of licences of the EU's Publications Office; empty if it is not there
}

// Licence returns the licence with an SPDX id. Of one that is not in its list it knows the id
// and its address at SPDX.
func Licence(id string) License {
	for _, l := range []License{
		{"CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/", "Creative Commons Attribution 4.0 International", "CC_BY_4_0"},
		{"CC-BY-SA-4.0", "https://creativecommons.org/licenses/by-sa/4.0/", "Creative Commons Attribution Share Alike 4.0 International", "CC_BYSA_4_0"},
		{"CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/", "Creative Commons Zero v1.0 Universal", "CC0"},
		{"ODC-By-1.0", "https://opendatacommons.org/licenses/by/1-0/", "Open Data Commons Attribution License v1.0", "ODC_BY"},
		{"ODbL-1.0", "https://opendatacommons.org/licenses/odbl/1-0/", "Open Data Commons Open Database License v1.0", "ODC_BL"},
		{"PDDL-1.0", "https://opendatacommons.org/licenses/pddl/1-0/", "Open Data Commons Public Domain Dedication & License 1.0", "ODC_PDDL"},
	} {
		if l.Name == id {
			return l
		}
	}
	return License{id, "https://spdx.org/licenses/" + id + ".html", id, ""}
}
