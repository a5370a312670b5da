package clauses

import (
	"strings"

	"achyk/internal/jme"
	"achyk/internal/regulation"
	"achyk/internal/regulation/rules"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
)

// RulesView lists all rules in the order of the process: what each checks, which registers it
// reads, and which clauses use it.
type RulesView struct {
	page.Base
	Heading string
	Lead    string
	Rules   []RuleView
}

// RuleView is one rule.
type RuleView struct {
	Code, Title, Help string
	Kinds             []page.Count // kinds of outcome that the rule can give, without numbers
	Reads             string
	Assumes           string   // what the text of a regulation leaves open, with the possible readings
	Order             []string // of events: which must not come before which
	Uses              []UseView
}

// UseView is a clause that uses a rule, with the parameters it gives and its readings of what
// the text leaves open.
type UseView struct {
	Clause  page.Link
	Title   page.Text
	Told    []string
	Assumed []AssumedView
}

// AssumedView is an assumption, with the reading that the regulation file chooses.
type AssumedView struct {
	Title   string
	Reading page.Link
}

// Rules is the page of the rules.
var Rules = page.Kind[RulesView]{Template: "rules", Style: page.Clauses, Pages: func(s *page.Site, add page.Add[RulesView]) {
	add(nil, page.RulesPath, rulesView)
}}

// rulesView returns the page of the rules.
func rulesView(p *page.Place) RulesView {
	v := RulesView{Heading: p.T("site.rules.title"), Lead: p.T("site.rules.lead")}
	v.Base = p.Base(v.Heading, v.Lead)
	for _, r := range rules.All {
		v.Rules = append(v.Rules, rule(p, r))
	}
	return v
}

// rule returns one rule with its uses in all municipalities.
func rule(p *page.Place, r *regulation.Rule) RuleView {
	v := RuleView{Code: r.Code, Title: r.Title(p.Printer), Help: r.Help(p.Printer)}
	for _, kind := range r.Can() {
		v.Kinds = append(v.Kinds, page.Count{Mark: status.Marks[kind], Label: status.KindName(p, kind)})
	}
	var reads, assumes []string
	for _, name := range r.Needs {
		reads = append(reads, jme.Schema(name).Title.In(p.Lang))
	}
	for _, c := range r.Assumes {
		var readings []string
		for _, value := range c.Values {
			readings = append(readings, c.Reading(value, p.Printer))
		}
		title := c.Title(p.Printer)
		if len(readings) > 0 {
			title += " (" + strings.Join(readings, "; ") + ")"
		}
		assumes = append(assumes, title)
	}
	for i := range r.Order {
		v.Order = append(v.Order, r.Order[i].Say(p.Printer))
	}
	v.Reads, v.Assumes = strings.Join(reads, ", "), strings.Join(assumes, "; ")
	for _, t := range p.Towns {
		for _, u := range r.Uses(t.Municipality) {
			v.Uses = append(v.Uses, use(p.About(t), r, u))
		}
	}
	return v
}

// use returns a clause that uses a rule.
func use(p *page.Place, r *regulation.Rule, u regulation.Use) UseView {
	v := UseView{
		Clause: page.Link{
			Text: page.Phrase{p.Text(p.Town.Settings.Name), {Text: p.Clause(u.Clause.Number)}},
			Href: p.To(p.Town.ClausePath(u.Clause.Number)),
		},
		Title: p.Text(u.Clause.Title),
	}
	if when := period(p, u.Clause); when != "" {
		v.Clause.Text = append(v.Clause.Text, page.Text{Text: when})
	}
	for i := range r.Parameters {
		x := &r.Parameters[i]
		if value, told := u.Check.Parameters[x.Name]; told {
			v.Told = append(v.Told, r.Name(x.Name, p.Printer)+": "+x.Say(value, p.Printer))
		}
	}
	for _, c := range r.Assumes {
		a := u.Assumption(c)
		if a == nil {
			continue
		}
		assumed := AssumedView{Reading: page.Link{Text: page.Phrase{p.Text(a.Title)}, Href: p.To(p.Town.AssumptionPath(a.Code))}}
		if reading := c.Reading(a.Value, p.Printer); reading != "" {
			assumed.Title, assumed.Reading.Text = c.Title(p.Printer)+":", page.Own(reading)
		}
		v.Assumed = append(v.Assumed, assumed)
	}
	return v
}

// checkedBy returns links to the rules that a clause uses, each once.
func checkedBy(p *page.Place, c *jme.Clause) []page.Link {
	var links []page.Link
	linked := map[string]bool{}
	for i := range c.Checks {
		if r := rules.All.Find(c.Checks[i].Rule); r != nil && !linked[r.Code] {
			linked[r.Code] = true
			links = append(links, page.Link{Text: page.Own(r.Title(p.Printer)), Href: p.To(page.RulesPath) + "#" + r.Code})
		}
	}
	return links
}
