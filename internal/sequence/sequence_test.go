package sequence_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"achyk/internal/cases"
	"achyk/internal/jme"
	"achyk/internal/sequence"
	"achyk/internal/table"
)

// town makes a municipality with the two records of a pair, and those between them, in which the later
// thing happened on the one day and the earlier on the other.
func town(t *testing.T, p *sequence.Pair, later, earlier, word string) *jme.Municipality {
	t.Helper()
	path := strings.Split(p.Along, ".")
	cells := map[string]map[string]string{} // by register, the cells of its record by column
	record := func(register string) map[string]string {
		if cells[register] == nil {
			cells[register] = map[string]string{"id": register}
		}
		return cells[register]
	}
	last := strings.Split(p.Earlier, ".")[0]
	if last == path[0] {
		last = strings.Split(p.Later, ".")[0]
	}
	at := path[0]
	for _, reference := range path[1:] {
		column := jme.Schema(at).Column(reference)
		to := column.Register
		switch {
		case column.RegisterColumn != "":
			to = last
			record(at)[column.RegisterColumn] = to
		case column.Type != table.Ref:
			to = jme.Reports
		}
		record(at)[reference] = strings.ReplaceAll(to, "_", "-")
		at = to
	}
	if at != last {
		t.Fatalf("%s leads to %s", p.Along, at)
	}
	for event, day := range map[string]string{p.Later: later, p.Earlier: earlier} {
		register, column, _ := strings.Cut(event, ".")
		if c := jme.Schema(register).Column(column); c == nil || c.Type != table.Date && c.Type != table.DateTime {
			t.Fatalf("%s is not the day of something", event)
		} else if c.Type == table.DateTime {
			day += "T10:00+06:00"
		}
		record(register)[column] = day
	}
	if len(p.Unless) > 0 {
		record(path[0])[p.Unless[0]] = word
	}
	a := &txtar.Archive{Comment: []byte("as of 2027-01-01")}
	for register, row := range cells {
		row["id"] = strings.ReplaceAll(register, "_", "-")
		var header, values []string
		for column, value := range row {
			header, values = append(header, column), append(values, value)
		}
		a.Files = append(a.Files, txtar.File{Name: register, Data: []byte(strings.Join(header, ",") + "\n" + strings.Join(values, ",") + "\n")})
	}
	c, err := cases.Parse(a, cases.Base{})
	if err != nil {
		t.Fatal(err)
	}
	return c.Town
}

// found are the pairs that are found, with the records and the days.
func found(m *jme.Municipality) (all []string) {
	sequence.Each(m, func(p *sequence.Pair, later, earlier sequence.Event) {
		all = append(all, fmt.Sprint(p.Later, " ", later.Row.Key, " ", table.Day(later.Value()), ", ", p.Earlier, " ", earlier.Row.Key, " ", table.Day(earlier.Value())))
	})
	return all
}

// TestPairs finds each pair the other way round, and none of which both happened on one day. The
// pair of a register with itself has its own test.
func TestPairs(t *testing.T) {
	for i := range sequence.Pairs {
		p := &sequence.Pairs[i]
		if p.Along == "contests.repeats" {
			continue
		}
		id := func(event string) string {
			return strings.ReplaceAll(strings.Split(event, ".")[0], "_", "-")
		}
		want := fmt.Sprint(p.Later, " ", id(p.Later), " 2026-05-01, ", p.Earlier, " ", id(p.Earlier), " 2026-05-02")
		words := []string{""}
		if len(p.Unless) > 0 {
			words = append(words, p.Unless[1:]...)
			for _, v := range jme.Schema(strings.Split(p.Along, ".")[0]).Column(p.Unless[0]).Values {
				words = append(words, v.Code)
			}
		}
		decides := false // of a pair that words except: one word leaves it a contradiction
		for _, word := range words {
			excepted := len(p.Unless) > 0 && slices.Contains(p.Unless[1:], word)
			if got := found(town(t, p, "2026-05-01", "2026-05-02", word)); slices.Contains(got, want) == excepted {
				t.Errorf("%s with the word %q: found %q", want, word, got)
			}
			decides = decides || !excepted
		}
		if !decides {
			t.Errorf("%s is never found", want)
		}
		if got := found(town(t, p, "2026-05-01", "2026-05-01", words[len(words)-1])); len(got) > 0 {
			t.Errorf("on one day: %q", got)
		}
	}
}

// TestRepeated finds a contest that was announced before the one that it repeats.
func TestRepeated(t *testing.T) {
	a := txtar.Parse([]byte("as of 2027-01-01\n-- contests --\nid,year,announced,repeats\nk-1,2026,2026-03-01,\nk-2,2026,2026-02-01,k-1\nk-3,2026,2026-04-01,k-1\n"))
	c, err := cases.Parse(a, cases.Base{})
	if err != nil {
		t.Fatal(err)
	}
	if got := found(c.Town); !slices.Equal(got, []string{"contests.announced k-2 2026-02-01, contests.announced k-1 2026-03-01"}) {
		t.Errorf("found %q", got)
	}
}

// TestTold finds a word without its day and a day without its word, and no other.
func TestTold(t *testing.T) {
	a := txtar.Parse([]byte(`as of 2027-01-01
-- measures --
id,proposed,status,done
m-1,2026-05-01,done,
m-2,2026-05-01,done,2026-06-01
m-3,2026-05-01,in-progress,2026-06-01
m-4,2026-05-01,in-progress,
-- verifications --
id,measure,date,result
v-2,m-2,2026-07-01,eliminated
v-4,m-4,2026-07-01,eliminated
v-5,m-4,2026-07-01,partly
-- contests --
id,year,announced,decided,result
k-1,2026,2026-03-01,2026-04-01,held
k-2,2026,2026-03-01,,cancelled
k-3,2026,2026-03-01,2026-04-01,
k-4,2026,2026-03-01,,
-- applications --
id,contest,received,status
a-1,k-1,2026-03-02T10:00+06:00,winner
a-2,k-4,2026-03-02T10:00+06:00,winner
a-3,k-4,2026-03-02T10:00+06:00,admitted
a-4,k-4,2026-03-02T10:00+06:00,not-selected
`))
	c, err := cases.Parse(a, cases.Base{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	sequence.EachTold(c.Town, func(word, day sequence.Event) {
		got = append(got, fmt.Sprintf("%s %q, %s %q", word.Row.Key, word.Value(), day.Row.Key, day.Value()))
	})
	want := []string{
		`m-1 "done", m-1 ""`, `m-3 "in-progress", m-3 "2026-06-01"`, `k-2 "cancelled", k-2 ""`,
		`v-4 "eliminated", m-4 ""`, `a-2 "winner", k-4 ""`, `a-4 "not-selected", k-4 ""`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
}

// A day and a moment are compared as days, two moments as what they are.
func TestBefore(t *testing.T) {
	for _, x := range []struct {
		first, second string
		want          bool
	}{
		{"2026-05-01", "2026-05-02", true},
		{"2026-05-01", "2026-05-01", false},
		{"2026-05-01", "2026-05-01T10:00+06:00", false},
		{"2026-05-01T10:00+06:00", "2026-05-02", true},
		{"2026-05-01T10:00+06:00", "2026-05-01T10:00+05:00", true},
		{"2026-05-01T10:00+06:00", "2026-05-01T08:30+05:00", false},
	} {
		if got := sequence.Before(x.first, x.second); got != x.want {
			t.Errorf("%s before %s: %t", x.first, x.second, got)
		}
	}
}
