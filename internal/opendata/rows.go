package opendata

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"achyk/internal/jme"
	"achyk/internal/table"
)

// rowsJSON is a register as an array of objects, one to a line, with the fields in the
// order of the schema. Numbers keep the digits of the register, which a floating-point
// number might not; what is not known is null.
func rowsJSON(t *table.Table, demonstration bool) []byte {
	s := t.Schema
	names := make([][]byte, len(s.Fields)) // `,"name":`
	for i, f := range s.Fields {
		names[i] = append(quoted([]byte{','}, f.Name), ':')
	}
	size := 4
	for i := range t.Rows {
		for j, v := range t.Rows[i].Values {
			size += len(names[j]) + len(v) + 6
		}
	}
	b := append(make([]byte, 0, size), '[')
	for i := range t.Rows {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '\n', '{')
		start := len(b)
		for j, v := range t.Rows[i].Values {
			b = append(b, names[j]...)
			switch kind := s.Columns[s.Fields[j].Column].Type; {
			case v == "":
				b = append(b, "null"...)
			case kind.Numeric() || kind == table.Boolean:
				b = append(b, v...) // a cell of these types is JSON already
			default:
				b = quoted(b, v)
			}
		}
		if demonstration {
			b = append(b, `,"`+table.Demonstration+`":true`...)
		}
		b = append(b[:start], b[start+1:]...) // the first comma
		b = append(b, '}')
	}
	return append(b, '\n', ']', '\n')
}

// quoted appends a JSON string.
func quoted(b []byte, s string) []byte {
	b = append(b, '"')
	for {
		i := strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r == '"' || r == '\\' })
		if i < 0 {
			return append(append(b, s...), '"')
		}
		b = append(b, s[:i]...)
		switch c := s[i]; c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, '\\', 'n')
		default:
			b = fmt.Appendf(b, `\u%04x`, c)
		}
		s = s[i+1:]
	}
}

// dictionary lists every column of every register of a municipality.
func dictionary(m *jme.Municipality, demonstration bool) []byte {
	rows := [][]string{{"register", "column", "type", "required", "title_ky", "title_ru", "title_en",
		"description_ky", "description_ru", "description_en", "allowed", "unit"}}
	for _, t := range m.Tables {
		s := t.Schema
		for i, f := range s.Fields {
			c := &s.Columns[f.Column]
			var allowed []string
			for j := range c.Values {
				allowed = append(allowed, c.Values[j].Code)
			}
			title := describe(s, i).Titles
			rows = append(rows, []string{s.Name, f.Name, string(c.Type), strconv.FormatBool(s.Required(i)),
				title.Ky, title.Ru, title.En, c.Description.Ky, c.Description.Ru, c.Description.En,
				strings.Join(allowed, " "), c.Unit})
		}
	}
	if demonstration {
		rows[0] = append(rows[0], table.Demonstration)
		for i := range rows[1:] {
			rows[i+1] = append(rows[i+1], "true")
		}
	}
	var b bytes.Buffer
	csv.NewWriter(&b).WriteAll(rows) // into memory, which cannot fail
	return b.Bytes()
}
