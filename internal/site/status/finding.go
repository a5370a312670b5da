package status

import (
	"achyk/internal/jme"
	"achyk/internal/site/page"
)

// FindingCard is a finding with the replies of the provider.
type FindingCard struct {
	Link        page.Link
	Mark, Label string
	Requirement page.Phrase
	Source      page.Phrase
	Text        page.Phrase
	Evidence    page.Link       // to what is attached; empty if nothing is
	Pictures    []*page.Picture // of what is attached, at most mostPictures
	Replies     []ReplyLine
}

// ReplyLine is a reply of a provider.
type ReplyLine struct {
	Who  page.Phrase
	Date string
	Text page.Text
}

// mostPictures is how many pictures the card of a finding shows. Its record has the others.
const mostPictures = 3

// Pictured returns a finding with its replies and pictures.
func Pictured(p *page.Place, f *jme.Finding) FindingCard {
	card := Finding(p, f)
	if r, ok := p.Town.Record("findings", f.ID); ok {
		for _, a := range p.Town.AttachmentsOf(r) {
			if picture := p.Picture(a.File, p.Phrase(a.Caption)); picture != nil && len(card.Pictures) < mostPictures {
				card.Pictures = append(card.Pictures, picture.Halved())
			}
		}
	}
	return card
}

// Finding returns a finding with its replies.
func Finding(p *page.Place, f *jme.Finding) FindingCard {
	card := FindingCard{
		Link: p.Record("findings", f.ID),
		Mark: page.Mark("findings", "verdict", f.Verdict), Label: jme.Schema("findings").Column("verdict").Label(f.Verdict).In(p.Lang),
		Text: p.Phrase(f.Text),
	}
	if r := f.Requirement.Get(); r != nil {
		card.Requirement = page.Phrase{p.Text(r.Text)}
		card.Source = p.Phrase(r.Source)
		if r.Clause != "" {
			card.Source = append(card.Source, page.Text{Text: p.Clause(r.Clause)})
		}
	}
	if r, ok := p.Town.Record("findings", f.ID); ok {
		if n := len(p.Town.AttachmentsOf(r)); n > 0 {
			card.Evidence = page.Link{Text: page.Own(p.N("site.count.evidence", n)), Href: card.Link.Href + "#files"}
		}
	}
	for _, r := range f.Replies {
		line := ReplyLine{Date: p.Day(r.Date), Text: p.Text(r.Text)}
		if x := r.Provider.Get(); x != nil {
			line.Who = page.Phrase{p.Text(x.Name)}
		}
		card.Replies = append(card.Replies, line)
	}
	return card
}
