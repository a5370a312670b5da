package load

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"achyk/internal/address"
	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/settings"
)

// Values of settings that a municipality leaves out.
const (
	defaultSmallCell = 5              // appeals of a territory below this are added to those of the town: a neighbour could tell who wrote
	defaultZone      = "Asia/Bishkek" // all of Kyrgyzstan is in it
)

// site reads data/site.toml.
func (l *loader) site() {
	s := &l.data.Site
	l.languages()
	places := l.requireTOML("data/site.toml", s)
	if places == nil {
		return
	}
	p := keys{loader: l, places: places}
	p.require("licence", s.Licence)
	p.require("base_url", s.BaseURL)
	if s.BaseURL != "" && !address.ValidBase(s.BaseURL) {
		p.wrong("base_url", s.BaseURL, "https://…/")
		s.BaseURL = ""
	}
	p.address("repository", s.Repository)
	p.address("commit", strings.ReplaceAll(s.Commit, "{commit}", "0"))
	p.zone("time_zone", &s.TimeZone)
	if s.BaseURL != "" && !strings.HasSuffix(s.BaseURL, "/") {
		s.BaseURL += "/"
	}
	p.siteLanguages()
	p.requireText("title", s.Title) // now that the original is known
	l.allow(places, "", s.Allowed)
}

// zones fills in the time zones that files leave out. If all municipalities have the same
// zone, their readers expect the site to have it too. If their zones differ, none suits all
// of them, and the site has that of the capital until site.toml sets another.
func (l *loader) zones() {
	towns := map[string]bool{}
	for _, m := range l.data.Municipalities {
		m.Settings.TimeZone = cmp.Or(m.Settings.TimeZone, defaultZone)
		towns[m.Settings.TimeZone] = true
	}
	s := &l.data.Site
	if s.TimeZone == "" && len(towns) == 1 {
		s.TimeZone = l.data.Municipalities[0].Settings.TimeZone
	}
	s.TimeZone = cmp.Or(s.TimeZone, defaultZone)
}

// settings reads municipality.toml.
func (l *loader) settings(dir string, m *jme.Municipality) {
	s := &m.Settings
	s.SmallCell = defaultSmallCell
	places := l.requireTOML(dir+"/municipality.toml", s)
	if places == nil {
		return
	}
	p := keys{loader: l, places: places}
	p.requireText("name", s.Name)
	p.requireText("council", s.Council)
	p.requireText("executive", s.Executive)
	p.requireWord("kind", s.Kind, "city", "ayil-aimak")
	if s.Region != "" { // the oblasts, Bishkek and Osh by ISO 3166-2:KG
		p.requireWord("region", s.Region, "KG-B", "KG-C", "KG-GB", "KG-GO", "KG-J", "KG-N", "KG-O", "KG-T", "KG-Y")
	}
	p.zone("time_zone", &s.TimeZone)
	p.address("contact.website", s.Contact.Website)
	if s.SmallCell < 1 { // any count would be published
		p.wrong("small_cell", strconv.Itoa(s.SmallCell), "≥ 1")
	}
	if s.Deputies < 0 {
		p.wrong("deputies", strconv.Itoa(s.Deputies), "≥ 1")
	}
	if s.OCDSPrefix != "" && !ocdsPrefix.MatchString(s.OCDSPrefix) {
		p.wrong("ocds_prefix", s.OCDSPrefix, "ocds-xxxxxx")
	}
	l.allow(places, m.ID, s.Allowed)
}

// ocdsPrefix is the form of the prefix that the Open Contracting Partnership gives to a
// publisher that registers with it.
var ocdsPrefix = regexp.MustCompile(`^ocds-[a-z0-9]{6}$`)

// allow notes the contacts that a file of settings allows in a municipality or, if it is "",
// everywhere. An entry that holds no contact would look as if it allowed something; other personal
// data is refused where it stands.
func (l *loader) allow(places *settings.Places, municipality string, contacts map[string]locale.Text) {
	for _, contact := range slices.Sorted(maps.Keys(contacts)) {
		at := places.At("allowed_contacts", contact)
		if original := l.data.Site.Original(); contacts[contact].Get(original) == "" {
			l.reportMissingKey(places.File(), "allowed_contacts."+contact+"."+original.String(), at)
		}
		if !l.personal.Allow(municipality, contact) {
			words := []string{"+996 …", "…@….kg", "…, 12, кв. 5"}
			l.problems.Add(diag.Diagnostic{Code: diag.TOMLValue, File: places.File(), Span: at, Value: contact, Args: diag.Args{"key": "allowed_contacts", "value": contact, "words": words}})
		}
	}
}
