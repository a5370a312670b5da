package locale

import "strconv"

// ending is what Kyrgyz writes after a number, by the last word of the number as it is read.
type ending struct{ ablative, possessive string }

// endings are those of one to nine, of ten to ninety, and of what ends in noughts.
var endings = struct {
	ones, tens     [10]ending
	hundred, large ending // of millions, and of numbers that end in more noughts, the ending follows "миллион", "миллиард"
	thousand, zero ending
}{
	ones: [10]ending{1: {"ден", "и"}, {"ден", "си"}, {"төн", "ү"}, {"төн", "ү"}, {"тен", "и"}, {"дан", "сы"}, {"ден", "си"}, {"ден", "и"}, {"дан", "у"}},
	tens: [10]ending{1: {"дон", "у"}, {"дан", "сы"}, {"дан", "у"}, {"тан", "ы"}, {"дөн", "сү"}, {"тан", "ы"}, {"тен", "и"}, {"ден", "и"}, {"дон", "у"}},
	zero: ending{"дөн", "ү"}, hundred: ending{"дөн", "ү"}, thousand: ending{"ден", "и"}, large: ending{"дон", "у"},
}

// endingOf is the ending of a whole number that is not negative.
func endingOf(n int) ending {
	switch {
	case n == 0:
		return endings.zero
	case n%10 > 0:
		return endings.ones[n%10]
	case n%100 > 0:
		return endings.tens[n%100/10]
	case n%1000 > 0:
		return endings.hundred
	case n%1_000_000 > 0:
		return endings.thousand
	}
	return endings.large
}

// Ablative is a number in the form that says out of how many: in Kyrgyz "13төн". Other languages write the number as it is.
func (p *Printer) Ablative(n int) string {
	if p.lang != Ky {
		return p.Int(n)
	}
	return p.Int(n) + endingOf(n).ablative
}

// Possessive is a number in the form that says how many of those named before: in Kyrgyz "4ү", "42си". Other languages write the
// number as it is.
func (p *Printer) Possessive(n int) string {
	if p.lang != Ky {
		return p.Int(n)
	}
	return p.Int(n) + endingOf(n).possessive
}

// whole is a whole number as the argument of a message: {{.Count}} is the number, {{.Count.Ablative}} and
// {{.Count.Possessive}} the number with the ending of Kyrgyz.
type whole struct {
	p *Printer
	n int
}

func (w whole) String() string     { return w.p.Int(w.n) }
func (w whole) Ablative() string   { return w.p.Ablative(w.n) }
func (w whole) Possessive() string { return w.p.Possessive(w.n) }

// Fraction is how many of how many, or a span of that: "13төн 8", "8 из 13", "8 of 13". least and most are the same for one number.
func (p *Printer) Fraction(least, most, whole int) string {
	part := p.Int(least)
	if most != least {
		part = strconv.Itoa(least) + "–" + strconv.Itoa(most)
	}
	return p.F("site.fraction", Args{"part": part, "whole": p.Ablative(whole)})
}
