package posters

import (
	"io"
	"slices"
	"strings"
	"time"

	"achyk/internal/files"
	"achyk/internal/jme"
	"achyk/internal/judgement"
	"achyk/internal/locale"
	"achyk/internal/poster"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
)

// forms are the forms in which a subject is printed. The name of a form ends the key of its message.
var forms = []struct {
	name  string
	write func(io.Writer, poster.Info, ...poster.Sheet) error
}{{"poster", poster.Poster}, {"flyer", poster.Flyer}}

// Files are the posters and flyers of all towns.
func Files(s *page.Site) (all []files.File) {
	langs := s.Data.Site.Langs()
	langs = langs[:min(2, len(langs))]
	for _, t := range s.Towns {
		for _, x := range subjects(t) {
			for _, form := range forms {
				all = append(all, files.File{Path: x.file(form.name), Write: func(w io.Writer) error {
					var sheets []poster.Sheet
					for _, l := range langs {
						sheets = append(sheets, x.sheet(s.Unmarked(l).At(t, "")))
					}
					front := s.EditionIn(langs[0]).At(t, "")
					info := poster.Info{Title: x.title(front).Text, Author: front.Data.Site.Title.In(front.Lang), Made: s.Today}
					return form.write(w, info, sheets...)
				}})
			}
		}
	}
	return all
}

// Says returns what the newest poster of a letter or a service is about, and its verdict. Of a service that
// nobody looked at it returns the name, and that nothing was found.
func Says(p *page.Place, register, id string) (title page.Text, verdict string) {
	var all []*subject
	m := p.Town.Municipality
	if l := jme.Get[jme.AnalyticLetter](m, id); register == jme.AnalyticLetters && l != nil {
		title, all = p.Text(l.Title), ofLetter(p.Town, l)
	} else if s := jme.Get[jme.Service](m, id); s != nil {
		title, all = p.Text(s.Name), ofService(p.Town, s)
	}
	if len(all) == 0 {
		return title, p.T("site.poster.nothing")
	}
	verdict, _ = all[0].verdict(p)
	return all[0].title(p), verdict
}

// title names the subject: the title of the letter, or the service and its year.
func (x *subject) title(p *page.Place) page.Text {
	if x.letter != nil {
		return p.Text(x.letter.Title)
	}
	title := p.Text(x.service.Name)
	title.Text += ",\u00a0" + page.Year(x.year)
	return title
}

// verdict says what was found, or how far the assessment is if nothing was found yet.
func (x *subject) verdict(p *page.Place) (string, *status.Tally) {
	if t := status.TallyOf(p, x.findings()); t != nil {
		return t.Sentence, t
	}
	if n := len(x.assessments); n > 0 {
		return status.Assessment(p, x.assessments[n-1]).Text, nil
	}
	return p.T("site.poster.nothing"), nil
}

// shapes are the shapes of marks.
var shapes = map[string]poster.Shape{"met": poster.Ticked, "partly": poster.Half, "not-met": poster.Crossed, "not-checked": poster.Dashed}

// sheet returns what stands on the poster in the language of p.
func (x *subject) sheet(p *page.Place) poster.Sheet {
	s := poster.Sheet{
		Head:   p.F("site.poster.head", locale.Args{"Town": p.Town.Settings.Name}),
		Title:  x.title(p).Text,
		Said:   p.T("site.poster.found"),
		Rest:   func(n int) string { return p.N("site.poster.rest", n) },
		Next:   p.T("site.poster.next"),
		Invite: p.T("site.poster.invite"),
		URL:    p.Data.Site.BaseURL + x.path(), Short: x.short(p.Edition),
		Small: x.small(p),
	}
	if p.Data.Site.Demonstration {
		s.Notice = p.T("site.demo")
	}
	verdict, tally := x.verdict(p)
	s.Verdict = verdict
	if tally != nil {
		for _, part := range tally.Parts {
			s.Counts = append(s.Counts, poster.Count{Shape: shapes[part.Mark], Text: part.Label + ": " + part.Count})
		}
	}
	for _, f := range x.unmet() {
		s.Points = append(s.Points, x.point(p, f))
	}
	x.next(p, &s)
	return s
}

// point returns a finding with what the provider says of it.
func (x *subject) point(p *page.Place, f *jme.Finding) poster.Point {
	card := status.Finding(p, f)
	point := poster.Point{Shape: shapes[card.Mark], State: card.Label + ".", Text: card.Text.String()}
	if point.Text == "" {
		point.Text = card.Requirement.String()
	}
	if service := f.Assessment.Get().Service.Get(); x.letter != nil && service != nil {
		point.State = p.Text(service.Name).Text + ": " + lower(card.Label) + "."
	}
	for _, r := range card.Replies {
		point.Replies = append(point.Replies, strings.TrimPrefix(r.Who.String()+": ", ": ")+r.Text.Text)
	}
	for _, s := range card.Silent {
		point.Replies = append(point.Replies, s.String())
	}
	return point
}

// lower writes the first letter of a word small, for the middle of a sentence.
func lower(word string) string {
	for i := range word {
		if i > 0 {
			return strings.ToLower(word[:i]) + word[i:]
		}
	}
	return word
}

// next says what happens next: the first day ahead that concerns the subject, or else the first event
// for all residents. It says how many days of the subject have passed unmet.
func (x *subject) next(p *page.Place, s *poster.Sheet) {
	concerns := func(d *judgement.Deadline) bool { return x.concerns(d.Register, d.ID) }
	var next *judgement.Deadline
	if i := slices.IndexFunc(p.Town.Ahead, concerns); i >= 0 {
		next = p.Town.Ahead[i]
	} else if i := slices.IndexFunc(p.Town.Ahead, func(d *judgement.Deadline) bool { return d.Register == "events" }); i >= 0 {
		next = p.Town.Ahead[i]
	}
	if planned := x.planned(p.Today); next == nil && planned != nil {
		s.Date, s.What = p.Span(planned.PlannedFrom, planned.PlannedTo), p.T("site.poster.planned")
	} else if next == nil {
		s.What = p.T("site.poster.no_date")
	} else {
		d := status.DeadlineOf(p, next)
		s.Date, s.What, s.Place = d.Date, d.What+": "+d.Subject.Text.String(), d.Who.Text.String()
		if e := jme.Get[jme.Event](p.Town.Municipality, next.ID); next.Register == "events" && e != nil && !e.Place.IsZero() {
			s.Place = p.Text(e.Place).Text
		}
	}
	passed := 0
	for _, d := range p.Town.Passed {
		if concerns(d) {
			passed++
		}
	}
	if passed > 0 {
		s.Late = p.N("site.poster.late", passed)
	}
}

// planned returns the first assessment whose planned days are not over and which found nothing yet, or nil.
func (x *subject) planned(today time.Time) *jme.Assessment {
	for _, a := range x.assessments {
		if !a.PlannedTo.IsZero() && !a.PlannedTo.Day().Before(today) && len(a.Findings) == 0 {
			return a
		}
	}
	return nil
}

// small returns what whoever files a poster needs: its number, the day of the data, the version.
func (x *subject) small(p *page.Place) []string {
	lines := []string{p.F("site.poster.number", locale.Args{"Number": x.number()}), p.T("site.foot.asof") + " " + p.AsOf(p.Today)}
	if build := p.Build; build.Commit != "" {
		line := p.T("site.foot.commit") + " " + page.Abbreviated(build.Commit) + ", " + p.ShortDate(build.CommitTime)
		if build.Dirty {
			line += "; " + p.T("site.foot.dirty")
		}
		lines = append(lines, line)
	}
	return lines
}
