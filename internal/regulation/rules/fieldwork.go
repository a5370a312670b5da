package rules

import (
	"cmp"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/regulation/clock"
)

// fieldworkRules are about assessments, their reports and findings.
var fieldworkRules = []*regulation.Rule{
	{
		Code:    "object-in-scope",
		Needs:   []string{"assessments", "providers", "service_providers"},
		Assumes: []regulation.Convention{{Code: "procurement-object-by-contract"}},
		Says:    []regulation.Statement{kept, keptByContract, broken, unknown, noContract, nothing},
		Check:   objectInScope,
	},
	{
		Code:    "providers-notified",
		Needs:   []string{"assessments", "letters"},
		Assumes: []regulation.Convention{{Code: "letters-before-fieldwork"}},
		Says:    []regulation.Statement{kept, broken, overdue, pending, unknown, nothing},
		Check:   providersNotified,
	},
	{
		Code:       "report-on-time",
		Needs:      []string{"assessments", "reports", jme.Calendar},
		Parameters: []regulation.Parameter{{Name: "days", Type: regulation.Whole, Required: true}},
		Assumes:    []regulation.Convention{{Code: "report-window-starts", Values: []string{"fieldwork-end", "planned-end"}}},
		Says:       []regulation.Statement{kept, broken, overdue, pending, inTheField, unknown, holidayOpen, uncountable, nothing},
		Check:      reportOnTime,
	},
	{
		Code:    "every-requirement-has-a-verdict",
		Needs:   []string{"assessments", "findings", "requirements", "reports"},
		Assumes: []regulation.Convention{completeWithReport},
		Says:    []regulation.Statement{kept, overdue, pending, unknown, nothing},
		Check:   everyRequirementHasAVerdict,
	},
	{
		Code:    "finding-has-evidence",
		Needs:   []string{"assessments", "findings", "reports", "attachments"},
		Assumes: []regulation.Convention{completeWithReport},
		Says:    []regulation.Statement{kept, overdue, pending, nothing},
		Check:   findingHasEvidence,
	},
}

var (
	keptByContract = said(regulation.Kept, "contract")       // of a supplier, contractor or consultant
	noContract     = said(regulation.Unknown, "no_contract") // with one of these
	inTheField     = said(regulation.Pending, "field")       // fieldwork has not ended
)

// completeWithReport is the assumption that verdicts and evidence are due with the report.
var completeWithReport = regulation.Convention{Code: "complete-with-report"}

// eachAssessment calls look with an outcome for each assessment of the year. In a year without
// assessments the rule does not apply.
func eachAssessment(c *regulation.Case, look func(a *jme.Assessment, o *regulation.Outcome, args locale.Args)) {
	for _, a := range c.Cycle.Assessments {
		o := c.Of("assessments", a.ID)
		look(a, o, locale.Args{"Provider": providerOf(a)})
	}
	if len(c.Cycle.Assessments) == 0 {
		none(c)
	}
}

// providerOf is the name of the provider that is assessed or, where the record names none, the
// code of the assessment.
func providerOf(a *jme.Assessment) locale.Text {
	if p := a.Provider.Get(); p != nil {
		return p.Name
	}
	return locale.Same(a.ID)
}

// begins is the first day of fieldwork or, where that is not recorded, the planned one.
func begins(a *jme.Assessment) time.Time { return cmp.Or(a.FieldworkFrom.Day(), a.PlannedFrom.Day()) }

// report is the first report on an assessment that was delivered by today, or nil.
func report(c *regulation.Case, a *jme.Assessment) *jme.Report {
	var first *jme.Report
	for _, r := range a.Reports {
		if !r.Delivered.IsZero() && (first == nil || r.Delivered.Day().Before(first.Delivered.Day())) {
			first = r
		}
	}
	return first
}

// objectInScope checks that the provider belongs to one of the classes that the regulation
// names. Suppliers, contractors and consultants belong to one if they have a contract for the
// service.
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
			o.Says(kept, args)
		case "contractor", "supplier", "consultant":
			for _, s := range c.ServiceProviders {
				if s.Provider.Is(p) && s.Basis == "contract" && (a.Service.ID == "" || s.Service.ID == a.Service.ID) {
					o.Says(keptByContract, args)
					return
				}
			}
			o.Says(noContract, args)
		default:
			o.Says(broken, args)
		}
	})
}

// providersNotified checks that the provider was sent a letter before the first day of
// fieldwork.
func providersNotified(c *regulation.Case) {
	eachAssessment(c, func(a *jme.Assessment, o *regulation.Outcome, args locale.Args) {
		start := begins(a)
		var first *jme.AssistanceLetter
		for _, l := range c.LettersTo(a.Provider.ID) {
			same := a.Provider.ID != "" && (l.Contract.ID == a.Contract.ID || l.Contract.ID == "" || a.Contract.ID == "")
			if same && !l.Sent.IsZero() && (first == nil || l.Sent.Day().Before(first.Sent.Day())) {
				first = l
			}
		}
		args["Start"] = start
		if start.IsZero() {
			o.Says(unknown, args)
			return
		}
		due := start.AddDate(0, 0, -1)
		if first == nil {
			undone(c, o, due, beforeFieldwork, notDone, args)
			return
		}
		o.See("letters", first.ID).Done = first.Sent.Day()
		o.DueBy(due, beforeFieldwork)
		if o.Done.After(due) {
			o.Says(broken, args)
			return
		}
		o.Says(kept, args)
	})
}

// reportOnTime checks that the report was delivered within the given number of working days
// after fieldwork.
func reportOnTime(c *regulation.Case) {
	days, _ := c.Whole("days")
	eachAssessment(c, func(a *jme.Assessment, o *regulation.Outcome, args locale.Args) {
		event := a.FieldworkTo.Day()
		if c.Reading("report-window-starts") == "planned-end" {
			event = cmp.Or(a.PlannedTo.Day(), event) // without a plan the real end counts
		}
		args["Days"], args["Event"] = regulation.AWorkingDay.Count(days), event
		r := report(c, a)
		if r != nil {
			o.See("reports", r.ID).Done = r.Delivered.Day()
		}
		if event.IsZero() || event.After(c.AsOf) {
			if planned := a.PlannedTo.Day(); r == nil && !planned.IsZero() && !planned.Before(c.AsOf) {
				o.Says(inTheField, args)
			} else {
				o.Says(unknown, args)
			}
			return
		}
		term := clock.Term{Days: days, Working: true}
		due := c.Clock.Count(event, term)
		if !due.Known() {
			o.Says(uncountable, args)
			return
		}
		o.DueInTerm(event, term, due)
		by := cmp.Or(o.Done, c.AsOf)
		switch {
		case r != nil && !by.After(due.Day):
			o.Says(kept, args)
		case r != nil && by.After(due.Latest):
			o.Says(broken, args)
		case r != nil:
			o.Says(holidayOpen, args)
		case by.After(due.Latest):
			o.Says(overdue, args)
		default:
			o.Says(pending, args)
		}
	})
}

// everyRequirementHasAVerdict checks that each requirement in force when fieldwork began has a
// finding with a verdict. "Not checked" is a verdict too.
func everyRequirementHasAVerdict(c *regulation.Case) {
	eachAssessment(c, func(a *jme.Assessment, o *regulation.Outcome, args locale.Args) {
		start := begins(a)
		judged := map[string]bool{}
		for _, f := range a.Findings {
			if f.Verdict != "" {
				judged[f.Requirement.ID] = true
				o.See("findings", f.ID)
			}
		}
		total, missing := 0, 0
		for _, r := range c.RequirementsOf(a.Service.ID) {
			if a.Service.ID == "" || r.ValidFrom.Day().After(start) || !r.ValidTo.IsZero() && r.ValidTo.Day().Before(start) {
				continue
			}
			total++
			if !judged[r.ID] {
				missing++
				o.See("requirements", r.ID)
			}
		}
		args["Requirements"], args["Missing"] = aRequirement.Count(total), missing
		r := report(c, a)
		switch {
		case total == 0 || start.IsZero():
			o.Says(unknown, args)
		case missing == 0:
			o.Says(kept, args)
		case r == nil:
			o.Says(pending, args)
		default:
			o.See("reports", r.ID).DueBy(r.Delivered.Day(), withReport)
			o.Says(overdue, args)
		}
	})
}

// findingHasEvidence checks that something is attached to every finding of non-compliance by
// the day on which the report is delivered.
func findingHasEvidence(c *regulation.Case) {
	for _, f := range c.Cycle.Findings {
		if f.Verdict != jme.NonCompliant {
			continue
		}
		o := c.Of("findings", f.ID)
		args := locale.Args{"Requirement": locale.Text{}}
		if r := f.Requirement.Get(); r != nil {
			args["Requirement"] = r.Text
		}
		attached := c.AttachmentsOf(record("findings", f.ID))
		for _, a := range attached {
			o.See("attachments", a.ID)
		}
		args["Attachments"] = anAttachment.Count(len(attached))
		var r *jme.Report
		if a := f.Assessment.Get(); a != nil {
			r = report(c, a)
		}
		switch {
		case len(attached) > 0:
			o.Says(kept, args)
		case r == nil:
			o.Says(pending, args)
		default:
			o.See("reports", r.ID).DueBy(r.Delivered.Day(), withReport)
			o.Says(overdue, args)
		}
	}
	if c.Silent() {
		none(c)
	}
}
