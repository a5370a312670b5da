package rules

import (
	"cmp"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/regulation/evidence"
)

// reportRules are about reports and findings.
var reportRules = []*regulation.Rule{
	{
		Code:       evidence.ReportOnTime,
		Needs:      []string{"assessments", "visits", "measurements", "reports", jme.Calendar},
		Parameters: regulation.TermParameters,
		Assumes:    []regulation.Convention{{Code: "report-window-starts", Values: []string{"fieldwork-end", "planned-end"}}, cabinetDaysOff},
		Order:      append([]regulation.Order{afterFieldwork}, evidence.NotAfter...),
		Begins:     []string{"fieldwork_to", "planned_to"},
		Says:       []regulation.Statement{kept, broken, overdue, pending, inTheField, unknown, holidayOpen, uncountable, nothing},
		Check:      reportOnTime,
	},
	{
		Code:    "every-requirement-has-a-verdict",
		Needs:   []string{"assessments", "visits", "measurements", "findings", "requirements", "reports"},
		Assumes: []regulation.Convention{completeWithReport, notChecked, regulation.RecordsWithoutDay},
		Order:   append([]regulation.Order{afterFieldwork}, evidence.NotAfter...),
		Says:    []regulation.Statement{kept, nothingChecked, contradictory, overdue, pending, stayedUnreported, unknown, nothing},
		Undated: true,
		Check:   everyRequirementHasAVerdict,
	},
	{
		Code:    "report-has-content",
		Needs:   []string{"assessments", "findings", "recommendations", "reports"},
		Assumes: []regulation.Convention{completeWithReport, recommendationForEach, partlyMet, regulation.RecordsWithoutDay},
		Order:   []regulation.Order{afterFieldwork},
		Says:    []regulation.Statement{kept, overdue, pending, notReported, stayedUnreported, contradictory, noFinding, nothing},
		Check:   reportHasContent,
	},
	{
		Code:    "finding-has-evidence",
		Needs:   []string{"assessments", "visits", "measurements", "findings", "reports", "attachments"},
		Assumes: []regulation.Convention{completeWithReport, evidenceWhereNeeded, partlyMet, regulation.RecordsWithoutDay},
		Order:   append([]regulation.Order{afterFieldwork}, evidence.NotAfter...),
		Says:    []regulation.Statement{kept, overdue, pending, inTheField, stayedUnreported, contradictory, notNeeded, onlyPartly, noFinding, nothing},
		Undated: true,
		Check:   findingHasEvidence,
	},
}

var (
	inTheField     = said(regulation.Pending, "field")         // fieldwork has not ended
	nothingChecked = said(regulation.Broken, "unchecked")      // all verdicts are "not checked"
	contradictory  = said(regulation.Unknown, "contradictory") // verdicts on one requirement
	noFinding      = said(regulation.Unknown, "finding")       // no verdict is recorded
	notNeeded      = said(regulation.Unknown, "need")          // whether an annex was necessary
	onlyPartly     = said(regulation.NotApplicable, "partly")  // the requirement is met in part, which is no non-compliance
)

// afterFieldwork is the order that every rule takes for granted that rests on a report: it closes
// fieldwork that has ended.
var afterFieldwork = regulation.Order{Later: "reports.delivered", Earlier: "assessments.fieldwork_to", Kind: regulation.Unknown}

// seeReport adds a report to the evidence, with the assessment that it closes.
func seeReport(o *regulation.Outcome, r *jme.Report) {
	o.Compare(record("reports", r.ID), record("assessments", r.Assessment.ID))
}

// completeWithReport is the assumption on when verdicts and evidence are due.
var completeWithReport = regulation.Convention{Code: "complete-with-report", Values: []string{"report-day", "year-end"}, Optional: true}

// Assumptions on what a report holds: to which non-compliances something is attached, and on which
// there is a recommendation.
var (
	evidenceWhereNeeded   = regulation.Convention{Code: "evidence-where-needed", Values: []string{"every-non-compliance", "monitor-decides"}, Optional: true}
	recommendationForEach = regulation.Convention{Code: "recommendation-for-each", Values: []string{"each-non-compliance", "at-least-one"}, Optional: true}
)

// Assumptions on two verdicts that clauses on compliance and non-compliance do not name.
var (
	notChecked = regulation.Convention{Code: "not-checked-as-verdict", Values: []string{"verdict", "no-verdict"}, Optional: true}
	partlyMet  = regulation.Convention{Code: "partly-met", Values: []string{"no-non-compliance", "non-compliance"}, Optional: true}
)

// complies reports whether a finding is none of non-compliance.
func complies(c *regulation.Case, f *jme.Finding) bool {
	return f.Verdict != jme.NonCompliant && (f.Verdict != jme.Partly || !reads(c, partlyMet, "non-compliance"))
}

// cabinetDaysOff says whether days off that the Cabinet adds count for an organisation that the
// budget does not pay.
var cabinetDaysOff = regulation.Convention{Code: "cabinet-days-off", Values: []string{"off-for-all", "budget-only"}, Optional: true}

// reportOnTime checks that the report was delivered within the given number of days, working
// days unless the clause says otherwise, after fieldwork.
func reportOnTime(c *regulation.Case) {
	term, days := c.Term(regulation.WorkingDays)
	eachAssessment(c, func(a *jme.Assessment, o *regulation.Outcome, args locale.Args) {
		event := a.FieldworkTo.Day()
		if c.Reading("report-window-starts") == "planned-end" {
			event = cmp.Or(a.PlannedTo.Day(), event) // without a plan the real end counts
		}
		args["Days"], args["Event"] = days, event
		r := evidence.Report(a)
		if r != nil {
			o.See("reports", r.ID).Done = r.Delivered.Day()
		}
		if event.IsZero() || event.After(c.AsOf) && r == nil {
			if planned := a.PlannedTo.Day(); r == nil && !planned.IsZero() && !planned.Before(c.AsOf) {
				o.Says(inTheField, args)
			} else {
				o.Says(unknown, args)
			}
			return
		}
		counted := c.Clock
		if reads(c, cabinetDaysOff, "budget-only") {
			counted = counted.Holidays()
		}
		due := counted.Count(event, term)
		if event.Equal(a.FieldworkTo.Day()) {
			evidence.After(o, a)
		}
		if !due.Known() && (r == nil || !o.Done.Before(a.FieldworkTo.Day())) {
			o.Says(uncountable, args)
			return
		}
		o.DueInTerm(event, term, due)
		by := cmp.Or(o.Done, c.AsOf)
		switch {
		case r != nil && (!by.After(due.Day) || by.Before(event)):
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
// finding with one verdict. "Not checked" is a verdict too, but not for all requirements; by another
// reading it is none.
func everyRequirementHasAVerdict(c *regulation.Case) {
	eachAssessment(c, func(a *jme.Assessment, o *regulation.Outcome, args locale.Args) {
		start := evidence.Begins(a)
		verdict := map[string]string{} // by requirement
		var twice *jme.Finding
		for _, f := range a.Findings {
			if f.Verdict == "" {
				continue
			}
			if evidence.Disputed(c, o, f) {
				twice = f
			}
			verdict[f.Requirement.ID] = f.Verdict
			o.See("findings", f.ID)
		}
		total, missing, unchecked := 0, 0, 0
		for _, r := range c.RequirementsOf(a.Service.ID) {
			if a.Service.ID == "" || r.ValidFrom.Day().After(start) || !r.ValidTo.IsZero() && r.ValidTo.Day().Before(start) {
				continue
			}
			total++
			switch v := verdict[r.ID]; {
			case v == "" || v == jme.NotChecked && reads(c, notChecked, "no-verdict"):
				missing++
				o.See("requirements", r.ID)
			case v == jme.NotChecked:
				unchecked++
			}
		}
		args["Requirements"], args["Missing"], args["Unchecked"] = aRequirement.Count(total), missing, unchecked
		r := evidence.Report(a)
		if r != nil {
			o.See("reports", r.ID)
		}
		if missing == 0 && unchecked == total {
			args["Missing"] = total
		}
		switch {
		case total == 0 || start.IsZero():
			o.Says(unknown, args)
		case twice != nil:
			args["Requirement"] = evidence.RequirementOf(twice)
			o.Says(contradictory, args)
		case missing == 0 && unchecked < total:
			evidence.After(o, a)
			o.Stands, o.Undated = a.FieldworkTo.Day(), completeBy(c, a, r)
			o.Says(kept, args)
		case r != nil && missing == 0:
			o.Done = r.Delivered.Day()
			o.Says(nothingChecked, args)
		default:
			withTheReport(c, o, a, r, args)
		}
	})
}

// incomplete are the statements about a report that lacks something.
var incomplete = unmet{stayedUnreported, overdue, pending}

// withTheReport settles the outcome of what is missing and was due with the report: overdue after the
// day of the report; without one, pending while it is awaited, then unknown. By another reading there is time
// until the end of the year, and at least until the term of the report is over.
func withTheReport(c *regulation.Case, o *regulation.Outcome, a *jme.Assessment, r *jme.Report, args locale.Args) {
	byYear := reads(c, completeWithReport, "year-end")
	args["YearEnd"], args["Reported"] = byYear, r != nil
	switch {
	case byYear:
		undone(c, o, evidence.YearEnd(c, a), withoutTerm, incomplete, args)
	case r != nil:
		undone(c, o, r.Delivered.Day(), withReport, incomplete, args)
	case evidence.Awaited(c, a):
		o.Says(pending, args)
	default:
		o.Says(stayedUnreported, args)
	}
}

// completeBy is the day by which verdicts and annexes are due; zero while there is no report.
func completeBy(c *regulation.Case, a *jme.Assessment, r *jme.Report) time.Time {
	switch {
	case reads(c, completeWithReport, "year-end"):
		return evidence.YearEnd(c, a)
	case r != nil:
		return r.Delivered.Day()
	}
	return time.Time{}
}

// reportHasContent checks that the report is on record with its document, its conclusions and a
// recommendation for each non-compliance; by another reading one recommendation is enough.
func reportHasContent(c *regulation.Case) {
	eachAssessment(c, func(a *jme.Assessment, o *regulation.Outcome, args locale.Args) {
		r := evidence.Report(a)
		if r == nil {
			statement := stayedUnreported
			if evidence.Awaited(c, a) {
				statement = notReported
			}
			o.Says(statement, args)
			return
		}
		o.See("reports", r.ID).DueBy(r.Delivered.Day(), withReport)
		var missing locale.List
		if r.Document == "" {
			missing = append(missing, columnOf("reports", "document"))
		}
		if r.Conclusions.IsZero() {
			missing = append(missing, columnOf("reports", "conclusions"))
		}
		one := reads(c, recommendationForEach, "at-least-one")
		found, bare, recommended := 0, 0, 0 // non-compliances, those without a recommendation, and recommendations
		var twice *jme.Finding              // without a recommendation, and perhaps no non-compliance
		for _, f := range a.Findings {
			against := !complies(c, f)
			if !against && !one {
				continue
			}
			for _, x := range f.Recommendations {
				o.See("recommendations", x.ID)
			}
			recommended += len(f.Recommendations)
			if against {
				o.See("findings", f.ID)
				found++
				switch {
				case len(f.Recommendations) > 0:
				case evidence.Disputed(c, o, f):
					twice = f
				default:
					bare++
				}
			}
		}
		if bare > 0 && (!one || recommended == 0) {
			missing = append(missing, bareFinding.Count(bare))
		}
		args["Missing"], args["NonCompliant"], args["Each"] = missing, found > 0, !one
		switch {
		case len(missing) > 0:
			undone(c, o, o.Due, withReport, incomplete, args)
		case twice != nil && (!one || recommended == 0):
			args["Requirement"] = evidence.RequirementOf(twice)
			o.DueBy(time.Time{}, "")
			o.Says(contradictory, args)
		case !evidence.Judged(a):
			o.DueBy(time.Time{}, "")
			o.Says(noFinding, args)
		default:
			o.Undated = o.Due
			o.Says(kept, args)
		}
	})
}

// columnOf is the title of a column inside a sentence.
func columnOf(register, column string) regulation.InText {
	return regulation.InText(jme.Schema(register).Column(column).Title)
}

// findingHasEvidence checks that something is attached to every finding of non-compliance by
// the day on which the report is delivered. By another reading the monitor decides where that is
// necessary, and whether it was is not recorded. A finding that a requirement is met in part is one of
// non-compliance only by another reading. Of an assessment without a non-compliance something
// is said until its findings are there.
func findingHasEvidence(c *regulation.Case) {
	for _, a := range c.Cycle.Assessments {
		r := evidence.Report(a)
		compliant := true
		for _, f := range a.Findings {
			if f.Verdict != jme.NonCompliant && f.Verdict != jme.Partly {
				continue
			}
			o := c.Of("findings", f.ID)
			if complies(c, f) {
				o.Says(onlyPartly, locale.Args{"Requirement": evidence.RequirementOf(f)})
				continue
			}
			compliant = false
			attached := c.AttachmentsOf(record("findings", f.ID))
			for _, x := range attached {
				o.See("attachments", x.ID)
			}
			args := locale.Args{"Requirement": evidence.RequirementOf(f), "Attachments": anAttachment.Count(len(attached))}
			if r != nil {
				seeReport(o, r)
			}
			switch {
			case len(attached) > 0:
				evidence.After(o, a)
				o.Stands, o.Undated = a.FieldworkTo.Day(), completeBy(c, a, r)
				o.Says(kept, args)
			case evidence.Disputed(c, o, f):
				o.Says(contradictory, args)
			case (r != nil || !evidence.Awaited(c, a)) && reads(c, evidenceWhereNeeded, "monitor-decides"):
				o.Says(notNeeded, args)
			default:
				withTheReport(c, o, a, r, args)
			}
		}
		if compliant && (!evidence.Judged(a) || r == nil && a.FieldworkTo.IsZero()) {
			o, args := c.Of("assessments", a.ID), locale.Args{"Provider": evidence.ProviderOf(a)}
			if r == nil && evidence.Awaited(c, a) {
				o.Says(inTheField, args)
			} else {
				o.Says(noFinding, args)
			}
		}
	}
	if c.Silent() {
		none(c)
	}
}
