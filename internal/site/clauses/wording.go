package clauses

import (
	"slices"
	"strings"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation/rules"
	"achyk/internal/site/page"
	"achyk/internal/wording"
)

// WordingView is how a clause read for a time, and what is different in another wording of it.
type WordingView struct {
	Period  string // says since or until when it was in force
	Texts   []Difference
	Numbers []string // what the checks ask for: "Members in all: 5 → 7"
}

// Difference is a text as it was and as it became, in parts.
type Difference []DifferencePart

// DifferencePart is a run of words that is in both texts, in the old one or in the new one.
type DifferencePart struct {
	Gone, New bool
	Text      string
}

// period says when a wording is or was in force. It is empty for one that was never another.
func period(p *page.Place, c *wording.Clause) string {
	switch r := &p.Town.Regulation; {
	case !c.Until.IsZero():
		return p.F("site.wording.until", locale.Args{"until": p.Until(c.Until.AddDate(0, 0, -1)), "amendment": amendmentName(p, c.Ended)})
	case c.From.After(p.Today):
		return p.F("site.wording.ahead", locale.Args{"on": p.On(c.From), "amendment": amendmentName(p, wording.Amendment(r, c.Version))})
	case !c.From.IsZero():
		return p.F("site.wording.since", locale.Args{"since": p.Since(c.From), "amendment": amendmentName(p, wording.Amendment(r, c.Version))})
	}
	return ""
}

// repealed says since when a clause does not exist any more. It is empty for one that does.
func repealed(p *page.Place, last *wording.Clause) string {
	if last.Until.IsZero() {
		return ""
	}
	return p.F("site.wording.repealed", locale.Args{"on": p.On(last.Until), "amendment": amendmentName(p, last.Ended)})
}

// amendmentName is the title of an amendment or, where it has none, its number and date.
func amendmentName(p *page.Place, a *jme.Amendment) string {
	switch {
	case a == nil:
		return ""
	case !a.Title.IsZero():
		return a.Title.In(p.Lang)
	case a.Number != "" && !a.Date.IsZero():
		return "№ " + a.Number + ", " + p.Date(a.Date)
	}
	return a.ID
}

// difference returns what is different between two wordings of a clause.
func difference(p *page.Place, was, is *wording.Clause) WordingView {
	v := WordingView{Period: period(p, was)}
	for _, texts := range [][2]locale.Text{{was.Title, is.Title}, {was.Summary, is.Summary}, {was.Duty, is.Duty}} {
		if old, now := texts[0].In(p.Lang), texts[1].In(p.Lang); old != now {
			v.Texts = append(v.Texts, compare(old, now))
		}
	}
	for _, rule := range rules.All {
		old, now := told(p, was, rule.Code), told(p, is, rule.Code)
		if !slices.Equal(old, now) {
			v.Numbers = append(v.Numbers, rule.Title(p.Printer)+": "+said(p, old)+" → "+said(p, now))
		}
	}
	return v
}

// earlier returns the wordings that a clause had before, the latest first, each with what the next
// one made of it.
func earlier(p *page.Place, now *wording.Clause) (views []WordingView) {
	all := wording.All(&p.Town.Regulation, now.Number)
	for i := len(all) - 2; i >= 0; i-- {
		if all[i].From.Before(now.From) {
			views = append(views, difference(p, &all[i], &all[i+1]))
		}
	}
	return views
}

// told lists what the checks of a wording by a rule ask for, each "Members in all: 7". A check
// without parameters is one that is there.
func told(p *page.Place, c *wording.Clause, code string) (words []string) {
	rule := rules.All.Find(code)
	for i := range c.Checks {
		if c.Checks[i].Rule != code {
			continue
		}
		n := len(words)
		for j := range rule.Parameters {
			x := &rule.Parameters[j]
			if value, given := c.Checks[i].Parameters[x.Name]; given {
				words = append(words, rule.Name(x.Name, p.Printer)+" – "+x.Say(value, p.Printer))
			}
		}
		if len(words) == n {
			words = append(words, p.T("site.wording.checked"))
		}
	}
	return words
}

// said joins what checks ask for.
func said(p *page.Place, words []string) string {
	if len(words) == 0 {
		return p.T("site.wording.unchecked")
	}
	return strings.Join(words, ", ")
}

// mostCompared is how many pairs of words are compared. Of longer texts both are shown whole.
const mostCompared = 1 << 20

// compare finds the words that one text has and the other has not.
func compare(old, now string) Difference {
	a, b := strings.Fields(old), strings.Fields(now)
	if len(a)*len(b) > mostCompared {
		return Difference{{Gone: true, Text: old}, {New: true, Text: now}}
	}
	// common[i][j] is how many words a[i:] and b[j:] have in common, in their order.
	common := make([][]int, len(a)+1)
	common[len(a)] = make([]int, len(b)+1)
	for i := len(a) - 1; i >= 0; i-- {
		common[i] = make([]int, len(b)+1)
		for j := len(b) - 1; j >= 0; j-- {
			if common[i][j] = max(common[i+1][j], common[i][j+1]); a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			}
		}
	}
	var all Difference
	add := func(part DifferencePart) {
		if n := len(all) - 1; n >= 0 && all[n].Gone == part.Gone && all[n].New == part.New {
			all[n].Text += " " + part.Text
			return
		}
		all = append(all, part)
	}
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			add(DifferencePart{Text: a[i]})
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
			add(DifferencePart{Gone: true, Text: a[i]})
			i++
		default:
			add(DifferencePart{New: true, Text: b[j]})
			j++
		}
	}
	return all
}

// AmendmentView is an act that changed the regulation.
type AmendmentView struct {
	Name   string
	Since  string
	Source string
	Note   page.Phrase
}

// amendments returns the acts that changed the regulation.
func amendments(p *page.Place) (all []AmendmentView) {
	for i := range p.Town.Regulation.Amendments {
		a := &p.Town.Regulation.Amendments[i]
		v := AmendmentView{Name: amendmentName(p, a), Source: a.Source, Note: p.Phrase(a.Note)}
		v.Since = forceSince(p, a.InForceFrom)
		all = append(all, v)
	}
	return all
}

// forceSince says from which day on something is in force.
func forceSince(p *page.Place, day time.Time) string {
	if day.After(p.Today) {
		return p.F("site.wording.ahead", locale.Args{"on": p.On(day), "amendment": ""})
	}
	return p.F("site.wording.since", locale.Args{"since": p.Since(day), "amendment": ""})
}

// OfficialView is the official text of a clause, or what stands before its first clause.
type OfficialView struct {
	Title  string
	Text   page.Document
	Source string // where it is published
}

// official returns what the official text of a version has below the headings of a clause, or nil
// where it is not in hand.
func official(p *page.Place, version, number string) *OfficialView {
	article := wording.Official(p.Town.Municipality, version)
	doc := p.Document(article)
	if doc == nil {
		return nil
	}
	v := &OfficialView{Title: p.T("site.wording.official"), Text: page.Document{Lang: doc.Lang}, Source: article.Source}
	for _, s := range doc.Sections() {
		if wording.Names(s.Text, number) && (number != "" || s.Level == 0) {
			v.Text.HTML += s.HTML
		}
	}
	if v.Text.HTML == "" {
		return nil
	}
	return v
}
