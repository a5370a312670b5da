package csvw

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Datatypes (Metadata, 6): those of XML Schema 1.1, part 2, and what is derived from them
// by format, length and limits.

type family string

const (
	other, stringy, numeric, temporal, duration, binary, boolish family = "", "string", "numeric", "temporal", "duration", "binary", "boolean"
)

// A builtin is a datatype of XML Schema: what its texts look like, and for whole numbers
// how small and great they may be.
type builtin struct {
	name, address string
	family        family
	lexical       *regexp.Regexp
	minimum       string
	maximum       string
}

const (
	xsd  = "http://www.w3.org/2001/XMLSchema#"
	zone = `(?P<zone>Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)`
	date = `(?P<year>-?(?:[1-9]\d{3,}|0\d{3}))-(?P<month>\d\d)-(?P<day>\d\d)`
	hour = `(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d(?:\.\d+)?)`
	days = `(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?`

	whole   = `[+-]?\d+`
	floated = `[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN`
	ncName  = `[\p{L}_][\p{L}\p{N}\p{M}._·-]*`
)

// types are the builtin datatypes by name, and by the names that CSV on the Web has beside.
var types = func() map[string]builtin {
	m := map[string]builtin{}
	for _, t := range []struct {
		names            string
		family           family
		lexical          string
		minimum, maximum string
	}{
		{"anyAtomicType any", other, `(?s:.*)`, "", ""},
		{"anyURI", other, `[^\s<>"{}|\\^` + "`" + `]*`, "", ""},
		{"QName", other, `(?:` + ncName + `:)?` + ncName, "", ""},
		{"boolean", boolish, `true|false|1|0`, "", ""},
		{"base64Binary binary", binary, `[A-Za-z0-9+/= ]*`, "", ""},
		{"hexBinary", binary, `(?:[0-9A-Fa-f]{2})*`, "", ""},

		{"string xml html json", stringy, `(?s:.*)`, "", ""},
		{"normalizedString", stringy, `[^\t\r\n]*`, "", ""},
		{"token", stringy, `(?:\S+(?: \S+)*)?`, "", ""},
		{"language", stringy, `[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*`, "", ""},
		{"Name", stringy, `[\p{L}_:][\p{L}\p{N}\p{M}.:_·-]*`, "", ""},
		{"NCName", stringy, ncName, "", ""},
		{"NMTOKEN", stringy, `[\p{L}\p{N}\p{M}.:_·-]+`, "", ""},

		{"decimal", numeric, `[+-]?(?:\d+(?:\.\d*)?|\.\d+)`, "", ""},
		{"double number", numeric, floated, "", ""},
		{"float", numeric, floated, "", ""},
		{"integer", numeric, whole, "", ""},
		{"long", numeric, whole, "-9223372036854775808", "9223372036854775807"},
		{"int", numeric, whole, "-2147483648", "2147483647"},
		{"short", numeric, whole, "-32768", "32767"},
		{"byte", numeric, whole, "-128", "127"},
		{"nonNegativeInteger", numeric, whole, "0", ""},
		{"positiveInteger", numeric, whole, "1", ""},
		{"unsignedLong", numeric, whole, "0", "18446744073709551615"},
		{"unsignedInt", numeric, whole, "0", "4294967295"},
		{"unsignedShort", numeric, whole, "0", "65535"},
		{"unsignedByte", numeric, whole, "0", "255"},
		{"nonPositiveInteger", numeric, whole, "", "0"},
		{"negativeInteger", numeric, whole, "", "-1"},

		{"date", temporal, date + zone + `?`, "", ""},
		{"dateTime datetime", temporal, date + `T` + hour + zone + `?`, "", ""},
		{"dateTimeStamp", temporal, date + `T` + hour + zone, "", ""},
		{"time", temporal, hour + zone + `?`, "", ""},
		{"gYear", temporal, `(?P<year>-?(?:[1-9]\d{3,}|0\d{3}))` + zone + `?`, "", ""},
		{"gYearMonth", temporal, `(?P<year>-?(?:[1-9]\d{3,}|0\d{3}))-(?P<month>\d\d)` + zone + `?`, "", ""},
		{"gMonth", temporal, `--(?P<month>\d\d)` + zone + `?`, "", ""},
		{"gMonthDay", temporal, `--(?P<month>\d\d)-(?P<day>\d\d)` + zone + `?`, "", ""},
		{"gDay", temporal, `---(?P<day>\d\d)` + zone + `?`, "", ""},

		{"duration", duration, `-?P(?:\d+Y)?(?:\d+M)?` + days, "", ""},
		{"dayTimeDuration", duration, `-?P` + days, "", ""},
		{"yearMonthDuration", duration, `-?P(?:\d+Y)?(?:\d+M)?`, "", ""},
	} {
		names := strings.Fields(t.names)
		for _, name := range names {
			b := builtin{names[0], xsd + names[0], t.family, regexp.MustCompile(`^(?:` + t.lexical + `)$`), t.minimum, t.maximum}
			switch name {
			case "xml":
				b.name, b.address = name, "http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral"
			case "html":
				b.name, b.address = name, "http://www.w3.org/1999/02/22-rdf-syntax-ns#HTML"
			case "json":
				b.name, b.address = name, "http://www.w3.org/ns/csvw#JSON"
			}
			m[name] = b
		}
	}
	return m
}()

// integral tells whether the type is one of whole numbers.
func (b builtin) integral() bool { return b.family == numeric && !b.floating() && b.name != "decimal" }

// floating tells whether the type is one of numbers with an exponent.
func (b builtin) floating() bool { return b.name == "double" || b.name == "float" }

// A value is what a text means: its canonical text, by which keys are compared, its
// length, and what it is ordered by: *big.Rat, float64, time.Time or span.
type value struct {
	text   string
	length int
	order  any
}

// A span is a duration.
type span struct {
	months  int
	seconds float64
}

var errLexical = errors.New("")

// parse reads a text as XML Schema has it.
func (b builtin) parse(s string) (value, error) {
	m := b.lexical.FindStringSubmatch(s)
	if m == nil {
		return value{}, fmt.Errorf("%q is no %s", s, b.name)
	}
	v, err := value{s, utf8.RuneCountInString(s), nil}, error(nil)
	switch b.family {
	case boolish:
		v.text = map[string]string{"1": "true", "0": "false"}[s]
		if v.text == "" {
			v.text = s
		}
	case binary:
		var data []byte
		if b.name == "hexBinary" {
			data, err = hex.DecodeString(s)
		} else {
			data, err = base64.StdEncoding.DecodeString(strings.ReplaceAll(s, " ", ""))
		}
		v.length = len(data)
	case numeric:
		if b.floating() {
			n, _ := strconv.ParseFloat(s, 64) // what is too great is infinite
			v.text, v.order = strconv.FormatFloat(n, 'E', -1, 64), n
			break
		}
		n, _ := new(big.Rat).SetString(s)
		digits, _ := n.FloatPrec()
		v.text, v.order = n.FloatString(digits), n
		for limit, wrong := range map[string]int{b.minimum: -1, b.maximum: 1} {
			if x, ok := new(big.Rat).SetString(limit); ok && n.Cmp(x) == wrong {
				err = errLexical
			}
		}
	case temporal:
		v.order, err = b.moment(m)
	case duration:
		v.order, err = length(s)
	}
	if err != nil {
		return value{}, fmt.Errorf("%q is no %s", s, b.name)
	}
	return v, nil
}

// moment is a point of time; what its type does not say is as in a leap year.
func (b builtin) moment(match []string) (time.Time, error) {
	part := map[string]int{"year": 1972, "month": 12, "day": 31}
	second := 0.0
	at := time.UTC
	if b.name == "gYearMonth" {
		part["day"] = 1
	}
	for i, name := range b.lexical.SubexpNames() {
		switch s := match[i]; {
		case name == "" || s == "":
		case name == "second":
			second, _ = strconv.ParseFloat(s, 64)
		case name != "zone":
			part[name], _ = strconv.Atoi(s)
		case s != "Z":
			hours, _ := strconv.Atoi(s[1:3])
			minutes, _ := strconv.Atoi(s[4:])
			at = time.FixedZone("", map[byte]int{'+': 1, '-': -1}[s[0]]*(hours*60+minutes)*60)
		}
	}
	if b.name == "gMonth" {
		part["day"] = 1
	}
	if part["hour"] > 24 || part["hour"] == 24 && (part["minute"] > 0 || second > 0) || part["minute"] > 59 || second >= 60 {
		return time.Time{}, errLexical
	}
	day := time.Date(part["year"], time.Month(part["month"]), part["day"], 0, 0, 0, 0, at)
	if day.Day() != part["day"] || int(day.Month()) != part["month"] {
		return time.Time{}, errLexical
	}
	return day.Add(time.Duration(part["hour"])*time.Hour + time.Duration(part["minute"])*time.Minute + time.Duration(second*1e9)), nil
}

var steps = regexp.MustCompile(`T|[\d.]+[YMDHS]`)

func length(s string) (span, error) {
	var l span
	found, day := false, true
	for _, step := range steps.FindAllString(s, -1) {
		if step == "T" {
			day, found = false, false // after which there has to be something
			continue
		}
		found = true
		n, _ := strconv.ParseFloat(step[:len(step)-1], 64)
		switch unit := step[len(step)-1]; {
		case unit == 'Y':
			l.months += 12 * int(n)
		case unit == 'M' && day:
			l.months += int(n)
		default:
			l.seconds += n * map[byte]float64{'D': 86400, 'H': 3600, 'M': 60, 'S': 1}[unit]
		}
	}
	if !found {
		return l, errLexical
	}
	if s[0] == '-' {
		l.months, l.seconds = -l.months, -l.seconds
	}
	return l, nil
}

// after returns the lengths that a span has from four days on (XML Schema, E.3.3).
func (l span) after() (seconds [4]float64) {
	for i, day := range []time.Time{date4(1696, 9), date4(1697, 2), date4(1903, 3), date4(1903, 7)} {
		seconds[i] = float64(day.AddDate(0, l.months, 0).Unix()-day.Unix()) + l.seconds
	}
	return seconds
}

func date4(year int, month time.Month) time.Time {
	return time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
}

// less tells whether one value is before another of its type.
func less(a, b any) bool {
	switch a := a.(type) {
	case *big.Rat:
		b, ok := b.(*big.Rat)
		return ok && a.Cmp(b) < 0
	case float64:
		b, ok := b.(float64)
		return ok && a < b
	case time.Time:
		b, ok := b.(time.Time)
		return ok && a.Before(b)
	case span:
		b, ok := b.(span)
		if !ok {
			return false
		}
		x, y := a.after(), b.after()
		for i := range x {
			if x[i] >= y[i] {
				return false
			}
		}
		return true
	}
	return false
}

// A datatype is a builtin one, or derived from it.
type datatype struct {
	builtin
	format                       format // nil: as XML Schema has it
	length, minLength, maxLength *int
	limits                       []limit
}

// A limit is a value that others may not be before, or after.
type limit struct {
	name      string
	value     value
	upper     bool
	exclusive bool
}

// allows tells whether a value keeps to the limit.
func (l limit) allows(v value) bool {
	if f, ok := v.order.(float64); ok && math.IsNaN(f) {
		return false
	}
	low, high := l.value.order, v.order
	if l.upper {
		low, high = high, low
	}
	if l.exclusive {
		return less(low, high)
	}
	return !less(high, low)
}

var dataTypeRules = map[string]rule{
	"base": text, "format": formatText, "length": count, "minLength": count, "maxLength": count,
	"minimum": bound, "maximum": bound, "minInclusive": bound, "maxInclusive": bound, "minExclusive": bound, "maxExclusive": bound,
}

func formatText(_ *document, _ string, value any) (any, bool) {
	switch value.(type) {
	case string, map[string]any:
		return value, true
	}
	return nil, false
}

func bound(_ *document, _ string, value any) (any, bool) {
	switch x := value.(type) {
	case string:
		return x, true
	case json.Number:
		return x.String(), true
	}
	return nil, false
}

// dataType reads the property datatype: a name, or an object.
func dataType(d *document, where string, value any) (any, bool) {
	if name, ok := value.(string); ok {
		t := types[name]
		return &datatype{builtin: t}, t.name != ""
	}
	raw, ok := value.(map[string]any)
	if !ok {
		return nil, false
	}
	p := d.object(where, "Datatype", raw, dataTypeRules)
	t := &datatype{builtin: types["string"]}
	if name, ok := p["base"].(string); ok {
		if base := types[name]; base.name != "" {
			t.builtin = base
		} else {
			d.v.warnf(where+"/base", "%q is no datatype", name)
		}
	}
	for _, b := range types {
		if p["@id"] == b.address {
			d.v.errorf(where+"/@id", "%s is a builtin datatype", b.address)
			break
		}
	}
	t.lengths(d, where, p)
	t.bounds(d, where, p)
	if x, there := p["format"]; there {
		format, err := t.parseFormat(x)
		if err != nil {
			d.v.warnf(where+"/format", "%v", err)
		}
		t.format = format
	}
	return t, true
}

func (t *datatype) lengths(d *document, where string, p properties) {
	for name, into := range map[string]**int{"length": &t.length, "minLength": &t.minLength, "maxLength": &t.maxLength} {
		if n, ok := p[name].(int); ok {
			*into = &n
			if t.family != stringy && t.family != binary {
				d.v.errorf(where+"/"+name, "%s has no length", t.name)
			}
		}
	}
	over := func(a, b *int) bool { return a != nil && b != nil && *a > *b }
	if over(t.minLength, t.length) || over(t.length, t.maxLength) || over(t.minLength, t.maxLength) {
		d.v.errorf(where, "the lengths contradict each other")
	}
}

func (t *datatype) bounds(d *document, where string, p properties) {
	by := map[string]limit{} // by side and kind; minimum is minInclusive
	for _, name := range []string{"minimum", "minInclusive", "minExclusive", "maximum", "maxInclusive", "maxExclusive"} {
		s, ok := p[name].(string)
		if !ok {
			continue
		}
		at := where + "/" + name
		if t.family != numeric && t.family != temporal && t.family != duration {
			d.v.errorf(at, "%s has no order", t.name)
			continue
		}
		v, err := t.builtin.parse(s)
		if err != nil {
			d.v.errorf(at, "%v", err)
			continue
		}
		l := limit{name, v, strings.HasPrefix(name, "max"), strings.HasSuffix(name, "Exclusive")}
		key := fmt.Sprint(l.upper, l.exclusive)
		if before, twice := by[key]; twice && before.value.text != v.text {
			d.v.errorf(at, "contradicts %s", before.name)
		}
		by[key] = l
		t.limits = append(t.limits, l)
	}
	for i, a := range t.limits {
		for _, b := range t.limits[i+1:] {
			switch {
			case a.upper == b.upper && a.exclusive != b.exclusive:
				d.v.errorf(where, "%s beside %s", b.name, a.name)
			case a.upper == b.upper:
			case less(b.value.order, a.value.order), a.exclusive != b.exclusive && !less(a.value.order, b.value.order):
				d.v.errorf(where, "%s contradicts %s", b.name, a.name)
			}
		}
	}
}

// parse reads a text by the format of the datatype, and says what is wrong with it.
func (t *datatype) parse(s string) (v value, problems []string) {
	plain := s
	if t.format != nil {
		var ok bool
		if plain, ok = t.format.plain(s); !ok {
			return value{text: s}, []string{fmt.Sprintf("%.100q is not in the format", s)}
		}
	}
	v, err := t.builtin.parse(plain)
	if err != nil {
		return value{text: s}, []string{err.Error()}
	}
	if t.length != nil && v.length != *t.length || t.minLength != nil && v.length < *t.minLength || t.maxLength != nil && v.length > *t.maxLength {
		problems = append(problems, fmt.Sprintf("%.100q has the length %d", s, v.length))
	}
	for _, l := range t.limits {
		if !l.allows(v) {
			problems = append(problems, fmt.Sprintf("%q is beyond %s %s", s, l.name, l.value.text))
		}
	}
	return v, problems
}
