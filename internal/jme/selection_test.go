package jme

import (
	"testing"
	"time"
)

// TestLate checks that an hour that is written to the minute lasts to the end of that minute.
func TestLate(t *testing.T) {
	for _, test := range []struct {
		closes, received string
		late             bool
	}{
		{"2026-01-14T23:59:00+06:00", "2026-01-14T23:59:00+06:00", false},
		{"2026-01-14T23:59:00+06:00", "2026-01-14T23:59:30+06:00", false},
		{"2026-01-14T23:59:00+06:00", "2026-01-14T23:59:59+06:00", false},
		{"2026-01-14T23:59:00+06:00", "2026-01-15T00:00:00+06:00", true},
		{"2026-01-14T17:00:00+06:00", "2026-01-14T11:00:59Z", false},
		{"2026-01-14T17:00:00+06:00", "2026-01-14T17:01:00+06:00", true},
		{"2026-01-14T17:00:30+06:00", "2026-01-14T17:00:30+06:00", false},
		{"2026-01-14T17:00:30+06:00", "2026-01-14T17:00:31+06:00", true},
	} {
		x := &Contest{Closes: moment(t, test.closes)}
		a := &Application{Contest: Ref[Contest]{record: x}, Received: moment(t, test.received)}
		if a.Late() != test.late {
			t.Errorf("closes %s, received %s: late is %t", test.closes, test.received, a.Late())
		}
	}
}

func moment(t *testing.T, s string) Date {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return Date{at}
}

// TestPersons checks that names that differ only in spaces, case or Unicode form are one person,
// and that a member without a name is nobody else.
func TestPersons(t *testing.T) {
	persons := Persons([]*Member{
		{ID: "1", Name: "Үлгүбек Ойдонов"}, {ID: "2", Name: ""}, {ID: "3", Name: " үлгүбек  ОЙДОНОВ "},
		{ID: "4", Name: "Үлгүбек Ои\u0306донов"}, {ID: "5", Name: ""}, {ID: "6", Name: "Үлгүбек Ойдонова"},
	})
	var ids []string
	for _, person := range persons {
		ids = append(ids, "")
		for _, m := range person {
			ids[len(ids)-1] += m.ID
		}
	}
	if got := len(ids); got != 4 || ids[0] != "134" {
		t.Errorf("the persons are %q", ids)
	}
}

// TestThere checks that nobody is on a panel before it is formed or after it is dissolved.
func TestThere(t *testing.T) {
	day := func(n int) Date { return Date{time.Date(2026, 3, n, 0, 0, 0, 0, time.UTC)} }
	p := &Panel{Formed: day(5), Dissolved: day(20)}
	m := &Member{Panel: Ref[Panel]{record: p}, ValidFrom: day(2)}
	for n, there := range map[int]bool{4: false, 5: true, 20: true, 21: false} {
		if m.There(day(n).Time) != there {
			t.Errorf("on the %dth, there is %t", n, !there)
		}
	}
	other := &Member{Panel: m.Panel, ValidFrom: day(10), ValidTo: day(12)}
	third := &Member{Panel: m.Panel, ValidFrom: day(13)}
	if !m.Overlaps(other) || !other.Overlaps(m) || other.Overlaps(third) {
		t.Error("the times of members are not compared")
	}
}

// TestFailedContest checks that nobody waits for a contest that failed, from the day on which it did.
func TestFailedContest(t *testing.T) {
	day := func(n int) Date { return Date{time.Date(2026, 3, n, 0, 0, 0, 0, time.UTC)} }
	m := &Municipality{Contests: []*Contest{{ID: "c1", Year: 2026, Announced: day(1), Closes: day(30), Decided: day(10), Result: Cancelled}}}
	for n, waits := range map[int]bool{9: true, 10: false} {
		asOf := day(n).Time
		step := m.Cycle(2026, asOf).Steps(asOf)[1]
		if (step.State == StateNow) != waits {
			t.Errorf("on the %dth the selection is %q", n, step.State)
		}
	}
}
