package sheet

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// digits writes a number of a spreadsheet, which is a binary fraction, with the 15 digits that
// programs show: 0.1 and not 0.1000000000000000055. It is empty for what is no number, and for a number
// of more digits, which has lost the last of them.
func digits(text string) string {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
		return ""
	}
	if math.Abs(n) >= 1e15 { // the digits that programs keep are not all that was typed
		return ""
	}
	if rounded, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 15, 64), 64); err == nil {
		n = rounded
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// plainFormat matches formats that say of every number which digits are shown: 0.00, 00000, #,##0.0.
var plainFormat = regexp.MustCompile(`^(?:#,##)?(0+)(?:\.(0+))?$`)

// padded writes a number with at least so many digits before its point and just so many behind it. It is
// empty if the number has more: then what is shown is rounded.
func padded(number string, whole, decimals int) string {
	number, negative := strings.CutPrefix(number, "-")
	before, after, _ := strings.Cut(number, ".")
	if len(after) > decimals {
		return ""
	}
	text := strings.Repeat("0", max(0, whole-len(before))) + before
	if decimals > 0 {
		text += "." + after + strings.Repeat("0", decimals-len(after))
	}
	if negative {
		text = "-" + text
	}
	return text
}

// powered writes a number of more digits than programs keep as they show it, 1.23456789012346e+15, and
// any other text as it is.
func powered(text string) string {
	if n, err := strconv.ParseFloat(text, 64); err == nil && math.Abs(n) >= 1e15 {
		return strconv.FormatFloat(n, 'e', 14, 64)
	}
	return text
}

// number makes a cell of a number.
func (f format) number(n string) Cell {
	c := Cell{Kind: Number, Text: n}
	if f.whole > 0 {
		c.Shown = padded(n, f.whole, f.decimals)
	}
	return c
}

// Moment writes the number of a day in a spreadsheet, as 46082, as a day or a time.
func Moment(number string) (string, bool) { return moment(number, false) }

// moment writes the number of a day in a spreadsheet as a day or, if it has a fraction, as a time.
// It fails for days before March 1900, about which spreadsheets disagree.
func moment(number string, from1904 bool) (string, bool) {
	n, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return "", false
	}
	start := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if from1904 {
		start = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	if n < 61 || n > 2958465 { // to the end of the year 9999
		return "", false
	}
	whole, part := math.Modf(n)
	t := start.AddDate(0, 0, int(whole)).Add(time.Duration(math.Round(part*86400)) * time.Second)
	if t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 {
		return t.Format(time.DateOnly), true
	}
	return t.Format("2006-01-02T15:04:05"), true
}
