package subjects

import (
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
)

// conduct says how a provider took part: to how many of the findings against it it replied, how fast it
// answered letters that ask for assistance, and how often it hindered the check. No text sets a
// term for replies, so their absence is not shown as late.
func conduct(p *page.Place, r jme.Record, findings []*jme.Finding) (out []status.Sentence) {
	against, replied := 0, 0
	for _, f := range findings {
		if f.Unmet() {
			against++
			if len(f.Replies) > 0 {
				replied++
			}
		}
	}
	if against > 0 {
		s := status.Sentence{Mark: "partly", Text: p.NF("site.subject.replied", against, locale.Args{"Replied": replied})}
		switch replied {
		case against:
			s.Mark = "done"
		case 0:
			s.Mark = "unknown"
		}
		out = append(out, s)
	}
	for _, l := range about[jme.AssistanceLetter](p, r, "letters") {
		of := p.Record("letters", l.ID)
		switch {
		case l.Sent.IsZero():
		case l.Replied.IsZero():
			s := status.LetterSilence(p, l)
			s.Of = of
			out = append(out, s)
		default:
			days := page.Days(l.Sent.Day(), l.Replied.Day())
			out = append(out, status.Sentence{Mark: "done", Text: p.NF("site.subject.letter_replied", days, locale.Args{"Sent": p.Day(l.Sent)}), Of: of})
		}
	}
	for _, x := range about[jme.Obstruction](p, r, "obstructions") {
		out = append(out, status.Sentence{Mark: "not-met", Parts: p.Marked(p.Parts("site.subject.obstructed", locale.Args{"Day": x.Date.Day(), "What": x.Description})), Of: page.Link{Text: page.Own(p.T("site.subject.obstruction")), Href: p.Record("obstructions", x.ID).Href}})
	}
	return out
}
