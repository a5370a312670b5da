package dataset

import (
	"strings"
	"testing"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/table"
)

// TestAbout checks the days, rows and names of a register and of its municipality.
func TestAbout(t *testing.T) {
	schema := &table.Schema{Name: "visits", Stage: "fieldwork", Title: locale.Text{Ky: "Баруулар"}, Columns: []table.Column{
		{Name: "id", Type: table.ID}, {Name: "month", Type: table.YearMonth}, {Name: "at", Type: table.DateTime},
	}}
	schema.Complete()
	visits, problems := table.New(schema, "osh/visits", []table.Row{
		{Values: []string{"a", "2026-02", "2026-02-03T10:00+06:00"}}, {Values: []string{"b", "", "2026-01-05T10:00+06:00"}},
	})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	m := &jme.Municipality{ID: "osh", Tables: []*table.Table{visits}}
	m.Settings.Name = locale.Text{Ky: "Ош", Ru: "Ош", En: "Osh"}
	m.Settings.Council = locale.Text{Ky: "Кеңеш"}
	s := Snapshot{Data: &jme.Dataset{Municipalities: []*jme.Municipality{m}}, AsOf: time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC), Commit: "4f1c2e70aa", Dirty: true}
	of, all := s.Register(m, visits), s.About(m)
	if of.ID != "osh.visits" || of.Title.Ky != "Баруулар — Ош" || of.Rows != 2 || of.From != "2026-01-05" || of.To != "2026-02-28" || of.Page != "osh/data/visits/" {
		t.Errorf("the register is %+v", of)
	}
	if words := of.Keywords.Ky; !strings.HasSuffix(words, ", Баруулар, Ош") || of.Keywords.En == "" || strings.HasSuffix(all.Keywords.Ky, "Баруулар, Ош") {
		t.Errorf("the keywords are %v and %v", of.Keywords, all.Keywords)
	}
	if all.ID != "osh" || all.Rows != 2 || all.From != of.From || all.To != of.To {
		t.Errorf("the municipality is %+v", all)
	}
	if s.Version() != "2026.11.2+4f1c2e7.dirty" {
		t.Errorf("the version is %s", s.Version())
	}
	if who := s.Publisher(m); who.Name.Ky != "Кеңеш" {
		t.Errorf("the publisher is %v, want the council, since no office is named", who)
	}
	s.Data.Site.Demonstration, s.Data.Site.Title = true, locale.Text{Ky: "Үлгү"}
	if who := s.Publisher(m); who.Name.Ky != "Үлгү" {
		t.Errorf("the publisher of invented data is %v, want the site", who)
	}
}

// TestTag checks which words CKAN takes as a tag.
func TestTag(t *testing.T) {
	for word, want := range map[string]bool{
		"Working-day calendar": true, "Иш-чаралар": true, "Ош ш.": true, "Providers' replies": false, "Ош (шаар)": false, "О": false, "": false,
		strings.Repeat("а", 100): true, strings.Repeat("а", 101): false,
	} {
		if tag(word) != want {
			t.Errorf("%q: %t", word, !want)
		}
	}
}

// TestLicence checks a licence of the list and one that is not in it.
func TestLicence(t *testing.T) {
	if l := Licence("CC0-1.0"); l.Code != "CC0" || l.Title != "Creative Commons Zero v1.0 Universal" {
		t.Errorf("CC0-1.0 is %+v", l)
	}
	if l := Licence("MIT"); l.Name != "MIT" || l.Path != "https://spdx.org/licenses/MIT.html" || l.Code != "" {
		t.Errorf("MIT is %+v", l)
	}
}
