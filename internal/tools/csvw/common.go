package csvw

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Common properties (Metadata, 5.8): properties of other vocabularies, such as "dc:title",
// named by a prefix or by a full address. Their values are JSON-LD with restrictions; a value
// that breaks one is an error.

// prefixes are the prefixes that the csvw context (http://www.w3.org/ns/csvw) defines.
// Documents must not define others (Metadata, 4.3).
var prefixes = strings.Fields(`as cc csvw ctag dc dc11 dcat dcterms dctypes dqv duv foaf gr grddl ical ldp ma oa og
	org owl prov qb rdf rdfa rdfs rev rif rr schema sd sioc skos skosxl v vcard void wdr wrds xhv xml xsd`)

// kinds are the values that @type may have on description objects.
var kinds = []string{"TableGroup", "Table", "Schema", "Column", "Dialect", "Template", "Datatype"}

var (
	// absolute is an address with a scheme.
	absolute = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^` + "`" + `]+$`)
	// tag is a well-formed language tag (RFC 5646, 2.1). Grandfathered tags are left out.
	tag = regexp.MustCompile(`^(?i:(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?` +
		`(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?|x(?:-[a-z0-9]{1,8})+)$`)
)

// known reports whether a name has a known prefix or is a full address. "foo:bar" could be an
// address with the scheme foo, but is more likely a misspelt prefix, so it counts as unknown.
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

// node checks an object within a common property.
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
				v.errorf(at, "%s is not a language tag", short(x))
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
			v.errorf(at, "is not allowed beside @value")
		case key == "@id":
			if !isText || strings.HasPrefix(text, "_:") {
				v.errorf(at, "%s is not an address", short(x))
			}
		case !strings.Contains(key, ":") || strings.HasPrefix(key, "@") || strings.HasPrefix(key, "_:"):
			v.errorf(at, "is not allowed in a common property")
		default:
			if !known(key) {
				v.warnf(at, "has an unknown prefix")
			}
			v.common(at, x)
		}
	}
}
