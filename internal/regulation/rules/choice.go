package rules

import (
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
)

// choiceRules are about how services are chosen.
var choiceRules = []*regulation.Rule{
	{
		Code:       "annual-list-approved",
		Needs:      []string{"annual_list", "decisions"},
		Parameters: []regulation.Parameter{{Name: "issuer", Type: regulation.Word, Required: true, Words: regulation.WordsOf("decisions", "issuer")}},
		Says:       []regulation.Statement{kept, broken, byAnotherBody, overdue, pending},
		Check:      annualListApproved,
	},
	{
		Code:  "list-grounded",
		Needs: []string{"annual_list", "decisions", "appeals", "events", "suggestions"},
		Says:  []regulation.Statement{kept, broken, unknown, nothing},
		Check: listGrounded,
	},
}

// annualListApproved checks that every entry of the year's list cites a decision of the body
// that the clause names, made by the end of that year.
func annualListApproved(c *regulation.Case) {
	o := c.OfYear()
	args := locale.Args{"Services": aService.Count(len(c.Cycle.Entries)), "Issuer": regulation.Label("decisions", "issuer", c.Word("issuer"))}
	var last time.Time // the day of the last decision
	open, otherBody := len(c.Cycle.Entries) == 0, false
	for _, e := range c.Cycle.Entries {
		o.See("annual_list", e.ID)
		d := e.Decision.Get()
		if d == nil || d.Date.IsZero() {
			open = true
			continue
		}
		o.See("decisions", d.ID)
		otherBody = otherBody || d.Issuer != c.Word("issuer")
		if last.Before(d.Date.Day()) {
			last = d.Date.Day()
		}
	}
	o.DueBy(c.YearEnd(), withYear)
	late := last.After(o.Due)
	if !open || otherBody || late {
		o.Done = last
	}
	switch {
	case otherBody:
		o.Says(byAnotherBody, args)
	case late:
		o.Says(broken, args)
	case !open:
		o.Says(kept, args)
	case o.Due.Before(c.AsOf):
		o.Says(overdue, args)
	default:
		o.Says(pending, args)
	}
}

// decided reports whether the decision on an entry has been made. Until then residents can
// still appeal for the service.
func decided(c *regulation.Case, e *jme.Entry) bool {
	d := e.Decision.Get()
	return d != nil && !d.Date.IsZero()
}

// listGrounded checks that residents appealed for, or suggested, each service on the list.
// Where no appeals and no suggestions are recorded for any service, they were not counted, and
// the outcome is unknown.
func listGrounded(c *regulation.Case) {
	counted := false
	for _, d := range c.Cycle.Demand {
		counted = counted || d.Appeals > 0 || len(d.Suggestions) > 0
	}
	for _, e := range c.Cycle.Entries {
		o := c.Of("annual_list", e.ID)
		service := e.Service.Get()
		if service == nil {
			o.Says(unknown, locale.Args{"Service": e.Service.ID})
			continue
		}
		o.See("services", service.ID)
		for _, d := range c.Cycle.Demand {
			if d.Service != service {
				continue
			}
			for _, s := range d.Suggestions {
				o.See("suggestions", s.ID).See("events", s.Event.ID)
			}
			args := locale.Args{"Service": service.Name, "Appeals": anAppeal.Count(d.Appeals), "Suggestions": aSuggestion.Count(len(d.Suggestions))}
			switch {
			case d.Appeals > 0 || len(d.Suggestions) > 0:
				o.Says(kept, args)
			case counted && decided(c, e):
				o.Says(broken, args)
			default:
				o.Says(unknown, args)
			}
		}
	}
	if len(c.Cycle.Entries) == 0 {
		none(c)
	}
}
