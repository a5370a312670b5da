package jme_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"achyk/internal/jme"
	"achyk/internal/tools/jmetest"
)

// year2026 is a municipality by contest whose findings of 2026 have no report yet.
func year2026(t *testing.T) *jme.Municipality {
	t.Helper()
	return jmetest.Linked(t, jme.ByContest,
		jmetest.BuiltIn("appeals",
			cells{"id": "p-1", "period": "2025-09", "service": "water", "count": "3"},
			cells{"id": "p-2", "period": "2026-01", "service": "waste", "count": "9"},
			cells{"id": "p-3", "period": "2026-03", "service": "water", "count": "100"}), // in the month of the list, which does not count
		jmetest.BuiltIn("events",
			cells{"id": "e-1", "purpose": "priorities", "date": "2026-01-20"},
			cells{"id": "e-2", "purpose": "priorities", "date": "2026-04-01"}, // after the list
			cells{"id": "e-3", "purpose": "results", "date": "2026-02-01"},
			cells{"id": "e-4", "purpose": "results", "date": "2026-12-01"},
			cells{"id": "e-5", "purpose": "results", "date": "2025-06-01", "report": "r-0"},
			cells{"id": "e-6", "purpose": "results", "date": "2025-12-20", "letter": "w-1"},
			cells{"id": "e-7", "purpose": "results", "date": "2026-12-01", "report": "unknown"}),
		jmetest.BuiltIn("analytic_letters", cells{"id": "w-1", "year": "2024"}),
		jmetest.BuiltIn("suggestions", cells{"id": "s-1", "event": "e-1", "service": "water", "supporters": "40"}, cells{"id": "s-2", "event": "e-2", "service": "water", "supporters": "5"}),
		jmetest.BuiltIn("annual_list", cells{"id": "l-1", "year": "2026", "service": "water", "decision": "d-1"}),
		jmetest.BuiltIn("contests", cells{"id": "c-1", "year": "2026", "closes": "2026-05-10T17:00+06:00"}),
		jmetest.BuiltIn("contracts", cells{"id": "k-1", "contest": "c-1", "signed": "2026-06-01"}),
		jmetest.BuiltIn("assessments", cells{"id": "a-0", "year": "2025"}, cells{"id": "a-1", "year": "2026", "contract": "k-1", "fieldwork_from": "2026-07-01", "planned_to": "2026-08-31"}),
		jmetest.BuiltIn("findings", cells{"id": "f-1", "assessment": "a-1"}),
		jmetest.BuiltIn("reports", cells{"id": "r-0", "assessment": "a-0", "delivered": "2025-11-01"}),
		jmetest.BuiltIn("services", cells{"id": "waste"}, cells{"id": "water"}),
		jmetest.BuiltIn("decisions", cells{"id": "d-1", "date": "2026-03-02"}),
	)
}

// A second decision on some entries of a list moves the days in which hearings and appeals count for these alone, wherever
// it stands in the register. The step of the year is done by the last decision.
func TestListDecidedTwice(t *testing.T) {
	for _, order := range [][]int{{0, 1, 2, 3}, {3, 2, 1, 0}} {
		entries := []cells{
			{"id": "l-0", "year": "2026", "service": "water", "decision": "d-1"},
			{"id": "l-1", "year": "2026", "service": "waste", "decision": "d-2"},
			{"id": "l-2", "year": "2026", "service": "light", "decision": "d-3"}, // whose day is not recorded
			{"id": "l-3", "year": "2026", "service": "water", "decision": "d-2"}, // once more
		}
		var rows []cells
		for _, i := range order {
			rows = append(rows, entries[i])
		}
		var asked []cells
		for _, s := range []string{"water", "waste", "light", "roads"} {
			for _, e := range []string{"e-0", "e-1", "e-2", "e-3"} {
				asked = append(asked, cells{"id": e + s, "event": e, "service": s})
			}
		}
		m := jmetest.Linked(t, jme.ByContest,
			jmetest.BuiltIn("services", cells{"id": "light"}, cells{"id": "roads"}, cells{"id": "waste"}, cells{"id": "water"}),
			jmetest.BuiltIn("annual_list", append(rows, cells{"id": "l-4", "year": "2027", "service": "water"})...),
			jmetest.BuiltIn("events", cells{"id": "e-0", "purpose": "priorities", "date": "2026-02-01"}, cells{"id": "e-1", "purpose": "priorities", "date": "2026-04-01"},
				cells{"id": "e-2", "purpose": "priorities", "date": "2026-05-03"}, cells{"id": "e-3", "purpose": "priorities", "date": "2027-02-01"}),
			jmetest.BuiltIn("suggestions", asked...),
			jmetest.BuiltIn("appeals", cells{"id": "p-1", "period": "2025-01", "service": "water", "count": "1"}, cells{"id": "p-2", "period": "2026-03", "service": "water", "count": "10"},
				cells{"id": "p-3", "period": "2026-03", "service": "waste", "count": "10"}, cells{"id": "p-4", "period": "2026-06", "service": "waste", "count": "100"}),
			jmetest.BuiltIn("decisions", cells{"id": "d-1", "date": "2026-03-02"}, cells{"id": "d-2", "date": "2026-05-02"}, cells{"id": "d-3"}),
		)
		for year, want := range map[int]string{
			2026: "hearings e-0 e-1 e-2, to 2026-03: waste 10 e-0e-1, light 0 e-0e-1e-2, roads 0 e-0, water 0 e-0",
			2027: "hearings e-0 e-1 e-2 e-3, to 2027-02: waste 110 e-2e-3, water 10 e-1e-2e-3, light 0 e-0e-1e-2e-3, roads 0 e-1e-2e-3",
		} {
			c := m.Cycle(year, day("2027-02-20"))
			got := "hearings"
			for _, e := range c.Hearings {
				got += " " + e.ID
			}
			got += ", to " + c.To.Format("2006-01:")
			for i, d := range c.Demand {
				if i > 0 {
					got += ","
				}
				got += fmt.Sprintf(" %s %d ", d.Service.ID, d.Appeals)
				for _, s := range d.Suggestions {
					got += s.Event.ID
				}
			}
			if got != want {
				t.Errorf("%v: %d has %q, want %q", order, year, got, want)
			}
			if n := len(c.Decisions); year == 2026 && (n != 2 || c.Decisions[1].ID != "d-2") {
				t.Errorf("%v: the list is of %d decisions, want d-1 and d-2", order, n)
			}
		}
	}
}

// A cycle has the records of its year.
func TestCycle(t *testing.T) {
	m := year2026(t)
	c := m.Cycle(2026, day("2026-11-20"))
	if len(c.Entries) != 1 || len(c.Decisions) != 1 || len(c.Contests) != 1 || len(c.Deals) != 1 || len(c.Assessments) != 1 || len(c.Findings) != 1 {
		t.Errorf("the year has %d entries, %d contests, %d contracts, %d assessments, %d findings, want one of each",
			len(c.Entries), len(c.Contests), len(c.Deals), len(c.Assessments), len(c.Findings))
	}
	if len(c.Hearings) != 1 || c.Hearings[0].ID != "e-1" {
		t.Errorf("the hearings are %v, want e-1 alone", c.Hearings)
	}
	if from, to := c.From.Format(time.DateOnly), c.To.Format(time.DateOnly); from != "2025-09-01" || to != "2026-03-01" {
		t.Errorf("appeals count from %s to %s, want from the first month on record to that of the list", from, to)
	}
	var demand []string
	for _, d := range c.Demand {
		demand = append(demand, fmt.Sprintf("%s %d %d %d %t", d.Service.ID, d.Appeals, len(d.Suggestions), d.Supporters, d.Chosen))
	}
	if got, want := strings.Join(demand, ", "), "waste 9 0 0 false, water 3 1 40 true"; got != want {
		t.Errorf("the demand is %q, want %q", got, want)
	}
	for year, want := range map[int]string{2024: "e-6", 2025: "e-3 e-4 e-5", 2026: ""} {
		var got []string
		for _, e := range m.Cycle(year, day("2026-12-31")).Discussions {
			got = append(got, e.ID)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("the results of %d are discussed by %v, want %s", year, got, want)
		}
	}
}

// TestChoiceOfGroup checks that each hearing counts in one year where no list divides the years.
func TestChoiceOfGroup(t *testing.T) {
	m := jmetest.Linked(t, jme.ByGroup,
		jmetest.BuiltIn("events", cells{"id": "e-1", "purpose": "priorities", "date": "2025-01-20"}, cells{"id": "e-2", "purpose": "priorities", "date": "2026-01-20"},
			cells{"id": "e-3", "purpose": "priorities", "date": "2026-06-01"}),
		jmetest.BuiltIn("assessments", cells{"id": "a-1", "year": "2025", "fieldwork_from": "2025-03-05"}, cells{"id": "a-2", "year": "2026", "fieldwork_from": "2026-04-16"},
			cells{"id": "a-3", "year": "2026", "fieldwork_from": "2026-03-04"}))
	for year, want := range map[int]string{2025: "e-1", 2026: "e-2", 2027: "e-3"} {
		c := m.Cycle(year, day("2026-11-20"))
		var got []string
		for _, e := range c.Hearings {
			got = append(got, e.ID)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("the hearings of %d are %v, want %s", year, got, want)
		}
		if to := c.To.Format(time.DateOnly); year == 2026 && to != "2026-03-01" {
			t.Errorf("appeals count to %s, want to the month of the first fieldwork", to)
		}
	}
}

// TestCycles checks that a year between two with records, and the present one, are not left out.
func TestCycles(t *testing.T) {
	m := jmetest.Linked(t, jme.ByContest, jmetest.BuiltIn("assessments", cells{"id": "a-1", "year": "2022"}, cells{"id": "a-2", "year": "2024"}))
	for asOf, want := range map[string]string{"2026-11-20": "2022 2023 2024 2025 2026", "2023-11-20": "2022 2023 2024"} {
		var years []string
		for _, c := range m.Cycles(day(asOf)) {
			years = append(years, fmt.Sprint(c.Year))
		}
		if got := strings.Join(years, " "); got != want {
			t.Errorf("the years as of %s are %s, want %s", asOf, got, want)
		}
	}
}
