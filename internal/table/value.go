package table

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"achyk/internal/address"
	"achyk/internal/diag"
	"achyk/internal/limits"
)

// ParseTime reads a cell of a dated type: 2026-03-01, 2026-03-01T17:00+06:00 (seconds are
// allowed) or 2026-03. A date is read as midnight UTC, a year-month as its first day. Years
// from 1900 to 2199 are read, as in columns of type year, and zones that some place on earth
// has: a year such as 0206 or 9999 and a zone of +23:59 are mistakes of typing.
func ParseTime(s string) (time.Time, bool) {
	layout := "2006-01-02T15:04Z07:00"
	switch {
	case s == "": // most dated cells of a large register are: an error would be made for each
		return time.Time{}, false
	case len(s) == len("2006-01"):
		layout = "2006-01"
	case len(s) == len("2006-01-02"):
		layout = "2006-01-02"
	case strings.Count(s, ":") == 3 || strings.HasSuffix(s, "Z") && strings.Count(s, ":") == 2:
		layout = "2006-01-02T15:04:05Z07:00"
	}
	t, err := time.Parse(layout, s)
	_, offset := t.Zone()
	return t, err == nil && t.Year() >= limits.FirstYear && t.Year() <= limits.LastYear && offset >= -12*60*60 && offset <= 14*60*60
}

// Day returns the calendar day of a dated cell in the cell's own time zone, "2026-03-01".
// Days of dates and of moments can be compared as strings. An empty cell has the day "".
func Day(s string) string { return s[:min(len(s), len("2026-03-01"))] }

var (
	integerForm = regexp.MustCompile(`^(0|-?[1-9][0-9]*)$`)
	numberForm  = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)
	shortYear   = regexp.MustCompile(`^[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2}$`)
	dayForm     = regexp.MustCompile(`^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ].*)?$`)
	officeForm  = regexp.MustCompile(`^([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})(?:[ ,].*)?$`)
	bareDay     = regexp.MustCompile(`^[0-9]+[-.][0-9]+[-.][0-9]+$`)
	yearForm    = regexp.MustCompile(`^(19|20|21)[0-9]{2}$`)
)

// isID returns whether a text has 1 to 64 small letters, digits and hyphens, and does not begin
// with a hyphen. A third of all cells are ids, and a regular expression would take several times
// as long.
func isID(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '-' && i > 0:
		default:
			return false
		}
	}
	return 1 <= len(s) && len(s) <= limits.ID
}

// plain returns a number without zeros that say nothing, by which "1" and "1.0" are the same, as they are for databases.
func plain(number string) string {
	if strings.Contains(number, ".") {
		number = strings.TrimRight(strings.TrimRight(number, "0"), ".")
	}
	if number == "-0" {
		return "0"
	}
	return number
}

// check returns what is wrong with the text of one cell, or "", and the arguments of its
// message beside the column and the value.
func (c *Column) check(value string) (diag.Code, diag.Args) {
	switch c.Type {
	case ID, Ref:
		if !isID(value) && !(c.Type == Ref && strings.Contains(value, "_")) {
			return diag.BadID, nil
		}
	case Integer:
		if _, err := strconv.ParseInt(value, 10, 64); err != nil || !integerForm.MatchString(value) {
			return diag.BadInteger, nil
		}
	case Number, Money:
		if !numberForm.MatchString(value) || value[0] == '-' && plain(value) == "0" {
			return diag.BadNumber, nil
		}
	case Boolean:
		if value != "true" && value != "false" {
			return diag.BadBoolean, nil
		}
	case Date:
		if _, ok := ParseTime(value); !ok || len(value) != len("2006-01-02") {
			return diag.BadDate, notDay(value, diag.Args{"have": !shortYear.MatchString(value)}) // whether the year has its century
		}
	case DateTime:
		if _, ok := ParseTime(value); !ok || len(value) <= len("2006-01-02") {
			args := notDay(value, diag.Args{})
			if args["kind"] == nil && bareDay.MatchString(value) {
				args["kind"] = "no-time"
			}
			return diag.BadDateTime, args
		}
	case YearMonth:
		if _, ok := ParseTime(value); !ok || len(value) != len("2006-01") {
			return diag.BadYearMonth, notMonth(value)
		}
	case Year:
		if !yearForm.MatchString(value) {
			return diag.BadYear, nil
		}
	case Enum:
		if _, known := c.words[value]; !known {
			return diag.UnknownWord, nil
		}
	case URL:
		if !address.Valid(value) {
			return diag.BadURL, nil
		}
	case Path:
		if !safePath(value) {
			return diag.BadPath, nil
		}
	}
	return c.limits(value)
}

// notDay adds to the arguments of a date that cannot be read what no calendar has, if it has the form of one: then the
// day is wrong and not how it is written. 31.06.2026 is what a spreadsheet has for 2026-06-31.
func notDay(value string, args diag.Args) diag.Args {
	var p []string
	if p = dayForm.FindStringSubmatch(value); p == nil {
		if p = officeForm.FindStringSubmatch(value); p == nil {
			return args
		}
		p[1], p[3] = p[3], p[1]
	}
	month, _ := strconv.Atoi(p[2])
	day, _ := strconv.Atoi(p[3])
	year, _ := strconv.Atoi(p[1])
	last := time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC)
	switch {
	case year < limits.FirstYear || year > limits.LastYear:
		args["kind"] = "no-year"
	case month < 1 || month > 12:
		args["kind"], args["last"] = "no-month", p[2]
	case day < 1 || day > last.Day():
		args["kind"], args["last"] = "no-day", last
	}
	return args
}

// writtenMonth is how people write months: the year first, or last.
var writtenMonth = regexp.MustCompile(`^(?:([0-9]{4})[-./]([0-9]{1,2})|([0-9]{1,2})[-./]([0-9]{4}))$`)

// notMonth tells what is wrong with a month that is written as months are.
func notMonth(value string) diag.Args {
	p := writtenMonth.FindStringSubmatch(value)
	if p == nil {
		return nil
	}
	written := p[2] + p[3]
	year, _ := strconv.Atoi(p[1] + p[4])
	month, _ := strconv.Atoi(written)
	switch {
	case year < 1900 || year >= 2200:
		return diag.Args{"kind": "no-year"}
	case month < 1 || month > 12:
		return diag.Args{"kind": "no-month", "last": written}
	}
	return nil
}

// limits checks the size, the length and the pattern of a cell that fits its type.
func (c *Column) limits(value string) (diag.Code, diag.Args) {
	if c.Minimum != nil || c.Maximum != nil {
		if n, err := strconv.ParseFloat(value, 64); err == nil {
			if c.Minimum != nil && n < *c.Minimum {
				return diag.TooSmall, diag.Args{"limit": decimal(*c.Minimum)}
			}
			if c.Maximum != nil && n > *c.Maximum {
				return diag.TooLarge, diag.Args{"limit": decimal(*c.Maximum)}
			}
		}
	}
	if n := utf8.RuneCountInString(value); c.MinLength > 0 && n < c.MinLength {
		return diag.TooShort, diag.Args{"limit": c.MinLength}
	} else if c.MaxLength > 0 && n > c.MaxLength {
		return diag.TooLong, diag.Args{"limit": c.MaxLength}
	}
	if c.pattern != nil && !c.pattern.MatchString(value) {
		return diag.BadPattern, diag.Args{"pattern": c.Pattern, "about": c.Description}
	}
	return "", nil
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// safePath tells whether a path is relative and stays below its root on every system.
func safePath(p string) bool {
	for segment := range strings.SplitSeq(p, "/") {
		if segment == "" || segment[0] == '.' || strings.ContainsAny(segment, "\\:*?\"<>|\x00") {
			return false
		}
	}
	return true
}
