package rules

import (
	"strconv"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/regulation/clock"
	"achyk/internal/regulation/evidence"
)

// choiceRules are about how services are chosen.
var choiceRules = []*regulation.Rule{
	{
		Code:       "annual-list-approved",
		Needs:      []string{"annual_list", "decisions", "contests", "contest_services", "assessments", "visits", "measurements"},
		Parameters: []regulation.Parameter{{Name: "issuer", Type: regulation.Word, Required: true, Words: regulation.WordsOf("decisions", "issuer")}},
		Assumes:    []regulation.Convention{listDecided},
		Says:       []regulation.Statement{kept, broken, workFirst, byAnotherBody, ofAnotherYear, reused, ofAnotherKind, overdue, workOverdue, pending},
		Check:      annualListApproved,
	},
	{
		Code:    "list-grounded",
		Needs:   []string{"annual_list", "decisions", "appeals", "events", "suggestions"},
		Says:    []regulation.Statement{kept, broken, unknown, nothing},
		Undated: true,
		Check:   listGrounded,
	},
	{
		Code:    "list-followed",
		Needs:   []string{"annual_list", "assessments", "services", "visits", "measurements", "findings", "reports"},
		Assumes: []regulation.Convention{dutyWithoutTerm},
		Says:    []regulation.Statement{kept, doneLate, overdue, pending, unknown, undatedWork, notListed, serviceUnknown, nothing},
		Check:   listFollowed,
	},
}

var (
	workFirst      = said(regulation.Broken, "work")          // the list was decided on after work on it had begun
	workOverdue    = said(regulation.Overdue, "overdue_work") // work has begun on what nobody has decided on
	ofAnotherYear  = said(regulation.Broken, "old")           // the decision was made too long before the year
	reused         = said(regulation.Broken, "reused")        // the decision approved the list of another year
	ofAnotherKind  = said(regulation.Unknown, "kind")         // the decision is not recorded as one on a list
	undatedWork    = said(regulation.Unknown, "undated")      // fieldwork was done, and whether in time is not known
	notListed      = said(regulation.Broken, "unlisted")      // an assessment of a service that is not on the list
	serviceUnknown = said(regulation.Unknown, "service")      // of an assessment
)

// listDecided is the assumption on whether a list can be decided on in the year before its own.
var listDecided = regulation.Convention{Code: "annual-list-decided", Values: []string{"year-before-or-same", "same-year"}}

// annualListApproved checks that every entry of the year's list cites a decision on a list, which
// the body that the clause names made for that year, by its end and before the work began.
func annualListApproved(c *regulation.Case) {
	o := c.OfYear()
	args := locale.Args{"Services": aService.Count(len(evidence.Listed(c))), "Issuer": regulation.Label("decisions", "issuer", c.Word("issuer"))}
	earliest := c.Cycle.Year - 1
	if c.Reading(listDecided.Code) == listDecided.Values[1] {
		earliest++
	}
	var last time.Time                 // the day of the last decision
	var before, without evidence.Early // what was done before the decision on it, and without one
	open := len(c.Cycle.Entries) == 0
	of := map[regulation.Statement][]*jme.Entry{} // what each can be said of
	for _, e := range c.Cycle.Entries {
		o.See("annual_list", e.ID)
		d := e.Decision.Get()
		if d == nil || d.Date.IsZero() {
			open, of[overdue] = true, append(of[overdue], e)
			without.Add(c, o, e, nil)
			continue
		}
		o.See("decisions", d.ID)
		last = clock.Latest(last, d.Date.Day())
		says := kept
		switch other := evidence.ListYear(c, d); {
		case d.Issuer != c.Word("issuer"):
			says = byAnotherBody
		case d.Date.Year() > c.Cycle.Year:
			says = broken
		case d.Date.Year() < earliest:
			says, args["Decided"] = ofAnotherYear, d.Date.Day()
		case other != c.Cycle.Year:
			says, args["Decided"], args["Other"] = reused, d.Date.Day(), strconv.Itoa(other)
		case d.Kind != "annual-list":
			says, args["Decided"], args["Kind"] = ofAnotherKind, d.Date.Day(), regulation.Label("decisions", "kind", d.Kind)
		default:
			before.Add(c, o, e, d)
		}
		of[says] = append(of[says], e)
	}
	if last.IsZero() { // then whatever is done in the year is done without a list
		without.Add(c, o, nil, nil)
	}
	o.DueBy(c.YearEnd(), withYear)
	for _, s := range []regulation.Statement{byAnotherBody, broken, ofAnotherYear, reused} {
		if of[s] != nil {
			o.Done, args["Only"] = last, evidence.Part(c, of[s])
			o.Says(s, args)
			return
		}
	}
	began := func(early evidence.Early) (found bool) {
		if found = !early.Day.IsZero() && early.Day.Before(c.YearEnd()); found {
			o.DueBy(early.Day, withWork)
			args["Began"], args["Contest"] = early.Day, early.Contest != nil
			if a := early.Assessment; a != nil {
				args["Service"] = evidence.ServiceOf(a.Service)
			}
		}
		return found
	}
	args["Only"] = evidence.Part(c, of[overdue])
	switch {
	case began(without) && o.Due.Before(c.AsOf):
		o.Says(workOverdue, args)
	case open && o.Due.Before(c.AsOf):
		o.Says(overdue, args)
	case began(before):
		o.Done, o.Stands, args["Only"] = before.Decided, before.First, evidence.Part(c, of[kept], before.Decided)
		o.Says(workFirst, args)
	case open:
		o.Says(pending, args)
	case of[ofAnotherKind] != nil:
		args["Only"] = evidence.Part(c, of[ofAnotherKind])
		o.Says(ofAnotherKind, args)
	default:
		o.Done = last
		o.Says(kept, args)
	}
}

// listFollowed checks that fieldwork was done, in the year or after it, for each service on the
// year's list, and for no other. A visit shows that it was, but not that it began only then.
func listFollowed(c *regulation.Case) {
	listed := map[*jme.Assessment]bool{}
	for _, e := range evidence.Listed(c) {
		o := c.Of("annual_list", e.ID)
		args, undated := locale.Args{"Service": evidence.ServiceOf(e.Service)}, false
		for _, a := range c.Cycle.Assessments {
			if !evidence.Assesses(a, e) {
				continue
			}
			listed[a] = true
			day := evidence.Fieldwork(c, o, a)
			if day.IsZero() {
				undated = evidence.Examined(o, a) || undated
				continue
			}
			began := day.Equal(a.FieldworkFrom.Day())
			if undated = undated || !began; o.Done.IsZero() || day.Before(o.Done) {
				o.Done, args["Began"] = day, began
			}
		}
		if o.Done.IsZero() {
			untermed(c, o, notDone, args)
		} else {
			done(c, o, args)
		}
		if undated && o.Kind != regulation.Kept {
			o.Done = time.Time{}
			o.DueBy(time.Time{}, "")
			o.Says(undatedWork, args)
		}
	}
	if len(c.Cycle.Entries) == 0 {
		none(c)
		return
	}
	for _, a := range c.Cycle.Assessments {
		switch {
		case listed[a]:
		case a.Service.ID == "":
			c.Of("assessments", a.ID).Says(serviceUnknown, locale.Args{"Provider": evidence.ProviderOf(a)})
		default:
			c.Of("assessments", a.ID).Says(notListed, locale.Args{"Provider": evidence.ProviderOf(a), "Service": evidence.ServiceOf(a.Service)})
		}
	}
}

// listGrounded checks that residents appealed for, or suggested, each service on the list.
// Where no appeals and no suggestions are recorded for any service before it was chosen, they were
// not counted, and the outcome is unknown.
func listGrounded(c *regulation.Case) {
	for _, e := range evidence.Listed(c) {
		o := c.Of("annual_list", e.ID)
		service := e.Service.Get()
		if service == nil {
			o.Says(unknown, locale.Args{"Service": evidence.ServiceOf(e.Service)})
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
			args := locale.Args{"Service": evidence.ServiceOf(e.Service), "Appeals": anAppeal.Count(d.Appeals), "Suggestions": aSuggestion.Count(len(d.Suggestions))}
			switch {
			case d.Appeals > 0 || len(d.Suggestions) > 0:
				if x := e.Decision.Get(); x != nil {
					o.Stands = x.Date.Day()
				}
				o.Says(kept, args)
			case evidence.Decided(e) && c.Asked(d.Window):
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
