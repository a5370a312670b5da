package site

import (
	"strings"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
)

// RulesView is the page of the rules, in the order of the process: what each asks, what it
// looks at, and which clauses it serves.
type RulesView struct {
	Base
	Heading string
	Lead    string
	Rules   []RuleView
}

// RuleView is one rule.
type RuleView struct {
	Code, Title, Help string
	Kinds             []KindCount // the outcomes it can give, without counts
	Reads             string
	Assumes           string // what the text leaves open, and the readings there are
	Uses              []UseView
}

// UseView is a clause that asks the rule, what it tells it, and how the text is read there.
type UseView struct {
	Clause  Link
	Title   Said
	Told    []string
	Assumed []AssumedView
}

// AssumedView is an assumption and the reading taken.
type AssumedView struct {
	Title   string
	Reading Link
}

func (e *edition) rules() Page {
	return page(e, rulesPath, e.templates.rules, func(href func(string) string) RulesView {
		v := RulesView{Heading: e.T("site.rules.title"), Lead: e.T("site.rules.lead")}
		v.Base = e.base(href, rulesPath, v.Heading, v.Lead, nil)
		for _, r := range regulation.All {
			v.Rules = append(v.Rules, e.rule(r, href))
		}
		return v
	})
}

func (e *edition) rule(r *regulation.Rule, href func(string) string) RuleView {
	v := RuleView{Code: r.Code, Title: r.Title(e.Printer), Help: r.Help(e.Printer)}
	for _, kind := range r.Can() {
		v.Kinds = append(v.Kinds, KindCount{Mark: outcomeMarks[kind], Label: e.T("site.outcome." + string(kind))})
	}
	var reads, assumes []string
	for _, name := range r.Needs {
		reads = append(reads, jme.Schema(name).Title.In(e.lang))
	}
	for _, c := range r.Assumes {
		var readings []string
		for _, value := range c.Values {
			readings = append(readings, c.Reading(value, e.Printer))
		}
		title := c.Title(e.Printer)
		if len(readings) > 0 {
			title += " (" + strings.Join(readings, "; ") + ")"
		}
		assumes = append(assumes, title)
	}
	v.Reads, v.Assumes = strings.Join(reads, ", "), strings.Join(assumes, "; ")
	for _, t := range e.towns {
		for _, u := range r.Uses(t.Municipality) {
			v.Uses = append(v.Uses, e.use(r, u, href))
		}
	}
	return v
}

func (e *edition) use(r *regulation.Rule, u regulation.Use, href func(string) string) UseView {
	page := e.to(href, regulationPath(u.Municipality))
	v := UseView{
		Clause: Link{
			Text: Phrase{e.said(u.Municipality.Settings.Name), {Text: e.F("site.clause.short", locale.Args{"number": u.Clause.Number})}},
			Href: page + "#" + clauseAnchor(u.Clause.Number),
		},
		Title: e.said(u.Clause.Title),
	}
	for i := range r.Parameters {
		x := &r.Parameters[i]
		if value, told := u.Check.Parameters[x.Name]; told {
			v.Told = append(v.Told, r.Name(x.Name, e.Printer)+": "+x.Say(value, e.Printer))
		}
	}
	for _, c := range r.Assumes {
		a := u.Assumption(c)
		if a == nil {
			continue
		}
		assumed := AssumedView{Reading: Link{Text: Phrase{e.said(a.Title)}, Href: page + "#assumption-" + a.Code}}
		if reading := c.Reading(a.Value, e.Printer); reading != "" {
			assumed.Title, assumed.Reading.Text = c.Title(e.Printer)+":", own(reading)
		}
		v.Assumed = append(v.Assumed, assumed)
	}
	return v
}

// checkedBy are links to the rules that a clause asks, each once.
func (e *edition) checkedBy(c *jme.Clause, href func(string) string) []Link {
	var links []Link
	linked := map[string]bool{}
	for i := range c.Checks {
		if r := regulation.Find(c.Checks[i].Rule); r != nil && !linked[r.Code] {
			linked[r.Code] = true
			links = append(links, Link{Text: own(r.Title(e.Printer)), Href: e.to(href, rulesPath) + "#" + r.Code})
		}
	}
	return links
}
