package opendata

import (
	"strings"
	"testing"

	"achyk/internal/dataset"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/table"
)

// TestLocal checks that a time may be written without its offset only if the municipality's
// clocks show it at that moment.
func TestLocal(t *testing.T) {
	for _, c := range []struct{ zone, time, want string }{
		{"Asia/Bishkek", "2026-03-01T17:00+06:00", "2026-03-01 17:00"},
		{"Asia/Bishkek", "2026-03-01T17:00:30+06:00", "2026-03-01 17:00:30"},
		{"Asia/Bishkek", "2026-03-01T16:00+05:00", ""},
		{"Asia/Bishkek", "2000-01-01T00:00+06:00", ""}, // Bishkek had +05:00 in winter until 2005
		{"Asia/Bishkek", "2000-01-01T00:00+05:00", "2000-01-01 00:00"},
		{"Asia/Tashkent", "2026-03-01T17:00+05:00", "2026-03-01 17:00"},
		{"Asia/Tashkent", "2026-03-01T17:00+06:00", ""},
		{"UTC", "2026-03-01T17:00Z", "2026-03-01 17:00"},
		{"UTC", "2026-03-01T17:00:30+00:00", "2026-03-01 17:00:30"},
		{"Europe/Berlin", "2026-03-28T17:00+01:00", "2026-03-28 17:00"},
		{"Europe/Berlin", "2026-03-29T17:00+02:00", "2026-03-29 17:00"}, // summer time begins on that day
		{"Europe/Berlin", "2026-03-29T17:00+01:00", ""},
		{"Asia/Bishkek", "2026-03-01", ""},
		{"Asia/Bishkek", "", ""},
	} {
		m := &jme.Municipality{}
		m.Settings.TimeZone = c.zone
		day, clock, ok := newTown(dataset.Snapshot{}, m).local(c.time)
		if got := strings.TrimSpace(day + " " + clock); ok != (c.want != "") || ok && got != c.want {
			t.Errorf("%s in %s is %q, %v, want %q", c.time, c.zone, got, ok, c.want)
		}
	}
}

// TestLocalTwice checks that of two moments with the same day and hour, which there are when
// clocks are put back, only one may be written without its offset.
func TestLocalTwice(t *testing.T) {
	m := &jme.Municipality{}
	m.Settings.TimeZone = "Europe/Berlin"
	_, _, summer := newTown(dataset.Snapshot{}, m).local("2026-10-25T02:30+02:00")
	_, _, winter := newTown(dataset.Snapshot{}, m).local("2026-10-25T02:30+01:00")
	if summer == winter {
		t.Errorf("both moments may be written without an offset, or neither: %v", summer)
	}
}

// TestZoneOfForms checks that the two forms without room for an offset use the time_zone of
// the municipality.
func TestZoneOfForms(t *testing.T) {
	schema := &table.Schema{Name: "times", Columns: []table.Column{{Name: "id", Type: table.ID}, {Name: "at", Type: table.DateTime}}}
	schema.Complete()
	times, problems := table.New(schema, "town/times", []table.Row{
		{Values: []string{"a", "2026-03-01T17:00+06:00"}}, {Values: []string{"b", "2026-03-01T17:00+05:00"}},
	})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for zone, want := range map[string]struct{ csv, sheet string }{
		"Asia/Bishkek":  {"\"a\";01.03.2026 17:00\r\n\"b\";\"2026-03-01T17:00+05:00\"\r\n", "<t>2026-03-01T17:00+05:00</t>"},
		"Asia/Tashkent": {"\"a\";\"2026-03-01T17:00+06:00\"\r\n\"b\";01.03.2026 17:00\r\n", "<t>2026-03-01T17:00+06:00</t>"},
	} {
		m := &jme.Municipality{ID: "town", Tables: []*table.Table{times}}
		m.Settings.TimeZone, m.Settings.Name = zone, locale.Text{Ky: "Шаар"}
		if err := m.Link(); err != nil {
			t.Fatal(err)
		}
		r := planned(t, dataset.Snapshot{Data: &jme.Dataset{}}, m, "times")
		if _, rows, _ := strings.Cut(string(made(t, r.excelCSV)), "\r\n"); rows != want.csv {
			t.Errorf("%s: the CSV for Excel has %q, want %q", zone, rows, want.csv)
		}
		sheet := string(unzip(t, made(t, r.xlsx))["xl/worksheets/sheet1.xml"])
		if !strings.Contains(sheet, want.sheet) || strings.Count(sheet, "<t>2026") != 1 || strings.Count(sheet, "<v>46082.70833") != 1 {
			t.Errorf("%s: the sheet is %s", zone, sheet)
		}
	}
}
