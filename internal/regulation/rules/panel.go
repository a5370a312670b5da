package rules

import (
	"slices"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/regulation/clock"
	"achyk/internal/regulation/evidence"
	"achyk/internal/regulation/scores"
	"achyk/internal/selection"
)

// sides are the sides of a panel in the order of the sentence. word is the code in the register
// of members and also the parameter by which a clause asks for members of that side.
var sides = []struct {
	word string
	noun regulation.Noun
}{
	{"deputy", aDeputy},
	{"non-government", aNonGovernment},
	{"citizen", aCitizen},
	{"association", anAssociation},
	{"local-government", aLocalGovernment},
}

// panelRules are about the panels that select a contractor or monitor.
var panelRules = []*regulation.Rule{
	{
		Code:       "group-formed-by-decision",
		Needs:      []string{"panels", "decisions", "assessments", "visits", "measurements"},
		Parameters: []regulation.Parameter{{Name: "issuer", Type: regulation.Word, Required: true, Words: regulation.WordsOf("decisions", "issuer")}},
		// The clause has the group do the work: it must be there from the first day to the last.
		Order: []regulation.Order{{Later: "assessments.fieldwork_from", Earlier: "panels.formed", Kind: regulation.Broken}},
		Says:  []regulation.Statement{kept, broken, goneTooSoon, byAnotherBody, otherDecision, otherKind, unnamedGroup, pending, unknown, nothing},
		Check: groupFormedByDecision,
	},
	{
		Code:  "panel-composition",
		Needs: []string{"panels", "panel_members", "contests", "applications"},
		Parameters: []regulation.Parameter{
			{Name: "members", Type: regulation.Whole, Least: 1}, {Name: "at-least", Type: regulation.Truth},
			{Name: "deputy", Type: regulation.Whole}, {Name: "non-government", Type: regulation.Whole}, {Name: "citizen", Type: regulation.Whole},
			{Name: "association", Type: regulation.Whole}, {Name: "local-government", Type: regulation.Whole},
		},
		Assumes: []regulation.Convention{groupSides},
		// The call is the commission's work, so the commission must be there before it.
		Order: []regulation.Order{{Later: "contests.announced", Earlier: "panels.formed", Kind: regulation.Broken}},
		Says:  []regulation.Statement{kept, broken, noPanel, otherKind, pending, stayedUndecided, notFailed, unknown, void, nothing},
		Check: panelComposition,
	},
}

var (
	goneTooSoon   = said(regulation.Broken, "dissolved")     // fieldwork went on without the panel
	otherDecision = said(regulation.Unknown, "another_kind") // the decision is recorded as one on something else
	otherKind     = said(regulation.Unknown, "kind")         // the panel is of a kind that the procedure does not know
	unnamedGroup  = said(regulation.Unknown, "unnamed")      // an assessment names no group
	noPanel       = said(regulation.Broken, "no_panel")      // the panel did not exist that day
)

// groupFormedByDecision checks that each panel of the year cites a decision of the body that
// the clause names, made no later than the day on which the panel was formed, and that each
// assessment of the year names its panel.
func groupFormedByDecision(c *regulation.Case) {
	for _, p := range c.Cycle.Panels {
		o := c.Of("panels", p.ID)
		args := locale.Args{"Issuer": regulation.Label("decisions", "issuer", c.Word("issuer")), "Formed": p.Formed.Day()}
		if selection.Foreign(c.Municipality, p) {
			foreign(o, p)
			continue
		}
		d := p.Decision.Get()
		if d == nil || d.Date.IsZero() || p.Formed.IsZero() {
			o.Says(unknown, args)
			continue
		}
		o.See("decisions", d.ID).Done = d.Date.Day()
		o.Stands = clock.Latest(o.Done, p.Formed.Day())
		alone, since := evidence.WithoutPanel(c, o, p)
		args["Number"], args["Kind"] = d.Number, regulation.Label("decisions", "kind", d.Kind)
		switch {
		case d.Issuer != c.Word("issuer"):
			o.Says(byAnotherBody, args)
		case d.Kind != "form-panel" && d.Kind != "":
			o.Says(otherDecision, args)
		case d.Date.Day().After(p.Formed.Day()):
			o.Says(broken, args)
		case alone != nil:
			args["Provider"], args["Dissolved"], o.Stands = evidence.ProviderOf(alone), p.Dissolved.Day(), since
			o.Says(goneTooSoon, args)
		default:
			o.Says(kept, args)
		}
	}
	for _, a := range c.Cycle.Assessments {
		if a.Panel.Get() != nil {
			continue
		}
		o, args := c.Of("assessments", a.ID), locale.Args{"Provider": evidence.ProviderOf(a)}
		if evidence.Begins(a).After(c.AsOf) {
			o.Says(pending, args)
		} else {
			o.Says(unnamedGroup, args)
		}
	}
	if c.Silent() {
		none(c)
	}
}

// foreign settles the outcome of a panel of a kind that the procedure of the regulation does not
// know: what a clause asks of it cannot be said.
func foreign(o *regulation.Outcome, p *jme.Panel) {
	o.See("panels", p.ID).Says(otherKind, locale.Args{"Kind": regulation.Label("panels", "kind", p.Kind)})
}

// panelComposition checks how many members each side has on a panel. A commission is checked on
// the days on which applications were opened and the contest was decided. A monitoring group
// works all year; it is checked on each day on which its members changed.
func panelComposition(c *regulation.Case) {
	for _, x := range c.Cycle.Contests {
		o := c.Of("contests", x.ID)
		p := x.Panel.Get()
		var days []time.Time
		for _, day := range []time.Time{c.Clock.Day(x.Opened), x.Decided.Day()} {
			if !day.IsZero() && !slices.Contains(days, day) {
				days = append(days, day)
			}
		}
		switch {
		case x.Result == jme.Cancelled && x.Opened.IsZero():
			failed(o, x)
		case p != nil && selection.Foreign(c.Municipality, p):
			foreign(o, p)
		case p == nil || len(p.Members) == 0:
			o.Says(unknown, nil)
		case len(days) == 0 && contrary(c, o, x):
		case len(days) == 0 && x.Failed():
			failed(o, x)
		default:
			composed(c, o, p, days)
			if o.Kind == regulation.Broken {
				continue
			}
			if o.Stands = x.Decided.Day(); o.Stands.IsZero() {
				unselected(c, o, x, p)
			}
		}
	}
	for _, p := range c.Cycle.Panels {
		if selection.Foreign(c.Municipality, p) {
			foreign(c.Of("panels", p.ID), p)
			continue
		}
		if p.Kind != "monitoring-group" {
			continue
		}
		o := c.Of("panels", p.ID)
		end := c.YearEnd()
		if c.AsOf.Before(end) {
			end = c.AsOf
		}
		days := selection.Changes(p, time.Date(c.Cycle.Year, 1, 1, 0, 0, 0, 0, time.UTC), end)
		if len(p.Members) == 0 || len(days) == 0 {
			o.Says(unknown, nil)
			continue
		}
		composed(c, o, p, days)
	}
	if c.Silent() {
		none(c)
	}
}

// unselected settles the outcome of a contest without a recorded day of decision: the composition
// on that day cannot be judged.
func unselected(c *regulation.Case, o *regulation.Outcome, x *jme.Contest, p *jme.Panel) {
	o.Done = time.Time{}
	over := c.YearEnd().Before(c.AsOf) && c.Clock.Day(x.Closes).Before(c.AsOf)
	if over || x.Failed() || scores.Winner(x) != nil {
		o.Says(stayedUndecided, nil)
		return
	}
	_, args := compose(c, o, p, c.AsOf)
	o.Says(pending, args)
}

// groupSides says how many each side of a group has at least. The text has the plural and no
// number: one of each side is the first reading, two the second. A higher number in the clause
// stays.
var groupSides = regulation.Convention{Code: "group-sides-at-least-one", Values: []string{"1", "2"}, Optional: true}

// asked is how many members of a side the clause asks for, as it is read, and whether it does.
func asked(c *regulation.Case, side string) (int, bool) {
	n, asks := c.Whole(side)
	if asks && n > 0 && c.Truth("at-least") && reads(c, groupSides, "2") {
		n = max(n, 2)
	}
	return n, asks
}

// composed settles an outcome by the first day on which the panel does not fit or, where it
// always fits, by the last day.
func composed(c *regulation.Case, o *regulation.Outcome, p *jme.Panel, days []time.Time) {
	var args locale.Args
	for i, day := range days {
		if i == 0 {
			o.Stands = day
		}
		if !selection.Existed(p, day) {
			o.See("panels", p.ID).Done = day
			o.Stands = clock.Latest(day, evidence.Seated(p))
			o.Says(noPanel, locale.Args{"Day": day, "Formed": p.Formed.Day(), "Dissolved": p.Dissolved.Day(), "Was": !p.Dissolved.IsZero() && p.Dissolved.Day().Before(day)})
			return
		}
		fits, said := compose(c, o, p, day)
		if o.Done, args = day, said; !fits {
			o.Stands = day
			o.Says(broken, args)
			return
		}
	}
	o.Says(kept, args)
}

// compose counts the members of a panel on a day and reports whether they are as the clause asks.
func compose(c *regulation.Case, o *regulation.Outcome, p *jme.Panel, day time.Time) (fits bool, args locale.Args) {
	persons, count := evidence.Seats(c, o, p, day)
	fits = true
	var have, want locale.List
	if n, asked := c.Whole("members"); asked {
		fits = persons == n || c.Truth("at-least") && persons > n
		want = append(want, aMember.Count(n))
	}
	for _, side := range sides {
		there := count[side.word]
		n, asked := asked(c, side.word)
		if there > 0 || asked {
			have = append(have, side.noun.Count(there))
		}
		if asked {
			want = append(want, side.noun.Count(n))
			fits = fits && (there == n || c.Truth("at-least") && there > n)
		}
	}
	return fits, locale.Args{"Day": day, "Members": aMember.Count(persons), "Sides": have, "Asked": want, "Least": c.Truth("at-least"), "Nobody": persons == 0, "Group": p.Kind == "monitoring-group"}
}
