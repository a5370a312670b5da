package load

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/settings"
	"achyk/internal/source"
)

const defaultSmallCell = 5 // registers.md: appeals

func (l *loader) site() {
	s := &l.set.Site
	places := l.required("data/site.toml", s)
	if places == nil {
		return
	}
	p := keys{loader: l, places: places, met: map[string]int{}}
	p.text("title", s.Title)
	p.given("licence", s.Licence)
	p.given("base_url", s.BaseURL)
	p.address("base_url", s.BaseURL)
	p.address("repository", s.Repository)
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

func (l *loader) settings(dir string, m *jme.Municipality) {
	s := &m.Settings
	s.SmallCell = defaultSmallCell
	places := l.required(dir+"/municipality.toml", s)
	if places == nil {
		return
	}
	p := keys{loader: l, places: places, met: map[string]int{}}
	p.text("name", s.Name)
	p.text("council", s.Council)
	p.text("executive", s.Executive)
	p.word("kind", s.Kind, "city", "ayil-aimak")
	if s.TimeZone == "" {
		s.TimeZone = "Asia/Bishkek"
	} else if _, err := time.LoadLocation(s.TimeZone); err != nil {
		p.wrong("time_zone", s.TimeZone, "Asia/Bishkek")
	}
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
	p := keys{loader: l, places: places, met: map[string]int{}}
	p.text("act.title", r.Act.Title)
	p.word("act.procedure", r.Act.Procedure, jme.ByContest, jme.ByGroup)
	p.word("act.copy", r.Act.Copy, "draft", "excerpt", "full")
	r.File = places.File()
	numbers := map[string]bool{}
	for _, c := range r.Clauses {
		p.table("clause")
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
		for i := range c.Checks { // what they say is for the rules to judge
			check := &c.Checks[i]
			p.table("clause.check")
			check.Span, check.Spans = p.at("clause.check.rule", check.Rule != ""), map[string]source.Span{}
			for name := range check.Parameters {
				check.Spans[name] = p.at("clause.check.parameters."+name, true)
			}
		}
	}
	for i := range r.Assumptions {
		a := &r.Assumptions[i]
		p.table("assumption")
		p.given("assumption.code", a.Code)
		p.text("assumption.text", a.Text)
		a.Span = p.at("assumption.value", a.Value != "")
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

// keys reports on the keys of one TOML file. Each key is asked about once, and those of
// a repeated table in their order, after table has said that the next one begins.
type keys struct {
	*loader
	places *settings.Places
	met    map[string]int // how often a key has been met so far
	within string         // the repeated table
}

func (k *keys) table(name string) {
	k.met[name]++
	k.within = name
}

// at returns the place of the key if it is there, else of its table.
func (k *keys) at(key string, there bool) source.Span {
	if !there {
		return k.places.Nth(k.within, k.met[k.within]-1)
	}
	k.met[key]++
	return k.places.Nth(key, k.met[key]-1)
}

func (k *keys) given(key, value string) {
	if at := k.at(key, value != ""); value == "" {
		k.missing(k.places.File(), key, at)
	}
}

// text wants the Kyrgyz original.
func (k *keys) text(key string, t locale.Text) {
	if at := k.at(key, !t.IsZero()); t.Ky == "" {
		k.missing(k.places.File(), key+".ky", at)
	}
}

// word wants one of the words.
func (k *keys) word(key, value string, words ...string) {
	if slices.Contains(words, value) {
		k.at(key, true)
		return
	}
	k.wrong(key, value, words...)
}

// address wants what pages, catalogues and citations can link, if anything: how to clone
// a repository, git@…, is none.
func (k *keys) address(key, value string) {
	if value != "" && !strings.HasPrefix(value, "https://") && !strings.HasPrefix(value, "http://") {
		k.wrong(key, value, "https://…/")
	}
}

func (k *keys) wrong(key, value string, words ...string) {
	k.problems.Add(diag.Diagnostic{
		Code: diag.TOMLValue, File: k.places.File(), Span: k.at(key, value != ""), Value: value,
		Args: diag.Args{"key": key, "value": value, "words": words},
	})
}
