package posters

import (
	"slices"

	"achyk/internal/attachment"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
)

// Card is what a page shows of the posters of a subject: the files, and proof that they were posted.
type Card struct {
	Heading string
	Tally   *status.Tally // what the poster says was found; nil if nothing was found yet
	Files   []page.FileLine
	Short   page.Link
	Posted  []page.Fact // publications by channel
	Photos  []Photo     // of what was posted
	Earlier []page.Link // to the short addresses of earlier years

	Owed []status.OwedLine // whose duty it is to post it; set where no publication is recorded
}

// Photo is a photo of a publication.
type Photo struct {
	Picture *page.Picture // nil if it cannot be read
	File    page.Value
	Caption page.Phrase
	Licence string
}

// OfLetter returns the card of an analytic letter, or nil if it is in no register.
func OfLetter(p *page.Place, l *jme.AnalyticLetter) *Card { return card(p, ofLetter(p.Town, l)) }

// OfService returns the card of the newest year in which a service was looked at, or nil if it never was.
func OfService(p *page.Place, id string) *Card {
	s := jme.Get[jme.Service](p.Town.Municipality, id)
	if s == nil {
		return nil
	}
	return card(p, ofService(p.Town, s))
}

// Words returns what the posters of a record are called and their numbers, by which a reader looks for the
// record: none if it has no posters.
func Words(p *page.Place, r jme.Record) (words []string) {
	var all []*subject
	switch r.Table.Schema.Name {
	case jme.AnalyticLetters:
		if l := jme.Get[jme.AnalyticLetter](p.Town.Municipality, r.Row.Key); l != nil {
			all = ofLetter(p.Town, l)
		}
	case "services":
		if s := jme.Get[jme.Service](p.Town.Municipality, r.Row.Key); s != nil {
			all = ofService(p.Town, s)
		}
	}
	for _, x := range all {
		words = append(words, p.F("site.poster.title", locale.Args{"Year": page.Year(x.year)}), x.number())
	}
	return words
}

// card returns the card of the first subject, with links to the others.
func card(p *page.Place, all []*subject) *Card {
	if len(all) == 0 {
		return nil
	}
	x := all[0]
	c := &Card{
		Heading: p.F("site.poster.title", locale.Args{"Year": page.Year(x.year)}), Files: x.files(p), Short: x.link(p),
		Tally: status.TallyOf(p, x.findings()),
	}
	for _, y := range x.publications() {
		c.add(p, y)
	}
	if c.Posted == nil {
		c.Owed = status.OwedBy(p, x.year, "letter-published")
	}
	for _, earlier := range all[1:] {
		link := earlier.link(p)
		link.Text = append(page.Own(page.Year(earlier.year)), link.Text...)
		c.Earlier = append(c.Earlier, link)
	}
	return c
}

// link returns a link to the short address.
func (x *subject) link(p *page.Place) page.Link {
	return page.Link{Text: page.Own(x.short(p.Edition)), Href: p.FromTop(x.path())}
}

// page returns the address, within an edition, of the page that tells what the poster tells.
func (x *subject) page() string {
	switch {
	case !slices.ContainsFunc(x.town.Cycles, func(c *jme.Cycle) bool { return c.Year == x.year }):
		return x.town.RecordPath(x.record)
	case x.letter != nil:
		return x.town.StepPath(x.year, jme.StepLetter)
	}
	return x.town.StepPath(x.year, jme.StepFindings) + "#" + x.assessments[0].ID
}

// files returns the PDFs of the subject, with their sizes.
func (x *subject) files(p *page.Place) (lines []page.FileLine) {
	for _, form := range forms {
		lines = append(lines, p.FileLine(p.T("site.poster.form-"+form.name), x.file(form.name)))
	}
	return lines
}

// publications returns the publications of the subject: of the letter; of the service, its assessments and
// their reports.
func (x *subject) publications() (all []*jme.Publication) {
	for _, y := range x.town.Publications {
		if y.SubjectRegister == x.record.Table.Schema.Name && y.Subject == x.record.Row.Key && (x.letter != nil || y.Published.Year() == x.year) ||
			x.letter == nil && x.concerns(y.SubjectRegister, y.Subject) {
			all = append(all, y)
		}
	}
	return all
}

// add adds a publication with its photos.
func (c *Card) add(p *page.Place, x *jme.Publication) {
	link := p.Record("publications", x.ID)
	value := page.Value{Text: page.Own(p.Day(x.Published)), Href: link.Href}
	if !x.Place.IsZero() {
		value.Text = append(value.Text, p.Text(x.Place))
	}
	if x.URL != "" {
		value.Href, value.Away = x.URL, true
	}
	name := p.Text(jme.Schema("publications").Column("channel").Label(x.Channel))
	c.Posted = page.AddFact(c.Posted, name, value)
	r, ok := p.Town.Record("publications", x.ID)
	if !ok {
		return
	}
	for _, a := range p.Town.AttachmentsOf(r) {
		if document, ok := attachment.Of(a.File); ok && document.Image {
			c.Photos = append(c.Photos, Photo{p.Picture(a.File, p.Phrase(a.Caption)), p.File(a.File), p.Phrase(a.Caption), a.Licence})
		}
	}
}
