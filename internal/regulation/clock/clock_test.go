package clock

import (
	"math"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"achyk/internal/jme"
	"achyk/internal/tools/casetest"
)

var bishkek = (&jme.Settings{TimeZone: "Asia/Bishkek"}).Zone()

// calendar is the calendar of the project's data, so the tests count real days.
func calendar(t *testing.T) []*jme.CalendarDay {
	t.Helper()
	return casetest.Parse(t, &txtar.Archive{Comment: []byte("as of 2026-03-01")}).Town.Calendar
}

func TestClock(t *testing.T) {
	clock := New(calendar(t), bishkek)
	calendarDays := func(n int) Term { return Term{Days: n} }
	working := func(n int) Term { return Term{Days: n, Working: true} }
	tests := []struct {
		explains    string
		event       string
		term        Term
		day, latest string
	}{
		{"30 calendar days over the end of a year", "2025-12-15", calendarDays(30), "2026-01-14", ""},
		{"the day of the event counted in", "2025-12-15", Term{Days: 30, SameDay: true}, "2026-01-13", ""},
		{"the last day is a holiday and stays", "2025-12-08", calendarDays(30), "2026-01-07", ""},
		{"or moves on, over the days off behind it and the weekend", "2025-12-08", Term{Days: 30, Roll: true}, "2026-01-12", ""},
		{"a last day that is worked does not move", "2025-03-17", Term{Days: 30, Roll: true}, "2025-04-16", ""},
		{"10 working days across 1 to 7 January, and the two days the Cabinet added", "2025-12-29", working(10), "2026-01-21", ""},
		{"a year before: the Saturday of 11 January was worked", "2024-12-30", working(10), "2025-01-17", ""},
		{"in a plain fortnight", "2025-07-11", working(10), "2025-07-25", ""},
		{"8 March 2025, a Saturday, is not carried over: Monday the 10th is worked", "2025-03-03", working(10), "2025-03-17", ""},
		{"8 March 2026, a Sunday: Monday the 9th is worked", "2026-03-02", working(10), "2026-03-16", ""},
		{"under the old regime Monday 17 June 2024 was carried over from Kurman Ait", "2024-06-10", working(10), "2024-06-25", ""},
		{"a tentative Ait, Wednesday 27 May 2026: two possible days", "2026-05-20", working(10), "2026-06-03", "2026-06-04"},
		{"a tentative day before the term makes no difference", "2026-05-28", working(10), "2026-06-11", ""},
		{"one of two tentative days is a Sunday and makes none either", "2027-05-10", working(10), "2027-05-24", "2027-05-25"},
		{"Orozo Ait of 2025 is a Sunday and is not carried over", "2025-03-24", working(10), "2025-04-07", ""},
		{"a last day rolls over a tentative day", "2026-04-27", Term{Days: 30, Roll: true}, "2026-05-27", "2026-05-28"},
		{"beyond the calendar nothing is guessed", "2027-12-27", working(10), "", ""},
		{"calendar days need no calendar", "2031-12-27", calendarDays(10), "2032-01-06", ""},
		{"but to roll does", "2031-12-27", Term{Days: 10, Roll: true}, "", ""},
		{"no days are no term", "2026-03-02", working(0), "", ""},
		{"nor are so many that the days would overflow", "2026-03-02", calendarDays(math.MaxInt), "", ""},
	}
	for _, test := range tests {
		due := clock.Count(casetest.Day(test.event), test.term)
		latest := test.latest
		if latest == "" {
			latest = test.day
		}
		if !due.Day.Equal(casetest.Day(test.day)) || !due.Latest.Equal(casetest.Day(latest)) {
			t.Errorf("%s: %s to %s, want %s to %s", test.explains, due.Day.Format(time.DateOnly), due.Latest.Format(time.DateOnly), test.day, latest)
		}
		if due.Tentative() != (test.latest != "") || due.Tentative() != (len(due.Decided) > 0) {
			t.Errorf("%s: tentative %v by %d days", test.explains, due.Tentative(), len(due.Decided))
		}
	}
}

func moment(t *testing.T, s string) jme.Date {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return jme.Date{Time: at}
}

// TestClockZone checks that a moment with another offset is put on the day of the municipality.
func TestClockZone(t *testing.T) {
	clock := New(nil, bishkek)
	for s, want := range map[string]string{
		"2026-03-01T23:59:00+06:00": "2026-03-01",
		"2026-03-01T18:30:00Z":      "2026-03-02",
	} {
		if got := clock.Day(moment(t, s)).Format(time.DateOnly); got != want {
			t.Errorf("%s is %s in Bishkek, want %s", s, got, want)
		}
	}
	if !clock.Day(jme.Date{}).IsZero() {
		t.Error("a moment not known has no day")
	}
}

// TestDaysThatMatter checks which days are listed because the calendar has them against the day of
// the week: only those between the first and the last day of the term.
func TestDaysThatMatter(t *testing.T) {
	clock := New(calendar(t), bishkek)
	due := clock.Count(casetest.Day("2024-12-30"), Term{Days: 10, Working: true})
	listed := func(days []time.Time) (s string) {
		for _, d := range days {
			s += d.Format(" 01-02")
		}
		return s
	}
	if off, extra := listed(due.Off), listed(due.Extra); off != " 01-01 01-02 01-03 01-06 01-07" || extra != " 01-11" {
		t.Errorf("off:%s, extra:%s", off, extra)
	}
	if due := clock.Count(casetest.Day("2024-12-30"), Term{Days: 10}); due.Off != nil || due.Extra != nil {
		t.Error("the calendar does not matter to calendar days")
	}
}

// TestEndOfDay checks that only the last minute of the municipality's day is its end.
func TestEndOfDay(t *testing.T) {
	clock := New(nil, bishkek)
	for s, want := range map[string]bool{
		"2026-03-01T23:59:00+06:00": true,
		"2026-03-01T17:59:30Z":      true,
		"2026-03-01T23:58:59+06:00": false,
		"2026-03-01T23:59:00Z":      false,
	} {
		if got := clock.EndOfDay(moment(t, s)); got != want {
			t.Errorf("%s: %v, want %v", s, got, want)
		}
	}
}

func TestDays(t *testing.T) {
	if n := Days(casetest.Day("2024-02-28"), casetest.Day("2024-03-01")); n != 2 {
		t.Errorf("%d days, want 2", n)
	}
	if n := Days(casetest.Day("2026-03-02"), casetest.Day("2026-03-01")); n != -1 {
		t.Errorf("%d days, want -1", n)
	}
}

// TestLastDay checks that a moment before offices open leaves nothing of its day.
func TestLastDay(t *testing.T) {
	c := New(nil, bishkek)
	for moment, want := range map[string]string{
		"2025-04-16T18:00:00+06:00": "2025-04-16", "2025-04-16T09:00:00+06:00": "2025-04-16", "2025-04-16T08:59:00+06:00": "2025-04-15",
		"2025-04-15T18:01:00Z": "2025-04-15", "2025-04-16T03:00:00Z": "2025-04-16",
	} {
		at, err := time.Parse(time.RFC3339, moment)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.LastDay(jme.Date{Time: at}).Format(time.DateOnly); got != want {
			t.Errorf("until %s, the last day is %s, want %s", moment, got, want)
		}
	}
	if !c.LastDay(jme.Date{}).IsZero() {
		t.Error("no moment has a last day")
	}
}
