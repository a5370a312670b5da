package evidence

import (
	"cmp"
	"slices"
	"time"

	"achyk/internal/jme"
	"achyk/internal/regulation"
	"achyk/internal/regulation/clock"
)

// Assesses reports whether an assessment is one of the service of an entry. Which service was looked
// at says the assessment itself; the entry it names counts only where it does not.
func Assesses(a *jme.Assessment, e *jme.Entry) bool {
	if a.Service.ID != "" && e.Service.ID != "" {
		return a.Service.ID == e.Service.ID
	}
	return a.Entry.Is(e)
}

// Examined reports whether verdicts or a report show that a provider was looked at, on whatever day.
func Examined(o *regulation.Outcome, a *jme.Assessment) (examined bool) {
	for _, f := range a.Findings {
		if f.Verdict != "" && f.Verdict != jme.NotChecked {
			o.See("findings", f.ID)
			examined = true
		}
	}
	if r := Report(a); r != nil && !Empty(r) {
		o.See("assessments", a.ID).See(jme.Reports, r.ID)
		return true
	}
	return examined
}

// Disputed reports whether another finding of the same assessment has another verdict on the same
// requirement than this one. It notes the two as evidence.
func Disputed(c *regulation.Case, o *regulation.Outcome, f *jme.Finding) (disputed bool) {
	if f.Assessment.Get() == nil || f.Requirement.ID == "" || f.Verdict == "" {
		return false
	}
	for _, x := range c.FindingsOn(f.Assessment.ID, f.Requirement.ID) {
		if x.Verdict != "" && x.Verdict != f.Verdict {
			o.See("findings", f.ID, x.ID)
			disputed = true
		}
	}
	return disputed
}

// Reported are the reports on the year's assessments that were delivered by today.
func Reported(c *regulation.Case) (reports []*jme.Report) {
	for _, a := range c.Cycle.Assessments {
		if r := Report(a); r != nil {
			reports = append(reports, r)
		}
	}
	return reports
}

// Report is the report that closes an assessment: of those delivered by today the first that has all
// that a report has. One that lacks a part is taken only if none is whole, and one without content, or from
// before the end of fieldwork, only if there is no other.
func Report(a *jme.Assessment) *jme.Report {
	rank := func(r *jme.Report) int {
		switch {
		case Empty(r), r.Delivered.Day().Before(a.FieldworkTo.Day()):
			return 0
		case r.Document == "", r.Conclusions.IsZero():
			return 1
		}
		return 2
	}
	var first *jme.Report
	for _, r := range a.Reports {
		if r.Delivered.IsZero() {
			continue
		}
		if first == nil || rank(r) > rank(first) || rank(r) == rank(first) && r.Delivered.Day().Before(first.Delivered.Day()) {
			first = r
		}
	}
	return first
}

// Empty reports whether nothing is recorded of what a report says.
func Empty(r *jme.Report) bool { return r.Document == "" && r.Conclusions.IsZero() }

// sameWork reports whether an id is that of a report on the assessment of another. One that was
// corrected, or entered twice, has the same results: what names the one is about the other too.
func sameWork(r *jme.Report, id string) bool {
	a := r.Assessment.Get()
	return r.ID == id || a != nil && slices.ContainsFunc(a.Reports, func(x *jme.Report) bool { return x.ID == id })
}

// Awaited reports whether a report on an assessment can still be expected: until the end of the
// year in which fieldwork ends, by the record or by the plan, and until its term is over.
func Awaited(c *regulation.Case, a *jme.Assessment) bool {
	end := cmp.Or(a.FieldworkTo.Day(), a.PlannedTo.Day(), c.YearEnd())
	return end.Year() >= c.AsOf.Year() || !ReportDue(c, a).Before(c.AsOf)
}

// ReportOnTime is the code of the rule by which a clause sets the term of the report.
const ReportOnTime = "report-on-time"

// ReportDue is the last day for the report on an assessment, counted from the end of fieldwork, by the
// record or by the plan. It is that end where no clause sets a term or the calendar does not reach so far,
// and zero where neither is recorded.
func ReportDue(c *regulation.Case, a *jme.Assessment) time.Time {
	end := cmp.Or(a.FieldworkTo.Day(), a.PlannedTo.Day())
	if term, set := c.TermBy(ReportOnTime, regulation.WorkingDays, end); set && !end.IsZero() {
		return clock.Latest(end, c.Clock.Count(end, term).Latest)
	}
	return end
}

// YearEnd is the last day of the year under review or, if the term of the report on one of the assessments
// ends later, its last day: what is to be done with a report need not be done before the report.
func YearEnd(c *regulation.Case, on ...*jme.Assessment) time.Time {
	end := c.YearEnd()
	for _, a := range on {
		end = clock.Latest(end, ReportDue(c, a))
	}
	return end
}

// Judged reports whether a verdict on a requirement is recorded.
func Judged(a *jme.Assessment) bool {
	return slices.ContainsFunc(a.Findings, func(f *jme.Finding) bool { return f.Verdict != "" })
}
