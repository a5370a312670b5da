package opendata

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/table"
	"achyk/internal/tableschema"
)

// dictionary writes a CSV that describes the columns of every register of a municipality.
func dictionary(w io.Writer, m *jme.Municipality, demonstration bool) error {
	return csv.NewWriter(w).WriteAll(dictionaryRows(m, demonstration))
}

// dictionaryRows returns a header and a row for each column.
func dictionaryRows(m *jme.Municipality, demonstration bool) [][]string {
	header, languages := []string{"register", "column", "type", "required"}, m.Langs
	if languages == nil {
		languages = locale.Langs[:]
	}
	for _, name := range []string{"title", "description"} {
		for _, l := range languages {
			header = append(header, name+"_"+l.String())
		}
	}
	rows := [][]string{append(header, "allowed", "unit")}
	for _, t := range m.Tables {
		s := t.Schema
		for i, f := range s.Fields {
			c := &s.Columns[f.Column]
			var allowed []string
			for j := range c.Values {
				allowed = append(allowed, c.Values[j].Code)
			}
			row := []string{s.Name, f.Name, string(c.Type), strconv.FormatBool(s.Required(i))}
			for _, text := range []locale.Text{*tableschema.Describe(s, i).Titles, c.Description} {
				row = append(row, text.Each(languages)...)
			}
			rows = append(rows, append(row, strings.Join(allowed, " "), c.Unit))
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
