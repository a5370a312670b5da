package rules

import (
	"cmp"
	"slices"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/regulation/clock"
	"achyk/internal/regulation/evidence"
	"achyk/internal/selection"
)

// fieldworkRules are about who is assessed, and how the provider is told.
var fieldworkRules = []*regulation.Rule{
	{
		Code:    "object-in-scope",
		Needs:   []string{"assessments", "providers", "service_providers"},
		Assumes: []regulation.Convention{procurementObject},
		Says:    []regulation.Statement{kept, keptByContract, broken, unknown, noContract, contractOver, elsewhere, nothing},
		Undated: true,
		Check:   objectInScope,
	},
	{
		Code:    "providers-notified",
		Needs:   []string{"assessments", "providers", "contracts", "contests", "letters", "visits", "measurements"},
		Assumes: []regulation.Convention{letterWhen, letterToWhom},
		// The council writes on the ground of the applications, which need not wait for the contract.
		Order:   append([]regulation.Order{{Later: "letters.sent", Earlier: "contests.announced", Kind: regulation.Unknown}}, evidence.NotBefore...),
		Says:    []regulation.Statement{kept, broken, overdue, pending, unknown, anotherContract, notNamed, nothing},
		Undated: true,
		Check:   providersNotified,
	},
}

var (
	keptByContract  = said(regulation.Kept, "contract")       // of a supplier, contractor or consultant
	noContract      = said(regulation.Unknown, "no_contract") // with one of these
	contractOver    = said(regulation.Unknown, "contract_over")
	elsewhere       = said(regulation.Unknown, "elsewhere")     // somebody else provided the service at the time
	anotherContract = said(regulation.Unknown, "contract")      // the letter to the provider names one that is not of the assessment
	notNamed        = said(regulation.NotApplicable, "private") // a provider that the clause does not name
)

// Assumptions on the letter to providers: by when it is sent, and to whom.
var (
	letterWhen   = regulation.Convention{Code: "letters-before-fieldwork", Values: []string{"before-fieldwork", "during-fieldwork"}}
	letterToWhom = regulation.Convention{Code: "letter-to-private-provider", Values: []string{"every-provider", "municipal-and-state"}}
)

// eachAssessment calls look with an outcome for each assessment of the year. In a year without
// assessments the rule does not apply.
func eachAssessment(c *regulation.Case, look func(a *jme.Assessment, o *regulation.Outcome, args locale.Args)) {
	for _, a := range c.Cycle.Assessments {
		o := c.Of("assessments", a.ID)
		look(a, o, locale.Args{"Provider": evidence.ProviderOf(a)})
	}
	if len(c.Cycle.Assessments) == 0 {
		none(c)
	}
}

// procurementObject says when a supplier, contractor or consultant is an object: with a contract
// that is in force on all days of fieldwork, with one that was in force in the year, or always.
var procurementObject = regulation.Convention{Code: "procurement-object-by-contract", Values: []string{"contract-on-record", "contract-in-year", "kind-alone"}, Optional: true}

// objectInScope checks that the provider belongs to one of the classes that the regulation
// names. Suppliers, contractors and consultants belong to one if they have a contract for the
// service. Others must not be recorded as providing it at another time only, or not at all while
// somebody else is.
func objectInScope(c *regulation.Case) {
	eachAssessment(c, func(a *jme.Assessment, o *regulation.Outcome, args locale.Args) {
		p := a.Provider.Get()
		if p == nil || p.Kind == "" {
			o.Says(unknown, args)
			return
		}
		o.See("providers", p.ID)
		args["Kind"] = regulation.Label("providers", "kind", p.Kind)
		switch p.Kind {
		case "executive-body", "municipal-enterprise", "municipal-institution", "community-organisation":
			if provided, known := c.Provided(a); known && !provided {
				o.Says(elsewhere, args)
				return
			}
			o.Says(kept, args)
		case "contractor", "supplier", "consultant":
			if reads(c, procurementObject, "kind-alone") {
				o.Says(kept, args)
				return
			}
			args["InYear"] = reads(c, procurementObject, "contract-in-year")
			o.Says(contractFor(c, o, a), args)
		default:
			o.Says(broken, args)
		}
	})
}

// contractFor says whether the provider had contracts for the service on all days of fieldwork, as
// far as they are recorded or planned, or by another reading in the year of the assessment up to
// the end of fieldwork. A contract that begins after the day of the judgement is not there yet.
func contractFor(c *regulation.Case, o *regulation.Outcome, a *jme.Assessment) regulation.Statement {
	year := time.Date(a.Year, 1, 1, 0, 0, 0, 0, time.UTC)
	from, to := cmp.Or(evidence.Begins(a), year), cmp.Or(a.FieldworkTo.Day(), a.PlannedTo.Day(), c.YearEnd())
	says := noContract
	var contracts []*jme.ServiceProvider
	for i, s := range c.ServiceProviders {
		if s.Provider.ID != a.Provider.ID || s.Basis != "contract" || a.Service.ID != "" && s.Service.ID != a.Service.ID {
			continue
		}
		o.See("service_providers", c.Table("service_providers").Rows[i].Key)
		if says = contractOver; !s.ValidFrom.Day().After(c.AsOf) {
			contracts = append(contracts, s)
		}
	}
	inForce := selection.Throughout(contracts, from, to)
	if reads(c, procurementObject, "contract-in-year") {
		inForce = slices.ContainsFunc(contracts, func(s *jme.ServiceProvider) bool { return selection.Within(s, year, to) })
	}
	if inForce {
		return keptByContract
	}
	return says
}

// providersNotified checks that the provider was sent a letter before the first day of fieldwork
// or, by another reading, before its last.
func providersNotified(c *regulation.Case) {
	eachAssessment(c, func(a *jme.Assessment, o *regulation.Outcome, args locale.Args) {
		if p := a.Provider.Get(); p != nil && evidence.Private(p) && c.Reading(letterToWhom.Code) == letterToWhom.Values[1] {
			args["Kind"] = regulation.Label("providers", "kind", p.Kind)
			o.See("providers", p.ID).Says(notNamed, args)
			return
		}
		start, during, planned := evidence.Begins(a), reads(c, letterWhen, "during-fieldwork"), a.FieldworkFrom.IsZero()
		if during {
			planned = a.FieldworkTo.IsZero()
		}
		args["Start"], args["During"], args["Planned"], args["Seen"] = start, during, planned, false
		if start.IsZero() {
			o.Says(unknown, args)
			return
		}
		due, from := start.AddDate(0, 0, -1), beforeFieldwork
		if during {
			due, from = cmp.Or(a.FieldworkTo.Day(), a.PlannedTo.Day(), start), duringFieldwork
		}
		l := evidence.LetterTo(c, a)
		if l == nil {
			if l = evidence.LetterUnderAnother(c, a); l != nil {
				args["Sent"] = l.Sent.Day()
				if o.See("letters", l.ID).Says(anotherContract, args); l.Contract.Get() != nil {
					o.See("contracts", l.Contract.ID)
				}
				return
			}
			if began := evidence.Fieldwork(c, o, a); planned && !during && !began.IsZero() {
				planned, due = false, began.AddDate(0, 0, -1)
				args["Start"], args["Planned"], args["Seen"] = began, false, true
			}
			if planned && due.Before(c.AsOf) { // what was planned may not have begun
				o.Says(unknown, args)
				return
			}
			undone(c, o, due, from, notDone, args)
			return
		}
		o.See("letters", l.ID).Done = l.Sent.Day()
		if k := cmp.Or(l.Contract.Get(), a.Contract.Get()); k != nil {
			if o.See("contracts", k.ID); k.Contest.Get() != nil {
				o.See("contests", k.Contest.ID)
			}
		}
		args["SameDay"] = o.Done.Equal(start)
		if o.DueBy(due, from); during {
			args["SameDay"] = o.Done.Equal(due)
		} else {
			evidence.Before(o, a, o.Done)
		}
		switch late := o.Done.After(due); {
		case planned && (late || !during && !evidence.Fieldwork(c, o, a).IsZero()): // of a day that is not recorded, nobody knows what came before it
			o.DueBy(time.Time{}, "")
			o.Says(unknown, args)
			return
		case late:
			o.Stands = o.Done
			o.Says(broken, args)
			return
		case during: // the end of fieldwork, and so the last day, was not known before
		case !a.PlannedFrom.IsZero() && o.Done.Before(a.PlannedFrom.Day()):
			o.Stands = o.Done
		default:
			o.Stands = clock.Latest(o.Done, start)
		}
		o.Says(kept, args)
	})
}
