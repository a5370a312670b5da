package opendata

import (
	"io"
	"slices"
	"strings"
	"testing"

	"achyk/internal/dataset"
	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/table"
)

// TestLimits checks that Check reports what some form cannot hold, with its place, that the
// form refuses it too, and that what a form can just hold is not reported.
func TestLimits(t *testing.T) {
	schema := &table.Schema{Name: "nasty", Columns: []table.Column{
		{Name: "id", Type: table.ID}, {Name: "note", Type: table.Text}, {Name: "area", Type: table.Number},
	}}
	schema.Complete()
	for _, c := range []struct {
		note, area string
		want       diag.Code
	}{
		{strings.Repeat("ң", 32_767), "-12345678901234.5", ""},
		{strings.Repeat("ң", 32_768), "", diag.CellTooLong},
		{strings.Repeat("😀", 16_383), "0.12345678901234", ""},
		{strings.Repeat("😀", 16_384), "", diag.CellTooLong}, // two units each, for Excel
		{"", "1234567890123456", diag.NumberTooLong},
		{"", "0.1234567890123456", diag.NumberTooLong},
		{"", "0.000000000000001", ""},
		{"", "0.0000000000000001", diag.NumberTooLong}, // Parquet would need a scale that takes the room of other numbers
		{"", "0.0000000000000000", diag.NumberTooLong},
		{"a\tb\r\nc\rd", "", ""},
		{"a\x00b", "", diag.ControlChar},
		{"a\x1bb", "", diag.ControlChar},
		{"a\uffffb", "", diag.ControlChar},
	} {
		// Not by table.New, which would refuse control characters before.
		nasty := &table.Table{Schema: schema, Label: "town/nasty", Rows: []table.Row{{Key: "x", Values: []string{"x", c.note, "", "", c.area}}}}
		m := &jme.Municipality{ID: "town", Tables: []*table.Table{nasty}}
		problems := Check(m)
		if c.want == "" && len(problems) == 0 {
			continue
		}
		if len(problems) != 1 || problems[0].Code != c.want || problems[0].ID != "x" {
			t.Errorf("%.20q, %s: %v, want %s", c.note, c.area, problems, c.want)
		}
		r := &register{Table: nasty, town: newTown(dataset.Snapshot{Data: &jme.Dataset{}}, m)}
		if err := r.xlsx(io.Discard); err == nil || !strings.Contains(err.Error(), string(c.want)) {
			t.Errorf("%.20q, %s: the workbook is not refused for %s: %v", c.note, c.area, c.want, err)
		}
	}
	if problems := narrowest().check(&table.Table{Schema: schema, Rows: slices.Repeat([]table.Row{{}}, sheetLimits.rows+1)}); len(problems) != 1 || problems[0].Code != diag.TooManyRows {
		t.Errorf("more records than a sheet has rows: %v", problems)
	}
}
