package table

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// countedOn matches an id that ends with a number.
var countedOn = regexp.MustCompile(`^(.*?)([0-9]{1,9})$`)

// NextID proposes the id of the next record: that of the last one with a number at its end, plus one,
// with as many zeros. A number that a removed record may have had is not given again. It is empty if
// the ids have no numbers at their ends, or the key is not one text.
func (t *Table) NextID() string {
	if keys := t.Schema.keys; len(keys) != 1 || !slices.Contains([]Type{ID, String}, t.Schema.Columns[t.Schema.Fields[keys[0]].Column].Type) {
		return ""
	}
	before, digits, highest := "", 0, -1
	for i := len(t.Rows) - 1; i >= 0; i-- {
		p := countedOn.FindStringSubmatch(t.Rows[i].Key)
		if p == nil || highest >= 0 && p[1] != before {
			continue
		}
		n, _ := strconv.Atoi(p[2])
		if highest < 0 {
			before, digits = p[1], len(p[2])
		}
		highest = max(highest, n)
	}
	if highest < 0 {
		return ""
	}
	return fmt.Sprintf("%s%0*d", before, digits, highest+1)
}

// NextBelow proposes the id of the next record that refers to another one by a field, if the ids of such
// records begin with that of the other, as osh-2026-a1-f03 does for osh-2026-a1. Otherwise it is NextID.
func (t *Table) NextBelow(field int, parent string) string {
	for i := len(t.Rows) - 1; i >= 0; i-- {
		above := t.Rows[i].Values[field]
		rest, below := strings.CutPrefix(t.Rows[i].Key, above)
		p := countedOn.FindStringSubmatch(rest)
		if !below || above == "" || p == nil || p[1] == "" {
			continue
		}
		highest := 0
		for _, r := range t.Rows {
			if digits, ok := strings.CutPrefix(r.Key, parent+p[1]); ok {
				n, _ := strconv.Atoi(digits) // what is no number counts nothing
				highest = max(highest, n)
			}
		}
		return fmt.Sprintf("%s%s%0*d", parent, p[1], len(p[2]), highest+1)
	}
	return t.NextID()
}
