package site

import (
	"achyk/internal/jme"
	"achyk/internal/locale"
)

// WhyView shows why these services were chosen, and which were not.
type WhyView struct {
	Base
	StepBase
	Window   string // the months counted
	Demand   []DemandLine
	Decision Link // empty Href where there is none
	Hearings []HearingLine
}

// DemandLine is a service in the ranking by what residents asked for.
type DemandLine struct {
	Service    Link
	Appeals    string
	Asked      string // suggestions at events
	Supporters string
	Chosen     bool
	Reason     Phrase
	Width      string // of the bar, hundredths
}

// HearingLine is an event with what was asked for at it.
type HearingLine struct {
	Event       Link
	Place       Phrase
	Present     string
	Summary     Phrase
	Suggestions []SuggestionLine
}

// SuggestionLine is one suggestion.
type SuggestionLine struct {
	Text       Said
	Service    Phrase
	Supporters string
}

func (e *edition) why(t *town, c *jme.Cycle) Page {
	m := t.Municipality
	path := stepPath(m, c.Year, "why")
	return page(e, path, e.templates.why, func(href func(string) string) WhyView {
		v := WhyView{Base: e.stepBase(t, c, "why", href), StepBase: e.stepHead(t, c, "why", href)}
		v.Window = e.F("site.why.window", locale.Args{"From": e.YearMonth(c.From), "To": e.YearMonth(c.To.AddDate(0, -1, 0))})
		most := 1
		for _, d := range c.Demand {
			most = max(most, d.Appeals)
		}
		for _, d := range c.Demand {
			line := DemandLine{
				Service: e.recordLink(m, "services", d.Service.ID, href),
				Appeals: e.Int(d.Appeals), Asked: e.Int(len(d.Suggestions)), Supporters: e.Int(d.Supporters),
				Width: share(d.Appeals, most),
			}
			if line.Chosen = d.Chosen; d.Entry != nil {
				line.Reason = e.saidIf(d.Entry.Reason)
			}
			v.Demand = append(v.Demand, line)
		}
		if c.Decision != nil {
			v.Decision = e.recordLink(m, "decisions", c.Decision.ID, href)
		}
		for _, event := range c.Hearings {
			v.Hearings = append(v.Hearings, e.hearing(m, event, href))
		}
		return v
	})
}

func (e *edition) hearing(m *jme.Municipality, event *jme.Event, href func(string) string) HearingLine {
	line := HearingLine{
		Event: e.recordLink(m, "events", event.ID, href),
		Place: e.saidIf(event.Place), Summary: e.saidIf(event.Summary),
	}
	if event.Participants.Valid {
		line.Present = e.N("site.count.participants", int(event.Participants.Decimal.IntPart()))
		if event.Women.Valid {
			line.Present += ", " + e.N("site.count.women", int(event.Women.Decimal.IntPart()))
		}
	}
	for _, s := range m.Suggestions {
		if s.Event.Is(event) {
			suggestion := SuggestionLine{Text: e.said(s.Text), Service: e.serviceName(s.Service.Get())}
			if s.Supporters.Valid {
				suggestion.Supporters = e.N("site.count.supporters", int(s.Supporters.Decimal.IntPart()))
			}
			line.Suggestions = append(line.Suggestions, suggestion)
		}
	}
	return line
}

func (e *edition) serviceName(s *jme.Service) Phrase {
	if s == nil {
		return nil
	}
	return Phrase{e.said(s.Name)}
}
