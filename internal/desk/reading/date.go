package reading

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
	"time"

	"achyk/internal/desk/spoilt"
	"achyk/internal/diag"
	"achyk/internal/sheet"
	"achyk/internal/table"
)

var (
	dayFirst  = regexp.MustCompile(`^([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})(?:[ ,]+([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?))?$`)
	strokes   = regexp.MustCompile(`^([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})(?:[ ,]+([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?))?$`)
	yearFirst = regexp.MustCompile(`^([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[ T]([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?))?$`)
	monthYear = regexp.MustCompile(`^([0-9]{1,2})\.([0-9]{4})$`)
	shortYear = regexp.MustCompile(`^[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2}(?:[ ,]+[0-9:]+)?$|^\p{L}{3,8}[.-][0-9]{2}$`)
)

// Date reads a day, a time or a month. Days with strokes have the month or the day first, by the
// country of the program; they are read only where just one of the two is possible.
func Date(text string, kind sheet.Kind, t table.Type, zone *time.Location) (string, diag.Code) {
	if kind == sheet.Number {
		return text, diag.DateNumber
	}
	if strings.Contains(text, ".") { // 01.03.2026 г.
		text = yearEnd.ReplaceAllString(text, "")
	}
	var y, m, d, clock string
	if p := yearFirst.FindStringSubmatch(text); p != nil {
		y, m, d, clock = p[1], p[2], p[3], p[4]
	} else if p := dayFirst.FindStringSubmatch(text); p != nil {
		y, m, d, clock = p[3], p[2], p[1], p[4]
	} else if p := monthYear.FindStringSubmatch(text); p != nil && t == table.YearMonth {
		y, m, d = p[2], p[1], "1"
	} else if p := strokes.FindStringSubmatch(text); p != nil {
		first, second := pad(p[1]), pad(p[2])
		switch {
		case first > "12" || first == second:
			y, m, d, clock = p[3], p[2], p[1], p[4]
		case second > "12":
			y, m, d, clock = p[3], p[1], p[2], p[4]
		default:
			return text, diag.AmbiguousDate
		}
	} else if p := worded(text); p != nil && (p[0] != "" || t == table.YearMonth) {
		y, m, d = p[2], p[1], cmp.Or(p[0], "1")
	} else if shortYear.MatchString(text) {
		return text, diag.ShortYear
	} else {
		return text, ""
	}
	day := y + "-" + pad(m) + "-" + pad(d)
	if _, ok := table.ParseTime(day); !ok {
		return text, ""
	}
	switch {
	case t == table.YearMonth && pad(d) == "01" && clock == "":
		return day[:len("2026-03")], ""
	case t == table.DateTime && clock != "": // a day without a time is not midnight
		return Moment(day, clock, zone), ""
	case t == table.Date && strings.Trim(clock, "0:") == "":
		return day, ""
	}
	return text, ""
}

var (
	yearEnd   = regexp.MustCompile(`[ -]*(?:г|ж|год|года|жыл|жылы|жылдын)\.?$`)
	dayWord   = regexp.MustCompile(`^(?:([0-9]{1,2})[ .-]*)?(\p{L}{3,8})[ .,-]+([0-9]{4})$`)
	yearWords = regexp.MustCompile(`^([0-9]{4})[ -]*(?:ж|жыл|жылдын|жылы)?\.?[ ,]+(?:([0-9]{1,2})[ .-]*)?(\p{L}{3,8})$`)
)

// worded reads a day or a month with the name of its month: 1 марта 2026 г., 2026-ж. 1-март, март 2026. It
// returns the day, which may be empty, the month and the year.
func worded(text string) []string {
	text = yearEnd.ReplaceAllString(strings.ToLower(text), "")
	day, name, year := "", "", ""
	if p := dayWord.FindStringSubmatch(text); p != nil {
		day, name, year = p[1], p[2], p[3]
	} else if p := yearWords.FindStringSubmatch(text); p != nil {
		day, name, year = p[2], p[3], p[1]
	}
	m := spoilt.Month(strings.Replace(name, "мая", "май", 1))
	if m == 0 {
		return nil
	}
	return []string{day, strconv.Itoa(m), year}
}

// Moment gives a time the zone of the municipality's clocks.
func Moment(day, clock string, zone *time.Location) string {
	layout, shown := "15:04", "2006-01-02T15:04-07:00"
	if clock == "" {
		clock = "00:00"
	}
	if strings.Count(clock, ":") == 2 {
		layout = "15:04:05"
		if !strings.HasSuffix(clock, ":00") {
			shown = "2006-01-02T15:04:05-07:00"
		}
	}
	t, err := time.ParseInLocation("2006-01-02 "+layout, day+" "+clock, zone)
	if err != nil {
		return day + " " + clock
	}
	return t.Format(shown)
}

// pad writes a day or a month with two digits.
func pad(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// Dotted writes a time of a spreadsheet as the spreadsheet shows it, 31.12.2026.
func Dotted(text string) string {
	if len(text) < len("2026-12-31") {
		return text
	}
	return text[8:10] + "." + text[5:7] + "." + text[:4] + strings.Replace(text[10:], "T", " ", 1)
}
