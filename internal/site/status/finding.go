package status

import (
	"time"

	"achyk/internal/jme"
	"achyk/internal/judgement"
	"achyk/internal/locale"
	"achyk/internal/measured"
	"achyk/internal/site/page"
)

// FindingCard is a finding with the replies of the provider.
type FindingCard struct {
	Link        page.Link
	Mark, Label string
	Requirement page.Phrase
	Source      page.Phrase
	Text        page.Phrase
	Against     []Sentence      // says what was measured that does not fit the verdict
	Evidence    page.Link       // to what is attached; empty if nothing is
	Pictures    []*page.Picture // of what is attached, at most mostPictures
	Replies     []ReplyLine
	Silent      []Sentence // says that the provider has not replied; empty if it has, or need not
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
	card.Silent, card.Against = Unreplied(p, f), against(p, f)
	return card
}

// against says of each measurement that does not fit the verdict of a finding what was measured, and why the verdict is
// another, or that this is not recorded. A target is no norm, so it says nothing of a fault.
func against(p *page.Place, f *jme.Finding) (said []Sentence) {
	for _, x := range measured.Against(f) {
		i := x.Indicator.Get()
		args := locale.Args{"Name": i.Name, "Value": p.Measured(p.Number(x.Value.String()), i.Unit), "Target": ""}
		if i.Target.Valid {
			args["Target"] = p.Measured(p.Number(i.Target.String()), i.Unit)
		}
		parts := append(p.Marked(p.Parts("site.against."+f.Verdict, args)), page.Own(" ")...)
		if x.Note.IsZero() {
			parts = append(parts, page.Own(p.T("site.against.unsaid"))...)
		} else {
			parts = append(parts, append(page.Own(p.T("site.against.note")+" "), p.Text(x.Note))...)
		}
		said = append(said, Sentence{Mark: "unknown", Parts: parts})
	}
	return said
}

// Unreplied says of a finding against a provider that no reply to it is recorded, whose, and since when. It returns nothing if there
// is a reply, or nothing to reply to. No text sets a term for replies, so this is not shown as late.
func Unreplied(p *page.Place, f *jme.Finding) []Sentence {
	if !f.Unreplied() {
		return nil
	}
	var provider *jme.Provider
	if a := f.Assessment.Get(); a != nil {
		provider = a.Provider.Get()
	}
	return []Sentence{silence(p, "finding", judgement.Actor(p.Town.Municipality, "provider", provider), f.Reported())}
}

// silence says who has not done what since a day. Where the day is not known, it says who only.
func silence(p *page.Place, what string, who locale.Text, since time.Time) Sentence {
	key, args := "site.status."+what+".silent", locale.Args{"Who": who}
	if since.IsZero() || since.After(p.Today) {
		return Sentence{Mark: "unknown", Parts: p.Marked(p.Parts(key, args))}
	}
	args["since"] = p.Since(since)
	return Sentence{Mark: "unknown", Parts: p.Marked(p.CountedParts(key+"_since", page.Days(since, p.Today), args))}
}
