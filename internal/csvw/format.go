package csvw

import (
	"cmp"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/dlclark/regexp2/v2"
)

// Formats of texts (Model, 6.4.2 to 6.4.6): each makes of a text the one that XML Schema
// has for the same value.

type format interface{ plain(s string) (string, bool) }

// parseFormat reads the property format, as the datatype has it.
func (t *datatype) parseFormat(x any) (format, error) {
	s, isText := x.(string)
	switch {
	case t.family == numeric:
		return t.numberFormat(x)
	case !isText:
		return nil, fmt.Errorf("%s is no text", short(x))
	case t.family == boolish:
		yes, no, ok := strings.Cut(s, "|")
		if !ok || yes == "" || no == "" || strings.Contains(no, "|") {
			return nil, fmt.Errorf("%q does not name two words", s)
		}
		return words{yes: "true", no: "false"}, nil
	case t.family == temporal:
		return t.timeFormat(s)
	}
	return wholeText(s)
}

// words are those of a boolean.
type words map[string]string

func (w words) plain(s string) (string, bool) { plain, ok := w[s]; return plain, ok }

// regular is a regular expression of ECMAScript.
type regular struct{ *regexp2.Regexp }

func wholeText(s string) (format, error) {
	if _, err := regexp2.Compile(s, regexp2.ECMAScript); err != nil { // as it is, lest it closes our group
		return nil, err
	}
	r, err := regexp2.Compile(`^(?:`+s+`)$(?!\n)`, regexp2.ECMAScript)
	if err != nil {
		return nil, err
	}
	r.MatchTimeout = time.Second
	return regular{r}, nil
}

func (r regular) plain(s string) (string, bool) {
	ok, err := r.MatchString(s)
	return s, ok && err == nil
}

// Numbers (Model, 6.4.2): patterns of Unicode TR 35 with 0, #, the characters of decimals
// and groups, E, + and -, % and ‰.

// A number is a format of numbers, which are looked at with points for decimals and commas
// between groups.
type number struct {
	neutral      *strings.Replacer
	shape        *regexp.Regexp // without groups
	grouped      bool           // the groups have these sizes
	last, others int            // of the whole; 0: there are none
	fraction     int
	special      bool // NaN and INF are numbers too
}

func (t *datatype) numberFormat(x any) (format, error) {
	pattern, isText := x.(string)
	object, _ := x.(map[string]any)
	chars := map[string]string{"pattern": pattern, "decimalChar": ".", "groupChar": ""}
	for name := range chars {
		if x, there := object[name]; there {
			s, ok := x.(string)
			if !ok || s == "" {
				return nil, fmt.Errorf("%s is %s", name, short(x))
			}
			chars[name], isText = s, isText || name == "pattern"
		}
	}
	group := cmp.Or(chars["groupChar"], map[bool]string{true: ",", false: "\x00"}[isText])
	n := &number{neutral: strings.NewReplacer(chars["decimalChar"], ".", group, ",", ".", "?", ",", "?"), special: t.floating()}
	if isText {
		return n, n.pattern(chars["pattern"])
	}
	switch {
	case t.floating():
		n.shape = regexp.MustCompile(`^[+-]?\d+(\.\d+)?(E[+-]?\d+|[%‰])?$`)
	case t.integral():
		n.shape = regexp.MustCompile(`^[+-]?\d+[%‰]?$`)
	default:
		n.shape = regexp.MustCompile(`^[+-]?\d+(\.\d+)?[%‰]?$`)
	}
	return n, nil
}

var numberParts = regexp.MustCompile(`^([+-]?)([%‰]?)((?:#[#,]*)?(?:0[0,]*)?)(?:\.((?:0[0,]*)?(?:#[#,]*)?))?(?:E(\+?)(#*0+))?([%‰]?)$`)

// pattern sets what the pattern says.
func (n *number) pattern(s string) error {
	m := numberParts.FindStringSubmatch(n.neutral.Replace(s))
	if m == nil || m[3] == "" || strings.HasSuffix(m[3], ",") || m[2] != "" && m[7] != "" {
		return fmt.Errorf("%q is no pattern of numbers", s)
	}
	sign := map[bool]string{true: `[+-]`, false: `[+-]?`}[m[1] != ""]
	shape := sign
	if m[2] != "" {
		shape = fmt.Sprintf(`(?:%s%s|%s%s)`, sign, m[2], m[2], sign)
	}
	zeros := func(s string) int { return strings.Count(s, "0") }
	shape += fmt.Sprintf(`\d{%d,}`, zeros(m[3]))
	if most := zeros(m[4]) + strings.Count(m[4], "#"); zeros(m[4]) > 0 {
		shape += fmt.Sprintf(`\.\d{%d,%d}`, zeros(m[4]), most)
	} else if most > 0 {
		shape += fmt.Sprintf(`(?:\.\d{1,%d})?`, most)
	}
	if m[6] != "" {
		shape += fmt.Sprintf(`[Ee][+-]%s\d{%d,}`, map[bool]string{true: "", false: "?"}[m[5] != ""], zeros(m[6]))
	}
	n.grouped, n.shape = true, regexp.MustCompile(`^`+shape+m[7]+`$`)
	groups := strings.Split(m[3], ",")
	if i := len(groups) - 1; i > 0 {
		n.last, n.others = len(groups[i]), len(groups[max(i-1, 1)])
	}
	if first, _, grouped := strings.Cut(m[4], ","); grouped {
		n.fraction = len(first)
	}
	return nil
}

var digits = regexp.MustCompile(`([\d,]+)(?:\.([\d,]*))?`)

func (n *number) plain(s string) (string, bool) {
	if s == "NaN" || s == "INF" || s == "-INF" {
		return s, n.special
	}
	s = n.neutral.Replace(s)
	m := digits.FindStringSubmatch(s)
	bare := strings.ReplaceAll(s, ",", "")
	if m == nil || !n.shape.MatchString(bare) {
		return "", false
	}
	whole, fraction := strings.ReplaceAll(m[1], ",", ""), strings.ReplaceAll(m[2], ",", "")
	switch {
	case n.grouped && (m[1] != grouped(whole, n.last, n.others) || m[2] != reversed(grouped(reversed(fraction), n.fraction, n.fraction))):
		return "", false
	case !n.grouped && (m[1][0] == ',' || strings.Contains(m[1], ",,") || fraction != m[2]):
		return "", false
	}
	share := map[bool]int64{strings.Contains(bare, "%"): 100, strings.Contains(bare, "‰"): 1000}[true]
	if bare = strings.NewReplacer("%", "", "‰", "").Replace(bare); share == 0 {
		return bare, true
	}
	x, ok := new(big.Rat).SetString(bare)
	if !ok {
		return "", false
	}
	x.Quo(x, big.NewRat(share, 1))
	places, _ := x.FloatPrec()
	return x.FloatString(places), true
}

// grouped puts commas into digits: before the last few, and then before as many others
// again and again.
func grouped(digits string, last, others int) string {
	if last == 0 {
		return digits
	}
	var groups []string
	for size := last; len(digits) > size; size = others {
		groups = append(groups, digits[len(digits)-size:])
		digits = digits[:len(digits)-size]
	}
	groups = append(groups, digits)
	slices.Reverse(groups)
	return strings.Join(groups, ",")
}

func reversed(s string) string {
	b := []byte(s)
	slices.Reverse(b)
	return string(b)
}

// Dates and times (Model, 6.4.4): only the patterns that are listed there.

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

// fields are how each part of a pattern is written.
var fields = strings.NewReplacer(
	"yyyy", `(?P<year>\d{4})`, "MM", `(?P<month>\d\d)`, "M", `(?P<month>[1-9]|1[0-2])`, "dd", `(?P<day>\d\d)`, "d", `(?P<day>[1-9]|[12]\d|3[01])`,
	"HH", `(?P<hour>\d\d)`, "mm", `(?P<minute>\d\d)`, "ss", `(?P<second>\d\d)`, ".", `\.`,
)

var zones = map[string]string{
	"X": `Z|[+-]\d\d(?:\d\d)?`, "XX": `Z|[+-]\d{4}`, "XXX": `Z|[+-]\d\d:\d\d`, "x": `[+-]\d\d(?:\d\d)?`, "xx": `[+-]\d{4}`, "xxx": `[+-]\d\d:\d\d`,
}

func (t *datatype) timeFormat(s string) (format, error) {
	m := timeParts.FindStringSubmatch(s)
	core, fraction, space, zone := m[1], m[2], m[3], m[4]
	day, clock, both := strings.Cut(core, "T")
	if !both {
		day, clock, both = strings.Cut(core, " ")
	} else if day != "yyyy-MM-dd" || clock != "HH:mm:ss" && clock != "HH:mm" {
		day = "" // only these are listed with a T
	}
	if !both && t.name == "time" {
		day, clock = "", day
	}
	wants := map[string][2]bool{"date": {true, false}, "time": {false, true}, "dateTime": {true, true}, "dateTimeStamp": {true, true}}[t.name]
	if wants == [2]bool{} || slices.Contains(datePatterns, day) != wants[0] || slices.Contains(timePatterns, clock) != wants[1] ||
		fraction != "" && clock != "HH:mm:ss" || zone == "" && space != "" {
		return nil, fmt.Errorf("%q is no pattern of a %s", s, t.name)
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
