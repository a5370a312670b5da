package csvw

import (
	"errors"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/dlclark/regexp2"
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

type number struct {
	builtin
	decimal, group string
	pattern        *numberPattern // nil: any
}

type numberPattern struct {
	sign, percent   bool // a sign has to be there; before all comes the percent
	before, after   string
	least           int // digits of the whole
	primary, second int // digits of its last group, and of others; 0: no groups
	fraction, most  int // digits at least and at most
	fractionGroup   int
	exponent        int // digits at least; 0: there is none
	exponentPlus    bool
}

func (t *datatype) numberFormat(x any) (format, error) {
	n := &number{builtin: t.builtin, decimal: "."}
	pattern, isText := x.(string)
	var wrong []error
	if object, ok := x.(map[string]any); ok {
		for name, into := range map[string]*string{"decimalChar": &n.decimal, "groupChar": &n.group, "pattern": &pattern} {
			if x, there := object[name]; there {
				s, ok := x.(string)
				if !ok || s == "" {
					wrong = append(wrong, fmt.Errorf("%s is %s", name, short(x)))
					continue
				}
				*into, isText = s, isText || name == "pattern"
			}
		}
	}
	if isText {
		if n.group == "" {
			n.group = ","
		}
		p, err := n.parsePattern(pattern)
		if err != nil {
			return nil, err
		}
		n.pattern = p
	}
	return n, errors.Join(wrong...)
}

var numberParts = regexp.MustCompile(`^([+-]?)([%‰]?)([#0,]+)(?:\.([0#,]*))?(?:E(\+?)(#*0+))?([%‰]?)$`)

func (n *number) parsePattern(s string) (*numberPattern, error) {
	neutral := strings.NewReplacer(n.decimal, ".", n.group, ",").Replace(s)
	m := numberParts.FindStringSubmatch(neutral)
	if m == nil {
		return nil, fmt.Errorf("%q is no pattern of numbers", s)
	}
	plain, fraction := strings.ReplaceAll(m[3], ",", ""), strings.ReplaceAll(m[4], ",", "")
	if strings.Contains(plain, "0#") || strings.Contains(fraction, "#0") || m[2] != "" && m[7] != "" ||
		strings.HasPrefix(m[3], ",") || strings.HasSuffix(m[3], ",") || strings.HasPrefix(m[4], ",") {
		return nil, fmt.Errorf("%q is no pattern of numbers", s)
	}
	p := &numberPattern{
		sign: m[1] != "", before: m[2], after: m[7], least: strings.Count(plain, "0"),
		fraction: strings.Count(fraction, "0"), most: len(fraction), exponent: strings.Count(m[6], "0"), exponentPlus: m[5] != "",
	}
	groups := strings.Split(m[3], ",")
	if last := len(groups) - 1; last > 0 {
		p.primary = len(groups[last])
		if p.second = p.primary; last > 1 {
			p.second = len(groups[last-1])
		}
	}
	if first, _, grouped := strings.Cut(m[4], ","); grouped {
		p.fractionGroup = len(first)
	}
	return p, nil
}

var numberText = regexp.MustCompile(`^([+-]?)([%‰]?)([+-]?)([0-9,]*)(?:\.([0-9,]*))?(?:[eE]([+-]?)([0-9]+))?([%‰]?)$`)

func (n *number) plain(s string) (string, bool) {
	if s == "NaN" || s == "INF" || s == "-INF" {
		return s, n.floating()
	}
	// In small letters what is the same for all, so that a comma can be a point and a point a comma.
	if strings.ContainsAny(s, ".,") {
		stripped := strings.ReplaceAll(s, n.decimal, "")
		if n.group != "" {
			stripped = strings.ReplaceAll(stripped, n.group, "")
		}
		if strings.ContainsAny(stripped, ".,") {
			return "", false
		}
	}
	replace := []string{n.decimal, "."}
	if n.group != "" {
		replace = append(replace, n.group, ",")
	}
	m := numberText.FindStringSubmatch(strings.NewReplacer(replace...).Replace(s))
	if m == nil || m[1] != "" && m[3] != "" || m[2] != "" && m[8] != "" {
		return "", false
	}
	sign, before, whole, fraction, exponent, after := m[1]+m[3], m[2], m[4], m[5], m[7], m[8]
	point := strings.Contains(s, n.decimal)
	if p := n.pattern; p != nil {
		digits := strings.ReplaceAll(whole, ",", "")
		decimals := strings.ReplaceAll(fraction, ",", "")
		if len(digits) < p.least || whole != grouped(digits, p.primary, p.second) || p.sign && sign == "" ||
			len(decimals) < p.fraction || len(decimals) > p.most || point && decimals == "" ||
			fraction != reversed(grouped(reversed(decimals), p.fractionGroup, p.fractionGroup)) ||
			before != p.before || after != p.after || digits+decimals == "" ||
			(exponent != "") != (p.exponent > 0) || len(exponent) < p.exponent || p.exponentPlus && m[6] == "" && exponent != "" {
			return "", false
		}
	} else if whole == "" || whole[0] == ',' || strings.Contains(whole, ",,") || strings.Contains(fraction, ",") || before != "" || m[3] != "" ||
		point && (fraction == "" || n.integral()) || exponent != "" && (!n.floating() || after != "") {
		return "", false
	}
	plain := sign + "0" + strings.ReplaceAll(whole, ",", "")
	if fraction != "" {
		plain += "." + strings.ReplaceAll(fraction, ",", "")
	}
	if exponent != "" {
		plain += "E" + m[6] + exponent
	}
	if share := before + after; share != "" {
		x, _ := new(big.Rat).SetString(plain)
		x.Quo(x, map[string]*big.Rat{"%": big.NewRat(100, 1), "‰": big.NewRat(1000, 1)}[share])
		digits, _ := x.FloatPrec()
		plain = x.FloatString(digits)
	}
	return plain, true
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
