package site

import (
	"fmt"
	"strconv"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
)

// year writes a year, which is never grouped as a number is.
func year(y int) string { return strconv.Itoa(y) }

// Deadline is a date somebody must keep, or everybody may want to know.
type Deadline struct {
	Date    string // "2026-жылдын 30-ноябры"
	ISO     string
	What    string // what is due, in a sentence
	Subject Link   // the record
	Who     Said
	Count   string // days left, or late
	Counted string // where the day comes from; said on the page of deadlines only
	Overdue bool
}

func (e *edition) deadline(t *town, d *regulation.Deadline, href func(string) string) Deadline {
	v := Deadline{
		Date: e.Date(d.Date), ISO: d.Date.Format("2006-01-02"), What: d.What(e.Printer), Who: e.said(d.Who(t.Municipality)),
		Subject: e.subject(t.Municipality, d, href),
		Overdue: d.Last().Before(e.today()), Count: e.daysTo(d.Last()),
	}
	if !d.Hour.IsZero() {
		v.Date = e.DateTime(d.Hour)
	}
	return v
}

// subject leads to what a deadline is about: a record, or a clause in a year.
func (e *edition) subject(m *jme.Municipality, d *regulation.Deadline, href func(string) string) Link {
	if d.ID != "" {
		return e.recordLink(m, d.Register, d.ID, href)
	}
	return Link{Text: own(year(d.Outcome.Year)), Href: e.clauseHref(m, d.Outcome, href)}
}

// daysTo says how many days are left until a day, or how many late it is.
func (e *edition) daysTo(day time.Time) string {
	switch n := days(e.today(), day); {
	case n < 0:
		return e.N("site.days.late", -n)
	case n > 0:
		return e.N("site.days.left", n)
	}
	return e.T("site.days.today")
}

// next is the first date that lies ahead, and how many have passed unanswered.
func (e *edition) next(t *town, href func(string) string) (*Deadline, string) {
	overdue := 0
	var next *regulation.Deadline
	for i := range t.deadlines {
		d := &t.deadlines[i]
		if d.Last().Before(e.today()) {
			overdue++
		} else if next == nil {
			next = d
		}
	}
	if next != nil {
		shown := e.deadline(t, next, href)
		return &shown, e.overdue(overdue)
	}
	return nil, e.overdue(overdue)
}

func (e *edition) overdue(n int) string {
	if n == 0 {
		return ""
	}
	return e.N("site.overdue", n)
}

// today is the day the site is built for.
func (e *edition) today() time.Time { return e.site.Options.AsOf }

// Tally is how findings came out, as words, numbers and a bar.
type Tally struct {
	Sentence string // "7 of 24 requirements were not kept"
	Href     string // the page with the findings that are counted; empty where they are on this
	Parts    []TallyPart
}

// TallyPart is one verdict's share. X and Width are in hundredths of the bar.
type TallyPart struct {
	Mark, Label, Count string
	X, Width           string
}

// yearTally is the tally of a year, which leads to the findings it counts.
func (e *edition) yearTally(m *jme.Municipality, c *jme.Cycle, href func(string) string) *Tally {
	t := e.tally(c.Findings)
	if t != nil {
		t.Href = e.to(href, stepPath(m, c.Year, "findings"))
	}
	return t
}

// tally is nil where nothing has been found yet.
func (e *edition) tally(findings []*jme.Finding) *Tally {
	if len(findings) == 0 {
		return nil
	}
	v := jme.Count(findings)
	t := &Tally{Sentence: e.NF("site.tally", v.Total(), locale.Args{"broken": e.Int(v.NonCompliant)})}
	at := 0
	for _, part := range []struct {
		mark string
		n    int
	}{{"met", v.Compliant}, {"partly", v.Partly}, {"not-met", v.NonCompliant}, {"not-checked", v.NotChecked}} {
		if part.n == 0 {
			continue
		}
		t.Parts = append(t.Parts, TallyPart{
			Mark: part.mark, Label: e.T("site.mark." + part.mark), Count: e.Int(part.n),
			X: share(at, v.Total()), Width: share(part.n, v.Total()),
		})
		at += part.n
	}
	return t
}

// share is a part of a whole in hundredths, with one decimal.
func share(part, whole int) string {
	if whole == 0 {
		return "0"
	}
	return fmt.Sprintf("%.1f", 100*float64(part)/float64(whole))
}

// StepView is a step of the year as the stepper shows it.
type StepView struct {
	Number  string
	Name    string
	Href    string
	State   string // done, now, not-due, unknown: the mark
	Said    string // the state in words
	Text    string // date or end
	Current bool
	Lines   []string // what happened, on the year's page
}

// stepText says when a step was done, or until when it goes on.
func (e *edition) stepText(s jme.Step) string {
	switch {
	case s.State == jme.StateDone && !s.Date.IsZero():
		return e.Date(s.Date)
	case s.State == jme.StateNow && !s.Date.IsZero() && !s.Date.Before(e.today()):
		return e.Until(s.Date)
	}
	return ""
}

func (e *edition) steps(m *jme.Municipality, c *jme.Cycle, href func(string) string, at string) []StepView {
	var views []StepView
	steps := c.Steps(e.today())
	for i, s := range steps {
		views = append(views, StepView{
			Number: e.Int(i + 1), Name: e.T("site.step." + string(s.Name)),
			Href: e.to(href, stepPath(m, c.Year, string(s.Name))), State: string(s.State),
			Said: e.T("site.mark." + string(s.State)), Text: e.stepText(s),
			Current: string(s.Name) == at || at == "" && i == jme.Current(steps),
		})
	}
	return views
}
