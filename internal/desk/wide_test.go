package desk_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"achyk/internal/desk"
	"achyk/internal/diag"
	"achyk/internal/locale"
	"achyk/internal/source"
	"achyk/internal/table"
	"achyk/internal/tools/towntest"
)

// widened writes some records of a register as people do who keep them wide: a row for each of the values
// of the fields by, a column for each of the values of the fields across.
func widened(t *table.Table, keep func(*table.Row) bool, by, across []string, measure string, heading func(field, value string) string) string {
	var rows, columns []string
	cells := map[[2]string]string{}
	values := func(r *table.Row, fields []string, shown func(field, value string) string) string {
		var parts []string
		for _, f := range fields {
			parts = append(parts, shown(f, t.Value(r, f)))
		}
		return strings.Join(parts, ";")
	}
	plain := func(_, value string) string { return value }
	for i := range t.Rows {
		r := &t.Rows[i]
		if !keep(r) {
			continue
		}
		row, column := values(r, by, plain), strings.ReplaceAll(values(r, across, heading), ";", " / ")
		if !slices.Contains(rows, row) {
			rows = append(rows, row)
		}
		if !slices.Contains(columns, column) {
			columns = append(columns, column)
		}
		cells[[2]string{row, column}] = t.Value(r, measure)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s;%s\n", strings.Join(by, ";"), strings.Join(columns, ";"))
	for _, row := range rows {
		b.WriteString(row)
		for _, column := range columns {
			b.WriteString(";" + cells[[2]string{row, column}])
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// sample opens the sample data, and takes sheets for the municipality of Osh.
func sample(t *testing.T) (r *desk.Repository, take func(string) *desk.Proposal) {
	t.Helper()
	r, err := desk.Open(os.DirFS(towntest.Sample(t)), time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	m := r.Data.Municipality("osh")
	return r, func(text string) *desk.Proposal {
		p, err := r.Take(m, &source.File{Path: "sheet.csv", Data: []byte(text)}, desk.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
}

// TestDayToCome takes a payment of a day that has not come.
func TestDayToCome(t *testing.T) {
	_, take := sample(t)
	day := time.Now().AddDate(1, 0, 0).Format(time.DateOnly)
	p := take("id;date;amount\npay-2025-1;" + day + ";354000\n")
	if !slices.ContainsFunc(p.Problems, func(d diag.Diagnostic) bool { return d.Code == diag.ToCome && d.Cell.String() == "B2" }) {
		t.Error(p.Problems)
	}
	if p = take("id;date\npay-2025-1;2026-11-30\n"); slices.ContainsFunc(p.Problems, func(d diag.Diagnostic) bool { return d.Code == diag.ToCome }) {
		t.Error("what is of the day by the clock:", p.Problems)
	}
}

// TestElsewhere takes a sheet of another municipality: of its cells nothing is said.
func TestElsewhere(t *testing.T) {
	r, take := sample(t)
	var b strings.Builder
	measures := r.Data.Municipality("kochkorbaev").Table("measures")
	if err := measures.WriteRegister(&b, measures.Has); err != nil {
		t.Fatal(err)
	}
	p := take(b.String())
	if len(p.Problems) != 1 || p.Problems[0].Code != diag.OtherTown || len(p.Changes) > 0 || p.CSV != nil {
		t.Error(p.Problems, p.Changes)
	}
	f := &source.File{Path: "form", Data: []byte("id;name_ky;name_ru;legal_form\nak-niet;Ак Ниет;Ак Ниет;foundation\n")}
	p, err := r.Take(r.Data.Municipality("kochkorbaev"), f, desk.Options{Register: "organisations", Form: true})
	if err != nil || len(p.Problems) > 0 || len(p.Changes) != 1 {
		t.Error("a form for an organisation that is known elsewhere too:", err, p.Problems, p.Changes)
	}
}

// TestWideScores takes a sheet of points: its means are no record, and a wrong cell is told once. A single criterion
// will do.
func TestWideScores(t *testing.T) {
	_, take := sample(t)
	p := take("application;member;cr26-1-experience;cr26-2-method\napp26-1;wc26-m9;8;6,5\nОрточо;;8;6,5\n")
	var told []string
	for _, d := range p.Problems {
		told = append(told, string(d.Code)+" "+d.Cell.String())
	}
	if diff := cmp.Diff([]string{"unknown-id B2", "sheet-left-out A3"}, told); diff != "" {
		t.Error(diff)
	}
	if p = take("application;member;cr26-1-experience\napp26-1;wc26-m1;8\n"); len(p.Problems) > 0 || len(p.Changes) != 1 || p.CSV == nil {
		t.Error(p.Problems, p.Changes)
	}
}

// TestWide takes sheets with a record in each cell.
func TestWide(t *testing.T) {
	r, take := sample(t)
	m := r.Data.Municipality("osh")
	appeals := m.Table("appeals")
	label := func(field, value string) string { return appeals.Schema.Column(field).Label(value).In(locale.Ky) }
	counts := widened(appeals, func(r *table.Row) bool { return appeals.Value(r, "period") == "2024-11" },
		[]string{"period", "service", "territory"}, []string{"kind", "channel"}, "count", label)
	scores := m.Table("scores")
	points := widened(scores, func(r *table.Row) bool { return strings.HasPrefix(r.Key, "app25-") },
		[]string{"application", "member"}, []string{"criterion"}, "points", func(_, id string) string { return "Критерий [" + id + "]" })
	for register, text := range map[string]string{"appeals": counts, "scores": points} {
		p := take(text)
		if p.Table == nil || p.Table.Schema.Name != register || len(p.Changes)+len(p.Problems) > 0 || p.Same < 20 || p.CSV == nil {
			t.Errorf("%s: %d the same, %+v %v", register, p.Same, p.Changes, p.Problems)
		}
	}

	lines := strings.Split(strings.ReplaceAll(counts, "2024-11", "11.2024"), "\n")
	cells := strings.Split(lines[2], ";")
	cells[3] = "99"
	lines[2] = strings.Join(cells, ";")
	lines = append(lines[:len(lines)-1], "2027-01;civil-registry;;5;x")
	p := take(strings.Join(lines, "\n"))
	last := source.Cell{Row: len(lines), Column: 4}
	if len(p.Changes) != 3 || p.Changes[0].Cells[0].Cell != (source.Cell{Row: 3, Column: 4}) || p.Changes[0].Cells[0].After != "99" ||
		p.Changes[1].Kind != desk.Added || p.Changes[1].Row != last.Row || p.Changes[1].Cells[0].Cell != last ||
		!strings.HasPrefix(p.Changes[1].Key, "2027-01-civil-registry-") {
		t.Errorf("changes: %+v", p.Changes)
	}
	var wrong []string
	for _, d := range p.Problems {
		if d.Severity() == diag.Error {
			wrong = append(wrong, d.Cell.String())
		}
	}
	if diff := cmp.Diff([]string{source.Cell{Row: len(lines), Column: 5}.String()}, wrong); diff != "" || p.CSV != nil {
		t.Error(diff, p.Problems)
	}
}
