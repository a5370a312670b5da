// Package reading reads numbers, days, times and truths as people and spreadsheet programs write them, and gives
// them the form that registers have. What can be read in two ways is refused by a code. What is none of them stays as it
// is.
package reading

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"achyk/internal/diag"
)

var (
	grouped   = regexp.MustCompile(`^([+-]?[0-9]{1,3})((?:[ \x{00a0}\x{202f}][0-9]{3})+)([.,][0-9]+)?$`)
	twoSigns  = regexp.MustCompile(`^[+-]?[0-9]{1,3}(?:(?:,[0-9]{3})+\.[0-9]+|(?:\.[0-9]{3})+,[0-9]+)$`)
	threeLast = regexp.MustCompile(`^[+-]?[1-9][0-9]{0,2}([,.])[0-9]{3}$`)
	manyThree = regexp.MustCompile(`^[+-]?[1-9][0-9]{0,2}(?:(?:,[0-9]{3}){2,}|(?:\.[0-9]{3}){2,})$`)
	fraction  = regexp.MustCompile(`^[+-]?[0-9]+,[0-9]+$`)
	wholeForm = regexp.MustCompile(`^([+-]?[0-9]+)[.,]0+$`)
)

// Number reads a number as people and programs write it. 1,234 and 1.234 may be a thousand or a little
// more than one. What the sign is may follow from the file: commas says that the comma is the decimal
// sign, typed that the text was typed into a cell of a workbook, where either may be. A number that must be
// whole is a thousand, unless its three last digits are zeros, which programs also show of a whole number.
func Number(text string, commas, typed, whole bool) (string, diag.Code) {
	text = strings.Replace(text, "\u2212", "-", 1) // the minus sign of typographers
	if p := grouped.FindStringSubmatch(text); p != nil {
		text = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "").Replace(text)
		if p[3] == "" {
			return text, ""
		}
		text = strings.Replace(text, ",", ".", 1)
	}
	if p := wholeForm.FindStringSubmatch(text); whole && p != nil && len(text)-len(p[1]) != len(",000") {
		return p[1], ""
	}
	switch p := threeLast.FindStringSubmatch(text); {
	case twoSigns.MatchString(text):
		last := strings.LastIndexAny(text, ",.")
		return strings.NewReplacer(",", "", ".", "").Replace(text[:last]) + "." + text[last+1:], ""
	case manyThree.MatchString(text):
		return strings.NewReplacer(",", "", ".", "").Replace(text), ""
	case p != nil && whole && !commas && !strings.HasSuffix(text, "000"):
		return strings.NewReplacer(",", "", ".", "").Replace(text), ""
	case p != nil && whole, p != nil && p[1] == "," && !commas, p != nil && p[1] == "." && (commas || typed):
		return text, diag.AmbiguousNumber
	case fraction.MatchString(text):
		return strings.Replace(text, ",", ".", 1), ""
	}
	return text, ""
}

// MaybeThousand tells whether a number may be a thousand or a little more than one: 1,234.
func MaybeThousand(text string) bool { return threeLast.MatchString(text) }

// Hundredfold moves the point of a number two places to the right.
func Hundredfold(text string) string {
	d, err := decimal.NewFromString(text)
	if err != nil {
		return text
	}
	return d.Shift(2).String()
}

// Exact reads a number as people write it. It refuses 1e900000000, which is a gigabyte of digits once it is added to
// another number.
func Exact(text string, commas bool) (decimal.Decimal, error) {
	made, _ := Number(strings.TrimSpace(text), commas, false, false)
	if strings.ContainsAny(made, "eE") {
		return decimal.Zero, strconv.ErrSyntax
	}
	return decimal.NewFromString(made)
}

// truths are the words that spreadsheet programs and people write for true and false.
var truths = map[string]string{
	"истина": "true", "чын": "true", "ооба": "true", "да": "true", "yes": "true", "true": "true",
	"ложь": "false", "жалган": "false", "жок": "false", "нет": "false", "no": "false", "false": "false",
}

// Truth reads a boolean.
func Truth(text string) string {
	if word, ok := truths[strings.ToLower(text)]; ok {
		return word
	}
	return text
}
