package site

import (
	"strings"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

// PanelCard is a commission or group with its members.
type PanelCard struct {
	Title   Link
	Facts   []Fact
	Members []MemberLine
	Sides   string // "3 deputies, 3 …"
}

// MemberLine is a member.
type MemberLine struct {
	Name         Said
	Side         Said
	Organisation Phrase
	Term         string
	Chair        string // that they preside, or empty
}

func (e *edition) panel(m *jme.Municipality, p *jme.Panel, href func(string) string) PanelCard {
	card := PanelCard{
		Title: e.recordLink(m, "panels", p.ID, href),
		Facts: e.facts(m, "panels", p.ID, href, "decision", "formed", "dissolved"),
	}
	side := jme.Schema("panel_members").Column("side")
	counts := map[string]int{}
	for _, member := range p.Members {
		line := MemberLine{
			Name: e.once(member.Name), Side: e.said(side.Label(member.Side)), Organisation: e.saidIf(member.Organisation),
		}
		if member.Chair {
			line.Chair = e.T("site.chair")
		}
		line.Term = e.term(member.ValidFrom, member.ValidTo)
		if member.ValidTo.IsZero() || !member.ValidTo.Day().Before(e.today()) {
			counts[member.Side]++
		}
		card.Members = append(card.Members, line)
	}
	var sides []string
	for _, v := range side.Values {
		if n := counts[v.Code]; n > 0 {
			sides = append(sides, e.N("site.side."+v.Code, n))
		}
	}
	card.Sides = strings.Join(sides, ", ")
	return card
}

// term writes a span of time, open where an end is not known.
func (e *edition) term(from, to jme.Date) string {
	switch {
	case from.IsZero() && to.IsZero():
		return ""
	case to.IsZero():
		return e.F("site.term.from", locale.Args{"From": e.ShortDate(from.Time)})
	case from.IsZero():
		return "… – " + e.ShortDate(to.Time)
	}
	return e.ShortDate(from.Time) + " – " + e.ShortDate(to.Time)
}

// GroupView is the monitoring group of the year.
type GroupView struct {
	Base
	StepBase
	Panels []PanelCard
}

func (e *edition) group(t *town, c *jme.Cycle) Page {
	path := stepPath(t.Municipality, c.Year, "group")
	return page(e, path, e.templates.group, func(href func(string) string) GroupView {
		v := GroupView{Base: e.stepBase(t, c, "group", href), StepBase: e.stepHead(t, c, "group", href)}
		for _, p := range c.Panels {
			v.Panels = append(v.Panels, e.panel(t.Municipality, p, href))
		}
		return v
	})
}
