package settings

import (
	"encoding"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"achyk/internal/diag"
	"achyk/internal/limits"
	"achyk/internal/locale"
	"achyk/internal/source"
	"achyk/internal/spelling"
)

// Words that a mismatch may name beside the types of TOML.
const (
	numberKind kind = "number"       // an integer or a float
	outOfRange kind = "out-of-range" // a number that the field cannot hold
	otherText  kind = "other-text"   // a text that the field's UnmarshalText accepts
	noSuchTime kind = "no-such-time" // a date far from our days, or in a zone that no place has
)

// comparison collects the differences between a text and the Go type that it is to fill.
type comparison struct {
	file       *source.File
	languages  []locale.Lang // that texts can be in
	problems   diag.Collector
	unreliable bool // v must not be filled
	compared   int  // keys with which unknown ones were compared
}

var (
	timeType        = reflect.TypeFor[time.Time]()
	languagesType   = reflect.TypeFor[locale.Text]()
	textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// compare reports every value that does not fit its type, and every unknown key. The path is
// that of the value: names joined by dots, without indexes.
//
// The types it knows are structs, maps with text as keys, slices, texts, booleans, numbers,
// time.Time for dates, types with UnmarshalText for texts, pointers to these and empty
// interfaces, which hold anything. Other types are left to the decoder.
func (c *comparison) compare(n *node, t reflect.Type, path string) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t == timeType:
		if c.want(n, dateKind, path) && !happens(n.text) {
			c.mismatchOf(n, dateKind, noSuchTime, path)
		}
	case reflect.PointerTo(t).Implements(textUnmarshaler):
		if c.want(n, stringKind, path) && reflect.New(t).Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(n.text)) != nil {
			c.mismatch(n, otherText, path)
		}
	case t.Kind() == reflect.Struct:
		if c.want(n, tableKind, path) {
			c.fields(n, t, path)
		}
	case t.Kind() == reflect.Map:
		if c.want(n, tableKind, path) {
			for _, name := range n.keys {
				c.compare(n.table[name], t.Elem(), join(path, name))
			}
		}
	case t.Kind() == reflect.Slice:
		if c.want(n, arrayKind, path) {
			for _, item := range n.items {
				c.compare(item, t.Elem(), path)
			}
		}
	default:
		c.scalar(n, t, path)
	}
}

// happens tells whether a date is in the years 1900 to 2199 and in a zone that some place has,
// as cells of registers must be.
func happens(date string) bool {
	year, _ := strconv.Atoi(date[:len("2006")])
	hours, minutes := 0, ""
	if i := strings.LastIndexAny(date, "+-"); i > len("2006-01-") {
		hours, _ = strconv.Atoi(date[i : i+3])
		minutes = date[i+4:]
	}
	return year >= limits.FirstYear && year <= limits.LastYear && hours >= -12 && hours <= 14 && (hours != -12 && hours != 14 || minutes == "00")
}

// scalar compares a text, a boolean or a number.
func (c *comparison) scalar(n *node, t reflect.Type, path string) {
	switch t.Kind() {
	case reflect.String:
		c.want(n, stringKind, path)
	case reflect.Bool:
		c.want(n, booleanKind, path)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		if c.want(n, integerKind, path) && !holds(t, n.text) {
			c.mismatchOf(n, integerKind, outOfRange, path)
		}
	case reflect.Float64:
		if n.kind != integerKind && n.kind != floatKind {
			c.mismatch(n, numberKind, path)
		} else if n.kind == integerKind && !holds(t, n.text) {
			c.mismatchOf(n, numberKind, outOfRange, path)
		}
	}
}

// holds tells whether a Go type can hold a whole number, which is given as TOML writes it. A
// float64 holds those it does not round; the decoder refuses the others.
func holds(t reflect.Type, written string) bool {
	whole, err := strconv.ParseInt(written, 0, 64)
	switch {
	case err != nil:
		return false
	case t.Kind() == reflect.Float64:
		return whole > -1<<53 && whole < 1<<53
	case t.Kind() >= reflect.Uint:
		return whole >= 0 && !t.OverflowUint(uint64(whole))
	}
	return !t.OverflowInt(whole)
}

// fields compares the keys of a table with the fields of a struct.
func (c *comparison) fields(n *node, t reflect.Type, path string) {
	fields := map[string]reflect.Type{}
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("toml"), ",")
		if name == "" {
			name = f.Name
		}
		if name != "-" && f.IsExported() {
			fields[name] = f.Type
		}
	}
	if t == languagesType {
		for _, l := range c.languages {
			fields[l.String()] = reflect.TypeFor[string]()
		}
	}
	for _, name := range n.keys {
		if field, known := fields[name]; known {
			c.compare(n.table[name], field, join(path, name))
			continue
		}
		nearest, how := c.nearest(name, slices.Sorted(maps.Keys(fields)))
		for _, place := range n.table[name].places() {
			key := join(path, name)
			c.problems.Add(diag.Diagnostic{
				Code: diag.TOMLUnknownKey, File: c.file, Span: place,
				Value: key, Args: diag.Args{"key": key, "nearest": nearest, "kind": how},
			})
		}
	}
}

// nearest returns the known key that an unknown one may be meant as, or "", and how they differ: by "case" only, as the
// decoder, which would then fill the field, does not tell apart, or by their "letters".
func (c *comparison) nearest(name string, known []string) (nearest, how string) {
	for _, key := range known {
		if strings.EqualFold(key, name) {
			nearest, c.unreliable = key, true
		}
	}
	if nearest != "" {
		return nearest, "case"
	}
	if c.compared += len(known); c.compared > limits.Compared {
		return "", ""
	}
	return spelling.Nearest(name, known), "letters"
}

// want reports a value that is not of a kind, and tells whether it is.
func (c *comparison) want(n *node, want kind, path string) bool {
	if n.kind != want {
		c.mismatch(n, want, path)
	}
	return n.kind == want
}

// mismatch reports a value of another kind than wanted.
func (c *comparison) mismatch(n *node, want kind, path string) { c.mismatchOf(n, want, n.kind, path) }

// mismatchOf reports a value as another kind than it is.
func (c *comparison) mismatchOf(n *node, want, have kind, path string) {
	c.unreliable = true
	span := n.value
	if span == (source.Span{}) {
		span = n.place
	}
	c.problems.Add(diag.Diagnostic{
		Code: diag.TOMLType, File: c.file, Span: span, Value: string(c.file.Data[span.Start:span.End]),
		Args: diag.Args{"key": path, "want": diag.Phrase("toml." + string(want)), "have": diag.Phrase("toml." + string(have))},
	})
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
