package load_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"achyk/internal/diag"
	"achyk/internal/limits"
	"achyk/internal/locale"
)

// put puts a file that begins with a head and repeats a line n times. %d is the number of the
// line.
func put(fsys fstest.MapFS, name, head, line string, n int) {
	var b strings.Builder
	b.WriteString(head)
	for i := range n {
		b.WriteString(strings.ReplaceAll(line, "%d", fmt.Sprint(i)))
	}
	fsys[name] = &fstest.MapFile{Data: []byte(b.String())}
}

// counted returns the number of findings by code, those left out too, and fails if reading
// takes long.
func counted(t *testing.T, fsys fstest.MapFS) (map[diag.Code]int, diag.List) {
	t.Helper()
	begin, found := time.Now(), map[diag.Code]int{}
	problems := read(t, fsys)
	if took := time.Since(begin); took > 10*time.Second {
		t.Errorf("reading takes %v", took)
	}
	for _, d := range problems {
		found[d.Code]++
		if others, ok := d.Args["others"].(int); ok && d.Code == diag.FindingsLeftOut {
			found[diag.Code(d.Value)] += others
		}
	}
	return found, problems
}

// leftOut is how many findings TestManyFindings leaves out, of files and of records.
var leftOut = regexp.MustCompile(`[13]9[, ]?000`)

// Every one of 20,000 rows refers to a file and two records that are not there, one of its own register.
// A thousand of each are kept, and the others counted.
func TestManyFindings(t *testing.T) {
	fsys := base(t)
	const rows = 20_000
	put(fsys, "data/town/trees.csv", "id,visit,near,photo\n", "t-%d,v-%d,n-%d,%d.txt\n", rows)
	put(fsys, "data/town/trees.schema.toml", "", "[[column]]\nname = \"id\"\ntype = \"id\"\n[[column]]\nname = \"visit\"\ntype = \"ref\"\nregister = \"territories\"\n[[column]]\nname = \"near\"\ntype = \"ref\"\nregister = \"trees\"\n[[column]]\nname = \"photo\"\ntype = \"path\"\n", 1)
	for i := range 5_000 {
		fsys[fmt.Sprintf("content/town/files/photo-%d.txt", i)] = &fstest.MapFile{Data: []byte("a\n")}
	}
	found, problems := counted(t, fsys)
	if found[diag.UnknownID] != 2*rows || found[diag.AttachedMissing] != rows || len(problems) != 2*limits.Findings+2 {
		t.Errorf("%d findings kept of %v", len(problems), found)
	}
	for _, l := range locale.Langs {
		for _, d := range problems {
			if said := text(t, diag.List{d}, l); d.Code == diag.FindingsLeftOut && !leftOut.MatchString(strings.ReplaceAll(said, "\u00a0", "")) {
				t.Errorf("%v does not say how many are left out: %s", l, said)
			}
		}
	}
}

// A municipality may keep so many registers of its own, and a repository have so many
// municipalities.
func TestManyRegisters(t *testing.T) {
	fsys := base(t)
	for i := range limits.Registers + 1 {
		put(fsys, fmt.Sprintf("data/town/r%d.csv", i), "id\n", "a\n", 1)
	}
	if found, _ := counted(t, fsys); found[diag.OverLimit] != 1 || found[diag.SchemaMissing] != limits.Registers {
		t.Errorf("%v", found)
	}
	fsys = base(t)
	for i := range limits.Towns {
		fsys[fmt.Sprintf("data/a%d/a", i)] = &fstest.MapFile{}
	}
	if found, _ := counted(t, fsys); found[diag.OverLimit] != 1 {
		t.Errorf("%v", found)
	}
}

// Territories may lie within each other to any depth, but in no circle.
func TestLongChain(t *testing.T) {
	fsys := base(t)
	const head = "id,name_ky,name_ru,name_en,kind,population,parent,valid_from,valid_to\ntown,Шаар,Город,Town,city,9000,%s,,\neast,Чыгыш,Восток,East,district,4000,town,,\nt0,А,А,A,village,1,,,\n"
	for parent, want := range map[string]int{"": 0, "t0": 0, "t19999": 0, "east": 1} {
		var b strings.Builder
		fmt.Fprintf(&b, head, parent)
		for i := 1; i < 20_000; i++ {
			fmt.Fprintf(&b, "t%d,А,А,A,village,1,t%d,,\n", i, i-1)
		}
		fsys["data/town/territories.csv"] = &fstest.MapFile{Data: []byte(b.String())}
		found, problems := counted(t, fsys)
		if found[diag.CircularReference] != want || len(problems) != want {
			t.Errorf("with the parent %q: %v", parent, found)
		}
	}
}

// Whatever bytes stand in a file of each kind, reading it reports them and does not panic.
func TestNoPanic(t *testing.T) {
	const schema = "data/town/trees.schema.toml"
	for _, data := range []string{
		"", "\ufeff", "\r", "\r\n", "\n", "\xff\xfe", "\xfe\xff", "\xff\xfea\x00=\x00", "\x7f", "\x00", "[[Column]]\n", "[[column]]\n", "column=[{}]", "column = []", "Column = 1", "[[column]]\nname = \"id\"\n", "[[column]]\ntype = \"id\"\n",
		"[[column]]\nname = \"id\"\ntype = \"ref\"\n", "[[column]]\nname = \"id\"\ntype = \"ref\"\nregister = \"\"\n", "[[column]]\nname = \"id\"\ntype = \"text\"\n", "[[column]]\nname = \"id\"\ntype = \"enum\"\n", "[[column]]\nname = \"\"\ntype = \"\"\n",
		"primary_key = [\"\"]\n[[column]]\nname = \"id\"\ntype = \"id\"\n", "order = [[]]\nperiod = [\"id\"]\nlabel = [\"x\"]\n[[column]]\nname = \"id\"\ntype = \"id\"\n", "+++", "+++\n", "+++\n+++", "+++\r+++\r", "id", "id\r1\r", "\"", ",", ";",
	} {
		for _, name := range []string{schema, "data/site.toml", "data/town/municipality.toml", "data/town/regulation.toml", "data/town/territories.csv", "data/town/trees.csv", "content/pages/about.ky.md", "content/town/letters/letter-2026.ky.md", "data/allowed_signers", "data/key.asc"} {
			fsys := base(t)
			put(fsys, "data/town/trees.csv", "id\n", "t-%d\n", 2)
			fsys[name] = &fstest.MapFile{Data: []byte(data)}
			problems := read(t, fsys)
			for _, l := range locale.Langs {
				text(t, problems, l)
			}
			if name == schema && data != "column = []" && data != "" && len(problems) == 0 {
				t.Errorf("nothing is reported of %q in %s", data, name)
			}
		}
	}
}
