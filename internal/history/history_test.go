package history

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"achyk/internal/diag"
	"achyk/internal/table"
)

// timeline writes the changes of a record, newest first, one a line.
func timeline(h *History, register, key string) string {
	var lines []string
	for _, c := range h.Of("a", register, key) {
		line := c.Commit.Subject + ": " + string(c.Kind)
		for _, cell := range c.Cells {
			line += fmt.Sprintf(" %s %q→%q", cell.Column, cell.Old, cell.New)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// things commits versions of one register; "-" removes the file.
func things(t *testing.T, versions ...string) *work {
	w := newWork(t)
	for i, v := range versions {
		f := files{"data/a/things.csv": text(v)}
		if v == "-" {
			f["data/a/things.csv"] = nil
		}
		w.next(fmt.Sprint(i+1), f)
	}
	return w
}

var abc = map[string]*table.Schema{"a/things": plain("id", "b", "c")}

func TestTimeline(t *testing.T) {
	for _, test := range []struct {
		name     string
		versions []string
		want     string // of the record x
	}{
		{"created, changed, removed, created", []string{"id,b\nx,1\n", "id,b\nx,2\ny,1\n", "id,b\ny,1\n", "id,b\nx,2\ny,1\n"},
			"4: created id \"\"→\"x\" b \"\"→\"2\"\n3: removed id \"x\"→\"\" b \"2\"→\"\"\n2: changed b \"1\"→\"2\"\n1: created id \"\"→\"x\" b \"\"→\"1\""},
		{"a file that goes and comes back", []string{"id\nx\n", "-", "id\nx\n"},
			"3: created id \"\"→\"x\"\n2: removed id \"x\"→\"\"\n1: created id \"\"→\"x\""},
		{"only the form", []string{"id,b,c\nx,1,\"a\nb\"\ny,2,\n", "\ufeff\"c\",\"b\",\"id\"\r\n\"\",2,y\r\n\"a\r\nb\",\" 1\",x\r\n"},
			"1: created id \"\"→\"x\" b \"\"→\"1\" c \"\"→\"a\\nb\""},
		{"a column that holds the same under another name", []string{"id,old\nx,1\ny,2\nz,4\n", "id,b\nx,1\ny,3\nz,4\n", "id,c\nx,2\ny,3\nz,4\n"},
			"3: changed c \"1\"→\"2\"\n1: created id \"\"→\"x\" c \"\"→\"1\""},
		{"a name that another column had before", []string{"id,c\nx,1\n", "id,b,c\nx,2,1\n", "id,b\nx,3\n", "id,c\nx,3\n"},
			"3: changed c \"2\"→\"3\" c\u00a0(2) \"1\"→\"\"\n2: changed c \"\"→\"2\"\n1: created id \"\"→\"x\" c\u00a0(2) \"\"→\"1\""},
		{"a name that its column had before", []string{"id,c\nx,1\n", "id,b\nx,1\n", "id,c\nx,1\n", "id,c\nx,2\n"},
			"4: changed c \"1\"→\"2\"\n1: created id \"\"→\"x\" c \"\"→\"1\""},
		{"a key that holds the same under another name", []string{"code,b\nx,1\ny,2\n", "id,b\nx,2\ny,2\n"},
			"2: changed b \"1\"→\"2\"\n1: created id \"\"→\"x\" b \"\"→\"1\""},
		{"a key that cannot be known", []string{"b\n7\n", "id,b\nx,1\n"},
			"2: unclear id \"\"→\"x\" b \"\"→\"1\""},
		{"a version that cannot be read", []string{"id,b\nx,1\n", "id,b\nx,\"2\n", "id,b\nx,3\nz,1\n"},
			"3: changed b \"1\"→\"3\"\n1: created id \"\"→\"x\" b \"\"→\"1\""},
		{"the last version cannot be read", []string{"id,b\nx,1\n", "id,b\nx,2\n", "id;b\nx;2\n"},
			"2: changed b \"1\"→\"2\"\n1: created id \"\"→\"x\" b \"\"→\"1\""},
		{"two rows", []string{"id,b\nx,1\ny,1\n", "id,b\nx,1\ny,1\nx,2\n", "id,b\nx,2\ny,1\n"},
			"3: unclear\n2: unclear\n1: created id \"\"→\"x\" b \"\"→\"1\""},
		{"shifted cells", []string{"id,b,c\nx,1,2\n", "id,b,c\nx,,1,2\n", "id,b,c\nx,3,2\n"},
			"3: unclear id \"\"→\"x\" b \"\"→\"3\" c \"\"→\"2\"\n2: unclear id \"x\"→\"\" b \"1\"→\"\" c \"2\"→\"\"\n1: created id \"\"→\"x\" b \"\"→\"1\" c \"\"→\"2\""},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := things(t, test.versions...).read(nil, abc)
			if got := timeline(h, "things", "x"); got != test.want {
				t.Errorf("\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// TestShorten checks that only the cells of a creation are let go of, and that everything else stays as it was.
func TestShorten(t *testing.T) {
	h := things(t, "id,b\nx,1\n", "id,b\nx,2\ny,1\n", "id,b\ny,1\n").read(nil, abc)
	table := h.Table("a", time.UTC)
	h.Shorten()
	want := "3: removed id \"x\"→\"\" b \"2\"→\"\"\n2: changed b \"1\"→\"2\"\n1: created"
	if got := timeline(h, "things", "x"); got != want {
		t.Errorf("the timeline is\n%s, want\n%s", got, want)
	}
	h.tables = nil
	if diff := cmp.Diff(table.Rows, h.Table("a", time.UTC).Rows); diff != "" {
		t.Errorf("the register of changes differs:\n%s", diff)
	}
}

func TestTouches(t *testing.T) {
	w := things(t, "id,b\nx,1\ny,1\n", "id,b\nx,1\xff\n", "", "id,c\nz,1\nx,1\ny,1\n")
	w.next("5", files{"data/a/things.csv": nil, "data/b/deeds.csv": text("id,c\nz,1\nx,1\ny,2\n"), "data/b/other.csv": text("id\n")})
	w.next("6", files{"data/a/things.csv": text("id\nnew\n"), "data/a/~$things.csv": text("lock"), "data/a/b/c.csv": text("id\n"), "data/notes.txt": text("x")})
	h := w.read(nil, map[string]*table.Schema{"b/deeds": plain("id", "c"), "b/other": plain("id"), "a/things": plain("id")})
	var got []string
	for _, c := range h.Commits {
		for _, t := range c.Touches {
			got = append(got, fmt.Sprint(c.Subject, " ", t.Path, " ", t.Register, " from:", t.From, " to:", t.To, " ", t.Problem, t.Skipped, " ", t.Columns, " ", len(t.Records)))
		}
	}
	want := []string{
		"6 data/a/things.csv a/things from: to: 0 {[] [] []} 1",
		"5 data/a/things.csv b/deeds from: to:data/b/deeds.csv 0 {[] [] []} 0",
		"5 data/b/deeds.csv b/deeds from:data/a/things.csv to: 0 {[] [] []} 1",
		"5 data/b/other.csv b/other from: to: 0 {[] [] []} 0",
		"4 data/a/things.csv b/deeds from: to: 2 {[[b c]] [] []} 1",
		"3 data/a/things.csv b/deeds from: to: " + string(diag.EmptyFile) + "0 {[] [] []} 0",
		"2 data/a/things.csv b/deeds from: to: " + string(diag.InvalidUTF8) + "0 {[] [] []} 0",
		"1 data/a/things.csv b/deeds from: to: 0 {[] [] []} 2",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if got := fmt.Sprint(h.Keys("b", "deeds"), h.Keys("", "calendar")); got != "[x y z] []" {
		t.Errorf("keys are %s", got)
	}
}

// A commit has a name and a reason, but no address.
func TestCommit(t *testing.T) {
	w := newWork(t)
	w.next("Оңдоо\n\nТоктом 5\n\nCo-authored-by: B <b@osh.example>", files{"data/a/things.csv": text("id\nx\n")})
	h := w.read(nil, abc)
	c := h.Commits[0]
	if got := fmt.Sprintf("%s|%s|%s|%s", c.Author, c.Time.Format("2006-01-02T15:04-07"), c.Subject, c.Body); got != "Айгүл Clerk|2026-03-01T17:01+06|Оңдоо|Токтом 5\n\nCo-authored-by: B" {
		t.Error(got)
	}
}

// A column is shown only if some schema names it and none calls it personal.
func TestShown(t *testing.T) {
	schema := func(columns string) *string {
		s := ""
		for c := range strings.FieldsSeq(columns) {
			name, personal := strings.CutSuffix(c, "!")
			s += fmt.Sprintf("[[column]]\nname = %q\ntype = \"string\"\npersonal = %v\n", name, personal)
		}
		return &s
	}
	w := newWork(t)
	const csv, toml = "data/a/things.csv", "data/a/things.schema.toml"
	w.next("1", files{csv: text("id,who,open,phone,later\nx,W,O,P,L\n"), toml: schema("id who! open later")})
	w.next("2", files{csv: text("id,person,open,later\nx,W,O2,L\n"), toml: schema("id person! open later")})
	w.next("3", files{csv: text("id,open,later,now\nx,O2,L2,N\n"), toml: schema("id open later now")})
	w.next("4", files{toml: text("broken =")})
	now := plain("id", "open", "later", "now")
	now.Columns[2].Personal = true // not yet committed
	h := w.read(nil, map[string]*table.Schema{"a/things": now})
	want := "3: changed now \"\"→\"N\"\n2: changed open \"O\"→\"O2\"\n1: created id \"\"→\"x\" open \"\"→\"O\""
	if got := timeline(h, "things", "x"); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if got := fmt.Sprintf("%+v", h.Commits); strings.Contains(got, "phone") || strings.Contains(got, "who") {
		t.Error(got)
	}

	// Nor does a personal column become another one by being renamed.
	w = newWork(t)
	w.next("1", files{csv: text("id,who\nx,W\ny,O\nz,O\n"), toml: schema("id who!")})
	w.next("2", files{csv: text("id,open\nx,-\ny,O\nz,O\n"), toml: schema("id open")})
	h = w.read(nil, map[string]*table.Schema{"a/things": plain("id", "open")})
	if got, want := timeline(h, "things", "x"), "2: changed open \"\"→\"-\"\n1: created id \"\"→\"x\""; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}

	// A built-in register has a schema even if the dataset does not have the register. The
	// columns of any other register that is gone are not shown.
	w = newWork(t)
	w.next("1", files{"data/a/panel_members.csv": text("id,name,side\nx,Асан,citizen\n"), "data/a/gone.csv": text("name,phone\nx,1\n")})
	w.next("2", files{"data/a/panel_members.csv": text("id,name,side\nx,Үсөн,deputy\n"), "data/a/gone.csv": nil})
	h = w.read(nil, nil)
	if got := timeline(h, "panel_members", "x") + "\n" + timeline(h, "gone", "x"); got !=
		"2: changed side \"citizen\"→\"deputy\"\n1: created id \"\"→\"x\" side \"\"→\"citizen\"\n2: removed\n1: created" {
		t.Error(got)
	}
}

func TestMovesOfSimilarFiles(t *testing.T) {
	w := things(t, "id,b\nu,1\nv,1\nx,1\ny,1\n")
	w.next("2", files{"data/a/things.csv": nil, "data/a/deeds.csv": text("id,b\nu,1\nv,1\nx,2\ny,1\n"), "data/a/new.csv": text("id,b\nq,1\n")})
	schemas := maps.Clone(abc)
	schemas["a/deeds"] = plain("id", "b")
	if got, want := timeline(w.read(nil, schemas), "deeds", "x"), "2: changed b \"1\"→\"2\"\n1: created id \"\"→\"x\" b \"\"→\"1\""; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}
