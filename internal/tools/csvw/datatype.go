package csvw

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Datatypes (Metadata, 6): those of XML Schema 1.1, part 2, and what is derived from them
// by format, length and limits.

type family string

const (
	other    family = "other"
	stringy  family = "string"
	binary   family = "binary"
	boolish  family = "boolean"
	numeric  family = "number"
	temporal family = "date or time"
	duration family = "duration"
)

// A builtin is a datatype of XML Schema: what its texts look like, and for whole numbers
// how small and great they may be.
type builtin struct {
	name, address    string
	family           family
	lexical          *regexp.Regexp
	minimum, maximum string
}

const (
	year = `(?P<year>-?(?:[1-9]\d{3,}|0\d{3}))`
	date = year + `-(?P<month>\d\d)-(?P<day>\d\d)`
	hour = `(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d(?:\.\d+)?)`
	zone = `(?P<zone>Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)`
	mon  = `(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?`
	days = `(?:(?P<days>\d+)D)?(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?`

	decimal = `[+-]?(?:\d+(?:\.\d*)?|\.\d+)`
	double  = decimal + `(?:[eE][+-]?\d+)?|[+-]?INF|NaN`
	whole   = `[+-]?\d+`
	ncName  = `[\p{L}_][\p{L}\p{N}\p{M}._·-]*`
)

// types are the builtin datatypes, by their names in the csvw context.
var types = map[string]builtin{}

func init() {
	for _, t := range []struct {
		names            string // that of XML Schema first
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

		{"string", stringy, `(?s:.*)`, "", ""},
		{"normalizedString", stringy, `[^\t\r\n]*`, "", ""},
		{"token", stringy, `(?:\S+(?: \S+)*)?`, "", ""},
		{"language", stringy, `[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*`, "", ""},
		{"Name", stringy, `[\p{L}_:][\p{L}\p{N}\p{M}.:_·-]*`, "", ""},
		{"NCName", stringy, ncName, "", ""},
		{"NMTOKEN", stringy, `[\p{L}\p{N}\p{M}.:_·-]+`, "", ""},

		{"decimal", numeric, decimal, "", ""},
		{"double number", numeric, double, "", ""},
		{"float", numeric, double, "", ""},
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
		{"gYear", temporal, year + zone + `?`, "", ""},
		{"gYearMonth", temporal, year + `-(?P<month>\d\d)` + zone + `?`, "", ""},
		{"gMonth", temporal, `--(?P<month>\d\d)` + zone + `?`, "", ""},
		{"gMonthDay", temporal, `--(?P<month>\d\d)-(?P<day>\d\d)` + zone + `?`, "", ""},
		{"gDay", temporal, `---(?P<day>\d\d)` + zone + `?`, "", ""},
		{"duration", duration, `-?P` + mon + days, "", ""},
		{"dayTimeDuration", duration, `-?P` + days, "", ""},
		{"yearMonthDuration", duration, `-?P` + mon, "", ""},
	} {
		names := strings.Fields(t.names)
		for _, name := range names {
			types[name] = builtin{names[0], "http://www.w3.org/2001/XMLSchema#" + names[0], t.family,
				regexp.MustCompile(`^(?:` + t.lexical + `)$`), t.minimum, t.maximum}
		}
	}
	for name, address := range map[string]string{ // whose syntax is not to be checked (Model, 6.4.6)
		"xml": "http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral", "html": "http://www.w3.org/1999/02/22-rdf-syntax-ns#HTML",
		"json": "http://www.w3.org/ns/csvw#JSON",
	} {
		t := types["string"]
		t.name, t.address = name, address
		types[name] = t
	}
}

// floating tells whether the type is one of numbers with an exponent.
func (b builtin) floating() bool { return b.name == "double" || b.name == "float" }

// integral tells whether it is one of whole numbers.
func (b builtin) integral() bool { return b.family == numeric && !b.floating() && b.name != "decimal" }

// A value is what a text means: its canonical text, by which keys are compared, its
// length, and what it is ordered by: *big.Rat, float64 or time.Time.
type value struct {
	text   string
	length int
	order  any
}

// parse reads a text as XML Schema has it.
func (b builtin) parse(s string) (v value, ok bool) {
	m := b.lexical.FindStringSubmatch(s)
	if m == nil {
		return v, false
	}
	v = value{s, utf8.RuneCountInString(s), nil}
	switch {
	case b.family == boolish && len(s) == 1:
		v.text = map[string]string{"1": "true", "0": "false"}[s]
	case b.name == "hexBinary":
		v.length = hex.DecodedLen(len(s))
	case b.family == binary:
		data, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(s, " ", ""))
		v.length = len(data)
		return v, err == nil
	case b.floating():
		n, _ := strconv.ParseFloat(s, 64) // what is too great is infinite
		v.text, v.order = strconv.FormatFloat(n, 'E', -1, 64), n
	case b.family == numeric:
		n, _ := new(big.Rat).SetString(s)
		digits, _ := n.FloatPrec()
		v.text, v.order = n.FloatString(digits), n
		least, hasLeast := new(big.Rat).SetString(b.minimum)
		most, hasMost := new(big.Rat).SetString(b.maximum)
		return v, !(hasLeast && n.Cmp(least) < 0 || hasMost && n.Cmp(most) > 0)
	case b.family == temporal:
		v.order, ok = b.moment(m)
		return v, ok
	case b.family == duration:
		sum, found := 0.0, false
		for i, name := range b.lexical.SubexpNames() {
			if n, err := strconv.ParseFloat(m[i], 64); err == nil && name != "" {
				sum, found = sum+n*lengths[name], true
			}
		}
		if s[0] == '-' {
			sum = -sum
		}
		v.order = sum
		return v, found && !strings.HasSuffix(s, "T")
	}
	return v, true
}

// lengths are those of the parts of a duration in seconds. XML Schema has no order between
// a month and 30 days; here a month is a twelfth of a Gregorian year.
var lengths = map[string]float64{"years": 31556952, "months": 2629746, "days": 86400, "hours": 3600, "minutes": 60, "seconds": 1}

// moment is a point of time; what its type leaves out is as in December of a leap year.
func (b builtin) moment(match []string) (at time.Time, ok bool) {
	part := map[string]float64{"year": 1972, "month": 12, "day": 1}
	in := time.UTC
	for i, name := range b.lexical.SubexpNames() {
		switch s := match[i]; {
		case name == "" || s == "" || s == "Z":
		case name == "zone":
			hours, _ := strconv.Atoi(s[:3])
			minutes, _ := strconv.Atoi(s[:1] + s[4:])
			in = time.FixedZone("", (hours*60+minutes)*60)
		default:
			part[name], _ = strconv.ParseFloat(s, 64)
		}
	}
	day := time.Date(int(part["year"]), time.Month(part["month"]), int(part["day"]), 0, 0, 0, 0, in)
	clock := part["hour"]*3600 + part["minute"]*60 + part["second"]
	return day.Add(time.Duration(clock * 1e9)),
		day.Month() == time.Month(part["month"]) && day.Day() == int(part["day"]) && clock <= 86400 && part["minute"] < 60 && part["second"] < 60
}

// less tells whether one value is before another; what has no order is not.
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
	name             string
	value            value
	upper, exclusive bool
}

// allows tells whether a value keeps to the limit; NaN keeps to none.
func (l limit) allows(v value) bool {
	low, high := l.value.order, v.order
	if l.upper {
		low, high = high, low
	}
	if l.exclusive {
		return less(low, high)
	}
	return v.text != "NaN" && !less(high, low)
}

var datatypeRules = map[string]rule{
	"base": word(func(s string) bool { return types[s].name != "" }), "format": anyOf[string, map[string]any], "length": count, "minLength": count, "maxLength": count,
	"minimum": anyOf[string, json.Number], "minInclusive": anyOf[string, json.Number], "minExclusive": anyOf[string, json.Number],
	"maximum": anyOf[string, json.Number], "maxInclusive": anyOf[string, json.Number], "maxExclusive": anyOf[string, json.Number],
}

// dataType reads the property datatype: a name, or an object.
func dataType(d *document, where string, value any) (any, bool) {
	if name, ok := value.(string); ok {
		return &datatype{builtin: types[name]}, types[name].name != ""
	}
	raw, ok := value.(map[string]any)
	if !ok {
		return nil, false
	}
	p := d.object(where, "Datatype", raw, datatypeRules)
	t := &datatype{builtin: types["string"]}
	if name, ok := p["base"].(string); ok {
		t.builtin = types[name]
	}
	if slices.ContainsFunc(slices.Collect(maps.Values(types)), func(b builtin) bool { return b.address == p["@id"] }) {
		d.v.errorf(where+"/@id", "%s is a builtin datatype", p["@id"])
	}
	t.lengths(d, where, p)
	t.bounds(d, where, p)
	if x, there := p["format"]; there {
		if format, err := t.parseFormat(x); err == nil {
			t.format = format
		} else {
			d.v.warnf(where+"/format", "%v", err)
		}
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
	for _, name := range []string{"minimum", "minInclusive", "minExclusive", "maximum", "maxInclusive", "maxExclusive"} {
		if p[name] == nil {
			continue
		}
		at := where + "/" + name
		v, ok := t.builtin.parse(fmt.Sprint(p[name]))
		switch {
		case t.family != numeric && t.family != temporal && t.family != duration:
			d.v.errorf(at, "%s has no order", t.name)
		case !ok:
			d.v.errorf(at, "%s is no %s", short(p[name]), t.name)
		default:
			t.limits = append(t.limits, limit{name, v, strings.HasPrefix(name, "max"), strings.HasSuffix(name, "Exclusive")})
		}
	}
	for i, a := range t.limits {
		for _, b := range t.limits[i+1:] { // the lower ones come first
			var wrong bool
			switch {
			case a.upper == b.upper && a.exclusive == b.exclusive:
				wrong = a.value.text != b.value.text // minimum is minInclusive
			case a.upper == b.upper:
				wrong = true
			case a.exclusive == b.exclusive:
				wrong = less(b.value.order, a.value.order)
			default:
				wrong = !less(a.value.order, b.value.order)
			}
			if wrong {
				d.v.errorf(where, "%s contradicts %s", b.name, a.name)
			}
		}
	}
}

// parse reads a text by the format of the datatype, and says what is wrong with it.
func (t *datatype) parse(s string) (v value, problems []string) {
	plain, ok := s, true
	if t.format != nil {
		if plain, ok = t.format.plain(s); !ok {
			return value{text: s}, []string{fmt.Sprintf("%.100q is not in the format", s)}
		}
	}
	if v, ok = t.builtin.parse(plain); !ok {
		return value{text: s}, []string{fmt.Sprintf("%.100q is no %s", s, t.name)}
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
