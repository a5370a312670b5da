package csvw

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Datatypes of cells (Metadata, 5.11.1 and 6.2 to 6.4): a built-in type, restricted by a
// format, by lengths and by limits.

// datatype is the datatype of a column.
type datatype struct {
	builtin
	format                       format // nil for the form that XML Schema defines
	length, minLength, maxLength *int   // nil for none
	limits                       []limit
}

// limit is a smallest or greatest value.
type limit struct {
	name      string // the property: "minInclusive"
	value     value
	upper     bool // a greatest value
	exclusive bool // the value itself is not allowed
}

// allows reports whether a value keeps to the limit. NaN keeps to none.
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

// dataType is the rule of the property datatype: the name of a built-in type, or an object.
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
		d.v.errorf(where+"/@id", "%s is the address of a built-in datatype", p["@id"])
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

// lengths reads the properties of length; only strings and binary data may have them
// (Metadata, 6.2).
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

// bounds reads the limits; only numbers, times and durations may have them (Metadata, 6.3).
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
			d.v.errorf(at, "%s is not a valid %s", short(p[name]), t.name)
		default:
			t.limits = append(t.limits, limit{name, v, strings.HasPrefix(name, "max"), strings.HasSuffix(name, "Exclusive")})
		}
	}
	for i, a := range t.limits {
		for _, b := range t.limits[i+1:] { // a lower limit is never after an upper one
			var wrong bool
			switch {
			case a.upper == b.upper && a.exclusive == b.exclusive:
				wrong = a.value.text != b.value.text // minimum and minInclusive are the same property
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

// parse reads the text of a cell, which is not null, and returns its value and what is wrong
// with it.
func (t *datatype) parse(s string) (v value, problems []string) {
	plain, ok := s, true
	if t.format != nil {
		if plain, ok = t.format.plain(s); !ok {
			return value{text: s}, []string{fmt.Sprintf("%.100q is not in the format", s)}
		}
	}
	if v, ok = t.builtin.parse(plain); !ok {
		return value{text: s}, []string{fmt.Sprintf("%.100q is not a valid %s", s, t.name)}
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
