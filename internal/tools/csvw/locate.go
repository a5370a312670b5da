package csvw

import (
	"regexp"
	"slices"
	"strings"
)

// How the metadata of a CSV file is found (Model, 5): the last document that a Link header
// names, otherwise the first document at one of the places that /.well-known/csvm lists. A
// document that does not describe the file is ignored with a warning. Without a document, the
// heading of the file is all that is known.

// places are the default places of metadata, for a site without /.well-known/csvm.
const places = "{+url}-metadata.json\ncsv-metadata.json\n"

var (
	linked     = regexp.MustCompile(`<([^>]*)>([^,<]*)`)
	describing = regexp.MustCompile(`;\s*rel="?describedby"?`)
	metadata   = regexp.MustCompile(`;\s*type="?application/(csvm\+json|ld\+json|json)"?`)
)

// locate returns the group of tables that the CSV file at an address belongs to.
func (v *validator) locate(address string) *group {
	address = resolve(address, "")
	file, ok := v.open(address)
	if !ok {
		v.errorf(address, "there is no such file")
		return &group{}
	}
	var found []string
	for _, m := range linked.FindAllStringSubmatch(file.Link, -1) {
		if describing.MatchString(m[2]) && metadata.MatchString(m[2]) {
			found = []string{resolve(address, m[1])}
		}
	}
	wellKnown, ok := v.open(resolve(address, "/.well-known/csvm"))
	if !ok {
		wellKnown.Data = []byte(places)
	}
	for line := range strings.Lines(string(wellKnown.Data)) {
		if line = strings.TrimSpace(line); line != "" {
			found = append(found, resolve(address, template(line).expand(map[string][]string{"url": {address}})))
		}
	}
	for _, place := range found {
		before := len(v.problems)
		d, _ := v.document(place)
		if d == nil {
			continue
		}
		if g := d.group(); slices.ContainsFunc(g.tables, func(t *table) bool { return t.url == address }) {
			return g
		}
		v.problems = v.problems[:before]
		v.warnf(place, "does not describe %s", address)
	}
	return &group{tables: []*table{{url: address, where: address, dialect: defaultDialect, plain: true}}}
}
