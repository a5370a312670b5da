package year

import (
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
)

// ChoiceView shows why these services were chosen, and which were not.
type ChoiceView struct {
	StepBase
	Window   string // the months counted
	Demand   []DemandLine
	Decision page.Link // empty Href where there is none
	Hearings []HearingLine
}

// DemandLine is a service in the ranking by what residents asked for.
type DemandLine struct {
	Service    page.Link
	Appeals    string
	Asked      string // suggestions at events
	Supporters string
	Chosen     bool
	Reason     page.Phrase
	Width      string // of the bar, hundredths
}

// HearingLine is an event with what was asked for at it.
type HearingLine struct {
	Event       page.Link
	Place       page.Phrase
	Present     string
	Summary     page.Phrase
	Suggestions []SuggestionLine
}

// SuggestionLine is one suggestion.
type SuggestionLine struct {
	Text       page.Text
	Service    page.Phrase
	Supporters string
}

// Choices are the pages of why these services were chosen.
var Choices = page.Kind[ChoiceView]{Template: "why", Pages: step(jme.StepWhy, choice)}

func choice(p *page.Place, c *jme.Cycle, base StepBase) ChoiceView {
	v := ChoiceView{StepBase: base}
	v.Window = p.F("site.why.window", locale.Args{"From": p.YearMonth(c.From), "To": p.YearMonth(c.To.AddDate(0, -1, 0))})
	most := 1
	for _, d := range c.Demand {
		most = max(most, d.Appeals)
	}
	for _, d := range c.Demand {
		line := DemandLine{
			Service: p.Record("services", d.Service.ID),
			Appeals: p.Int(d.Appeals), Asked: p.Int(len(d.Suggestions)), Supporters: p.Int(d.Supporters),
			Width: status.Share(d.Appeals, most),
		}
		if line.Chosen = d.Chosen; d.Entry != nil {
			line.Reason = p.Phrase(d.Entry.Reason)
		}
		v.Demand = append(v.Demand, line)
	}
	if c.Decision != nil {
		v.Decision = p.Record("decisions", c.Decision.ID)
	}
	for _, event := range c.Hearings {
		v.Hearings = append(v.Hearings, hearing(p, event))
	}
	return v
}

func hearing(p *page.Place, event *jme.Event) HearingLine {
	line := HearingLine{
		Event: p.Record("events", event.ID),
		Place: p.Phrase(event.Place), Summary: p.Phrase(event.Summary),
	}
	if event.Participants.Valid {
		line.Present = p.N("site.count.participants", int(event.Participants.Decimal.IntPart()))
		if event.Women.Valid {
			line.Present += ", " + p.N("site.count.women", int(event.Women.Decimal.IntPart()))
		}
	}
	for _, s := range p.Town.Suggestions {
		if s.Event.Is(event) {
			suggestion := SuggestionLine{Text: p.Text(s.Text), Service: serviceName(p, s.Service.Get())}
			if s.Supporters.Valid {
				suggestion.Supporters = p.N("site.count.supporters", int(s.Supporters.Decimal.IntPart()))
			}
			line.Suggestions = append(line.Suggestions, suggestion)
		}
	}
	return line
}

func serviceName(p *page.Place, s *jme.Service) page.Phrase {
	if s == nil {
		return nil
	}
	return page.Phrase{p.Text(s.Name)}
}
