package selection

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"achyk/internal/jme"
	"achyk/internal/tools/casetest"
)

// town is a municipality with some registers.
func town(t *testing.T, registers string) *jme.Municipality {
	t.Helper()
	return casetest.Parse(t, txtar.Parse([]byte("as of 2026-11-20\n"+registers))).Town
}

// TestLate checks that an hour that is written to the minute lasts to the end of that minute.
func TestLate(t *testing.T) {
	for _, x := range []struct {
		closes, received string
		late             bool
	}{
		{"2026-01-14T23:59+06:00", "2026-01-14T23:59+06:00", false},
		{"2026-01-14T23:59+06:00", "2026-01-14T23:59:30+06:00", false},
		{"2026-01-14T23:59+06:00", "2026-01-14T23:59:59+06:00", false},
		{"2026-01-14T23:59+06:00", "2026-01-15T00:00+06:00", true},
		{"2026-01-14T17:00+06:00", "2026-01-14T11:00:59Z", false},
		{"2026-01-14T17:00+06:00", "2026-01-14T17:01+06:00", true},
		{"2026-01-14T17:00:30+06:00", "2026-01-14T17:00:30+06:00", false},
		{"2026-01-14T17:00:30+06:00", "2026-01-14T17:00:31+06:00", true},
	} {
		m := town(t, fmt.Sprintf("-- contests --\nid,closes\nc1,%s\n-- applications --\nid,contest,received\na1,c1,%s\n", x.closes, x.received))
		if got := Late(m.Applications[0]); got != x.late {
			t.Errorf("closes %s, received %s: late is %t", x.closes, x.received, got)
		}
	}
}

// TestPersons checks that names that differ only in spaces, case or Unicode form are one person,
// and that a member without a name is nobody else.
func TestPersons(t *testing.T) {
	members := []*jme.Member{
		{ID: "1", Name: "Үлгүбек Ойдонов"}, {ID: "2"}, {ID: "3", Name: " үлгүбек  ОЙДОНОВ "},
		{ID: "4", Name: "Үлгүбек Ои\u0306донов"}, {ID: "5"}, {ID: "6", Name: "Үлгүбек Ойдонова"},
	}
	var got []string
	for _, person := range Persons(members) {
		var ids []string
		for _, m := range person {
			ids = append(ids, m.ID)
		}
		got = append(got, strings.Join(ids, "="))
	}
	if want := []string{"1=3=4", "2", "5", "6"}; !slices.Equal(got, want) {
		t.Errorf("the persons are %q, want %q", got, want)
	}
}

// TestThere checks that nobody is on a panel before it is formed or after it is dissolved.
func TestThere(t *testing.T) {
	m := town(t, `-- panels --
id,formed,dissolved
p1,2026-03-05,2026-03-20
-- panel_members --
id,panel,valid_from,valid_to
m1,p1,2026-03-02,
m2,p1,2026-03-10,2026-03-12
m3,p1,2026-03-13,
`)
	first, second, third := m.Members[0], m.Members[1], m.Members[2]
	for day, there := range map[string]bool{"2026-03-04": false, "2026-03-05": true, "2026-03-20": true, "2026-03-21": false} {
		if There(first, casetest.Day(day)) != there {
			t.Errorf("on %s, there is %t", day, !there)
		}
	}
	if !overlap(first, second) || !overlap(second, first) || overlap(second, third) {
		t.Error("the times of members are not compared")
	}
}

// overlap reports whether there is a day on which both are members of their panels.
func overlap(a, b *jme.Member) bool {
	day := a.ValidFrom.Day()
	if b.ValidFrom.Day().After(day) {
		day = b.ValidFrom.Day()
	}
	return There(a, day) && There(b, day)
}

// TestTwice compares the seats that overlap with those found by comparing each seat with each before it.
func TestTwice(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	day := func() string { return fmt.Sprintf("2026-03-%02d", 1+random.IntN(28)) }
	for range 50 {
		registers := "-- panels --\nid,formed,dissolved\np1,2026-03-05,2026-03-20\n-- panel_members --\nid,panel,valid_from,valid_to\n"
		for i := range 12 {
			registers += fmt.Sprintf("m%d,p1,%s,%s\n", i, day(), []string{"", day(), day()}[random.IntN(3)])
		}
		seats := town(t, registers).Members
		for i, got := range Twice(seats) {
			want := slices.IndexFunc(seats[:i], func(m *jme.Member) bool { return overlap(seats[i], m) })
			if want < 0 {
				want = i
			}
			if got != want {
				t.Errorf("seat %d overlaps seat %d first, want %d\n%s", i, got, want, registers)
			}
		}
	}
}

// TestProvided asks of each pair of days whether a provider had the service on one of them, and looks
// at each record for the answer. Some records end before they begin.
func TestProvided(t *testing.T) {
	random, at := rand.New(rand.NewPCG(1, 2)), func(day int) string { return fmt.Sprintf("2026-01-%02d", day) }
	for range 50 {
		registers := "-- services --\nid\nwater\n-- providers --\nid\np\nq\n-- service_providers --\nservice,provider,valid_from,valid_to\n"
		for _, begin := range random.Perm(28)[:random.IntN(6)] {
			end := at(1 + random.IntN(28))
			if random.IntN(8) == 0 {
				end = ""
			}
			registers += fmt.Sprintf("water,%c,%s,%s\n", 'p'+rune(random.IntN(2)), at(1+begin), end)
		}
		registers += "-- assessments --\nid,service,provider,fieldwork_from,fieldwork_to\n"
		for i := range 200 {
			registers += fmt.Sprintf("a%d,water,p,%s,%s\n", i, at(1+random.IntN(28)), at(1+random.IntN(28)))
		}
		m := town(t, registers)
		provided := Provided(m)
		for _, a := range m.Assessments {
			want := slices.ContainsFunc(m.ServiceProviders, func(s *jme.ServiceProvider) bool {
				return s.Provider.ID == "p" && Within(s, a.FieldworkFrom.Day(), a.FieldworkTo.Day())
			})
			if got, known := provided(a); got != want || known != (len(m.ServiceProviders) > 0) {
				t.Errorf("%s to %s: provided is %t, known %t\n%s", a.FieldworkFrom, a.FieldworkTo, got, known, registers)
			}
		}
	}
}
