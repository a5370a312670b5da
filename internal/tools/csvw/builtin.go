package csvw

import (
	"encoding/base64"
	"encoding/hex"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// The built-in datatypes (Metadata, 6.1), which are those of XML Schema 1.1, part 2, and
// three for JSON, HTML and XML.

// family groups the datatypes that have the same properties: length for strings and binary
// data, limits for numbers and times, and their own kinds of formats.
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

// builtin is a datatype of XML Schema.
type builtin struct {
	name, address    string // "date", "http://www.w3.org/2001/XMLSchema#date"
	family           family
	lexical          *regexp.Regexp // matches every text of this type; named groups are the parts of a time
	minimum, maximum string         // limits of whole numbers; "" for none
}

// Parts of the regular expressions below.
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

// types are the built-in datatypes, by their names in the csvw context.
var types = builtinTypes()

func builtinTypes() map[string]builtin {
	types := map[string]builtin{}
	for _, t := range []struct {
		names            string // the name in XML Schema, then other names in the csvw context
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
	for name, address := range map[string]string{ // their syntax is not validated (Model, 6.4.6)
		"xml": "http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral", "html": "http://www.w3.org/1999/02/22-rdf-syntax-ns#HTML",
		"json": "http://www.w3.org/ns/csvw#JSON",
	} {
		t := types["string"]
		t.name, t.address = name, address
		types[name] = t
	}
	return types
}

// floating reports whether the type is a binary floating-point number.
func (b builtin) floating() bool { return b.name == "double" || b.name == "float" }

// integral reports whether all values of the type are whole numbers.
func (b builtin) integral() bool { return b.family == numeric && !b.floating() && b.name != "decimal" }

// value is the value of one text.
type value struct {
	text   string // the canonical text; keys are compared by it
	length int    // in characters; of binary data, in bytes
	order  any    // *big.Rat, float64 or time.Time for the function less; nil if there is no order
}

// parse reads a text in the form that XML Schema defines for the type. It reports whether
// the text has that form and keeps to the type's own limits.
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
		n, _ := strconv.ParseFloat(s, 64) // out of range is infinite, which is a value
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

// lengths are the seconds in each part of a duration. XML Schema leaves the order of "P1M" and
// "P30D" undefined; here a month is a twelfth of a mean Gregorian year, 365.2425 days.
var lengths = map[string]float64{"years": 31556952, "months": 2629746, "days": 86400, "hours": 3600, "minutes": 60, "seconds": 1}

// moment returns the point of time that a match of b.lexical names. Parts that the type does
// not have are taken from 1 December 1972, so that 29 February and day 31 are valid.
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

// less reports whether a is before b. It is false if the two have no order.
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
