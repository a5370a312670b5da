package subjects

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/charts"
	"achyk/internal/site/page"
	"achyk/internal/site/registers"
	"achyk/internal/site/status"
	"achyk/internal/site/subscribe"
)

// PlaceView is the page of a territory.
type PlaceView struct {
	registers.RecordView
	Services   []ServiceCount // that residents of the place complained about, the most first
	Complaints *charts.Figure // by month
	ByService  *charts.Figure
	Strips     []Strip
	Chart      *charts.Figure // of the strips
	Follow     *subscribe.Card
	Named      []NeighbourLine // findings and measures that name the place
}

// ServiceCount is how many complaints about a service are recorded of the last twelve months, and in how many of these.
type ServiceCount struct {
	Service page.Link
	Count   string
	Months  string
}

// Strip is an indicator as it was last measured in the place, and in the others by the same assessment.
// Numbers are in the indicator's unit.
type Strip struct {
	Indicator page.Link
	Date      string
	Here      string
	Others    string // from the least to the greatest; empty if it was measured nowhere else
	Target    string
	Mark      string // whether the target was reached; empty without a target
	Reached   string // the same in words
}

// NeighbourLine is a record with its state.
type NeighbourLine struct {
	Link        page.Link
	Mark, Label string
}

// Places are the pages of territories.
var Places = page.Kind[PlaceView]{Template: "place", Pages: of("territories", func(p *page.Place, r jme.Record) PlaceView {
	place := jme.Get[jme.Territory](p.Town.Municipality, r.Row.Key)
	v := PlaceView{
		RecordView: registers.Record(p, r),
		Follow:     subscribe.To(p, "territories", r.Row.Key),
		Strips:     strips(p, about[jme.Measurement](p, r, "measurements")),
		Named:      naming(p, place),
	}
	if place != nil {
		for _, c := range charts.ComplaintsIn(p, place) {
			v.Services = append(v.Services, ServiceCount{p.Record("services", c.Service.ID), p.Int(c.Count), p.Fraction(c.Recorded, c.Recorded, c.All)})
		}
		v.Complaints = charts.Show(p, charts.ComplaintsFrom(p.Town, place))
		v.ByService = charts.Beside(p, charts.Complaints(p.Town, place))
		v.Chart = charts.Beside(p, charts.Strips(p.Town, place))
	}
	return v
})}

// strips returns the newest measurement of each indicator beside those that the same assessment took
// in other places.
func strips(p *page.Place, here []*jme.Measurement) (all []Strip) {
	for _, x := range charts.StripsOf(here) {
		i := x.Indicator
		s := Strip{Indicator: p.Record("indicators", i.ID), Here: charts.Range(p, i, []*jme.Measurement{x.Here})}
		if !x.Here.Date.IsZero() {
			s.Date = p.ShortDate(x.Here.Date.Time)
		}
		if len(x.Others) > 0 {
			s.Others = charts.Range(p, i, x.Others)
		}
		if i.Target.Valid {
			s.Target, s.Mark = p.Measured(p.Number(i.Target.String()), i.Unit), "not-met"
			if i.Reached(x.Here.Value.Decimal) {
				s.Mark = "met"
			}
			s.Reached = p.T("site.subject.target_" + s.Mark)
		}
		all = append(all, s)
	}
	return all
}

// mostNaming is how many findings, and how many measures, a place's page names. A short name stands in
// thousands.
const mostNaming = 50

// naming returns the findings and measures whose Kyrgyz text has the name of a place: what stands
// between quotation marks in its name, else the whole name, where a word begins. The last line of each register
// tells how many more there are.
func naming(p *page.Place, place *jme.Territory) (all []NeighbourLine) {
	if place == nil {
		return nil
	}
	name := place.Name.Ky
	if _, after, ok := strings.Cut(name, "«"); ok {
		name, _, _ = strings.Cut(after, "»")
		name = "«" + name + "»"
	}
	if name == "" || place.Parent.ID == "" { // the whole municipality is named everywhere
		return nil
	}
	count := map[string]int{}
	add := func(register, id string, texts ...locale.Text) {
		if !slices.ContainsFunc(texts, func(t locale.Text) bool { return names(t.Ky, name) }) {
			return
		}
		if count[register]++; count[register] > mostNaming {
			return
		}
		r, _ := p.Town.Record(register, id)
		mark, label := status.Word(p, r)
		all = append(all, NeighbourLine{page.Link{Text: p.Short(r), Href: p.To(p.Town.RecordPath(r))}, mark, label})
	}
	more := func(register string) {
		if n := count[register] - mostNaming; n > 0 {
			all = append(all, NeighbourLine{Link: page.Link{Text: page.Own(p.N("site.record.more", n)), Href: p.To(p.Town.ListPath(register))}})
		}
	}
	for _, f := range p.Town.Findings {
		add("findings", f.ID, f.Text)
	}
	more("findings")
	for _, x := range p.Town.Measures {
		texts := []locale.Text{x.Title, x.Outcome}
		for _, v := range x.Verifications {
			texts = append(texts, v.Note)
		}
		add("measures", x.ID, texts...)
	}
	more("measures")
	return all
}

// names tells whether a text has a name where a word begins. Endings may follow it.
func names(text, name string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], name)
		if i < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(text[:at+i])
		if !unicode.IsLetter(before) {
			return true
		}
		at += i + len(name)
	}
}
