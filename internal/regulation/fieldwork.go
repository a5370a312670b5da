package regulation

import (
	"cmp"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation/clock"
)

// fieldworkRules are about assessments, their reports and findings.
var fieldworkRules = []*Rule{
	{
		Code:    "object-in-scope",
		Needs:   []string{"assessments", "providers", "service_providers"},
		Assumes: []Convention{{Code: "procurement-object-by-contract"}},
		Says:    []Statement{kept, keptByContract, broken, unknown, noContract, none},
		Check:   objectInScope,
	},
	{
		Code:    "providers-notified",
		Needs:   []string{"assessments", "letters"},
		Assumes: []Convention{{Code: "letters-before-fieldwork"}},
		Says:    []Statement{kept, broken, overdue, pending, unknown, none},
		Check:   providersNotified,
	},
	{
		Code:       "report-on-time",
		Needs:      []string{"assessments", "reports", jme.Calendar},
		Parameters: []Parameter{{Name: "days", Type: Whole, Required: true}},
		Assumes:    []Convention{{"report-window-starts", []string{"fieldwork-end", "planned-end"}}},
		Says:       []Statement{kept, broken, overdue, pending, inTheField, unknown, holidayOpen, uncountable, none},
		Check:      reportOnTime,
	},
	{
		Code:    "every-requirement-has-a-verdict",
		Needs:   []string{"assessments", "findings", "requirements", "reports"},
		Assumes: []Convention{completeWithReport},
		Says:    []Statement{kept, overdue, pending, unknown, none},
		Check:   everyRequirementHasAVerdict,
	},
	{
		Code:    "finding-has-evidence",
		Needs:   []string{"assessments", "findings", "reports", "attachments"},
		Assumes: []Convention{completeWithReport},
		Says:    []Statement{kept, overdue, pending, none},
		Check:   findingHasEvidence,
	},
}

var (
	keptByContract = Statement{Kept, "contract"}       // of a supplier, contractor or consultant
	noContract     = Statement{Unknown, "no_contract"} // with one of these
	inTheField     = Statement{Pending, "field"}       // fieldwork has not ended
)

// completeWithReport is the assumption that verdicts and evidence are due with the report.
var completeWithReport = Convention{Code: "complete-with-report"}

// eachAssessment calls look with an outcome for each assessment of the year. In a year without
// assessments the rule does not apply.
func (c *Case) eachAssessment(look func(a *jme.Assessment, o *Outcome, args locale.Args)) {
	for _, a := range c.Cycle.Assessments {
		o := c.of("assessments", a.ID)
		look(a, o, locale.Args{"Provider": providerOf(a)})
	}
	if len(c.Cycle.Assessments) == 0 {
		c.none()
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
func (c *Case) report(a *jme.Assessment) *jme.Report {
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
func objectInScope(c *Case) {
	c.eachAssessment(func(a *jme.Assessment, o *Outcome, args locale.Args) {
		p := a.Provider.Get()
		if p == nil || p.Kind == "" {
			o.says(unknown, args)
			return
		}
		o.see("providers", p.ID)
		args["Kind"] = label("providers", "kind", p.Kind)
		switch p.Kind {
		case "executive-body", "municipal-enterprise", "municipal-institution", "community-organisation":
			o.says(kept, args)
		case "contractor", "supplier", "consultant":
			for _, s := range c.ServiceProviders {
				if s.Provider.Is(p) && s.Basis == "contract" && (a.Service.ID == "" || s.Service.ID == a.Service.ID) {
					o.says(keptByContract, args)
					return
				}
			}
			o.says(noContract, args)
		default:
			o.says(broken, args)
		}
	})
}

// providersNotified checks that the provider was sent a letter before the first day of
// fieldwork.
func providersNotified(c *Case) {
	c.eachAssessment(func(a *jme.Assessment, o *Outcome, args locale.Args) {
		start := begins(a)
		var first *jme.AssistanceLetter
		for _, l := range c.letters[a.Provider.ID] {
			same := a.Provider.ID != "" && (l.Contract.ID == a.Contract.ID || l.Contract.ID == "" || a.Contract.ID == "")
			if same && !l.Sent.IsZero() && (first == nil || l.Sent.Day().Before(first.Sent.Day())) {
				first = l
			}
		}
		args["Start"] = start
		if start.IsZero() {
			o.says(unknown, args)
			return
		}
		due := start.AddDate(0, 0, -1)
		if first == nil {
			c.undone(o, due, beforeFieldwork, notDone, args)
			return
		}
		o.see("letters", first.ID).Done = first.Sent.Day()
		o.due(due, beforeFieldwork)
		if o.Done.After(due) {
			o.says(broken, args)
			return
		}
		o.says(kept, args)
	})
}

// reportOnTime checks that the report was delivered within the given number of working days
// after fieldwork.
func reportOnTime(c *Case) {
	days, _ := c.whole("days")
	c.eachAssessment(func(a *jme.Assessment, o *Outcome, args locale.Args) {
		event := a.FieldworkTo.Day()
		if c.values["report-window-starts"] == "planned-end" {
			event = cmp.Or(a.PlannedTo.Day(), event) // without a plan the real end counts
		}
		args["Days"], args["Event"] = number{aWorkingDay, days}, event
		r := c.report(a)
		if r != nil {
			o.see("reports", r.ID).Done = r.Delivered.Day()
		}
		if event.IsZero() || event.After(c.AsOf) {
			if planned := a.PlannedTo.Day(); r == nil && !planned.IsZero() && !planned.Before(c.AsOf) {
				o.says(inTheField, args)
			} else {
				o.says(unknown, args)
			}
			return
		}
		term := clock.Term{Days: days, Working: true}
		due := c.Clock.Count(event, term)
		if !due.Known() {
			o.says(uncountable, args)
			return
		}
		o.counted(event, term, due)
		done := cmp.Or(o.Done, c.AsOf)
		switch {
		case r != nil && !done.After(due.Day):
			o.says(kept, args)
		case r != nil && done.After(due.Latest):
			o.says(broken, args)
		case r != nil:
			o.says(holidayOpen, args)
		case done.After(due.Latest):
			o.says(overdue, args)
		default:
			o.says(pending, args)
		}
	})
}

// everyRequirementHasAVerdict checks that each requirement in force when fieldwork began has a
// finding with a verdict. "Not checked" is a verdict too.
func everyRequirementHasAVerdict(c *Case) {
	c.eachAssessment(func(a *jme.Assessment, o *Outcome, args locale.Args) {
		start := begins(a)
		judged := map[string]bool{}
		for _, f := range a.Findings {
			if f.Verdict != "" {
				judged[f.Requirement.ID] = true
				o.see("findings", f.ID)
			}
		}
		total, missing := 0, 0
		for _, r := range c.requirements[a.Service.ID] {
			if a.Service.ID == "" || r.ValidFrom.Day().After(start) || !r.ValidTo.IsZero() && r.ValidTo.Day().Before(start) {
				continue
			}
			total++
			if !judged[r.ID] {
				missing++
				o.see("requirements", r.ID)
			}
		}
		args["Requirements"], args["Missing"] = number{aRequirement, total}, missing
		r := c.report(a)
		switch {
		case total == 0 || start.IsZero():
			o.says(unknown, args)
		case missing == 0:
			o.says(kept, args)
		case r == nil:
			o.says(pending, args)
		default:
			o.see("reports", r.ID).due(r.Delivered.Day(), withReport)
			o.says(overdue, args)
		}
	})
}

// findingHasEvidence checks that something is attached to every finding of non-compliance by
// the day on which the report is delivered.
func findingHasEvidence(c *Case) {
	for _, f := range c.Cycle.Findings {
		if f.Verdict != jme.NonCompliant {
			continue
		}
		o := c.of("findings", f.ID)
		args := locale.Args{"Requirement": locale.Text{}}
		if r := f.Requirement.Get(); r != nil {
			args["Requirement"] = r.Text
		}
		attached := c.attachments[Record{"findings", f.ID}]
		for _, a := range attached {
			o.see("attachments", a.ID)
		}
		args["Attachments"] = number{anAttachment, len(attached)}
		var r *jme.Report
		if a := f.Assessment.Get(); a != nil {
			r = c.report(a)
		}
		switch {
		case len(attached) > 0:
			o.says(kept, args)
		case r == nil:
			o.says(pending, args)
		default:
			o.see("reports", r.ID).due(r.Delivered.Day(), withReport)
			o.says(overdue, args)
		}
	}
	if len(c.out) == 0 {
		c.none()
	}
}
