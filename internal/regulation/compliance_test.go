package regulation

import (
	"testing"
	"time"

	"achyk/internal/jme"
)

// TestTable checks that the register has each outcome once, also where a clause has two checks by
// the same rule.
func TestTable(t *testing.T) {
	outcomes := []Outcome{
		{Municipality: "town", Year: 2025, Clause: "1.5", Rule: "held-openly", Subject: Record{"assessments", "a-1"}, Kind: Overdue,
			Due: time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC), DaysLate: 3, Evidence: []Record{{"assessments", "a-1"}, {"publications", ""}}, said: overdue},
		{Municipality: "town", Year: 2025, Clause: "8", Rule: "annual-list-approved", Kind: Kept, said: kept},
		{Municipality: "town", Year: 2025, Clause: "8", Rule: "annual-list-approved", Kind: Kept, said: kept, nth: 2},
	}
	j := Judgement{Municipality: &jme.Municipality{ID: "town"}, Outcomes: outcomes}
	table := j.Table()
	if len(table.Rows) != 3 || table.Label != "town/"+jme.Compliance {
		t.Fatalf("%d rows in %s, want 3", len(table.Rows), table.Label)
	}
	row := table.Lookup("2025-1-5-held-openly-a-1")
	if row == nil {
		t.Fatalf("no such id among %v", table.KeyNames())
	}
	for field, want := range map[string]string{
		"clause": "1.5", "outcome": "overdue", "due": "2025-03-01", "days_late": "3", "done": "",
		"subject_register": "assessments", "subject": "a-1", "evidence": "assessments/a-1 publications",
	} {
		if got := table.Value(row, field); got != want {
			t.Errorf("%s is %q, want %q", field, got, want)
		}
	}
	if table.Value(row, "rule_title_ky") == "" || table.Value(row, "sentence_ru") == "" {
		t.Error("the outcome is not said in three languages")
	}
}
