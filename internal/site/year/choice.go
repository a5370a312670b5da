package year

import (
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/charts"
	"achyk/internal/site/page"
)

// ChoiceView shows which services were chosen, which were not, and why.
type ChoiceView struct {
	StepBase
	Windows   []string // say in which months appeals are counted; the first is of the services that the others do not name
	Demand    []DemandLine
	Chart     *charts.Figure
	Decisions []page.Link
	Hearings  []HearingLine
}

// DemandLine is a service, ranked by what residents asked for.
type DemandLine struct {
	Service    page.Link
	Appeals    string
	Asked      string // number of suggestions at events
	Supporters string
	Chosen     bool
	Reason     page.Phrase
}

// HearingLine is an event with the suggestions made at it.
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

// Choices are the pages that show why services were chosen.
var Choices = page.Kind[ChoiceView]{Template: "why", Pages: step(jme.StepWhy, choice)}

// choice returns the page that shows why the services of a year were chosen.
func choice(p *page.Place, c *jme.Cycle, base StepBase) ChoiceView {
	v := ChoiceView{StepBase: base, Chart: charts.Beside(p, charts.Demand(p.Town, c))}
	v.Windows = windows(p, c)
	for _, d := range c.Demand {
		line := DemandLine{
			Service: p.Record("services", d.Service.ID),
			Appeals: p.Int(d.Appeals), Asked: p.Int(len(d.Suggestions)), Supporters: p.Int(d.Supporters),
		}
		line.Chosen = d.Chosen
		if reason := charts.Reason(p, &d); reason.Text != "" {
			line.Reason = page.Phrase{reason}
		}
		v.Demand = append(v.Demand, line)
	}
	for _, d := range c.Decisions {
		v.Decisions = append(v.Decisions, p.Record("decisions", d.ID))
	}
	for _, event := range c.Hearings {
		v.Hearings = append(v.Hearings, hearing(p, event))
	}
	return v
}

// windows say when what residents asked for counts: a sentence for the choice as a whole, and one for each service
// that was chosen on another day.
func windows(p *page.Place, c *jme.Cycle) []string {
	say := func(w jme.Window) locale.Args {
		return locale.Args{"From": p.YearMonth(w.From), "To": p.YearMonth(w.To.AddDate(0, -1, 0)), "First": w.After.AddDate(0, 0, 1), "Last": w.Until}
	}
	sentences := []string{p.F("site.why.window", say(c.Window))}
	for _, d := range c.Demand {
		if d.Window.Until.Equal(c.Until) && d.Window.After.Equal(c.After) {
			continue
		}
		args := say(d.Window)
		args["Service"] = locale.Quoted(d.Service.Name)
		sentences = append(sentences, p.F("site.why.window_of", args))
	}
	return sentences
}

// hearing returns an event with the suggestions made at it.
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

// serviceName returns the name of a service, nil if there is none.
func serviceName(p *page.Place, s *jme.Service) page.Phrase {
	if s == nil {
		return nil
	}
	return page.Phrase{p.Text(s.Name)}
}
