package csvw

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Properties of description objects (Metadata, 5.1). A value that is not permitted gives a
// warning and is ignored. metadata.go has the few cases in which it is an error.

// properties are the permitted properties of an object, as their rules return them.
type properties map[string]any

// rule reads the value of a property and reports whether it is permitted.
type rule func(d *document, where string, value any) (any, bool)

// entry is an object of a document: an item of an array, or the object that a property holds
// or refers to.
type entry struct {
	*document
	where string
	raw   map[string]any
}

// object reads the properties of an object by their rules. kind is its permitted @type. A
// property without a rule is a common property, or gives a warning. Objects with an empty
// kind, such as foreign keys, must not have such properties.
func (d *document) object(where, kind string, raw map[string]any, rules map[string]rule) properties {
	p := properties{}
	for _, key := range slices.Sorted(maps.Keys(raw)) {
		value, at := raw[key], where+"/"+key
		text, isText := value.(string)
		switch rule := rules[key]; {
		case rule != nil:
			if x, ok := rule(d, at, value); ok {
				p[key] = x
			} else {
				d.v.warnf(at, "%s is not permitted, and ignored", short(value))
			}
		case kind == "":
			d.v.errorf(at, "is not allowed here")
		case key == "@id" && !isText:
			d.v.warnf(at, "%s is not an address", short(value))
		case key == "@id" && strings.HasPrefix(text, "_:"):
			d.v.errorf(at, "%s is a blank node", short(value))
		case key == "@id":
			p[key] = resolve(d.base, text)
		case key == "@type" && text != kind:
			d.v.errorf(at, "%s is not %s", short(value), kind)
		case key == "@type":
		case key == "@context":
			d.v.errorf(at, "is only allowed at the top")
		case strings.Contains(key, ":"):
			if !known(key) {
				d.v.warnf(at, "has an unknown prefix")
			}
			d.v.common(at, value)
		default:
			d.v.warnf(at, "is not a property of %s", kind)
		}
	}
	return p
}

// list reads an array of objects.
func list(d *document, where string, value any) (any, bool) {
	items, ok := value.([]any)
	if !ok {
		d.v.warnf(where, "%s is not an array", short(value))
	}
	entries := []entry{}
	for i, item := range items {
		at := fmt.Sprintf("%s/%d", where, i)
		if raw, ok := item.(map[string]any); ok {
			entries = append(entries, entry{d, at, raw})
		} else {
			d.v.warnf(at, "%s is not an object", short(item))
		}
	}
	return entries, true
}

// notes reads an array of objects with common properties.
func notes(d *document, where string, value any) (any, bool) {
	entries, _ := list(d, where, value)
	for _, e := range entries.([]entry) {
		d.v.node(e.where, e.raw)
	}
	return entries, true
}

// object reads an object, or the address of a document that contains one.
func object(d *document, where string, value any) (any, bool) {
	switch x := value.(type) {
	case map[string]any:
		return entry{d, where, x}, true
	case string:
		address := resolve(d.base, x)
		other, found := d.v.document(address)
		if !found {
			d.v.errorf(where, "there is no %s", address)
		}
		if other == nil {
			return entry{d, where, map[string]any{}}, true
		}
		if other.root["@id"] == nil {
			other.root["@id"] = address
		}
		return entry{other, address, other.root}, true
	}
	d.v.warnf(where, "%s is not an object", short(value))
	return entry{d, where, map[string]any{}}, true
}

// link reads an address and resolves it.
func link(d *document, where string, value any) (any, bool) {
	s, ok := value.(string)
	return resolve(d.base, s), ok
}

// is permits values of one type and returns them unchanged.
func is[T any](_ *document, _ string, value any) (any, bool) {
	x, ok := value.(T)
	return x, ok
}

// anyOf permits values of two types and returns them unchanged.
func anyOf[T, U any](_ *document, _ string, value any) (any, bool) {
	_, one := value.(T)
	_, other := value.(U)
	return value, one || other
}

// word permits the texts for which the function returns true.
func word(permitted func(string) bool) rule {
	return func(_ *document, _ string, value any) (any, bool) {
		s, ok := value.(string)
		return s, ok && permitted(s)
	}
}

// one permits the given values, which may be texts, booleans or nil.
func one(of ...any) rule {
	return func(_ *document, _ string, value any) (any, bool) {
		switch value.(type) {
		case nil, string, bool:
			return value, slices.Contains(of, value)
		}
		return nil, false
	}
}

// Rules of simple values.
var (
	text       = is[string]
	boolean    = is[bool]
	filled     = word(func(s string) bool { return s != "" })
	language   = word(tag.MatchString)
	columnName = word(func(s string) bool { return wholeName.MatchString(s) && !strings.HasPrefix(s, "_") })
)

// count permits whole numbers from 0 on.
func count(_ *document, _ string, value any) (any, bool) {
	number, _ := value.(json.Number)
	n, err := number.Int64()
	return int(n), err == nil && n >= 0
}

// texts permits a text or an array of texts.
func texts(_ *document, _ string, value any) (any, bool) {
	items, ok := value.([]any)
	if !ok {
		items = []any{value}
	}
	found := []string{}
	for _, item := range items {
		s, ok := item.(string)
		if !ok {
			return nil, false
		}
		found = append(found, s)
	}
	return found, true
}

// names permits the name of a column or an array of names. Whether there are such columns is
// checked later, when they have been read.
func names(d *document, where string, value any) (any, bool) {
	found, ok := texts(d, where, value)
	return found, ok && len(found.([]string)) > 0
}

// separator permits a text that is not empty, and nil for none.
func separator(_ *document, _ string, value any) (any, bool) {
	x, ok := filled(nil, "", value)
	return x, ok || value == nil
}

// uriTemplate permits a URI template.
func uriTemplate(_ *document, _ string, value any) (any, bool) {
	s, ok := value.(string)
	return template(s), ok && wholeTemplate.MatchString(s)
}

// title is a text in a language.
type title struct{ lang, text string }

// natural reads a text, an array of texts, or an object that has either for each language.
func natural(d *document, where string, value any) (any, bool) {
	titles := []title{}
	in := func(lang, where string, value any) {
		items, isList := value.([]any)
		if !isList {
			items = []any{value}
		}
		for _, item := range items {
			if s, ok := item.(string); ok {
				titles = append(titles, title{lang, s})
			} else {
				d.v.warnf(where, "%s is not a text", short(item))
			}
		}
	}
	byLang, ok := value.(map[string]any)
	if !ok {
		in(d.lang, where, value)
	}
	for _, lang := range slices.Sorted(maps.Keys(byLang)) {
		if at := where + "/" + lang; tag.MatchString(lang) {
			in(lang, at, byLang[lang])
		} else {
			d.v.warnf(at, "is not a language tag")
		}
	}
	return titles, true
}
