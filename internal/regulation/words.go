package regulation

import (
	"math/big"
	"strconv"
	"strings"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

// basis is where the last day of a duty comes from.
type basis uint8

const (
	noBasis         basis = iota
	byTerm                // a term was counted
	withYear              // the end of the year under review
	withoutTerm           // the end of the year, by assumption, because there is no term
	beforeOpening         // applications are opened
	byClosing             // applications close
	beforeFieldwork       // the day before fieldwork starts
	withReport            // the report is delivered
)

// bases are the messages below "regulation.counted".
var bases = [...]string{
	byTerm: "term", withYear: "year", withoutTerm: "no-term", beforeOpening: "opening",
	byClosing: "closing", beforeFieldwork: "before-fieldwork", withReport: "report",
}

func (b basis) say(p *locale.Printer, args locale.Args) string {
	return p.F("regulation.counted."+bases[b], args)
}

// noun is a thing that is counted in a sentence.
type noun uint8

const (
	aDay noun = iota
	aWorkingDay
	aService
	anAppeal
	aSuggestion
	aMember
	aDeputy
	aNonGovernment
	aCitizen
	anAssociation
	aLocalGovernment
	aCriterion
	anApplication
	aScore
	aRequirement
	anAttachment
	anEvent
)

// nouns are the messages below "regulation.count".
var nouns = [...]string{
	aDay: "days", aWorkingDay: "working_days", aService: "services", anAppeal: "appeals", aSuggestion: "suggestions",
	aMember: "members", aDeputy: "deputy", aNonGovernment: "non-government", aCitizen: "citizen", anAssociation: "association",
	aLocalGovernment: "local-government", aCriterion: "criteria", anApplication: "applications", aScore: "scores",
	aRequirement: "requirements", anAttachment: "attachments", anEvent: "events",
}

// number is a counted thing as an argument of a sentence: "3 deputies".
type number struct {
	of noun
	n  int
}

func (x number) In(l locale.Lang) string {
	return locale.For(l).N("regulation.count."+nouns[x.of], x.n)
}

// points is a total of scores as an argument of a sentence, shown with two digits after the point.
type points struct{ *big.Rat }

func (x points) In(l locale.Lang) string { return locale.For(l).Number(x.FloatString(2)) }

// dates are days as an argument of a sentence, in short; those that follow one another are
// written as a span.
type dates []time.Time

func (x dates) In(l locale.Lang) string {
	p := locale.For(l)
	var said []string
	for i := 0; i < len(x); {
		last := i
		for last+1 < len(x) && x[last+1].Equal(x[last].AddDate(0, 0, 1)) {
			last++
		}
		s := p.ShortDate(x[i])
		if last > i {
			s += "–" + p.ShortDate(x[last])
		}
		said = append(said, s)
		i = last + 1
	}
	return strings.Join(said, ", ")
}

// label is a word of an enum column in running text.
func label(register, column, code string) inText {
	return inText(jme.Schema(register).Column(column).Label(code))
}

// labels are several of them.
func labels(register, column string, codes []string) locale.List {
	var list locale.List
	for _, code := range codes {
		list = append(list, label(register, column, code))
	}
	return list
}

// inText is a label inside a sentence: its first letter is made small, unless the second is a
// capital too, as in an abbreviation.
type inText locale.Text

// Parts is the label in the language it is in.
func (t inText) Parts(l locale.Lang) locale.Parts {
	parts := locale.Text(t).Parts(l)
	for i := range parts { // one, or none
		r := []rune(parts[i].Text)
		if len(r) > 1 && strings.ToUpper(string(r[1])) != string(r[1]) {
			r[0] = []rune(strings.ToLower(string(r[0])))[0]
		}
		parts[i].Text = string(r)
	}
	return parts
}

// yearText writes a year, which is never grouped as a number is.
func yearText(year int) string { return strconv.Itoa(year) }
