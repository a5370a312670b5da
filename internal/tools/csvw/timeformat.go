package csvw

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Formats of dates and times (Model, 6.4.4). Only the patterns listed there are allowed.

// moment is a format of dates or times. The named groups of its regular expression are the
// parts of a time.
type moment struct {
	*regexp.Regexp
	builtin
}

var (
	datePatterns = strings.Fields(`yyyy-MM-dd yyyyMMdd dd-MM-yyyy d-M-yyyy MM-dd-yyyy M-d-yyyy dd/MM/yyyy d/M/yyyy MM/dd/yyyy M/d/yyyy
		dd.MM.yyyy d.M.yyyy MM.dd.yyyy M.d.yyyy`)
	timePatterns = strings.Fields(`HH:mm:ss HHmmss HH:mm HHmm`)
	timeParts    = regexp.MustCompile(`^(.*?)(\.S+)?( ?)(X{1,3}|x{1,3})?$`)
)

// fields replaces each part of a pattern by the regular expression of its texts.
var fields = strings.NewReplacer(
	"yyyy", `(?P<year>\d{4})`, "MM", `(?P<month>\d\d)`, "M", `(?P<month>[1-9]|1[0-2])`, "dd", `(?P<day>\d\d)`, "d", `(?P<day>[1-9]|[12]\d|3[01])`,
	"HH", `(?P<hour>\d\d)`, "mm", `(?P<minute>\d\d)`, "ss", `(?P<second>\d\d)`, ".", `\.`,
)

// zones are the regular expressions of time zones.
var zones = map[string]string{
	"X": `Z|[+-]\d\d(?:\d\d)?`, "XX": `Z|[+-]\d{4}`, "XXX": `Z|[+-]\d\d:\d\d`, "x": `[+-]\d\d(?:\d\d)?`, "xx": `[+-]\d{4}`, "xxx": `[+-]\d\d:\d\d`,
}

// timeFormat reads the format of a date or a time.
func (t *datatype) timeFormat(s string) (format, error) {
	m := timeParts.FindStringSubmatch(s)
	core, fraction, space, zone := m[1], m[2], m[3], m[4]
	day, clock, both := strings.Cut(core, "T")
	if !both {
		day, clock, both = strings.Cut(core, " ")
	} else if day != "yyyy-MM-dd" || clock != "HH:mm:ss" && clock != "HH:mm" {
		day = "" // with a T, only yyyy-MM-dd and these two are listed
	}
	if !both && t.name == "time" {
		day, clock = "", day
	}
	wants := map[string][2]bool{"date": {true, false}, "time": {false, true}, "dateTime": {true, true}, "dateTimeStamp": {true, true}}[t.name]
	if wants == [2]bool{} || slices.Contains(datePatterns, day) != wants[0] || slices.Contains(timePatterns, clock) != wants[1] ||
		fraction != "" && clock != "HH:mm:ss" || zone == "" && space != "" {
		return nil, fmt.Errorf("%q is not a pattern of a %s", s, t.name)
	}
	expression := fields.Replace(core)
	if fraction != "" {
		expression += fmt.Sprintf(`(?:\.(?P<fraction>\d{1,%d}))?`, len(fraction)-1)
	}
	if zone != "" {
		expression += space + `(?P<zone>` + zones[zone] + `)`
	}
	re, err := regexp.Compile(`^` + expression + `$`)
	return moment{re, t.builtin}, err
}

func (f moment) plain(s string) (string, bool) {
	m := f.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	part := map[string]string{"second": "00"}
	for i, name := range f.SubexpNames() {
		if m[i] != "" {
			part[name] = m[i]
		}
	}
	for _, name := range []string{"month", "day"} {
		if len(part[name]) == 1 {
			part[name] = "0" + part[name]
		}
	}
	day := part["year"] + "-" + part["month"] + "-" + part["day"]
	clock := part["hour"] + ":" + part["minute"] + ":" + part["second"]
	if part["fraction"] != "" {
		clock += "." + part["fraction"]
	}
	zone := strings.ReplaceAll(part["zone"], ":", "")
	if len(zone) > 1 {
		zone = zone[:3] + ":" + (zone[3:] + "00")[:2]
	}
	switch f.name {
	case "date":
		return day + zone, true
	case "time":
		return clock + zone, true
	}
	return day + "T" + clock + zone, true
}
