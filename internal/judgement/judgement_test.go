package judgement

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/load"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/regulation/rules"
	"achyk/internal/tools/casetest"
	"achyk/internal/tools/towntest"
)

// TestOf checks that a judgement of the project's data has one cycle for each year with records
// or outcomes, newest first, and a cycle for each outcome.
func TestOf(t *testing.T) {
	set, _, err := load.Load(os.DirFS(towntest.Sample(t)))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range set.Municipalities {
		j := Of(m, casetest.Day("2028-03-01"))
		var years []int
		for _, c := range j.Cycles {
			years = append(years, c.Year)
		}
		if !slices.IsSortedFunc(years, func(a, b int) int { return b - a }) || len(slices.Compact(slices.Clone(years))) != len(years) {
			t.Errorf("%s: the years are %v", m.ID, years)
		}
		for _, y := range append(m.Years(), 2028) {
			if !slices.Contains(years, y) {
				t.Errorf("%s: %d is not among the years %v", m.ID, y, years)
			}
		}
		if len(j.Outcomes) == 0 || len(j.Deadlines) == 0 || len(j.Missing) == 0 {
			t.Errorf("%s: %d outcomes, %d deadlines, %d missing", m.ID, len(j.Outcomes), len(j.Deadlines), len(j.Missing))
		}
		for _, o := range j.Outcomes {
			if !slices.Contains(years, o.Year) {
				t.Errorf("%s: %s has no cycle", m.ID, o.ID())
			}
		}
	}
}

// TestYearsWithoutOutcomes checks that without clauses only years with records have a cycle.
func TestYearsWithoutOutcomes(t *testing.T) {
	c := casetest.Read(t, "testdata/missing.txtar")
	c.Town.Regulation.Clauses = nil
	j := Of(c.Town, casetest.Day("2030-01-01"))
	if len(j.Cycles) != 2 || j.Cycles[0].Year != 2027 || j.Cycles[1].Year != 2026 {
		t.Errorf("%d cycles, want those of 2027 and 2026", len(j.Cycles))
	}
}

// TestUnread checks that a rule whose register could not be relied on is not checked.
func TestUnread(t *testing.T) {
	c := casetest.Read(t, "testdata/registers.txtar")
	for _, o := range Of(c.Town, c.AsOf, "reports").Outcomes {
		if o.Kind != regulation.Unknown {
			t.Errorf("%s is %s without the register of reports", o.Rule, o.Kind)
		}
	}
}

// TestMissing checks that what is missing is listed with its year and its reason, the gravest first.
func TestMissing(t *testing.T) {
	c := casetest.Read(t, "testdata/missing.txtar")
	var b strings.Builder
	for _, x := range Of(c.Town, c.AsOf).Missing {
		fmt.Fprintf(&b, "%d %s:", x.Year(), x.Reason)
		switch x.Reason {
		case NotDone, NotRecorded:
			fmt.Fprintf(&b, " clause %s %s\n", x.Outcome.Clause, x.Outcome.Subject.ID)
		case NotAnswered:
			fmt.Fprintln(&b, "", x.Recommendation.ID)
		case NotReplied:
			fmt.Fprintln(&b, "", x.Finding.ID)
		case NotActedOn:
			fmt.Fprintln(&b, "", x.Obstruction.ID)
		case NotVerified:
			fmt.Fprintln(&b, "", x.Measure.ID)
		case TextNotInHand:
			fmt.Fprintln(&b, " clause", x.Clause.Number)
		}
	}
	c.Want(t, b.String())
	for _, r := range Reasons {
		if !strings.Contains(b.String(), string(r)+":") {
			t.Errorf("nothing is missing because of %q", r)
		}
		for _, l := range locale.Langs {
			for _, part := range []string{".title", ".lead"} {
				if key := "site.missing." + string(r) + part; !locale.For(l).Has(key) {
					t.Errorf("the message %s is missing in %v", key, l)
				}
			}
		}
	}
}

// TestAssuming checks on the project's data that the outcomes which turn when an assumption is read
// otherwise are those that say so, for every reading and many days.
func TestAssuming(t *testing.T) {
	set, _, err := load.Load(os.DirFS(towntest.Sample(t)))
	if err != nil {
		t.Fatal(err)
	}
	turned := 0
	for _, m := range set.Municipalities {
		for _, day := range []string{"2025-03-20", "2025-08-20", "2025-12-20", "2026-03-01", "2026-11-21", "2027-03-01"} {
			j := Of(m, casetest.Day(day))
			for _, a := range m.Regulation.Assumptions {
				convention := rules.All.Convention(a.Code)
				if convention == nil {
					continue
				}
				for _, value := range convention.Values {
					r := regulation.Reading{Assumption: a.Code, Value: value}
					kinds := map[string]regulation.Kind{}
					for _, o := range j.Outcomes {
						for _, x := range o.Otherwise {
							if x.Reading == r && !x.Together() {
								kinds[o.ID()] = x.Kind
							}
						}
					}
					for _, turn := range regulation.Turns(j.Outcomes, j.Assuming([]regulation.Reading{r})) {
						if turn.From == nil || turn.To == nil {
							t.Errorf("%s as of %s, %s: %s is in one only", m.ID, day, r, turn.Of().ID())
						} else if turn.From.Kind != turn.To.Kind && kinds[turn.To.ID()] != turn.To.Kind {
							t.Errorf("%s as of %s, %s: %s turns from %s to %s, and does not say so", m.ID, day, r, turn.To.ID(), turn.From.Kind, turn.To.Kind)
						} else if turn.From.Kind != turn.To.Kind {
							delete(kinds, turn.To.ID())
							turned++
						}
					}
					for id := range kinds {
						t.Errorf("%s as of %s, %s: %s says that it turns, and does not", m.ID, day, r, id)
					}
				}
			}
		}
	}
	if turned == 0 {
		t.Error("nothing turns")
	}
}

// TestExemptions checks that an exemption that has run out, and one that was decided too late, are
// reported, and that one that sets an outcome aside is not.
func TestExemptions(t *testing.T) {
	c := casetest.Read(t, "testdata/exemptions.txtar")
	got := map[string]diag.Code{}
	for _, d := range Of(c.Town, c.AsOf).Exemptions() {
		got[d.ID] = d.Code
	}
	if want := map[string]diag.Code{"over": diag.ExemptionIdle, "late": diag.ExemptionLate}; !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// TestWithheld checks that the document of a report is reported that can be downloaded although an exemption keeps it
// from the site, and no other.
func TestWithheld(t *testing.T) {
	c := casetest.Read(t, "testdata/withheld.txtar")
	j := Of(c.Town, c.AsOf)
	var got []string
	for _, d := range j.Withheld() {
		got = append(got, fmt.Sprintf("%s %s %s", d.Code, d.ID, d.Args["parent"]))
	}
	if want := []string{"rule-exemption-public r1 x1"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	var reports []string
	for _, o := range j.Outcomes {
		for _, r := range o.Withheld(c.Town) {
			reports = append(reports, r.ID)
		}
	}
	if want := []string{"r1", "r2"}; !slices.Equal(reports, want) {
		t.Errorf("withheld are %v, want %v", reports, want)
	}
}

// TestExplanations checks beside which outcomes explanations stand, in which words, and that those
// that explain nothing and those that come too early are reported. They alter no outcome.
func TestExplanations(t *testing.T) {
	c := casetest.Read(t, "testdata/explanations.txtar")
	j := Of(c.Town, c.AsOf)
	var b strings.Builder
	for _, o := range j.Outcomes {
		fmt.Fprintf(&b, "%s: %s\n", o.ID(), o.Kind)
		for k := range o.Explanations {
			x := &o.Explanations[k]
			fmt.Fprintf(&b, "  %s: %s\n", x.ID, x.Sentence(locale.For(locale.Ky)))
		}
	}
	for _, d := range j.Explanations() {
		fmt.Fprintf(&b, "%s: %s %v\n", d.ID, d.Code, d.Args["since"])
	}
	c.Want(t, b.String())
	c.Town.Explanations = nil
	for i, o := range Of(c.Town, c.AsOf).Outcomes {
		if regulation.Turned(o, j.Outcomes[i]) {
			t.Errorf("%s is another outcome without explanations", o.ID())
		}
	}
}

// TestUnconfirmedDays checks that a tentative day is reported from the day after it.
func TestUnconfirmedDays(t *testing.T) {
	calendar := casetest.Read(t, "testdata/registers.txtar").Town.Table(jme.Calendar)
	for asOf, want := range map[string]int{"2026-05-27": 0, "2026-05-28": 1} {
		if got := UnconfirmedDays(calendar, casetest.Day(asOf)); len(got) != want || want > 0 && got[0].Value != "2026-05-27" {
			t.Errorf("as of %s: %v, want %d", asOf, got, want)
		}
	}
}

// TestTables checks the rows of both registers. Every outcome and every deadline has its row.
func TestTables(t *testing.T) {
	c := casetest.Read(t, "testdata/registers.txtar")
	j := Of(c.Town, c.AsOf)
	var b strings.Builder
	for i, table := range j.Tables() {
		want := []int{len(j.Outcomes), len(j.Deadlines)}[i]
		if len(table.Rows) != want {
			t.Errorf("%s has %d rows, want %d", table.Label, len(table.Rows), want)
		}
		for i := range table.Rows {
			fmt.Fprintln(&b, table.Label)
			for _, field := range table.Schema.Fields {
				if value := table.Value(&table.Rows[i], field.Name); value != "" {
					fmt.Fprintf(&b, "  %s: %s\n", field.Name, value)
				}
			}
		}
	}
	c.Want(t, b.String())
	if !slices.IsSortedFunc(j.Deadlines, func(a, b Deadline) int { return a.Date.Compare(b.Date) }) {
		t.Error("the deadlines are not in order")
	}
}

// TestDeadlines checks the last day of a deadline that a holiday can still move, and that its key
// is the id of the outcome.
func TestDeadlines(t *testing.T) {
	c := casetest.Read(t, "testdata/registers.txtar")
	j := Of(c.Town, c.AsOf)
	i := slices.IndexFunc(j.Deadlines, func(d Deadline) bool { return d.Date.Equal(casetest.Day("2026-06-03")) })
	if i < 0 {
		t.Fatal("the report is not among the deadlines")
	}
	d := &j.Deadlines[i]
	if !d.Last().Equal(casetest.Day("2026-06-04")) || d.Key() != d.Outcome.ID() {
		t.Errorf("%s is due by %v", d.Key(), d.Last())
	}
}

// TestAgenda checks the days that records name, the earliest first.
func TestAgenda(t *testing.T) {
	c := casetest.Read(t, "testdata/agenda.txtar")
	var b strings.Builder
	for _, d := range agenda(c.Town, c.AsOf) {
		fmt.Fprintf(&b, "%s %s %s %s suggested %s promised %s\n", isoDay(d.Date), d.Kind, d.ID, d.Actor, isoDay(d.Suggested.Day()), isoDay(d.Promised.Day()))
	}
	c.Want(t, b.String())
}

// TestFailedContest checks that nothing is due of a contest that failed, from the day on which it did.
func TestFailedContest(t *testing.T) {
	day := func(s string) jme.Date { return jme.Date{Time: casetest.Day(s)} }
	m := &jme.Municipality{Contests: []*jme.Contest{{
		ID: "c1", Year: 2026, Announced: day("2026-03-01"), Closes: day("2026-03-30"), Decided: day("2026-03-10"), Result: jme.Cancelled,
	}}}
	for asOf, waits := range map[string]bool{"2026-03-09": true, "2026-03-10": false} {
		if due := agenda(m, casetest.Day(asOf)); (len(due) > 0) != waits {
			t.Errorf("on %s, %v is due", asOf, due)
		}
	}
}

// TestActor checks that the bodies of a municipality and a known provider are called by their own
// names.
func TestActor(t *testing.T) {
	m := &jme.Municipality{Settings: jme.Settings{Council: locale.Same("a council"), Executive: locale.Same("a mayor's office")}}
	provider := &jme.Provider{Name: locale.Same("a provider")}
	for actor, want := range map[string]string{
		"council": "a council", "executive": "a mayor's office", "provider": "a provider", "monitor": "Those who monitor",
	} {
		if got := Actor(m, actor, provider).In(locale.En); got != want {
			t.Errorf("%s is called %q, want %q", actor, got, want)
		}
	}
}

// TestMessages checks that every kind of duty and every actor has its words, and that no words
// are left over.
func TestMessages(t *testing.T) {
	c := casetest.Read(t, "testdata/registers.txtar")
	used := map[string]bool{"judgement.duty.of_clause": true}
	for _, d := range Of(c.Town, c.AsOf).Deadlines {
		if d.Outcome == nil {
			used["judgement.duty."+d.Kind], used["judgement.counted."+string(d.SetBy)] = true, true
			used["judgement.otherwise.promised"] = used["judgement.otherwise.promised"] || !d.Promised.IsZero()
			used["judgement.otherwise.declined"] = used["judgement.otherwise.declined"] || d.Declined
			used["judgement.otherwise.suggested"] = used["judgement.otherwise.suggested"] || !d.Suggested.IsZero()
		}
	}
	for _, actor := range []string{"applicants", "everyone", "monitor", "provider"} { // see Duty
		used["judgement.actor."+actor] = true
		for _, l := range locale.Langs {
			if said := Actor(&jme.Municipality{}, actor, nil).In(l); said == "" || strings.Contains(said, "⟦") {
				t.Errorf("the actor %s is %q in %v", actor, said, l)
			}
		}
	}
	for _, key := range locale.Keys(locale.Ky) {
		if strings.HasPrefix(key, "judgement.") && !used[key] {
			t.Errorf("the message %s is not used", key)
		}
		delete(used, key)
	}
	for key := range used {
		t.Errorf("the message %s is missing", key)
	}
}

// TestDaysToCome finds what cannot have happened yet, but neither what is of today nor a meeting that is announced.
func TestDaysToCome(t *testing.T) {
	m := casetest.Read(t, "testdata/missing.txtar").Town
	for register, days := range map[string][]string{"visits": {"2026-11-21", "2027-11-20", "2062-03-01"}, "events": {"2027-01-10"}} {
		reg := m.Table(register)
		reg.Rows = nil
		for _, day := range days {
			reg.Rows = append(reg.Rows, reg.Schema.Row(map[string]string{"id": day, "date": day}))
		}
	}
	problems := DaysToCome(m, casetest.Day("2026-11-21"))
	if len(problems) != 1 || problems[0].Value != "2027-11-20" || problems[0].Code.Severity() != diag.Warning {
		t.Error(problems)
	}
}

// TestFarDays finds a year of which two digits changed places, in a register and in a text.
func TestFarDays(t *testing.T) {
	m := casetest.Read(t, "testdata/missing.txtar").Town
	visits := m.Table("visits")
	d := &jme.Dataset{Municipalities: []*jme.Municipality{m}}
	for _, day := range []string{"2062-03-01", "2036-03-01"} {
		visits.Rows = append(visits.Rows, visits.Schema.Row(map[string]string{"id": day, "date": day}))
		d.Dates = append(d.Dates, jme.WrittenDate{Value: day})
	}
	var found []string
	for _, p := range FarDays(d, casetest.Day("2026-11-21")) {
		found = append(found, p.Value)
	}
	if !slices.Equal(found, []string{"2062-03-01", "2062-03-01"}) {
		t.Error(found)
	}
}
