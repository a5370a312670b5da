package regulation

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

// Arguments of sentences that are said in the sentence's language.

// number is a counted thing: "3 deputies". Its forms are "regulation.count.<what>".
type number struct {
	what string
	n    int
}

func (x number) In(l locale.Lang) string { return locale.For(l).N("regulation.count."+x.what, x.n) }

// list is things one after another.
type list []interface{ In(locale.Lang) string }

func (x list) In(l locale.Lang) string {
	said := make([]string, len(x))
	for i, item := range x {
		said[i] = item.In(l)
	}
	return strings.Join(said, ", ")
}

// days are written short; those that follow one another as a span.
type days []time.Time

func (x days) In(l locale.Lang) string {
	p := locale.For(l)
	var said []string
	for i := 0; i < len(x); {
		last := i
		for last+1 < len(x) && x[last+1].Equal(next(x[last])) {
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

// labels are words of an enum as the schema calls them, in running text.
func labels(register, column string, codes []string) list {
	var x list
	for _, code := range codes {
		x = append(x, inText(jme.Schema(register).Column(column).Label(code)))
	}
	return x
}

// inText is a label inside a sentence: without the capital it begins with, unless it is
// an abbreviation.
type inText locale.Text

func (t inText) In(l locale.Lang) string {
	r := []rune(locale.Text(t).In(l))
	if len(r) > 1 && strings.ToUpper(string(r[1])) != string(r[1]) {
		r[0] = []rune(strings.ToLower(string(r[0])))[0]
	}
	return string(r)
}

func yearText(year int) string { return strconv.Itoa(year) }

// Part is a piece of a sentence and the language it is in.
type Part struct {
	Text string
	Lang locale.Lang
}

// quote is a text inside a sentence. Where it is said in another language than the
// sentence, it is put between two characters of the private use area, by which split
// finds it again: the first is leave plus the language.
type quote locale.Text

const leave, back = '\uE000', '\uE00F'

func (q quote) In(l locale.Lang) string {
	s, actual := locale.Text(q).Resolve(l)
	return aside(s, actual, l)
}

// quotes are texts in quotation marks, one after another.
type quotes []locale.Text

func (q quotes) In(l locale.Lang) string {
	marks := [...]string{locale.Ky: "«»", locale.Ru: "«»", locale.En: "“”"}
	open, size := utf8.DecodeRuneInString(marks[l])
	said := make([]string, len(q))
	for i, t := range q {
		said[i] = string(open) + quote(t).In(l) + marks[l][size:]
	}
	return strings.Join(said, ", ")
}

// recorded is a text kept in one language only: a number of a contract, a donor.
type recorded string

func (r recorded) In(l locale.Lang) string { return aside(string(r), locale.Guess(string(r), l), l) }

func aside(s string, actual, l locale.Lang) string {
	if actual == l || s == "" {
		return s
	}
	return string(leave+rune(actual)) + s + string(back)
}

// quoted makes the texts among the arguments of a sentence quotes.
func quoted(args locale.Args) locale.Args {
	out := make(locale.Args, len(args))
	for name, arg := range args {
		switch arg := arg.(type) {
		case locale.Text:
			out[name] = quote(arg)
		case list:
			items := make(list, len(arg))
			for i, item := range arg {
				if t, ok := item.(locale.Text); ok {
					item = quote(t)
				}
				items[i] = item
			}
			out[name] = items
		case string:
			out[name] = recorded(arg)
		default:
			out[name] = arg
		}
	}
	return out
}

func split(s string, l locale.Lang) []Part {
	var parts []Part
	add := func(text string, l locale.Lang) {
		if text != "" {
			parts = append(parts, Part{text, l})
		}
	}
	for {
		i := strings.IndexFunc(s, func(r rune) bool { return r >= leave && r < back })
		if i < 0 {
			add(s, l)
			return parts
		}
		add(s[:i], l)
		r, size := utf8.DecodeRuneInString(s[i:])
		text, rest, _ := strings.Cut(s[i+size:], string(back))
		add(text, locale.Lang(r-leave))
		s = rest
	}
}
