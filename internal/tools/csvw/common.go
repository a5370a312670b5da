package csvw

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Common properties (Metadata, 5.8): titles, licences, notes, anything of other
// vocabularies, by prefixed name or address. Their values are JSON-LD with restrictions,
// and what breaks these is an error.

// prefixes are those of the csvw context (http://www.w3.org/ns/csvw), which nobody may
// add to.
var prefixes = strings.Fields(`as cc csvw ctag dc dc11 dcat dcterms dctypes dqv duv foaf gr grddl ical ldp ma oa og
	org owl prov qb rdf rdfa rdfs rev rif rr schema sd sioc skos skosxl v vcard void wdr wrds xhv xml xsd`)

// kinds are the types of description objects.
var kinds = []string{"TableGroup", "Table", "Schema", "Column", "Dialect", "Template", "Datatype"}

var (
	absolute = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^` + "`" + `]+$`)
	// tag is a well-formed language tag (RFC 5646, 2.1), without the grandfathered ones.
	tag = regexp.MustCompile(`^(?i:(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?` +
		`(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?|x(?:-[a-z0-9]{1,8})+)$`)
)

// known tells whether a name has one of the prefixes, or is an address for sure: that
// foo:bar is one is more likely a mistake.
func known(name string) bool {
	prefix, rest, _ := strings.Cut(name, ":")
	return slices.Contains(prefixes, prefix) || absolute.MatchString(name) && (strings.HasPrefix(rest, "//") || prefix == "urn")
}

// common checks the value of a common property.
func (v *validator) common(where string, value any) {
	switch x := value.(type) {
	case []any:
		for i, item := range x {
			v.common(fmt.Sprintf("%s/%d", where, i), item)
		}
	case map[string]any:
		v.node(where, x)
	}
}

func (v *validator) node(where string, object map[string]any) {
	value, isValue := object["@value"]
	_, typed := object["@type"]
	_, tagged := object["@language"]
	if isValue {
		switch value.(type) {
		case nil, map[string]any, []any:
			v.errorf(where, "@value is %s", short(value))
		}
		if typed && tagged {
			v.errorf(where, "a value has a language or a type, not both")
		}
	}
	if tagged && !isValue {
		v.errorf(where, "@language without @value")
	}
	for _, key := range slices.Sorted(maps.Keys(object)) {
		x, at := object[key], where+"/"+key
		text, isText := x.(string)
		switch {
		case key == "@value":
		case key == "@language":
			if x != nil && !tag.MatchString(text) {
				v.errorf(at, "%s is no language", short(x))
			}
		case key == "@type":
			list, isList := x.([]any)
			if !isList || isValue {
				list = []any{x}
			}
			for _, x := range list {
				name, _ := x.(string)
				if builtin := isValue && types[name].name != "" || !isValue && slices.Contains(kinds, name); !builtin && !known(name) {
					v.errorf(at, "%s is neither a type of CSV on the Web, nor a name with a prefix, nor an address", short(x))
				}
			}
		case isValue:
			v.errorf(at, "beside @value")
		case key == "@id":
			if !isText || strings.HasPrefix(text, "_:") {
				v.errorf(at, "%s is no address", short(x))
			}
		case !strings.Contains(key, ":") || strings.HasPrefix(key, "@") || strings.HasPrefix(key, "_:"):
			v.errorf(at, "is not allowed in a common property")
		default:
			if !known(key) {
				v.warnf(at, "has a prefix that nobody knows")
			}
			v.common(at, x)
		}
	}
}
