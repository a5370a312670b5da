package status

import (
	"slices"

	"achyk/internal/judgement"
	"achyk/internal/site/page"
)

// BodyName is what a body of wording.Bodies is called.
func BodyName(p *page.Place, body string) page.Text {
	if name, ok := p.Town.Settings.Body(body); ok {
		return p.Text(name)
	}
	if body == "panel" {
		return page.Text{Text: p.T("site.body.panel_" + p.Town.Regulation.Act.Procedure)}
	}
	return page.Text{Text: p.T("judgement.actor." + body)}
}

// Bodies returns links to the pages of all bodies but the one whose page they are on, if they are on one.
func Bodies(p *page.Place, on string) (links []page.Link) {
	for _, body := range p.Town.Bodies() {
		if body != on {
			links = append(links, page.Link{Text: page.Phrase{BodyName(p, body)}, Href: p.To(p.Town.BodyPath(body))})
		}
	}
	return links
}

// Owes reports whether a deadline is one of a body.
func Owes(t *page.Town, body string, d *judgement.Deadline) bool {
	if d.Outcome == nil {
		return d.Actor == body
	}
	clause := t.Clause(d.Outcome.Clause)
	return clause != nil && slices.Contains(clause.Owes, body)
}
