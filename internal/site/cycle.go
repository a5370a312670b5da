package site

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"achyk/internal/document"
	"achyk/internal/jme"
	"achyk/internal/locale"
)

// YearView is one cycle, as steps.
type YearView struct {
	Base
	Heading  string
	Year     string
	Sentence string // where the year stands
	StepOf   string
	Steps    []StepView
	Next     *Deadline
	Services []ServiceResult
	Tally    *Tally
	Others   []Link // other years
}

// year lists the pages of a cycle.
func (e *edition) year(t *town, c *jme.Cycle) []Page {
	pages := []Page{e.overview(t, c), e.why(t, c), e.findings(t, c), e.letter(t, c), e.answers(t, c)}
	if t.Regulation.Act.Procedure == jme.ByGroup {
		return append(pages, e.group(t, c))
	}
	return append(pages, e.contest(t, c))
}

func (e *edition) overview(t *town, c *jme.Cycle) Page {
	m := t.Municipality
	path := yearPath(m, c.Year)
	return page(e, path, e.templates.year, func(href func(string) string) YearView {
		y := locale.Args{"Year": year(c.Year)}
		v := YearView{Heading: e.F("site.year.title", y), Year: year(c.Year), Steps: e.steps(m, c, href, "")}
		steps := c.Steps(e.today())
		if i := jme.Current(steps); i < len(steps) {
			v.StepOf = e.F("site.step.of", locale.Args{"n": e.Int(i + 1), "of": e.Int(len(steps))})
			v.Sentence = e.F("site.year.at."+steps[i].Name, y)
		} else {
			v.StepOf, v.Sentence = e.T("site.step.all"), e.F("site.year.complete", y)
		}
		for i := range v.Steps {
			v.Steps[i].Lines = e.stepLines(c, steps[i].Name)
		}
		v.Base = e.base(href, path, e.F("site.year.title", y)+" — "+m.Settings.Name.In(e.lang), v.Sentence, t)
		if c == t.current() {
			v.Next, _ = e.next(t, href)
		}
		v.Services = e.serviceResults(m, c, href)
		v.Tally = e.tally(c.Findings)
		for _, o := range t.cycles {
			v.Others = append(v.Others, Link{Text: own(year(o.Year)), Href: e.to(href, yearPath(m, o.Year)), Current: o == c})
		}
		return v
	})
}

// stepLines says in a line or two what a step holds.
func (e *edition) stepLines(c *jme.Cycle, step string) []string {
	var lines []string
	count := func(key string, n int) {
		if n > 0 {
			lines = append(lines, e.N("site.count."+key, n))
		}
	}
	switch step {
	case "why":
		count("entries", len(c.Entries))
		count("hearings", len(c.Hearings))
	case "contest":
		for _, x := range c.Contests {
			count("applications", len(x.Applications))
		}
		for _, d := range c.Deals {
			if o := d.Organisation.Get(); o != nil {
				lines = append(lines, o.Name.In(e.lang))
			}
		}
	case "group":
		for _, p := range c.Panels {
			count("members", len(p.Members))
		}
	case "findings":
		count("assessments", len(c.Assessments))
		if len(c.Findings) > 0 {
			lines = append(lines, e.tally(c.Findings).Sentence)
		}
	case "letter":
		count("letters", len(c.Letters))
		count("discussions", len(c.Discussions))
	case "answers":
		count("recommendations", len(c.Recommendations))
		n := 0
		for _, r := range c.Recommendations {
			if r.Answer() == jme.AnswerNone {
				n++
			}
		}
		count("unanswered", n)
	}
	return lines
}

// stepBase is what the pages of a step share.
func (e *edition) stepBase(t *town, c *jme.Cycle, step string, href func(string) string) Base {
	name := e.T("site.step." + step)
	b := e.base(href, stepPath(t.Municipality, c.Year, step), name+", "+year(c.Year)+" — "+t.Settings.Name.In(e.lang), e.F("site.lead."+step, locale.Args{"Year": year(c.Year)}), t)
	b.crumb(own(year(c.Year)), e.to(href, yearPath(t.Municipality, c.Year)))
	return b
}

// StepBase is the head of a step's page: its place in the year.
type StepBase struct {
	Heading string
	Lead    string
	Year    string
	Steps   []StepView
}

func (e *edition) stepHead(t *town, c *jme.Cycle, step string, href func(string) string) StepBase {
	return StepBase{
		Heading: e.T("site.step." + step), Lead: e.F("site.lead."+step, locale.Args{"Year": year(c.Year)}),
		Year: year(c.Year), Steps: e.steps(t.Municipality, c, href, step),
	}
}

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
	Rank       string
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
	Kind        Said
	Date        string
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
		for i, d := range c.Demand {
			line := DemandLine{
				Rank: e.Int(i + 1), Service: e.recordLink(m, "services", d.Service.ID, href),
				Appeals: e.Int(d.Appeals), Asked: e.Int(len(d.Suggestions)), Supporters: e.Int(d.Supporters),
				Width: share(d.Appeals, most),
			}
			if d.Entry != nil {
				line.Chosen, line.Reason = true, e.saidIf(d.Entry.Reason)
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
		Event: e.recordLink(m, "events", event.ID, href), Date: e.day(event.Date),
		Kind:  e.said(jme.Schema("events").Column("kind").Label(event.Kind)),
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
			line.Suggestions = append(line.Suggestions, SuggestionLine{
				Text: e.said(s.Text), Service: e.serviceName(s.Service.Get()), Supporters: e.Number(s.Supporters.String()),
			})
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

// ContestView is the contest of the year and the contract that came of it.
type ContestView struct {
	Base
	StepBase
	Contests []ContestCard
	Deals    []DealCard
	Panels   []PanelCard
}

// ContestCard is one contest.
type ContestCard struct {
	Title        Link
	Status       Sentence
	Facts        []Fact
	Criteria     []CriterionLine
	Applications []ApplicationCard
}

// Fact is a name with what is recorded under it.
type Fact struct {
	Name  string
	Value Value
}

// CriterionLine is a criterion.
type CriterionLine struct {
	Name        Said
	Weight, Max string
}

// ApplicationCard is an application with its score sheet.
type ApplicationCard struct {
	Number   string
	Who      Link
	Status   Value
	Received string
	Reason   Phrase
	Members  []string // column heads of the sheet
	Sheet    []SheetRow
	Recused  []RecusalLine
}

// SheetRow is one criterion's row of a score sheet; an empty cell is no score.
type SheetRow struct {
	Criterion Said
	Points    []string
	Mean      string
}

// RecusalLine says who stood aside and why.
type RecusalLine struct {
	Name   string
	Reason Phrase
}

// DealCard is a contract.
type DealCard struct {
	Title Link
	Who   Link
	Facts []Fact
	Paid  string
}

// PanelCard is a commission or group with its members.
type PanelCard struct {
	Title   Link
	Facts   []Fact
	Members []MemberLine
	Sides   string // "3 deputies, 3 …"
}

// MemberLine is a member.
type MemberLine struct {
	Name         string
	Side         Said
	Organisation Phrase
	Term         string
	Chair        string // that they preside, or empty
}

func (e *edition) contest(t *town, c *jme.Cycle) Page {
	m := t.Municipality
	path := stepPath(m, c.Year, "contest")
	return page(e, path, e.templates.contest, func(href func(string) string) ContestView {
		v := ContestView{Base: e.stepBase(t, c, "contest", href), StepBase: e.stepHead(t, c, "contest", href)}
		for _, x := range c.Contests {
			v.Contests = append(v.Contests, e.contestCard(m, x, href))
		}
		for _, d := range c.Deals {
			v.Deals = append(v.Deals, e.deal(m, d, href))
		}
		for _, p := range c.Panels {
			v.Panels = append(v.Panels, e.panel(m, p, href))
		}
		return v
	})
}

// facts takes the named columns of a record that are filled.
func (e *edition) facts(m *jme.Municipality, register, key string, href func(string) string, columns ...string) []Fact {
	r, ok := m.Record(register, key)
	if !ok {
		return nil
	}
	var facts []Fact
	for _, name := range columns {
		c := r.Table.Schema.Column(name)
		if v := e.value(m, r, c, href); !v.Empty {
			facts = append(facts, Fact{c.Title.In(e.lang), v})
		}
	}
	return facts
}

func (e *edition) contestCard(m *jme.Municipality, x *jme.Contest, href func(string) string) ContestCard {
	card := ContestCard{
		Title: e.recordLink(m, "contests", x.ID, href), Status: e.contestStatus(x),
		Facts: e.facts(m, "contests", x.ID, href, "announced", "closes", "opened", "decided", "funding", "donor", "ceiling", "terms_of_reference", "qualification", "application_form"),
	}
	for _, criterion := range x.Criteria {
		card.Criteria = append(card.Criteria, CriterionLine{e.said(criterion.Name), e.Number(criterion.Weight.String()), e.Number(criterion.MaxPoints.String())})
	}
	applications := slices.Clone(x.Applications)
	slices.SortStableFunc(applications, func(a, b *jme.Application) int { return a.Number - b.Number })
	for _, a := range applications {
		card.Applications = append(card.Applications, e.application(m, a, href))
	}
	return card
}

func (e *edition) application(m *jme.Municipality, a *jme.Application, href func(string) string) ApplicationCard {
	card := ApplicationCard{
		Number: e.Int(a.Number), Who: e.recordLink(m, "applications", a.ID, href), Reason: e.saidIf(a.Reason),
	}
	if !a.Received.IsZero() {
		card.Received = e.DateTime(a.Received.Time)
	}
	for _, f := range e.facts(m, "applications", a.ID, href, "status") {
		card.Status = f.Value
	}
	for _, r := range a.Recusals {
		if member := r.Member.Get(); member != nil {
			card.Recused = append(card.Recused, RecusalLine{member.Name, e.saidIf(r.Reason)})
		}
	}
	var members []*jme.Member
	for _, s := range a.Scores {
		if member := s.Member.Get(); member != nil && !slices.Contains(members, member) {
			members = append(members, member)
		}
	}
	contest := a.Contest.Get()
	if len(members) == 0 || contest == nil {
		return card
	}
	for _, member := range members {
		card.Members = append(card.Members, member.Name)
	}
	for _, criterion := range contest.Criteria {
		row := SheetRow{Criterion: e.said(criterion.Name), Points: make([]string, len(members))}
		sum, n := decimal.Zero, int64(0)
		for _, s := range a.Scores {
			if i := slices.Index(members, s.Member.Get()); i >= 0 && s.Criterion.Is(criterion) {
				row.Points[i] = e.Number(s.Points.String())
				sum, n = sum.Add(s.Points.Decimal), n+1
			}
		}
		if n > 0 {
			row.Mean = e.Number(sum.DivRound(decimal.NewFromInt(n), 2).String())
		}
		card.Sheet = append(card.Sheet, row)
	}
	return card
}

func (e *edition) deal(m *jme.Municipality, d *jme.Contract, href func(string) string) DealCard {
	card := DealCard{
		Title: e.recordLink(m, "contracts", d.ID, href),
		Who:   e.recordLink(m, "organisations", d.Organisation.ID, href),
		Facts: e.facts(m, "contracts", d.ID, href, "route", "number", "signed", "starts", "ends", "amount", "funding", "donor", "document"),
	}
	paid := decimal.Zero
	for _, p := range d.Payments {
		paid = paid.Add(p.Amount.Decimal)
	}
	if len(d.Payments) > 0 {
		card.Paid = e.Money(paid.String(), d.Currency)
	}
	return card
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
			Name: member.Name, Side: e.said(side.Label(member.Side)), Organisation: e.saidIf(member.Organisation),
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

// FindingsView is what was checked and found.
type FindingsView struct {
	Base
	StepBase
	Tally       *Tally
	Assessments []AssessmentCard
}

// AssessmentCard is one assessment with its findings.
type AssessmentCard struct {
	ID           string // the anchor
	Title        Link
	Kind         string // "evaluation, regular"
	Provider     Phrase
	Fieldwork    string
	Visits       string
	Status       Sentence
	Tally        *Tally
	Findings     []FindingCard
	Measurements []MeasurementLine
	Compared     bool // some measurement can be compared with an earlier one
	Reports      []Value
}

// FindingCard is a finding with the provider's answer beside it.
type FindingCard struct {
	Link        Link
	Mark, Label string
	Requirement Phrase
	Source      string
	Text        Phrase
	Evidence    string
	Replies     []ReplyLine
}

// ReplyLine is a provider's reply.
type ReplyLine struct {
	Who  Phrase
	Date string
	Text Said
}

// MeasurementLine is an indicator's value, and the one before of the same provider.
type MeasurementLine struct {
	Indicator Link
	Where     Phrase
	Target    string
	Value     string
	Before    string
	Change    string
	Good      string // mark: better, worse, or ""
}

func (e *edition) findings(t *town, c *jme.Cycle) Page {
	m := t.Municipality
	path := stepPath(m, c.Year, "findings")
	return page(e, path, e.templates.findings, func(href func(string) string) FindingsView {
		v := FindingsView{Base: e.stepBase(t, c, "findings", href), StepBase: e.stepHead(t, c, "findings", href)}
		v.Tally = e.tally(c.Findings)
		for _, a := range c.Assessments {
			v.Assessments = append(v.Assessments, e.assessment(m, a, href))
		}
		return v
	})
}

func (e *edition) assessment(m *jme.Municipality, a *jme.Assessment, href func(string) string) AssessmentCard {
	schema := jme.Schema("assessments")
	card := AssessmentCard{
		ID: a.ID, Title: e.recordLink(m, "assessments", a.ID, href),
		Kind:      schema.Column("mode").Label(a.Mode).In(e.lang) + " · " + schema.Column("regularity").Label(a.Regularity).In(e.lang),
		Fieldwork: e.term(a.FieldworkFrom, a.FieldworkTo), Status: e.assessmentStatus(a),
	}
	if s := a.Service.Get(); s != nil {
		card.Title.Text = Phrase{e.said(s.Name)}
		if p := a.Provider.Get(); p != nil {
			card.Provider = Phrase{e.said(p.Name)}
		}
	} else if p := a.Provider.Get(); p != nil {
		card.Title.Text = Phrase{e.said(p.Name)}
	}
	if len(a.Visits) > 0 {
		card.Visits = e.N("site.count.visits", len(a.Visits))
	}
	card.Tally = e.tally(a.Findings)
	for _, f := range a.Findings {
		card.Findings = append(card.Findings, e.finding(m, f, href))
	}
	for _, x := range a.Measurements {
		line := e.measurement(m, a, x, href)
		card.Compared = card.Compared || line.Before != ""
		card.Measurements = append(card.Measurements, line)
	}
	if len(card.Measurements) > mostMeasurements {
		card.Measurements = card.Measurements[:mostMeasurements]
	}
	for _, r := range a.Reports {
		if v := e.fileLink(m, r.Document, href); !v.Empty {
			card.Reports = append(card.Reports, v)
		}
	}
	return card
}

// mostMeasurements of one assessment are listed on the year's page, to keep it readable
// on a phone; all are one click away, at the assessment's own record.
const mostMeasurements = 12

func (e *edition) finding(m *jme.Municipality, f *jme.Finding, href func(string) string) FindingCard {
	card := FindingCard{
		Link: e.recordLink(m, "findings", f.ID, href),
		Mark: mark("findings", "verdict", f.Verdict), Label: jme.Schema("findings").Column("verdict").Label(f.Verdict).In(e.lang),
		Text: e.saidIf(f.Text),
	}
	if r := f.Requirement.Get(); r != nil {
		card.Requirement = Phrase{e.said(r.Text)}
		card.Source = strings.TrimSpace(r.Source.In(e.lang) + " " + e.clause(r.Clause))
	}
	if r, ok := m.Record("findings", f.ID); ok {
		if n := len(m.AttachmentsOf(r)); n > 0 {
			card.Evidence = e.N("site.count.evidence", n)
		}
	}
	for _, r := range f.Replies {
		line := ReplyLine{Date: e.day(r.Date), Text: e.said(r.Text)}
		if p := r.Provider.Get(); p != nil {
			line.Who = Phrase{e.said(p.Name)}
		}
		card.Replies = append(card.Replies, line)
	}
	return card
}

func (e *edition) clause(number string) string {
	if number == "" {
		return ""
	}
	return e.F("site.clause.short", locale.Args{"number": number})
}

// measurement compares with the last earlier value of the same indicator, provider and
// territory. Where the indicator is another there is nothing to compare, and nothing is.
func (e *edition) measurement(m *jme.Municipality, a *jme.Assessment, x *jme.Measurement, href func(string) string) MeasurementLine {
	line := MeasurementLine{Indicator: e.recordLink(m, "indicators", x.Indicator.ID, href)}
	i := x.Indicator.Get()
	if i == nil {
		return line
	}
	show := func(n jme.Number) string { return unit(e.Number(n.String()), i.Unit) }
	line.Value, line.Target = show(x.Value), show(i.Target)
	if t := x.Territory.Get(); t != nil {
		line.Where = Phrase{e.said(t.Name)}
	}
	var before *jme.Measurement
	for _, y := range m.Measurements {
		earlier := y.Assessment.Get()
		if earlier != nil && earlier != a && y.Indicator.Is(i) && y.Date.Before(x.Date.Time) && earlier.Provider.ID == a.Provider.ID &&
			y.Territory.ID == x.Territory.ID && (before == nil || before.Date.Before(y.Date.Time)) {
			before = y
		}
	}
	if before == nil || !before.Value.Valid || !x.Value.Valid {
		return line
	}
	line.Before = show(before.Value)
	change := x.Value.Decimal.Sub(before.Value.Decimal)
	line.Change = e.Number(change.String())
	if change.IsPositive() {
		line.Change = "+" + line.Change
	}
	switch better := i.Better; {
	case change.IsZero() || better == "equal":
	case change.IsPositive() == (better == "higher"):
		line.Good = "better"
	default:
		line.Good = "worse"
	}
	return line
}

// LetterView is what residents were told, where and when.
type LetterView struct {
	Base
	StepBase
	Letters     []LetterCard
	Discussions []HearingLine
}

// LetterCard is an analytic letter with where it went.
type LetterCard struct {
	Link         Link
	Title        Said
	Date         string
	Text         *Text
	Publications []Fact
	Sent         []Fact
}

// Text is a document with its language, where that is not the page's.
type Text struct {
	Lang string
	document.Document
}

// letterText is the text of an analytic letter, or nil.
func (e *edition) letterText(m *jme.Municipality, id string) *Text {
	a := m.Letter(id)
	if a == nil {
		return nil
	}
	return e.text(a)
}

func (e *edition) text(a *jme.Article) *Text {
	doc, lang := a.Body(e.lang)
	if doc == nil {
		return nil
	}
	t := &Text{Document: *doc}
	if lang != e.lang {
		t.Lang = lang.String()
	}
	return t
}

func (e *edition) letter(t *town, c *jme.Cycle) Page {
	m := t.Municipality
	path := stepPath(m, c.Year, "letter")
	return page(e, path, e.templates.letter, func(href func(string) string) LetterView {
		v := LetterView{Base: e.stepBase(t, c, "letter", href), StepBase: e.stepHead(t, c, "letter", href)}
		for _, l := range c.Letters {
			card := LetterCard{Link: e.recordLink(m, jme.AnalyticLetters, l.ID, href), Title: e.said(l.Title), Date: e.day(l.Date)}
			card.Text = e.letterText(m, l.ID)
			channel := jme.Schema("publications").Column("channel")
			for _, p := range m.Publications {
				if p.SubjectRegister != jme.AnalyticLetters || p.Subject != l.ID {
					continue
				}
				value := Value{Text: own(e.day(p.Published))}
				if !p.Place.IsZero() {
					value.Text = append(value.Text, e.said(p.Place))
				}
				if p.URL != "" {
					value.Href, value.Away = p.URL, true
				}
				card.Publications = append(card.Publications, Fact{channel.Label(p.Channel).In(e.lang), value})
			}
			for _, d := range m.Distributions {
				if d.Letter.Is(l) {
					value := Value{Text: own(e.day(d.Sent))}
					if d.Copies.Valid {
						value.Text = append(value.Text, Said{Text: e.N("site.count.copies", int(d.Copies.Decimal.IntPart()))})
					}
					card.Sent = append(card.Sent, Fact{d.Recipient.In(e.lang), value})
				}
			}
			v.Letters = append(v.Letters, card)
		}
		for _, event := range c.Discussions {
			v.Discussions = append(v.Discussions, e.hearing(m, event, href))
		}
		return v
	})
}

// AnswersView is what came of each recommendation.
type AnswersView struct {
	Base
	StepBase
	Counts []AnswerCount
	Groups []AnswerGroup
}

// AnswerCount says how many recommendations stand one way.
type AnswerCount struct{ Mark, Label, Count string }

// AnswerGroup is the recommendations that stand one way; silence comes first.
type AnswerGroup struct {
	Mark, Label string
	Items       []RecommendationCard
}

// RecommendationCard is a recommendation with what was done about it.
type RecommendationCard struct {
	Link     Link
	Who      string
	Due      string
	Late     string
	Finding  Link
	Measures []MeasureCard
}

// MeasureCard is a measure: what they say, and what was checked.
type MeasureCard struct {
	Link     Link
	Status   Value
	Date     string
	Outcome  Phrase
	Verified []VerifiedLine
}

// VerifiedLine is one check of a measure.
type VerifiedLine struct {
	Mark, Label, By, Date string
	Note                  Phrase
}

func (e *edition) answers(t *town, c *jme.Cycle) Page {
	m := t.Municipality
	path := stepPath(m, c.Year, "answers")
	return page(e, path, e.templates.answers, func(href func(string) string) AnswersView {
		v := AnswersView{Base: e.stepBase(t, c, "answers", href), StepBase: e.stepHead(t, c, "answers", href)}
		for _, answer := range []jme.Answer{jme.AnswerNone, jme.AnswerDeclined, jme.AnswerNow, jme.AnswerSaid, jme.AnswerChecked} {
			group := AnswerGroup{Mark: string(answer), Label: e.T("site.mark." + string(answer))}
			for _, r := range c.Recommendations {
				if r.Answer() == answer {
					group.Items = append(group.Items, e.recommendation(t, r, href))
				}
			}
			if n := len(group.Items); n > 0 {
				v.Counts = append(v.Counts, AnswerCount{group.Mark, group.Label, e.Int(n)})
				v.Groups = append(v.Groups, group)
			}
		}
		return v
	})
}

func (e *edition) recommendation(t *town, r *jme.Recommendation, href func(string) string) RecommendationCard {
	m := t.Municipality
	card := RecommendationCard{
		Link:    e.recordLink(m, "recommendations", r.ID, href),
		Who:     e.who(t, jme.Duty{Actor: r.Addressee, Provider: r.Provider.Get()}),
		Finding: e.recordLink(m, "findings", r.Finding.ID, href),
	}
	card.Link.Text = Phrase{e.said(r.Text)}
	if !r.Due.IsZero() {
		card.Due = e.Until(r.Due.Time)
		if n := days(r.Due.Day(), e.today()); n > 0 && r.Answer() == jme.AnswerNone {
			card.Late = e.N("site.days.late", n)
		}
	}
	for _, x := range r.Measures {
		line := MeasureCard{Link: e.recordLink(m, "measures", x.ID, href), Outcome: e.saidIf(x.Outcome), Date: e.day(x.Proposed)}
		if !x.Done.IsZero() {
			line.Date = e.day(x.Done)
		}
		for _, f := range e.facts(m, "measures", x.ID, href, "status") {
			line.Status = f.Value
		}
		schema := jme.Schema("verifications")
		for _, y := range x.Verifications {
			line.Verified = append(line.Verified, VerifiedLine{
				Mark: mark("verifications", "result", y.Result), Label: schema.Column("result").Label(y.Result).In(e.lang),
				By: schema.Column("by").Label(y.By).In(e.lang), Date: e.day(y.Date), Note: e.saidIf(y.Note),
			})
		}
		card.Measures = append(card.Measures, line)
	}
	return card
}
