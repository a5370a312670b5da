package rules

import (
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/load"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/table"
	"achyk/internal/tools/casetest"
	"achyk/internal/tools/towntest"
	"achyk/internal/wording"
)

// sample is the data of the project.
func sample(t *testing.T) *jme.Dataset {
	t.Helper()
	set, problems, err := load.Load(os.DirFS(towntest.Sample(t)))
	if err != nil {
		t.Fatal(err)
	}
	if problems.HasErrors() {
		t.Fatal("the sample data has errors")
	}
	return set
}

func TestSampleIsValid(t *testing.T) {
	for _, m := range sample(t).Municipalities {
		for _, p := range All.Validate(m) {
			t.Errorf("%s %s", p.Code, p.Value)
		}
	}
}

// TestBrokenStaysBroken checks that a later day never turns a broken or overdue outcome into a
// kept one: what is done late stays late.
func TestBrokenStaysBroken(t *testing.T) {
	for _, m := range sample(t).Municipalities {
		type key struct {
			rule, clause string
			year         int
			subject      regulation.Record
		}
		broken := map[key]bool{}
		for day := casetest.Day("2025-01-05"); day.Before(casetest.Day("2027-12-31")); day = day.AddDate(0, 0, 23) {
			for _, o := range evaluate(m, day) {
				k := key{o.Rule, o.Clause, o.Year, o.Subject}
				if o.Kind == regulation.Kept && broken[k] {
					t.Errorf("%s %v was broken or overdue and is kept %s", o.Rule, o.Subject, day)
				}
				broken[k] = broken[k] || o.Kind == regulation.Broken || o.Kind == regulation.Overdue
			}
		}
	}
}

// TestStrayYears checks that a record of a year before the regulation was in force, or of a far
// year, makes nothing overdue or pending in the years on the way to it.
func TestStrayYears(t *testing.T) {
	c := casetest.Read(t, "testdata/stray-years.txtar")
	var b strings.Builder
	for _, o := range evaluate(c.Town, c.AsOf) {
		write(&b, o)
	}
	c.Want(t, b.String())
}

// TestRowOrder checks that the order of rows has no influence.
func TestRowOrder(t *testing.T) {
	asOf := casetest.Day("2026-11-20")
	for _, m := range sample(t).Municipalities {
		want := evaluate(m, asOf)
		random := rand.New(rand.NewPCG(1, 2))
		other := &jme.Municipality{ID: m.ID, Settings: m.Settings, Regulation: m.Regulation}
		for _, register := range m.Tables {
			rows := slices.Clone(register.Rows)
			random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
			shuffled, _ := table.New(register.Schema, register.Label, rows)
			other.Tables = append(other.Tables, shuffled)
		}
		if err := other.Link(); err != nil {
			t.Fatal(err)
		}
		for i, o := range evaluate(other, asOf) {
			if !reflect.DeepEqual(o, want[i]) {
				t.Errorf("%s %v differs:\n%v\n%v", o.Rule, o.Subject, o, want[i])
			}
		}
	}
}

// TestUnrelatedRecord checks that a record with nothing but a key changes no other outcome.
func TestUnrelatedRecord(t *testing.T) {
	asOf := casetest.Day("2026-11-20")
	for _, m := range sample(t).Municipalities {
		want := evaluate(m, asOf)
		for i, register := range m.Tables {
			row := table.Row{Values: make([]string, len(register.Schema.Fields))}
			for j, field := range register.Schema.Fields {
				switch key := slices.Contains(register.Schema.PrimaryKey, field.Name); {
				case key && register.Schema.Columns[field.Column].Type == table.Date:
					row.Values[j] = "2041-01-01"
				case key:
					row.Values[j] = "zzz-unrelated"
				}
			}
			larger, _ := table.New(register.Schema, register.Label, append(slices.Clone(register.Rows), row))
			other := &jme.Municipality{ID: m.ID, Settings: m.Settings, Regulation: m.Regulation, Tables: slices.Clone(m.Tables)}
			other.Tables[i] = larger
			if err := other.Link(); err != nil {
				t.Fatal(err)
			}
			got := slices.DeleteFunc(evaluate(other, asOf), func(o *regulation.Outcome) bool { return o.Subject.ID == "zzz-unrelated" })
			if len(got) != len(want) {
				t.Errorf("%s: %d outcomes, there were %d", register.Label, len(got), len(want))
				continue
			}
			for j := range got {
				if !reflect.DeepEqual(got[j], want[j]) {
					t.Errorf("%s: %s %v differs:\n%v\n%v", register.Label, want[j].Rule, want[j].Subject, got[j], want[j])
				}
			}
		}
	}
}

// TestNotChecked checks that a rule whose register could not be read says only that.
func TestNotChecked(t *testing.T) {
	for _, m := range sample(t).Municipalities {
		outcomes := evaluate(m, casetest.Day("2026-11-20"), jme.Registers...)
		if len(outcomes) == 0 {
			t.Errorf("%s has no outcomes", m.ID)
		}
		for _, o := range outcomes {
			if o.Kind != regulation.Unknown || o.Said != regulation.NotChecked {
				t.Errorf("%s is %s without its registers", o.Rule, o.Kind)
			}
		}
	}
}

// TestValidate checks that mistakes in regulation.toml are reported with their lines, and assumptions without effect.
func TestValidate(t *testing.T) {
	for _, name := range []string{"wrong", "idle"} {
		t.Run(name, func(t *testing.T) { validates(t, "testdata/"+name+".txtar") })
	}
}

func validates(t *testing.T, name string) {
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{}
	want := ""
	for _, f := range archive.Files {
		if f.Name == "want" {
			want = string(f.Data)
		} else {
			fsys[f.Name] = &fstest.MapFile{Data: f.Data}
		}
	}
	set, _, err := load.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	var problems diag.List
	for _, m := range set.Municipalities {
		problems = append(problems, All.Validate(m)...)
	}
	problems.Sort()
	var b strings.Builder
	for i := range problems {
		d := &problems[i]
		line := d.File.Line(d.Position().Line)
		b.WriteString(string(d.Code) + " " + d.Value + ": " + line + "\n")
		if form, ok := d.Args["form"].(diag.Phrase); ok == (d.Args["want"] == nil) || ok && !locale.For(locale.Ky).Has("diagnostics."+string(form)) {
			t.Errorf("%s does not say in words what fits: %q", d.Value, form)
		}
	}
	if b.String() != want {
		t.Errorf("%s", b.String())
	}
}

// TestTowns judges municipalities by regulations of their own: one with other clauses, numbers and
// channels, one that was amended, and one whose year crosses into the next.
func TestTowns(t *testing.T) {
	for _, name := range []string{"third-town", "amended-town", "across-new-year", "across-new-year-awaited"} {
		c := casetest.Read(t, "testdata/"+name+".txtar")
		if problems := All.Validate(c.Town); len(problems) > 0 {
			t.Errorf("%s: %s %s", name, problems[0].Code, problems[0].Value)
		}
		var b strings.Builder
		for _, o := range evaluate(c.Town, c.AsOf) {
			fmt.Fprintf(&b, "%s", o.Clause)
			if o.Version != wording.Adopted {
				fmt.Fprintf(&b, " as amended by %q", o.Version)
			}
			fmt.Fprint(&b, ": ")
			write(&b, o)
		}
		c.Want(t, b.String())
	}
}

func BenchmarkEvaluate(b *testing.B) {
	set, _, err := load.Load(os.DirFS(towntest.Sample(b)))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		for _, m := range set.Municipalities {
			evaluate(m, casetest.Day("2026-11-20"))
		}
	}
}

// BenchmarkLarge evaluates a hundred thousand records, most of which have an outcome of their own.
func BenchmarkLarge(b *testing.B) {
	registers := map[string]string{
		"assessments":  "id,year,service,provider,fieldwork_from,fieldwork_to\n",
		"reports":      "id,assessment,delivered\n",
		"letters":      "id,provider,number,sent\n",
		"publications": "id,subject_register,subject,channel,published\n",
		"findings":     "id,assessment,requirement,verdict\n",
		"attachments":  "id,subject_register,subject,kind,file\n",
	}
	rows := map[string]*strings.Builder{}
	for name, header := range registers {
		rows[name] = &strings.Builder{}
		rows[name].WriteString(header)
	}
	for i := range 17000 {
		y := 2024 + i%3
		fmt.Fprintf(rows["assessments"], "a%05d,%d,s%d,v%d,%d-03-02,%d-04-02\n", i, y, i%50, i%500, y, y)
		fmt.Fprintf(rows["reports"], "r%05d,a%05d,%d-04-10\n", i, i, y)
		fmt.Fprintf(rows["letters"], "l%05d,v%d,1,%d-02-01\n", i, i%500, y)
		fmt.Fprintf(rows["publications"], "p%05d,reports,r%05d,site-executive,%d-05-01\n", i, i, y)
		fmt.Fprintf(rows["findings"], "f%05d,a%05d,q1,non-compliant\n", i, i)
		fmt.Fprintf(rows["attachments"], "t%05d,findings,f%05d,photo,a.svg\n", i, i)
	}
	a := &txtar.Archive{Comment: []byte("as of 2026-11-20")}
	for name, text := range rows {
		a.Files = append(a.Files, txtar.File{Name: name, Data: []byte(text.String())})
	}
	c := casetest.Parse(b, a)
	c.Town.Regulation.Act.Date = casetest.Day("2020-01-01") // so that the day is asked for on which each duty began
	for b.Loop() {
		evaluate(c.Town, c.AsOf)
	}
}

// TestHostileTexts checks that a name or a title of any characters comes out of a sentence
// unchanged, but for quotation marks inside of others, in a part of its own language, and that the parts add up to the sentence.
func TestHostileTexts(t *testing.T) {
	inner := strings.NewReplacer("«", "„", "»", "“")
	for _, text := range []string{"\ue001Аты\ue00f", "\ue000", "{{.Provider}}", "{{end}}", "⟦key⟧", "а\nб", "%!s(а)", "«а» “б”"} {
		c := casetest.Read(t, "testdata/results-published/overdue.txtar")
		m := c.Town
		onlyBy(t, All.Find("results-published"), m)
		m.Providers[0].Name = locale.Text{Ky: text}
		for i := range m.Regulation.Assumptions {
			m.Regulation.Assumptions[i].Title = locale.Text{Ky: text}
		}
		o := evaluate(m, c.AsOf)[0]
		if len(o.Otherwise) == 0 {
			t.Fatal("the case rests on no assumption")
		}
		for _, l := range []locale.Lang{locale.Ru, locale.En} {
			var all string
			marked := 0
			for _, part := range o.Parts(locale.For(l)) {
				all += part.Text
				if (part.Text == text || part.Text == inner.Replace(text)) && part.Lang == locale.Ky {
					marked++
				} else if part.Lang != l {
					t.Errorf("%q is in %v", part.Text, part.Lang)
				}
			}
			if marked != 2 { // the provider and the assumption
				t.Errorf("%q is marked %d times in %q, want 2", text, marked, all)
			}
			if all != o.Sentence(locale.For(l)) {
				t.Errorf("%q is not the sentence", all)
			}
		}
		if parts := o.Parts(locale.For(locale.Ky)); len(parts) != 1 {
			t.Errorf("%q has foreign parts in Kyrgyz", parts)
		}
	}
}
