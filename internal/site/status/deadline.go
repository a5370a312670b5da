package status

import (
	"time"

	"achyk/internal/judgement"
	"achyk/internal/locale"
	"achyk/internal/site/page"
)

// Deadline is a day by which somebody must act, or was asked to or promised to, as pages show it.
type Deadline struct {
	Date      string // "2026-жылдын 30-ноябры"
	ISO       string
	What      string        // says what is due
	Subject   page.Link     // what the deadline is about
	Who       page.Link     // who must act; leads to its page, if it has one
	Count     string        // says how many days are left, or how many have passed
	Otherwise string        // says by which other day the same thing was promised or suggested
	Counted   string        // says how the day was counted; set on the page of deadlines only
	Assumed   []page.Link   // the assumptions that it rests on; set on the page of deadlines only
	Overdue   bool          // the day has passed and binds somebody
	Explained []Explanation // only the heads

	printer *locale.Printer
}

// T returns a message of the program.
func (d Deadline) T(key string) string { return d.printer.T("site." + key) }

// DeadlineOf returns a deadline as pages show it.
func DeadlineOf(p *page.Place, d *judgement.Deadline) Deadline {
	v := Deadline{
		printer: p.Printer,
		Date:    p.Date(d.Date), ISO: d.Date.Format(time.DateOnly), What: d.What(p.Printer), Who: who(p, d),
		Subject: Subject(p, d), Overdue: d.Last().Before(p.Today) && !d.SetBy.Voluntary(), Count: daysTo(p, d.Last(), d.SetBy),
		Otherwise: d.Otherwise(p.Printer),
	}
	if !d.Hour.IsZero() {
		v.Date = p.DateTime(d.Hour)
	}
	if d.Outcome != nil {
		v.Explained = ExplainedBriefly(p, d.Outcome)
	}
	return v
}

// who names who must act, and leads to the page of that body or provider.
func who(p *page.Place, d *judgement.Deadline) page.Link {
	l := page.Link{Text: page.Phrase{p.Text(d.Who(p.Town.Municipality))}}
	if d.Outcome == nil && d.Provider != nil {
		l.Href = p.Record("providers", d.Provider.ID).Href
		return l
	}
	for _, body := range p.Town.Bodies() {
		if path := p.Town.BodyPath(body); Owes(p.Town, body, d) {
			if path != p.Path() {
				l.Href = p.To(path)
			}
			break
		}
	}
	return l
}

// DeadlinesOf returns deadlines as pages show them.
func DeadlinesOf(p *page.Place, deadlines []*judgement.Deadline) (views []Deadline) {
	for _, d := range deadlines {
		views = append(views, DeadlineOf(p, d))
	}
	return views
}

// Subject returns a link to the record that a deadline is about. If it is about none, the link
// leads to the clause among the outcomes of the year.
func Subject(p *page.Place, d *judgement.Deadline) page.Link {
	if d.ID != "" {
		return p.Record(d.Register, d.ID)
	}
	o := d.Outcome
	return page.Link{Text: page.Own(page.Year(o.Year)), Href: p.To(p.Town.OutcomesPath(o.Year, o.Clause))}
}

// Assumptions returns links to assumptions of the regulation.
func Assumptions(p *page.Place, codes []string) (links []page.Link) {
	for _, code := range codes {
		for _, a := range p.Town.Regulation.Assumptions {
			if a.Code == code {
				links = append(links, page.Link{Text: page.Phrase{p.Text(a.Title)}, Href: p.To(p.Town.AssumptionPath(code))})
			}
		}
	}
	return links
}

// daysTo says how many days are left until a day, or how many days have passed since. Only a day that
// binds somebody makes late.
func daysTo(p *page.Place, day time.Time, by judgement.SetBy) string {
	switch n := page.Days(p.Today, day); {
	case n < 0 && by.Voluntary():
		return p.N("site.days."+string(by), -n)
	case n < 0:
		return p.N("site.days.late", -n)
	case n > 0:
		return p.N("site.days.left", n)
	}
	return p.T("site.days.today")
}

// Next returns the first deadline that has not passed, or nil; a day that was only suggested or promised is none. overdue says how many that bind somebody
// have passed; it is "" if none has.
func Next(p *page.Place) (next *Deadline, overdue string) {
	if len(p.Town.Ahead) > 0 {
		d := DeadlineOf(p, p.Town.Ahead[0])
		next = &d
	}
	if n := len(p.Town.Passed); n > 0 {
		overdue = p.N("site.overdue", n)
	}
	return next, overdue
}
