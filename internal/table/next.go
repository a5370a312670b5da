package table

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
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
