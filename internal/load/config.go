package load

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/source"
)

// What holds where a municipality sets nothing else.
const (
	defaultSmallCell = 5              // registers.md: appeals
	defaultZone      = "Asia/Bishkek" // all of Kyrgyzstan has one time
)

func (l *loader) site() {
	s := &l.set.Site
	places := l.required("data/site.toml", s)
	if places == nil {
		return
	}
	p := keys{loader: l, places: places}
	p.text("title", s.Title)
	p.given("licence", s.Licence)
	p.given("base_url", s.BaseURL)
	p.address("base_url", s.BaseURL)
	p.address("repository", s.Repository)
	p.zone("time_zone", &s.TimeZone)
	if s.BaseURL != "" && !strings.HasSuffix(s.BaseURL, "/") {
		s.BaseURL += "/"
	}
	for _, lang := range locale.Langs {
		if !slices.Contains(s.Languages, lang.String()) {
			p.wrong("languages", strings.Join(s.Languages, ", "), "ky, ru, en")
			break
		}
	}
}

// zones settles the time zones that no file sets. Towns that keep one time expect the site
// to keep it too. Where they differ none of their times is right for all, and the site keeps
// that of the capital until somebody sets another.
func (l *loader) zones() {
	towns := map[string]bool{}
	for _, m := range l.set.Municipalities {
		m.Settings.TimeZone = cmp.Or(m.Settings.TimeZone, defaultZone)
		towns[m.Settings.TimeZone] = true
	}
	s := &l.set.Site
	if s.TimeZone == "" && len(towns) == 1 {
		s.TimeZone = l.set.Municipalities[0].Settings.TimeZone
	}
	s.TimeZone = cmp.Or(s.TimeZone, defaultZone)
}

func (l *loader) settings(dir string, m *jme.Municipality) {
	s := &m.Settings
	s.SmallCell = defaultSmallCell
	places := l.required(dir+"/municipality.toml", s)
	if places == nil {
		return
	}
	p := keys{loader: l, places: places}
	p.text("name", s.Name)
	p.text("council", s.Council)
	p.text("executive", s.Executive)
	p.word("kind", s.Kind, "city", "ayil-aimak")
	p.zone("time_zone", &s.TimeZone)
	p.address("contact.website", s.Contact.Website)
	if s.OCDSPrefix != "" && !ocdsPrefix.MatchString(s.OCDSPrefix) {
		p.wrong("ocds_prefix", s.OCDSPrefix, "ocds-xxxxxx")
	}
}

// ocdsPrefix is what a publisher is given when it registers with the Open Contracting
// Partnership; it cannot be made up.
var ocdsPrefix = regexp.MustCompile(`^ocds-[a-z0-9]{6}$`)

func (l *loader) regulation(dir string, m *jme.Municipality) {
	r := &m.Regulation
	places := l.required(dir+"/regulation.toml", r)
	if places == nil {
		return
	}
	p := keys{loader: l, places: places}
	p.text("act.title", r.Act.Title)
	p.word("act.procedure", r.Act.Procedure, jme.ByContest, jme.ByGroup)
	p.word("act.copy", r.Act.Copy, "draft", "excerpt", "full")
	r.File = places.File()
	numbers := map[string]bool{}
	for i, c := range r.Clauses {
		p.table("clause", i)
		if c.Number == "" || numbers[c.Number] {
			p.wrong("clause.number", c.Number, "1, 2, 2a, 3.1 …")
		} else {
			p.given("clause.number", c.Number)
		}
		numbers[c.Number] = true
		p.text("clause.title", c.Title)
		p.text("clause.summary", c.Summary)
		p.word("clause.status", c.Status, "in-hand", "not-in-hand")
		if c.Step != "" {
			p.word("clause.stage", string(c.Step), steps()...)
		}
		for j := range c.Checks { // what they say is for the rules to judge
			check := &c.Checks[j]
			check.Span, check.Spans = places.At("clause", i, "check", j, "rule"), map[string]source.Span{}
			for name := range check.Parameters {
				check.Spans[name] = places.At("clause", i, "check", j, "parameters", name)
			}
		}
	}
	for i := range r.Assumptions {
		a := &r.Assumptions[i]
		p.table("assumption", i)
		p.given("assumption.code", a.Code)
		p.text("assumption.text", a.Text)
		a.Span = p.at("assumption.value")
		if a.Clause != "" && !numbers[a.Clause] {
			p.wrong("assumption.clause", a.Clause, "[[clause]] number")
		}
	}
}

// steps are the words for the steps of a year.
func steps() (words []string) {
	for _, name := range jme.StepNames {
		words = append(words, string(name))
	}
	return words
}
