package locale

import (
	"regexp"
	"strconv"
	"strings"
)

// nbsp, the no-break space, keeps a number on one line with its unit.
const nbsp = "\u00a0"

// minus is the sign of a negative number. The hyphen-minus of the registers looks like a dash.
const minus = "−"

// decimalText is a number as the registers write it: sign, integer part, fraction.
var decimalText = regexp.MustCompile(`^(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?$`)

// Number writes a decimal of the registers for a reader: "1234567.89" is "1 234 567,89" with
// no-break spaces in Kyrgyz and Russian, "1,234,567.89" in English. Every digit is kept.
// A negative number has the minus sign U+2212, as wide as a plus; zero has no sign.
// What is not such a number ("", "007", "1e3") comes back unchanged.
func (p *Printer) Number(s string) string {
	m := decimalText.FindStringSubmatch(s)
	if m == nil {
		return s
	}
	sign, whole, fraction := m[1], m[2], m[3]
	if strings.Trim(whole+fraction, "0") == "" {
		sign = ""
	}
	if fraction != "" {
		fraction = p.facts().Point + fraction
	}
	return p.grouped(sign, whole) + fraction
}

// Int writes a whole number, grouped. Years must not be written so.
func (p *Printer) Int(n int) string {
	if n < 0 {
		return p.grouped("-", strconv.Itoa(n)[1:])
	}
	return p.grouped("", strconv.Itoa(n))
}

// grouped writes digits in groups of three, with a minus if there is a sign.
func (p *Printer) grouped(sign, digits string) string {
	var b strings.Builder
	if sign != "" {
		b.WriteString(minus)
	}
	for i, digit := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(p.facts().Group)
		}
		b.WriteRune(digit)
	}
	return b.String()
}

// Money writes an amount in the form of the registers with its currency, an ISO 4217 code: KGS as
// a word ("1 500 сом", "1,500 som"), because few fonts have the sign of the som, and others by
// their code. An amount that is no number comes back unchanged, without a currency.
func (p *Printer) Money(amount, currency string) string {
	if !decimalText.MatchString(amount) {
		return amount
	}
	if currency == "KGS" {
		currency = p.facts().Som
	}
	return p.Number(amount) + nbsp + currency
}

// Percent writes part as a share of whole in whole percents: "42 %", in English "42%". A share
// that is neither nothing nor everything is shown as 1 to 99 percent, however small or large. A
// share of nothing is "–". Both counts must be at least 0, and part at most whole.
func (p *Printer) Percent(part, whole int) string {
	if whole == 0 {
		return "–"
	}
	percent := (200*part + whole) / (2 * whole) // half up
	if 0 < part && part < whole {
		percent = min(max(percent, 1), 99)
	}
	return strconv.Itoa(percent) + p.facts().Percent
}
