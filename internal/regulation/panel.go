package regulation

import (
	"slices"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

// sides are the sides of a panel in the order of the sentence. word is the code in the register
// of members and also the parameter by which a clause asks for members of that side.
var sides = []struct {
	word string
	noun noun
}{
	{"deputy", aDeputy},
	{"non-government", aNonGovernment},
	{"citizen", aCitizen},
	{"association", anAssociation},
	{"local-government", aLocalGovernment},
}

// panelRules are about the panels that select a contractor or monitor.
var panelRules = []*Rule{
	{
		Code:       "group-formed-by-decision",
		Needs:      []string{"panels", "decisions"},
		Parameters: []Parameter{{Name: "issuer", Type: Word, Required: true, Words: wordsOf("decisions", "issuer")}},
		Says:       []Statement{kept, broken, byAnotherBody, unknown, none},
		Check:      groupFormedByDecision,
	},
	{
		Code:  "panel-composition",
		Needs: []string{"panels", "panel_members", "contests"},
		Parameters: []Parameter{
			{Name: "members", Type: Whole}, {Name: "at-least", Type: Truth},
			{Name: "deputy", Type: Whole}, {Name: "non-government", Type: Whole}, {Name: "citizen", Type: Whole},
			{Name: "association", Type: Whole}, {Name: "local-government", Type: Whole},
		},
		Assumes: []Convention{{Code: "group-sides-at-least-one"}},
		Says:    []Statement{kept, broken, pending, unknown, none},
		Check:   panelComposition,
	},
}

// groupFormedByDecision checks that each panel of the year cites a decision of the body that
// the clause names, made no later than the day on which the panel was formed.
func groupFormedByDecision(c *Case) {
	for _, p := range c.Cycle.Panels {
		o := c.of("panels", p.ID)
		args := locale.Args{"Issuer": label("decisions", "issuer", c.word("issuer")), "Formed": p.Formed.Day()}
		d := p.Decision.Get()
		if d == nil || d.Date.IsZero() || p.Formed.IsZero() {
			o.says(unknown, args)
			continue
		}
		o.see("decisions", d.ID).Done = d.Date.Day()
		args["Number"] = d.Number
		switch {
		case d.Issuer != c.word("issuer"):
			o.says(byAnotherBody, args)
		case d.Date.Day().After(p.Formed.Day()):
			o.says(broken, args)
		default:
			o.says(kept, args)
		}
	}
	if len(c.Cycle.Panels) == 0 {
		c.none()
	}
}

// panelComposition checks how many members each side has on a panel. A commission is checked on
// the days on which applications were opened and the contest was decided. A monitoring group
// works all year; it is checked on each day on which its members changed.
func panelComposition(c *Case) {
	for _, x := range c.Cycle.Contests {
		o := c.of("contests", x.ID)
		p := x.Panel.Get()
		var days []time.Time
		for _, day := range []time.Time{c.Clock.Day(x.Opened), x.Decided.Day()} {
			if !day.IsZero() && !slices.Contains(days, day) {
				days = append(days, day)
			}
		}
		switch {
		case p == nil || len(p.Members) == 0:
			o.says(unknown, nil)
		case len(days) == 0:
			_, args := c.compose(o, p, c.AsOf)
			o.says(pending, args)
		default:
			c.composed(o, p, days)
		}
	}
	for _, p := range c.Cycle.Panels {
		if p.Kind != "monitoring-group" {
			continue
		}
		o := c.of("panels", p.ID)
		if days := c.changes(p); len(p.Members) == 0 || len(days) == 0 {
			o.says(unknown, nil)
		} else {
			c.composed(o, p, days)
		}
	}
	if len(c.out) == 0 {
		c.none()
	}
}

// composed settles an outcome by the first day on which the panel does not fit or, where it
// always fits, by the last day.
func (c *Case) composed(o *Outcome, p *jme.Panel, days []time.Time) {
	var args locale.Args
	for _, day := range days {
		fits, said := c.compose(o, p, day)
		if o.Done, args = day, said; !fits {
			o.says(broken, args)
			return
		}
	}
	o.says(kept, args)
}

// changes are the days of the year, up to today, on which the members of a panel changed. The
// first is the first day of the panel in that year.
func (c *Case) changes(p *jme.Panel) []time.Time {
	begin := time.Date(c.Cycle.Year, 1, 1, 0, 0, 0, 0, time.UTC)
	end := c.yearEnd()
	for _, last := range []time.Time{c.AsOf, p.Dissolved.Day()} {
		if !last.IsZero() && last.Before(end) {
			end = last
		}
	}
	if formed := p.Formed.Day(); formed.After(begin) {
		begin = formed
	}
	if p.Formed.IsZero() || begin.After(end) {
		return nil
	}
	days := []time.Time{begin}
	for _, m := range p.Members {
		days = append(days, m.ValidFrom.Day())
		if !m.ValidTo.IsZero() {
			days = append(days, m.ValidTo.Day().AddDate(0, 0, 1))
		}
	}
	slices.SortFunc(days, time.Time.Compare)
	days = slices.CompactFunc(days, time.Time.Equal)
	return slices.DeleteFunc(days, func(d time.Time) bool { return d.Before(begin) || d.After(end) })
}

// compose counts the members of a panel on a day and reports whether they are as the clause
// asks.
func (c *Case) compose(o *Outcome, p *jme.Panel, day time.Time) (fits bool, args locale.Args) {
	o.see("panels", p.ID)
	count, members := map[string]int{}, 0
	for _, m := range p.Members {
		if m.ValidFrom.Day().After(day) || !m.ValidTo.IsZero() && m.ValidTo.Day().Before(day) {
			continue
		}
		o.see("panel_members", m.ID)
		count[m.Side]++
		members++
	}
	fits = true
	var have, want locale.List
	if n, asked := c.whole("members"); asked {
		fits = members == n || c.truth("at-least") && members > n
		want = append(want, number{aMember, n})
	}
	for _, side := range sides {
		there := count[side.word]
		n, asked := c.whole(side.word)
		if there > 0 || asked {
			have = append(have, number{side.noun, there})
		}
		if asked {
			want = append(want, number{side.noun, n})
			fits = fits && (there == n || c.truth("at-least") && there > n)
		}
	}
	return fits, locale.Args{"Day": day, "Members": number{aMember, members}, "Sides": have, "Asked": want, "Least": c.truth("at-least"), "Group": p.Kind == "monitoring-group"}
}
