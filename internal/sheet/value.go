package sheet

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// format says how cells of a style show numbers.
type format struct {
	kind            Kind // Time, Clock, Percent or Number
	whole, decimals int  // how many digits a Number is shown with; whole is 0 where the number itself decides
	clock           clockFace
}

// clockFace says how a format shows the part of a day that a number has.
type clockFace struct{ padded, seconds, elapsed bool } // 09:30, 9:30:00, 36:00 for a day and a half

// time makes a cell of the number of a cell that shows days or times. Without one there is nothing but the number.
func (f format) time(number string, from1904 bool) (Cell, bool) {
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || f.kind != Time && f.kind != Clock || math.Abs(n) > lastDay {
		return Cell{}, false
	}
	if !f.clock.elapsed {
		if day, ok := moment(number, from1904); ok {
			return Cell{Kind: Time, Text: day}, true
		}
	}
	if f.kind == Time && (n <= 0 || n >= 1) { // 5 with the format of a day
		return Cell{}, false
	}
	seconds := math.Round(n * 86400)
	if !f.clock.elapsed {
		seconds = math.Mod(seconds, 86400)
	}
	return Cell{Kind: Clock, Text: f.clock.write(seconds)}, true
}

// write writes a number of seconds. The hours are always there, lest 1:30 be minutes.
func (f clockFace) write(seconds float64) string {
	sign := ""
	if seconds < 0 {
		sign, seconds = "-", -seconds
	}
	s := int64(seconds)
	text := fmt.Sprintf("%s%d:%02d", sign, s/3600, s/60%60)
	if f.padded {
		text = fmt.Sprintf("%s%02d:%02d", sign, s/3600, s/60%60)
	}
	if s%60 != 0 || f.seconds {
		text += fmt.Sprintf(":%02d", s%60)
	}
	return text
}

// duration matches a time as OpenDocument writes it, by XML Schema: PT36H00M00S.
var duration = regexp.MustCompile(`^(-?)P(?:([0-9]{1,6})D)?(?:T(?:([0-9]{1,8})H)?(?:([0-9]{1,8})M)?(?:([0-9]{1,8}(?:\.[0-9]+)?)S)?)?$`)

// lasting reads a time without a day.
func lasting(text string) (Cell, bool) {
	m := duration.FindStringSubmatch(text)
	if m == nil || strings.HasSuffix(text, "P") || strings.HasSuffix(text, "T") {
		return Cell{}, false
	}
	total := 0.0
	for i, unit := range []float64{86400, 3600, 60, 1} {
		n, _ := strconv.ParseFloat(m[i+2], 64) // 0 where there is none
		total += n * unit
	}
	if m[1] != "" {
		total = -total
	}
	return Cell{Kind: Clock, Text: clockFace{padded: true}.write(math.Round(total))}, true
}

// cell makes a cell of a number as both formats write it, by XML Schema. It fails for anything else, also
// for what only Go reads as a number, such as 1_0 or 0x10, and for infinity.
//
// A number is a binary fraction and is written with the 15 digits that programs show: 0.1 and not
// 0.1000000000000000055. One of more digits before its point has lost the last of them; it is a text as
// programs show it, 1.23456789012346e+15, which no register takes.
func (f format) cell(text string) (Cell, bool) {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || strings.ContainsAny(text, "_xXnN") { // Inf and NaN have an n
		return Cell{}, false
	}
	if math.Abs(n) >= 1e15 {
		return Cell{Text: strconv.FormatFloat(n, 'e', 14, 64)}, true
	}
	if rounded, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 15, 64), 64); err == nil {
		n = rounded
	}
	if n == 0 {
		n = 0 // and not -0
	}
	c := Cell{Kind: Number, Text: strconv.FormatFloat(n, 'f', -1, 64)}
	if f.kind == Percent {
		c.Kind = Percent
	} else if f.whole > 0 {
		c.Shown = padded(c.Text, f.whole, f.decimals)
	}
	return c, true
}

// plainFormat matches formats that say of every number which digits are shown: 0.00, 00000, #,##0.0. A
// number has no more than 15 digits, and a format may be as long as the file.
var plainFormat = regexp.MustCompile(`^(?:#,##)?(0{1,15})(?:\.(0{1,15}))?$`)

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

// truth reads a boolean as both formats write it.
func truth(text string) (Cell, bool) {
	switch text {
	case "1", "true":
		return Cell{Kind: Truth, Text: "true"}, true
	case "0", "false":
		return Cell{Kind: Truth, Text: "false"}, true
	}
	return Cell{}, false
}

// day reads a day or a time as both formats write it. Zones are of no use: a spreadsheet has the time of
// the clock on its wall.
func day(text string) (Cell, bool) {
	text = strings.TrimSuffix(text, "Z")
	for _, layout := range []string{time.DateOnly, seconds, "2006-01-02T15:04"} { // fractions of a second are read as well
		if t, err := time.Parse(layout, text); err == nil {
			return Cell{Kind: Time, Text: clock(t)}, true
		}
	}
	return Cell{}, false
}

// lastDay is the end of the year 9999.
const lastDay = 2958465

const seconds = "2006-01-02T15:04:05"

// clock writes a time without a fraction of a second, and midnight as its day.
func clock(t time.Time) string {
	return strings.TrimSuffix(t.Format(seconds), "T00:00:00")
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
	if n < 61 || n > lastDay {
		return "", false
	}
	whole, part := math.Modf(n)
	t := start.AddDate(0, 0, int(whole)).Add(time.Duration(math.Round(part*86400)) * time.Second)
	return clock(t), true
}
