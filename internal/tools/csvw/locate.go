package csvw

import (
	"regexp"
	"slices"
	"strings"
)

// Locating metadata (Model, 5): of a CSV file the last document that a Link header names,
// else the first of the site's places for it, else what the heading says. A document that
// does not speak of the file is passed by, with a warning.

// places are where metadata lies on a site that has no /.well-known/csvm.
const places = "{+url}-metadata.json\ncsv-metadata.json\n"

var (
	linked     = regexp.MustCompile(`<([^>]*)>([^,<]*)`)
	describing = regexp.MustCompile(`;\s*rel="?describedby"?`)
	metadata   = regexp.MustCompile(`;\s*type="?application/(csvm\+json|ld\+json|json)"?`)
)

// locate returns the tables that the metadata of a CSV file describes.
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
