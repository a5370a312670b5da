package scores

import (
	"fmt"
	"math/big"
	"slices"
	"testing"
	"time"

	"achyk/internal/jme"
	"achyk/internal/tools/casetest"
)

var bishkek = (&jme.Settings{TimeZone: "Asia/Bishkek"}).Zone()

// contest is the contest of a case.
func contest(t *testing.T) *jme.Contest {
	t.Helper()
	return casetest.Read(t, "testdata/contest.txtar").Town.Contests[0]
}

// TestRank checks totals, places and their order. Totals are fractions: 15/20 of 60 and 1/3 of 40
// are 45 + 40/3, so applications 3 and 4 are exactly equal although their points differ.
func TestRank(t *testing.T) {
	r := Rank(contest(t), bishkek)
	third := new(big.Rat).Add(big.NewRat(45, 1), big.NewRat(40, 3))
	want := []struct {
		id      string
		total   *big.Rat // nil where it means nothing
		place   int
		members int
		missing int
	}{
		{"first", big.NewRat(97, 1), 1, 2, 0}, // members who came or left on another day do not count
		{"thirds", third, 2, 2, 0},
		{"tie", third, 2, 2, 0},
		{"recused", big.NewRat(50, 1), 4, 1, 0},
		{"lacking", nil, 0, 2, 1},
	}
	if len(r.Sheets) != len(want) {
		t.Fatalf("%d sheets, want %d", len(r.Sheets), len(want))
	}
	for i, w := range want {
		s := r.Sheets[i]
		if s.Application.ID != w.id || s.Place != w.place || len(s.Members) != w.members || s.Missing != w.missing {
			t.Errorf("%d: %s has place %d, %d members, %d missing; want %v", i, s.Application.ID, s.Place, len(s.Members), s.Missing, w)
		}
		if w.total != nil && s.Total.Cmp(w.total) != 0 {
			t.Errorf("%s: total %v, want %v", w.id, s.Total, w.total)
		}
	}
	if r.Winner != r.Sheets[1] {
		t.Errorf("the winner's sheet is %v", r.Winner)
	}
}

// TestRowOfSheet checks that the parts of a sheet add up to its total.
func TestRowOfSheet(t *testing.T) {
	s := Rank(contest(t), bishkek).Sheets[0]
	if got := fmt.Sprint(s.Rows[0].Points, s.Rows[0].Mean, s.Rows[0].Part, s.Rows[1].Part); got != "[10/1 9/1] 19/2 57/1 40/1" {
		t.Errorf("the first row is %s", got)
	}
}

// TestUncountable checks that a contest without a weight, without criteria or without a panel has
// no places.
func TestUncountable(t *testing.T) {
	for name, change := range map[string]func(x *jme.Contest){
		"no weight":         func(x *jme.Contest) { x.Criteria[1].Weight.Valid = false },
		"no highest points": func(x *jme.Contest) { x.Criteria[1].MaxPoints = jme.Number{} },
		"no criteria":       func(x *jme.Contest) { x.Criteria = nil },
		"no panel":          func(x *jme.Contest) { x.Panel = jme.Ref[jme.Panel]{} },
	} {
		x := contest(t)
		change(x)
		for _, s := range Rank(x, bishkek).Sheets {
			if s.Missing == 0 || s.Place != 0 {
				t.Errorf("%s: %s has place %d and %d missing", name, s.Application.ID, s.Place, s.Missing)
			}
		}
	}
}

// TestDayOfMembers checks on which day the members are looked up: where the decision has no day,
// on that of the opening or else the close, in the time zone of the municipality.
func TestDayOfMembers(t *testing.T) {
	for _, test := range []struct {
		decided, opened, closes string
		members                 []string
	}{
		{"2026-04-30T00:00:00Z", "2026-04-10T00:00:00Z", "2026-04-10T00:00:00Z", []string{"m1", "m2", "m4"}},
		{"", "2026-04-29T18:30:00Z", "2026-04-10T00:00:00Z", []string{"m1", "m2", "m4"}}, // 30 April in Bishkek
		{"", "", "2026-04-28T17:30:00Z", []string{"m1", "m2", "m3"}},                     // still 28 April
	} {
		x := contest(t)
		x.Decided, x.Opened, x.Closes = moment(t, test.decided), moment(t, test.opened), moment(t, test.closes)
		var members []string
		for _, m := range Rank(x, bishkek).Sheets[0].Members {
			members = append(members, m.ID)
		}
		if !slices.Equal(members, test.members) {
			t.Errorf("%v: the members are %v", test, members)
		}
	}
}

func moment(t *testing.T, s string) jme.Date {
	t.Helper()
	if s == "" {
		return jme.Date{}
	}
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return jme.Date{Time: at}
}

// TestWinner checks that there may be no winner.
func TestWinner(t *testing.T) {
	x := contest(t)
	if w := Winner(x); w == nil || w.ID != "thirds" {
		t.Errorf("the winner is %v", w)
	}
	x.Applications = x.Applications[:1]
	if w := Winner(x); w != nil || Rank(x, bishkek).Winner != nil {
		t.Errorf("the winner is %v, want none", w)
	}
}
