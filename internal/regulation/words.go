package regulation

import (
	"math/big"
	"strconv"
	"strings"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

// basis is where the last day of a duty comes from. Its words are the message
// "regulation.counted.<basis>".
type basis string

const (
	byTerm          basis = "term"             // a term was counted
	withYear        basis = "year"             // the end of the year under review
	withoutTerm     basis = "no-term"          // the end of the year, by assumption, because there is no term
	beforeOpening   basis = "opening"          // applications are opened
	byClosing       basis = "closing"          // applications close
	beforeFieldwork basis = "before-fieldwork" // the day before fieldwork starts
	withReport      basis = "report"           // the report is delivered
)

// noun is a thing that is counted in a sentence. Its words are the message
// "regulation.count.<noun>".
type noun string

const (
	aDay             noun = "days"
	aWorkingDay      noun = "working_days"
	aService         noun = "services"
	anAppeal         noun = "appeals"
	aSuggestion      noun = "suggestions"
	aMember          noun = "members"
	aDeputy          noun = "deputy"
	aNonGovernment   noun = "non-government"
	aCitizen         noun = "citizen"
	anAssociation    noun = "association"
	aLocalGovernment noun = "local-government"
	aCriterion       noun = "criteria"
	anApplication    noun = "applications"
	aScore           noun = "scores"
	aRequirement     noun = "requirements"
	anAttachment     noun = "attachments"
	anEvent          noun = "events"
)

// number is a counted thing as an argument of a sentence: "3 deputies".
type number struct {
	of noun
	n  int
}

func (x number) In(l locale.Lang) string {
	return locale.For(l).N("regulation.count."+string(x.of), x.n)
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
