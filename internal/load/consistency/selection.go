package consistency

import (
	"slices"
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/limits"
	"achyk/internal/selection"
	"achyk/internal/table"
)

// selection reports what the records of lists, panels, contests and assessments say against each
// other: one service listed twice, a panel that the procedure does not know, one person in two seats,
// more paid than a contract says, two winners, an early opening, points that cannot count, an
// assessment of somebody who did not provide the service, criteria by which nothing can be counted, a visit outside the days of fieldwork, and more points
// of contests than their pages can show.
func (c *checker) selection() {
	c.list()
	c.findings()
	for _, p := range c.m.Panels {
		c.seats(p)
		if selection.Foreign(c.m, p) {
			c.at("panels", p.ID, "kind", diag.PanelKind, diag.Args{"have": c.m.Regulation.Act.Procedure})
		}
	}
	for _, d := range c.m.Contracts {
		c.paid(d)
	}
	provided := selection.Provided(c.m)
	for _, a := range c.m.Assessments {
		if provided, known := provided(a); known && !provided {
			c.at("assessments", a.ID, "provider", diag.NotProvider, diag.Args{"parent": a.Service.ID})
		}
		for _, v := range a.Visits {
			c.inFieldwork("visits", v.ID, v.Date.Day(), a)
		}
		for _, x := range a.Measurements {
			if v := x.Visit.Get(); v == nil || !v.Date.Day().Equal(x.Date.Day()) { // else the visit is reported
				c.inFieldwork("measurements", x.ID, x.Date.Day(), a)
			}
		}
	}
	sheets := int64(0)
	for _, x := range c.m.Contests {
		c.contest(x)
		if p := x.Panel.Get(); p != nil { // the sheets of a contest are their product, though each is a short register
			before := sheets
			if sheets += int64(len(x.Applications)) * int64(len(x.Criteria)) * int64(len(p.Members)); sheets > limits.Points && before <= limits.Points {
				c.at("contests", x.ID, "panel", diag.OverLimit, diag.Args{"what": diag.Phrase("limit.points"), "have": int(sheets), "limit": limits.Points, "key": ""})
			}
		}
	}
	for i, x := range c.m.ContestServices {
		if of, e := x.Contest.Get(), x.Entry.Get(); of != nil && e != nil && of.Year != 0 && e.Year != 0 && of.Year != e.Year {
			c.at("contest_services", c.m.Table("contest_services").Rows[i].Key, "entry", diag.ContestEntry, diag.Args{"parent": of.ID, "want": strconv.Itoa(of.Year), "have": strconv.Itoa(e.Year)})
		}
	}
	scores, recused := c.m.Table("scores"), map[*jme.Application]func(*jme.Member) bool{}
	for i := range scores.Rows {
		row := &scores.Rows[i]
		if s := jme.Get[jme.Score](c.m, row.Key); s != nil {
			a := s.Application.Get()
			if a != nil && recused[a] == nil {
				recused[a] = selection.Recused(a)
			}
			c.score(scores, row, s, recused[a])
		}
	}
}

// list reports a service that is on the list of a year twice, at the later row, an assessment that
// names an entry for another service than its own, and one outside of its contract or of a service that the
// contest behind that did not include.
func (c *checker) list() {
	type line struct {
		year    int
		service string
	}
	first := map[line]string{}
	for _, e := range c.m.AnnualList {
		at := line{e.Year, e.Service.ID}
		if before, twice := first[at]; twice && e.Year != 0 && e.Service.ID != "" {
			c.at("annual_list", e.ID, "service", diag.ListedTwice, diag.Args{"first": before, "have": c.line("annual_list", before)})
			continue
		}
		first[at] = e.ID
	}
	for _, a := range c.m.Assessments {
		if e := a.Entry.Get(); e != nil && a.Service.ID != "" && e.Service.ID != "" && a.Service.ID != e.Service.ID {
			c.at("assessments", a.ID, "entry", diag.EntryElsewhere, diag.Args{"have": a.Service.ID, "want": e.Service.ID})
		}
		if d := a.Contract.Get(); d != nil {
			c.underContract(a, d)
			if x := d.Contest.Get(); x != nil && len(x.Entries) > 0 && a.Service.ID != "" && !slices.ContainsFunc(x.Entries, func(e *jme.Entry) bool { return e.Service.ID == a.Service.ID }) {
				c.at("assessments", a.ID, "service", diag.NotContested, diag.Args{"parent": d.ID, "first": x.ID})
			}
		}
	}
}

// findings reports a second finding on a requirement in an assessment. It is a warning only: a register may have
// published both, and the rules take neither for certain.
func (c *checker) findings() {
	first := map[[2]string]string{}
	for _, f := range c.m.Findings {
		on := [2]string{f.Assessment.ID, f.Requirement.ID}
		if before, twice := first[on]; twice && on[0] != "" && on[1] != "" {
			c.at("findings", f.ID, "requirement", diag.JudgedTwice, diag.Args{"first": before, "have": c.line("findings", before)})
			continue
		}
		first[on] = f.ID
	}
}

// underContract reports fieldwork on days on which its contract was not in force.
func (c *checker) underContract(a *jme.Assessment, d *jme.Contract) {
	from, to := d.Signed.Day(), d.Ends.Day()
	if starts := d.Starts.Day(); starts.After(from) {
		from = starts
	}
	field := ""
	switch first, last := a.FieldworkFrom.Day(), a.FieldworkTo.Day(); {
	case first.IsZero() || !to.IsZero() && to.Before(from): // dates that contradict each other are reported as such
	case first.Before(from), !to.IsZero() && first.After(to):
		field = "fieldwork_from"
	case !to.IsZero() && last.After(to):
		field = "fieldwork_to"
	}
	if field != "" {
		c.at("assessments", a.ID, field, diag.OutsideContract, diag.Args{"parent": d.ID, "from": orEllipsis(isoDay(from)), "to": orEllipsis(isoDay(to))})
	}
}

// inFieldwork reports what was done on the spot before fieldwork began, or after it ended. Days of fieldwork
// that contradict each other are reported as such.
func (c *checker) inFieldwork(register, id string, day time.Time, a *jme.Assessment) {
	from, to := a.FieldworkFrom.Day(), a.FieldworkTo.Day()
	if day.IsZero() || !to.IsZero() && to.Before(from) || !day.Before(from) && (to.IsZero() || !day.After(to)) {
		return
	}
	c.at(register, id, "date", diag.OutsideFieldwork, diag.Args{"parent": a.ID, "from": orEllipsis(isoDay(from)), "to": orEllipsis(isoDay(to))})
}

// paid reports the payment with which those of a contract come to more than its amount.
func (c *checker) paid(d *jme.Contract) {
	sum := decimal.Zero
	for _, x := range d.Payments {
		if sum = sum.Add(x.Amount.Decimal); d.Amount.Valid && sum.GreaterThan(d.Amount.Decimal) {
			c.at("payments", x.ID, "amount", diag.PaidBeyond, diag.Args{"parent": d.ID, "have": sum.String(), "limit": d.Amount.String()})
			return
		}
	}
}

// isoDay is a day as it stands in a cell: that of no day is empty.
func isoDay(day time.Time) string {
	if day.IsZero() {
		return ""
	}
	return day.Format(time.DateOnly)
}

// seats reports a person who is on a panel twice at the same time. The later row is reported.
func (c *checker) seats(p *jme.Panel) {
	for _, seats := range selection.Persons(p.Members) {
		for i, first := range selection.Twice(seats) {
			if before := seats[first].ID; first < i {
				c.at("panel_members", seats[i].ID, "name", diag.SamePerson, diag.Args{"first": before, "have": c.line("panel_members", before)})
			}
		}
	}
}

// contest reports each winner of a contest but the first, a failure against which applications speak,
// another year than that of the call, a repetition of a contest that was won, and an opening before the
// close. That one is no contradiction: it can have happened, and no clause
// forbids it.
func (c *checker) contest(x *jme.Contest) {
	if x.Opened.Before(x.Closes.Time) && !x.Opened.IsZero() {
		c.at("contests", x.ID, "opened", diag.OpenedEarly, diag.Args{"to": x.Closes.In(c.m.Settings.Zone()).Format("2006-01-02T15:04Z07:00")})
	}
	if against := selection.Against(x); len(against) > 0 {
		c.at("contests", x.ID, "result", diag.NotFailed, diag.Args{"first": against[0].ID, "have": len(against)})
	}
	if year := x.Announced.Year(); !x.Announced.IsZero() && x.Year != 0 && year != x.Year && year != x.Year-1 {
		c.at("contests", x.ID, "year", diag.ContestYear, diag.Args{"from": isoDay(x.Announced.Day())})
	}
	if of := x.Repeats.Get(); of != nil {
		if won := slices.IndexFunc(of.Applications, func(a *jme.Application) bool { return a.Status == "winner" }); won >= 0 {
			c.at("contests", x.ID, "repeats", diag.RepeatsWon, diag.Args{"first": of.Applications[won].ID})
		}
	}
	c.criteria(x)
	first := ""
	for _, a := range x.Applications {
		if a.Status != "winner" {
			continue
		}
		if first != "" {
			c.at("applications", a.ID, "status", diag.SecondWinner, diag.Args{"first": first, "parent": x.ID})
		}
		first = a.ID
	}
}

// criteria reports highest points of 0, by which points cannot be divided, and criteria of a contest which all
// weigh 0, so that every total is 0.
func (c *checker) criteria(x *jme.Contest) {
	weighs := len(x.Criteria) == 0
	for _, k := range x.Criteria {
		if k.MaxPoints.Valid && k.MaxPoints.Decimal.IsZero() {
			c.at("criteria", k.ID, "max_points", diag.NoPoints, diag.Args{"parent": k.ID})
		}
		weighs = weighs || !k.Weight.Valid || !k.Weight.Decimal.IsZero()
	}
	if !weighs {
		c.at("criteria", x.Criteria[0].ID, "weight", diag.NoWeight, diag.Args{"parent": x.ID})
	}
}

// score reports points by a criterion or member of another contest, points above the highest of
// the criterion, and those of somebody who was not on the panel that day or stood aside.
func (c *checker) score(t *table.Table, row *table.Row, s *jme.Score, recused func(*jme.Member) bool) {
	a, member, criterion := s.Application.Get(), s.Member.Get(), s.Criterion.Get()
	if a == nil || a.Contest.Get() == nil {
		return // a cell that is empty or wrong is reported as such
	}
	x := a.Contest.Get()
	day := x.Decided.Day()
	report := func(code diag.Code, field string, args diag.Args) {
		c.report(t, code, row, t.Schema.Field(field), func() diag.Args { return args })
	}
	switch {
	case criterion != nil && criterion.Contest.Get() != nil && criterion.Contest.Get() != x:
		report(diag.ScoreElsewhere, "criterion", diag.Args{"parent": x.ID})
	case member != nil && member.Panel.Get() != nil && x.Panel.Get() != nil && !x.Panel.Is(member.Panel.Get()):
		report(diag.ScoreElsewhere, "member", diag.Args{"parent": x.ID})
	case member == nil || criterion == nil: // the rest takes both
	case s.Points.Valid && criterion.MaxPoints.Valid && !criterion.MaxPoints.Decimal.IsZero() && s.Points.Decimal.GreaterThan(criterion.MaxPoints.Decimal):
		report(diag.ScoreTooHigh, "points", diag.Args{"limit": criterion.MaxPoints.String(), "parent": criterion.ID})
	case !day.IsZero() && !selection.There(member, day) || recused(member):
		report(diag.ScoreNotCounted, "member", diag.Args{"to": day.Format(time.DateOnly)})
	}
}

// at reports a cell of a record.
func (c *checker) at(register, id, field string, code diag.Code, args diag.Args) {
	if r, ok := c.m.Record(register, id); ok {
		c.report(r.Table, code, r.Row, r.Table.Schema.Field(field), func() diag.Args { return args })
	}
}

// line is the number of a record's row in its file.
func (c *checker) line(register, id string) string {
	r, _ := c.m.Record(register, id)
	return strconv.Itoa(r.Row.Origin.Row)
}
