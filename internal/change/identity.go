package change

import (
	"math/big"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"achyk/internal/locale"
	"achyk/internal/table"
)

// same tells whether two cells of a type say the same, each in its own form: 7 and 7.0,
// one snapshot by two clocks, letters of one piece or two, ң and the letter that looks like it.
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

var lookAlike = strings.NewReplacer("ӊ", "ң", "Ӊ", "Ң")

func simplified(s string) string {
	return strings.Join(strings.Fields(lookAlike.Replace(norm.NFC.String(s))), " ")
}

// record is what a record is known by to people: what it is called, and what it is of.
type record func(field string) string

func recordOf(t *table.Table, row *table.Row) record {
	return func(field string) string { return t.Value(row, field) }
}

// renamed tells whether a record is called something wholly else: no part of its label
// is kept. A new spelling, or a longer name, shares a word with the old one. Where
// neither has a label, any difference counts.
func otherName(s *table.Schema, old, new record) bool {
	labels := map[int]bool{}
	for _, c := range s.LabelColumns() {
		labels[c] = true
	}
	compared, differing := 0, false
	for i, f := range s.Fields {
		if f.Lang != locale.Ky { // of texts the original counts; other fields have no language, which is the same
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

// another tells whether a record stands for something else than before: it is renamed,
// what it refers to is all other, and so is most of the rest.
func otherRecord(s *table.Schema, old, new record) bool {
	compared, differing := 0, 0
	for i, f := range s.Fields {
		a, b, column := old(f.Name), new(f.Name), &s.Columns[f.Column]
		if f.Lang != locale.Ky || a == "" || slices.Contains(s.Keys(), i) {
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

// kindred tells whether two names have a word in common, or the beginning of one: in
// Kyrgyz the same word ends in many ways.
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
