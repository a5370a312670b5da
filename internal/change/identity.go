package change

import (
	"math/big"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"achyk/internal/limits"
	"achyk/internal/table"
)

// sameValue reports whether two cells of a type have the same value in different forms: 7
// and 7.0, the same time in two zones, composed and decomposed letters, ң and the letter ӊ
// that looks like it.
func sameValue(t table.Type, a, b string) bool {
	if a == b {
		return true
	}
	switch {
	case t.Numeric():
		x, okX := new(big.Rat).SetString(a)
		y, okY := new(big.Rat).SetString(b)
		return okX && okY && x.Cmp(y) == 0
	case t.Dated():
		x, okX := table.ParseTime(a)
		y, okY := table.ParseTime(b)
		return okX && okY && x.Equal(y)
	}
	return simplified(a) == simplified(b)
}

// lookAlike replaces a letter that looks like ң and is typed by mistake.
var lookAlike = strings.NewReplacer("ӊ", "ң", "Ӊ", "Ң")

// simplified returns a text without the differences that do not count.
func simplified(s string) string {
	return strings.Join(strings.Fields(lookAlike.Replace(norm.NFC.String(s))), " ")
}

// record returns the value of each field of a record.
type record func(field string) string

func recordOf(t *table.Table, row *table.Row) record {
	return func(field string) string { return t.Value(row, field) }
}

// otherName reports whether no part of a record's label was kept. A new spelling or a longer
// name still shares a word with the old name, so it is not another name. If the two records
// have no label column in common, any difference counts.
func otherName(s *table.Schema, old, new record) bool {
	labels := map[int]bool{}
	for _, c := range s.LabelColumns() {
		labels[c] = true
	}
	compared, differing := 0, false
	for i, f := range s.Fields {
		if s.Translation(i) {
			continue
		}
		a, b, column := old(f.Name), new(f.Name), &s.Columns[f.Column]
		if a == "" || b == "" || slices.Contains(s.Keys(), i) {
			continue
		}
		differs := !sameValue(column.Type, a, b)
		differing = differing || differs
		if labels[f.Column] {
			compared++
			if !differs || (column.Type == table.Text || column.Type == table.String) && shareWord(a, b) {
				return false
			}
		}
	}
	return compared > 0 || differing
}

// otherRecord reports whether a record now describes something else: it has another name, it
// kept none of its references, and more than half of its fields differ.
func otherRecord(s *table.Schema, old, new record) bool {
	compared, differing := 0, 0
	for i, f := range s.Fields {
		a, b, column := old(f.Name), new(f.Name), &s.Columns[f.Column]
		if s.Translation(i) || a == "" || slices.Contains(s.Keys(), i) {
			continue
		}
		compared++
		switch {
		case !sameValue(column.Type, a, b):
			differing++
		case column.Type == table.Ref:
			return false
		}
	}
	return differing > 1 && 2*differing > compared && otherName(s, old, new)
}

// findRenamed finds removed records that a new one holds under another id.
func (r *register) findRenamed() {
	var removed, added []*edit
	for i := range r.edits {
		switch e := &r.edits[i]; {
		case e.new == nil:
			removed = append(removed, e)
		case e.old == nil:
			added = append(added, e)
		}
	}
	if !r.identified() || len(removed)*len(added) > limits.Renamed {
		return
	}
	for _, e := range removed {
		most := 0
		for _, other := range added {
			if same := r.sameButKey(e.old, other.new); same > most {
				most, e.now = same, other.key
			}
		}
	}
}

// sameButKey returns how many cells of a row another one has as well, or 0 if more than one in four
// differs, or a date or a reference does. Keys do not count.
func (r *register) sameButKey(old, new *table.Row) int {
	filled, same := 0, 0
	for i, f := range r.was.Schema.Fields {
		a, column := old.Values[i], &r.was.Schema.Columns[f.Column]
		if a == "" || slices.Contains(r.was.Schema.Keys(), i) {
			continue
		}
		filled++
		if sameValue(column.Type, a, r.is.Value(new, f.Name)) {
			same++
		} else if column.Type == table.Ref || column.Type.Dated() {
			return 0
		}
	}
	if 4*same < 3*filled {
		return 0
	}
	return same
}

// shareWord reports whether two names have a word in common, or two words with the same
// first four letters: Kyrgyz words have many endings.
func shareWord(a, b string) bool {
	const stem = 4
	stems := func(s string) map[string]bool {
		all := map[string]bool{}
		for _, w := range strings.FieldsFunc(strings.ToLower(simplified(s)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			r := []rune(w)
			if len(r) > 1 {
				all[string(r[:min(len(r), stem)])] = true
			}
		}
		return all
	}
	others := stems(b)
	for s := range stems(a) {
		if others[s] {
			return true
		}
	}
	return false
}
