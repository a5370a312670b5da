package regulation

import (
	"strconv"
	"strings"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

// Basis is where the last day of a duty comes from. Its words are the message
// "regulation.counted.<basis>".
type Basis string

// ByTerm is the source of a last day that ends a term. Rules have others.
const ByTerm Basis = "term"

// Noun is a thing that is counted in a sentence. Its words are the message
// "regulation.count.<noun>".
type Noun string

// The nouns of terms. Rules have others.
const (
	ADay         Noun = "days"
	ACalendarDay Noun = "calendar_days"
	AWorkingDay  Noun = "working_days"
)

// Count is a counted thing as an argument of a sentence: "3 deputies".
func (n Noun) Count(i int) Number { return Number{n, i} }

// Number is a counted thing.
type Number struct {
	of Noun
	n  int
}

// In says the number with the form of the noun that the language asks for.
func (x Number) In(l locale.Lang) string {
	return locale.For(l).N("regulation.count."+string(x.of), x.n)
}

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

// Label is a word of an enum column in running text.
func Label(register, column, code string) InText {
	return InText(jme.Schema(register).Column(column).Label(code))
}

// Labels are several of them.
func Labels(register, column string, codes []string) locale.List {
	var list locale.List
	for _, code := range codes {
		list = append(list, Label(register, column, code))
	}
	return list
}

// InText is a label inside a sentence: its first letter is made small, unless the second is a
// capital too, as in an abbreviation.
type InText locale.Text

// Parts is the label in the language it is in.
func (t InText) Parts(l locale.Lang) locale.Parts {
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
