package opendata

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"achyk/internal/jme"
	"achyk/internal/table"
	"achyk/internal/tableschema"
)

// dictionary writes a CSV that describes the columns of every register of a municipality.
func dictionary(w io.Writer, m *jme.Municipality, demonstration bool) error {
	return csv.NewWriter(w).WriteAll(dictionaryRows(m, demonstration))
}

// dictionaryRows returns a header and a row for each column.
func dictionaryRows(m *jme.Municipality, demonstration bool) [][]string {
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
			title := tableschema.Describe(s, i).Titles
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
	return rows
}
