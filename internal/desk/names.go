package desk

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"achyk/internal/diag"
	"achyk/internal/label"
	"achyk/internal/limits"
	"achyk/internal/locale"
	"achyk/internal/table"
)

// identified is a name with the id of the record behind it in brackets, as the sheets to fill in show records. People
// write other brackets too, and copy ids with the marks that messages have around them.
var identified = regexp.MustCompile("^(.*?)[\u00a0 ]*([\\[(])`?([a-z0-9][a-z0-9_-]*)`?[\\])]$")

// reference reads the id of a record, also behind its name in brackets, or the name alone if only one record has it.
// A name of several records is refused, and so is a name, or a shortened one, with the id of another record: one of the
// two is wrong.
func (d *Desk) reference(text, register string) (string, diag.Code) {
	all := d.named(register)
	switch ids := all[key(text)]; {
	case len(all[text]) == 1 && all[text][0] == text:
		return text, ""
	case len(ids) > 1:
		return text, diag.AmbiguousName
	case len(ids) == 1:
		return ids[0], ""
	}
	m := identified.FindStringSubmatch(text)
	if m == nil || m[2] == "(" && all[m[3]] == nil { // a name may end with a word in brackets
		return text, ""
	}
	if ids := d.called(m[1], register); len(ids) > 0 && !slices.Contains(ids, m[3]) {
		return text, diag.AmbiguousName
	}
	return m[3], ""
}

// called returns the ids of the records that have a name, or whose names have each of its words or begin with it: people
// shorten first names. It compares no more than limits.Compared names.
func (d *Desk) called(name, register string) (ids []string) {
	all, words := d.named(register), strings.Fields(strings.ReplaceAll(key(name), ".", " "))
	if ids := all[key(name)]; len(ids) > 0 {
		return ids
	}
	if d.compared += len(all); d.compared > limits.Compared || !slices.ContainsFunc(words, func(w string) bool { return utf8.RuneCountInString(w) > 3 }) {
		return nil
	}
	for full, of := range all {
		parts := strings.Fields(full)
		if !slices.ContainsFunc(words, func(w string) bool {
			return !slices.ContainsFunc(parts, func(part string) bool { return strings.HasPrefix(part, w) })
		}) {
			ids = append(ids, of...)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// named returns the ids of the records of a register by their names in each language, and by the ids themselves.
func (d *Desk) named(register string) map[string][]string {
	if ids, ok := d.names[register]; ok {
		return ids
	}
	ids := map[string][]string{}
	if t := d.register(register); t != nil {
		for i := range t.Rows {
			r := &t.Rows[i]
			for _, column := range t.Schema.LabelColumns() {
				name := t.Text(r, column)
				for _, called := range name.All() {
					if k := key(called); k != "" && !slices.Contains(ids[k], r.Key) {
						ids[k] = append(ids[k], r.Key)
					}
				}
			}
		}
		for i := range t.Rows { // an id is itself
			ids[t.Rows[i].Key] = []string{t.Rows[i].Key}
		}
	}
	if d.names == nil {
		d.names = map[string]map[string][]string{}
	}
	d.names[register] = ids
	return ids
}

// register returns the register of a name, or nil.
func (d *Desk) register(name string) *table.Table {
	i := slices.IndexFunc(d.Tables, func(t *table.Table) bool { return name != "" && t.Schema.Name == name })
	if i < 0 {
		return nil
	}
	return d.Tables[i]
}

// several returns the arguments of the message diag.AmbiguousName on a text: the records that it may mean, each with
// what tells it from the others.
func (d *Desk) several(text, register string) diag.Args {
	t, all := d.register(register), d.named(register)
	ids, code := all[key(text)], ""
	if m := identified.FindStringSubmatch(text); m != nil && len(ids) == 0 {
		ids, code = slices.Concat(d.called(m[1], register), all[m[3]]), m[3]
	}
	var rows []*table.Row
	for _, id := range ids {
		rows = append(rows, t.Lookup(id))
	}
	rows = rows[:min(len(rows), limits.Listed)]
	var words []table.Named
	for _, named := range t.Named() {
		if i := slices.IndexFunc(rows, func(r *table.Row) bool { return r.Key == named.Code }); i >= 0 {
			for _, f := range telling(t, rows) {
				column := &t.Schema.Columns[t.Schema.Fields[f].Column]
				value := label.Of(nil, t.Schema, t.Schema.Fields[f].Name, rows[i].Values[f])
				named.Name = locale.PerLanguage(nil, func(l locale.Lang) string {
					return named.Name.In(l) + ", " + strings.ToLower(column.Title.In(l)) + ": " + value.In(l)
				})
			}
			words = append(words, named)
		}
	}
	return diag.Args{"register": t.Schema.Name, "title": t.Schema.Title, "words": words, "example": ids[0], "code": code}
}

// telling returns fields by which people tell records of one name apart: the first two in which they differ.
func telling(t *table.Table, rows []*table.Row) (fields []int) {
	for f, field := range t.Schema.Fields {
		column := &t.Schema.Columns[field.Column]
		if slices.Contains(t.Schema.Keys(), f) || slices.Contains(t.Schema.LabelColumns(), field.Column) || column.Personal || column.Type == table.Text {
			continue
		}
		if slices.ContainsFunc(rows, func(r *table.Row) bool { return r.Values[f] != rows[0].Values[f] }) {
			fields = append(fields, f)
		}
	}
	return fields[:min(len(fields), 2)]
}
