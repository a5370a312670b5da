package regulation

import (
	"strconv"
	"strings"

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
