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

// Says returns the verdict on the poster of a letter.
func Says(p *page.Place, l *jme.AnalyticLetter) string {
	all := ofLetter(p.Town, l)
	if len(all) == 0 {
		return p.T("site.poster.nothing")
	}
	if said := status.Found(p, all[0].year, all[0].findings()); said != "" {
		return said
	}
	verdict, _ := all[0].verdict(p)
	return verdict
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
		Said:   x.said(p),
		Rest:   func(n int) string { return p.N("site.poster.rest", n) },
		Since:  p.T("site.poster.since"),
		After:  strings.Join(x.after(p), "; "),
		Next:   p.T("site.poster.next"),
		Invite: p.T("site.poster.invite"),
		URL:    p.Data.Site.BaseURL + x.path(), Short: x.short(p.Edition),
		Small: x.small(p),
	}
	if p.Data.Site.Demonstration {
		s.Notice = p.T("site.demo")
	}
	if withheld := status.Withheld(p, x.assessments...); withheld != nil {
		s.Invite = p.T("site.poster.invite_public")
		s.Note = joined(withheld)
	}
	verdict, tally := x.verdict(p)
	s.Verdict = verdict
	if tally != nil {
		s.Verdict = tally.Short // the counts stand below it

		for _, part := range tally.Parts {
			s.Counts = append(s.Counts, poster.Count{Shape: shapes[part.Mark], Text: part.Label + ": " + part.Count})
		}
	}
	for _, f := range x.unmet() {
		s.Points = append(s.Points, x.point(p, f))
	}
	if x.running() {
		x.known(p, &s)
	}
	x.next(p, &s)
	return s
}

// joined joins sentences.
func joined(sentences []status.Sentence) string {
	var all []string
	for _, s := range sentences {
		all = append(all, s.String())
	}
	return strings.Join(all, " ")
}

// said is the heading above what was found, which says what comes first where there are several services.
func (x *subject) said(p *page.Place) string {
	if x.letter != nil && len(x.groups()) > 1 {
		return p.T("site.poster.found_worst")
	}
	return p.T("site.poster.found")
}

// after says what later years found of the same services, each on its days.
func (x *subject) after(p *page.Place) (said []string) {
	for _, a := range x.later() {
		line := page.Year(a.Year)
		if span := p.Span(a.FieldworkFrom, a.FieldworkTo); span != "" {
			line = span
		}
		if x.letter != nil {
			line = p.Text(a.Service.Get().Name).Text + ", " + line
		}
		var counts []string
		for _, part := range status.TallyOf(p, a.Findings).Parts {
			counts = append(counts, lower(part.Label)+" "+part.Count)
		}
		said = append(said, line+": "+strings.Join(counts, ", "))
	}
	return said
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

// ahead returns the first day ahead that concerns the subject, or else the first event for all residents, or nil. What is planned
// is said only where nothing else is known, see planned.
func (x *subject) ahead(p *page.Place) *judgement.Deadline {
	for _, wanted := range []func(*judgement.Deadline) bool{
		func(d *judgement.Deadline) bool { return d.SetBy != judgement.ByPlan && x.awaits(d) },
		func(d *judgement.Deadline) bool { return d.Register == "events" },
	} {
		coming := p.Town.Coming()
		if i := slices.IndexFunc(coming, wanted); i >= 0 {
			return coming[i]
		}
	}
	return nil
}

// awaits reports whether a deadline concerns the subject. While nothing was found in its year, what was promised
// after earlier years does.
func (x *subject) awaits(d *judgement.Deadline) bool {
	if x.concerns(d.Register, d.ID) {
		return true
	}
	a := x.town.Assessment(d.Register, d.ID)
	return x.running() && a != nil && a.Service.Is(x.service) && a.Year < x.year
}

// next says what happens next and who must act; or that no day is recorded, and who must name one, unless the sheet
// says what came after. It says how many
// days of the subject have passed, those that bind somebody apart from those that were suggested or promised.
func (x *subject) next(p *page.Place, s *poster.Sheet) {
	next, planned := x.ahead(p), x.planned(p.Today)
	switch {
	case next != nil:
		d := status.DeadlineOf(p, next)
		s.Date, s.What, s.Place = d.Date, d.What+": "+d.Subject.Text.String(), d.Who.Text.String()
		if e := jme.Get[jme.Event](p.Town.Municipality, next.ID); next.Register == "events" && e != nil && !e.Place.IsZero() {
			s.Place = p.Text(e.Place).Text
		}
	case planned != nil:
		s.Date, s.What = p.Span(planned.PlannedFrom, planned.PlannedTo), p.T("site.poster.planned")
	case s.After == "": // else the matter went on in a later year, whose poster says what is next
		s.What = p.T("site.poster.no_date")
		if names := x.owing(p); len(names) > 0 {
			s.Place = p.T("site.poster.duty") + " " + strings.Join(names, "; ") + "."
		}
	}
	var late []string
	for _, of := range []struct {
		key       string
		deadlines []*judgement.Deadline
	}{{"late", p.Town.Passed}, {"asked", p.Town.Asked}} {
		passed := 0
		for _, d := range of.deadlines {
			if x.awaits(d) {
				passed++
			}
		}
		if passed > 0 {
			late = append(late, p.N("site.poster."+of.key, passed))
		}
	}
	s.Late = strings.Join(late, ". ")
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
