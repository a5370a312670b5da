package regulation

import (
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

// choiceRules are about how services are chosen.
var choiceRules = []*Rule{
	{
		Code:       "annual-list-approved",
		Needs:      []string{"annual_list", "decisions"},
		Parameters: []Parameter{{Name: "issuer", Type: Word, Required: true, Words: wordsOf("decisions", "issuer")}},
		Says:       []Statement{kept, broken, byAnotherBody, overdue, pending},
		Check:      annualListApproved,
	},
	{
		Code:  "list-grounded",
		Needs: []string{"annual_list", "decisions", "appeals", "events", "suggestions"},
		Says:  []Statement{kept, broken, unknown, none},
		Check: listGrounded,
	},
}

// annualListApproved checks that every entry of the year's list cites a decision of the body
// that the clause names, made by the end of that year.
func annualListApproved(c *Case) {
	o := c.year()
	args := locale.Args{"Services": number{aService, len(c.Cycle.Entries)}, "Issuer": label("decisions", "issuer", c.word("issuer"))}
	var last time.Time // the day of the last decision
	undecided, otherBody := len(c.Cycle.Entries) == 0, false
	for _, e := range c.Cycle.Entries {
		o.see("annual_list", e.ID)
		d := e.Decision.Get()
		if d == nil || d.Date.IsZero() {
			undecided = true
			continue
		}
		o.see("decisions", d.ID)
		otherBody = otherBody || d.Issuer != c.word("issuer")
		if last.Before(d.Date.Day()) {
			last = d.Date.Day()
		}
	}
	o.due(c.yearEnd(), withYear)
	late := last.After(o.Due)
	if !undecided || otherBody || late {
		o.Done = last
	}
	switch {
	case otherBody:
		o.says(byAnotherBody, args)
	case late:
		o.says(broken, args)
	case !undecided:
		o.says(kept, args)
	case o.Due.Before(c.AsOf):
		o.says(overdue, args)
	default:
		o.says(pending, args)
	}
}

// decided reports whether the decision on an entry has been made. Until then residents can
// still appeal for the service.
func (c *Case) decided(e *jme.Entry) bool {
	d := e.Decision.Get()
	return d != nil && !d.Date.IsZero()
}

// listGrounded checks that residents appealed for, or suggested, each service on the list.
// Where no appeals and no suggestions are recorded for any service, they were not counted, and
// the outcome is unknown.
func listGrounded(c *Case) {
	counted := false
	for _, d := range c.Cycle.Demand {
		counted = counted || d.Appeals > 0 || len(d.Suggestions) > 0
	}
	for _, e := range c.Cycle.Entries {
		o := c.of("annual_list", e.ID)
		service := e.Service.Get()
		if service == nil {
			o.says(unknown, locale.Args{"Service": e.Service.ID})
			continue
		}
		o.see("services", service.ID)
		for _, d := range c.Cycle.Demand {
			if d.Service != service {
				continue
			}
			for _, s := range d.Suggestions {
				o.see("suggestions", s.ID).see("events", s.Event.ID)
			}
			args := locale.Args{"Service": service.Name, "Appeals": number{anAppeal, d.Appeals}, "Suggestions": number{aSuggestion, len(d.Suggestions)}}
			switch {
			case d.Appeals > 0 || len(d.Suggestions) > 0:
				o.says(kept, args)
			case counted && c.decided(e):
				o.says(broken, args)
			default:
				o.says(unknown, args)
			}
		}
	}
	if len(c.Cycle.Entries) == 0 {
		c.none()
	}
}
