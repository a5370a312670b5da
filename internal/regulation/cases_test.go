package regulation

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/settings"
	"achyk/internal/source"
	"achyk/internal/table"
)

var update = flag.Bool("update", false, "write what comes out into the archives")

// A case is an archive testdata/<rule>/<name>.txtar. Its comment ends with a line
// "as of 2026-03-01". Its files are registers with only the columns that matter here, and
// "want", which lists the outcomes of that rule with their sentences. The clauses, with their
// numbers and assumptions, are those of testdata/regulation.toml unless the case has its own.
//
// TestCases fails if a statement of a rule, or a source of a last day, has no case.
func TestCases(t *testing.T) {
	var from [len(bases)]bool
	for _, rule := range All {
		t.Run(rule.Code, func(t *testing.T) {
			names, _ := filepath.Glob("testdata/" + rule.Code + "/*.txtar")
			said := map[Statement]bool{}
			for _, name := range names {
				a, err := txtar.ParseFile(name)
				if err != nil {
					t.Fatal(err)
				}
				m, asOf := municipality(t, rule.Code, a)
				j := Judge(m, asOf)
				var b strings.Builder
				for i := range j.Outcomes {
					o := &j.Outcomes[i]
					if !slices.Contains(rule.Says, o.said) {
						t.Errorf("%s: the rule does not list the statement %v", name, o.said)
					}
					said[o.said] = true
					if !o.Due.IsZero() {
						from[o.basis] = true
					}
					write(&b, o)
				}
				golden(t, name, a, b.String())
				for i := range j.Deadlines {
					d := &j.Deadlines[i]
					from[byRecord] = from[byRecord] || d.Outcome == nil
					for _, l := range locale.Langs {
						whole(t, name, l, d.What(locale.For(l)), d.Counted(locale.For(l)))
					}
				}
			}
			for _, s := range rule.Says {
				if !said[s] {
					t.Errorf("no case says %q, which is %s", s.key, s.Kind)
				}
			}
		})
	}
	for b := noBasis + 1; int(b) < len(bases); b++ {
		if !from[b] {
			t.Errorf("no case has a last day from %q", bases[b])
		}
	}
}

// write writes an outcome in the form of a case.
func write(b *strings.Builder, o *Outcome) {
	fmt.Fprintf(b, "%s %d", o.Kind, o.Year)
	if o.Subject.ID != "" {
		fmt.Fprintf(b, " %s/%s", o.Subject.Register, o.Subject.ID)
	}
	for _, day := range []struct {
		name string
		time.Time
	}{{"due", o.Due}, {"latest", o.Latest}, {"done", o.Done}} {
		if !day.IsZero() {
			fmt.Fprintf(b, " %s %s", day.name, day.Format(time.DateOnly))
		}
	}
	if o.DaysLate > 0 {
		fmt.Fprintf(b, " late %d", o.DaysLate)
	}
	fmt.Fprintln(b)
	for _, l := range locale.Langs {
		fmt.Fprintf(b, "  %s\n", o.Sentence(locale.For(l)))
	}
}

func golden(t *testing.T, name string, a *txtar.Archive, got string) {
	t.Helper()
	if strings.Contains(got, "⟦") || strings.Contains(got, "<no value>") {
		t.Errorf("%s: a sentence lacks something:\n%s", name, got)
	}
	i := slices.IndexFunc(a.Files, func(f txtar.File) bool { return f.Name == "want" })
	if *update {
		if i < 0 {
			a.Files, i = append(a.Files, txtar.File{Name: "want"}), len(a.Files)
		}
		a.Files[i].Data = []byte(got)
		if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if i < 0 || string(a.Files[i].Data) != got {
		t.Errorf("%s:\n%s", name, got)
	}
}

// municipality reads a case, to be judged by one rule or, with "", by all. Rows may lack required
// values: a rule must cope with what is not recorded.
func municipality(t testing.TB, rule string, a *txtar.Archive) (*jme.Municipality, time.Time) {
	t.Helper()
	m := &jme.Municipality{ID: "town", Settings: jme.Settings{TimeZone: "Asia/Bishkek"}}
	shared, err := os.ReadFile("testdata/regulation.toml")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{"regulation.toml": shared}
	for _, f := range a.Files {
		files[f.Name] = f.Data
	}
	readRegulation(t, m, files["regulation.toml"])
	m.Regulation.Clauses = slices.DeleteFunc(m.Regulation.Clauses, func(c jme.Clause) bool { return rule != "" && c.Checks[0].Rule != rule })
	for _, register := range jme.Registers {
		schema := jme.Schema(register)
		data := files[register]
		if register == jme.Calendar && data == nil {
			if data, err = os.ReadFile("../../data/calendar.csv"); err != nil {
				t.Fatal(err)
			}
		}
		read, _ := table.New(schema, "town/"+register, nil)
		if data != nil {
			var problems diag.List
			read, problems = table.Read(&source.File{Path: register + ".csv", Data: data}, "town/"+register, schema)
			for _, p := range problems {
				if p.Code != diag.MissingColumn && p.Code != diag.MissingValue {
					t.Fatalf("%s: %s %q", register, p.Code, p.Value)
				}
			}
			read.Whole = true
		}
		m.Tables = append(m.Tables, read)
	}
	if err := m.Link(); err != nil {
		t.Fatal(err)
	}
	_, last, ok := strings.Cut(string(a.Comment), "as of ")
	if !ok {
		t.Fatal("as of which day?")
	}
	return m, date(strings.TrimSpace(last))
}

func readRegulation(t testing.TB, m *jme.Municipality, data []byte) {
	t.Helper()
	f := &source.File{Path: "regulation.toml", Data: bytes.TrimSpace(data)}
	if _, problems := settings.Decode(f, source.Span{End: len(f.Data)}, &m.Regulation); len(problems) > 0 {
		t.Fatalf("regulation.toml: %s %s", problems[0].Code, problems[0].Value)
	}
	m.Regulation.File = f
}
