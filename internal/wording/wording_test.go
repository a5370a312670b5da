package wording

import (
	"slices"
	"testing"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

func day(s string) time.Time {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return d
}

// regulation has three clauses: one that two amendments changed, one that the first repealed, and
// one that the second added.
var regulation = jme.Regulation{
	Act:        jme.Act{InForceFrom: day("2025-01-10"), InForceUntil: day("2028-12-31")},
	Amendments: []jme.Amendment{{ID: "a", InForceFrom: day("2026-01-01")}, {ID: "b", InForceFrom: day("2026-07-01")}},
	Clauses: []jme.Clause{
		{
			Number: "1", Title: locale.Same("one"), Duty: locale.Same("council"), Status: "in-hand", Checks: []jme.Check{{Rule: "x"}},
			Versions: []jme.Version{{Amendment: "a", Title: locale.Same("two")}, {Amendment: "b", Status: "not-in-hand", Checks: []jme.Check{}}},
		},
		{Number: "2", Title: locale.Same("old"), Versions: []jme.Version{{Amendment: "a", Repealed: true}}},
		{Number: "3", Since: "b", Title: locale.Same("new")},
	},
}

// TestOn checks the wording of each clause on the days around those on which it changed.
func TestOn(t *testing.T) {
	for _, test := range []struct {
		clause       int
		day          string
		version      string
		title        string
		checks       int
		holds, known bool
	}{
		{0, "2020-01-01", Adopted, "one", 1, true, true}, // whether the act is in force is another question
		{0, "2025-12-31", Adopted, "one", 1, true, true},
		{0, "2026-01-01", "a", "two", 1, true, true},
		{0, "2026-06-30", "a", "two", 1, true, true},
		{0, "2026-07-01", "b", "two", 0, true, false},
		{1, "2025-12-31", Adopted, "old", 0, true, true},
		{1, "2026-01-01", Adopted, "old", 0, false, true},
		{2, "2026-06-30", "b", "new", 0, false, true},
		{2, "2026-07-01", "b", "new", 0, true, true},
	} {
		c := On(&regulation, &regulation.Clauses[test.clause], day(test.day))
		if c.Version != test.version || c.Title.En != test.title || len(c.Checks) != test.checks || c.Holds(day(test.day)) != test.holds || c.InHand() != test.known {
			t.Errorf("clause %s on %s: %q %q, %d checks, holds %t", c.Number, test.day, c.Version, c.Title.En, len(c.Checks), c.Holds(day(test.day)))
		}
	}
	if c := Find(&regulation, "1", "a"); c == nil || c.Duty.En != "council" || c.Ended.ID != "b" {
		t.Errorf("the clause by the first amendment is %v", c)
	}
	if c := Find(&regulation, "3", Adopted); c != nil {
		t.Errorf("a clause that was added has the wording %v", c)
	}
}

// TestBegins checks where the first day of a regulation comes from.
func TestBegins(t *testing.T) {
	for _, test := range []struct {
		regulation jme.Regulation
		want       string
		assumed    bool
	}{
		{jme.Regulation{Act: jme.Act{Date: day("2019-10-03"), InForceFrom: day("2019-11-01")}}, "2019-11-01", false},
		{jme.Regulation{Act: jme.Act{Date: day("2019-10-03")}, Assumptions: []jme.Assumption{{Code: InForceFrom, Value: "2017"}}}, "2019-10-03", false},
		{jme.Regulation{Assumptions: []jme.Assumption{{Code: "other", Value: "2016"}, {Code: InForceFrom, Value: "2017"}}}, "2017-01-01", true},
		{jme.Regulation{Assumptions: []jme.Assumption{{Code: InForceFrom, Value: "soon"}}}, "0001-01-01", false},
	} {
		got, assumed := Begins(&test.regulation)
		if !got.Equal(day(test.want)) || (assumed != nil) != test.assumed {
			t.Errorf("%s, want %s", got, test.want)
		}
	}
	for _, test := range []struct {
		day  string
		want bool
	}{{"2025-01-09", false}, {"2025-01-10", true}, {"2028-12-31", true}, {"2029-01-01", false}} {
		if InForce(&regulation, day(test.day)) != test.want {
			t.Errorf("in force on %s: %t", test.day, !test.want)
		}
	}
}

// TestNames checks which clause a heading names.
func TestNames(t *testing.T) {
	numbers := []string{"1.4", "13a", "13d", "14", "15а", ""}
	for heading, want := range map[string]string{
		"14": "14", "14. Табыштама": "14", " 1.4) Топ": "1.4", "": "", "Корутунду": "none", "13": "none",
		"13а. Форма": "13a", "13a. Форма": "13a", "13г) Жеңүүчү": "13d", "15a": "15а", "15а": "15а",
	} {
		got := "none"
		if i := slices.IndexFunc(numbers, func(number string) bool { return Names(heading, number) }); i >= 0 {
			got = numbers[i]
		}
		if got != want {
			t.Errorf("%q names %q, want %q", heading, got, want)
		}
	}
}
