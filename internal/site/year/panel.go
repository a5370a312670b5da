package year

import (
	"strings"

	"achyk/internal/site/page"

	"achyk/internal/jme"
)

// PanelCard is a commission or group with its members.
type PanelCard struct {
	Title   page.Link
	Facts   []page.Fact
	Members []MemberLine
	Sides   string // "3 deputies, 3 …"
}

// MemberLine is a member.
type MemberLine struct {
	Name         page.Text
	Side         page.Text
	Organisation page.Phrase
	Term         string
	Chair        string // says that the member presides; else empty
}

// panel returns a commission or group with its members.
func panel(p *page.Place, x *jme.Panel) PanelCard {
	card := PanelCard{
		Title: p.Record("panels", x.ID),
		Facts: p.Facts("panels", x.ID, "decision", "formed", "dissolved"),
	}
	side := jme.Schema("panel_members").Column("side")
	counts := map[string]int{}
	for _, member := range x.Members {
		line := MemberLine{
			Name: p.Untranslated(member.Name), Side: p.Text(side.Label(member.Side)), Organisation: p.Phrase(member.Organisation),
		}
		if member.Chair {
			line.Chair = p.T("site.chair")
		}
		line.Term = p.Span(member.ValidFrom, member.ValidTo)
		if member.ValidTo.IsZero() || !member.ValidTo.Day().Before(p.Today) {
			counts[member.Side]++
		}
		card.Members = append(card.Members, line)
	}
	var sides []string
	for _, v := range side.Values {
		if n := counts[v.Code]; n > 0 {
			sides = append(sides, p.N("site.side."+v.Code, n))
		}
	}
	card.Sides = strings.Join(sides, ", ")
	return card
}

// GroupView shows the group that monitors in a year.
type GroupView struct {
	StepBase
	Panels []PanelCard
}

// Groups are the pages of the groups that monitor.
var Groups = page.Kind[GroupView]{Template: "group", Pages: step(jme.StepGroup, group)}

// group returns the page of the group of a year.
func group(p *page.Place, c *jme.Cycle, base StepBase) GroupView {
	v := GroupView{StepBase: base}
	for _, x := range c.Panels {
		v.Panels = append(v.Panels, panel(p, x))
	}
	return v
}
