package jme

import (
	"slices"
	"strings"
	"time"

	"achyk/internal/locale"
)

// Site is data/site.toml.
type Site struct {
	Title         locale.Text            `toml:"title"`
	Description   locale.Text            `toml:"description"`
	BaseURL       string                 `toml:"base_url"`         // with a slash at its end
	Repository    string                 `toml:"repository"`       // the address where the sources can be seen
	Commit        string                 `toml:"commit"`           // the address where a commit can be seen, with {commit} for its hash; empty: <repository>/commit/<hash>, which most hosts have
	Licence       string                 `toml:"licence"`          // SPDX id of data and content
	Languages     []string               `toml:"languages"`        // of the pages; see Langs
	OriginalCode  string                 `toml:"original"`         // see Original
	TimeZone      string                 `toml:"time_zone"`        // IANA name; see Zone
	Further       []locale.Lang          `toml:"-"`                // the languages that are not built in, each by its catalogue
	Demonstration bool                   `toml:"demonstration"`    // the data is invented, and every page says so
	Allowed       map[string]locale.Text `toml:"allowed_contacts"` // contacts of offices that may be published, with the reason
}

// Langs are the languages of the pages, in the order in which pages list them.
func (s *Site) Langs() []locale.Lang { return locale.Chosen(s.Languages, s.Written()) }

// Written are the languages that texts can be in: those that are built in, and the further ones.
func (s *Site) Written() []locale.Lang { return slices.Concat(locale.Langs[:], s.Further) }

// Original is the language of the original of all texts.
func (s *Site) Original() locale.Lang { return locale.Original(s.OriginalCode, s.Langs()) }

// Zone is the time zone of the day that the site is as of and of pages that belong to no municipality.
// If site.toml sets none, package load sets that of all municipalities or, if they differ, Asia/Bishkek.
func (s *Site) Zone() *time.Location { return zone(s.TimeZone) }

// DayOf is the day on which a moment is in the site's zone, as midnight UTC.
func (s *Site) DayOf(moment time.Time) time.Time {
	y, m, d := moment.In(s.Zone()).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// Later returns the later of a day and the day of a moment.
func (s *Site) Later(day, moment time.Time) time.Time {
	if of := s.DayOf(moment); of.After(day) {
		return of
	}
	return day
}

// CommitAddress returns the address where a commit can be seen, or "" if none is known.
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
	Name         locale.Text            `toml:"name"`
	Kind         string                 `toml:"kind"`   // "city" or "ayil-aimak"
	Region       string                 `toml:"region"` // the oblast, or Bishkek or Osh, by ISO 3166-2; empty if not known
	Council      locale.Text            `toml:"council"`
	Executive    locale.Text            `toml:"executive"`
	Introduction locale.Text            `toml:"introduction"`
	TimeZone     string                 `toml:"time_zone"`  // IANA name; Asia/Bishkek if left out
	SmallCell    int                    `toml:"small_cell"` // appeal counts of a territory below this are refused; 5 if left out
	Deputies     int                    `toml:"deputies"`   // of the council; 0 if not known
	Sources      []string               `toml:"sources"`
	OCDSPrefix   string                 `toml:"ocds_prefix"`
	Contact      Contact                `toml:"contact"`
	Predecessors []Predecessor          `toml:"predecessor"`
	Allowed      map[string]locale.Text `toml:"allowed_contacts"` // contacts of offices that may be published, with the reason
}

// Zone is the time zone by which the municipality's days begin and end.
func (s *Settings) Zone() *time.Location { return zone(s.TimeZone) }

// Body is the name of the body that a register calls "council" or "executive", and whether it is one.
func (s *Settings) Body(code string) (name locale.Text, ok bool) {
	switch code {
	case "council":
		return s.Council, true
	case "executive":
		return s.Executive, true
	}
	return name, false
}

// zone returns the time zone of an IANA name. Package load refuses unknown names. In a
// value that was made otherwise, as in tests, they mean UTC.
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

// Predecessor is a municipality that was merged into this one.
type Predecessor struct {
	Name    locale.Text `toml:"name"`
	ValidTo time.Time   `toml:"valid_to"`
	Note    locale.Text `toml:"note"`
}
