package history

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"achyk/internal/diag"
	"achyk/internal/limits"
)

// problems lists why versions of a register cannot be read, newest first.
func problems(h *History, register string) (codes []string) {
	for _, c := range h.Commits {
		for _, t := range c.Touches {
			if t.Register == register {
				codes = append(codes, string(t.Problem))
			}
		}
	}
	return codes
}

// A version beyond the limits is shown as one that cannot be read. The versions before and after
// it are compared with each other.
func TestVersionsBeyondLimits(t *testing.T) {
	for name, bad := range map[string]string{
		"bytes":   "id,b\n" + strings.Repeat("x", limits.Register),
		"cells":   "id,b\nx," + strings.Repeat(",", limits.VersionCells),
		"rows":    "id,b\n" + strings.Repeat("\r", limits.VersionCells/rowCells+1) + "x,2",
		"columns": "id,b" + strings.Repeat(",c", limits.Columns) + "\nx,2\n",
		"keys":    "id,b\nx,1\n" + numbered(limits.VersionCells/rowCells),
	} {
		t.Run(name, func(t *testing.T) {
			w := things(t, "id,b\nx,1\n", bad, "id,b\nx,3\n")
			var saved []byte
			for range 2 {
				h := w.read(memory("1", &saved), abc)
				if got, want := fmt.Sprint(problems(h, "a/things")), fmt.Sprint([]diag.Code{"", diag.OverLimit, ""}); got != want {
					t.Errorf("problems are %s, want %s", got, want)
				}
				if got, want := timeline(h, "things", "x"), "3: changed b \"1\"→\"3\"\n1: created id \"\"→\"x\" b \"\"→\"1\""; got != want {
					t.Errorf("%s\nwant\n%s", got, want)
				}
			}
		})
	}
}

func numbered(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%d,\n", i)
	}
	return b.String()
}

// When all versions together are beyond the limit, each register is read back to the same version
// on every machine, with a cache or without.
func TestVersionsBeyondTotal(t *testing.T) {
	defer func(n int64) { versions = n }(versions)
	w := newWork(t)
	for i := range 20 {
		w.next(fmt.Sprint(i), files{"data/a/things.csv": text(fmt.Sprintf("id,b\nx,%d\n", i)), "data/a/deeds.csv": text(fmt.Sprintf("id,b\nx,%d\n", i))})
	}
	var whole []byte
	w.read(memory("1", &whole), abc)
	for _, versions = range []int64{1, 100_000, 400_000, 4_000_000} {
		saved := whole
		want := told(w.read(nil, abc))
		for range 2 {
			if got := told(w.read(memory("1", &saved), abc)); got != want {
				t.Errorf("with a cache, of %d: %s\nwant\n%s", versions, got, want)
			}
		}
		h := w.read(nil, abc)
		unread := len(strings.Split(strings.Trim(fmt.Sprint(problems(h, "a/things")), "[ ]"), " "))
		if versions < 4_000_000 == (unread == 1) {
			t.Errorf("of %d, %d versions are not read", versions, unread)
		}
	}
}

// Each commit may rename a column.
func TestManyRenames(t *testing.T) {
	w := newWork(t)
	for i := range 8_000 {
		w.next(fmt.Sprint(i), files{"data/a/things.csv": text(fmt.Sprintf("id,c%d\nx,1\n", i))})
	}
	w.open()
	begin := time.Now()
	h := w.read(nil, abc)
	if took := time.Since(begin); took > 10*time.Second || len(h.Commits) != 8_000 {
		t.Errorf("%d commits were read in %s", len(h.Commits), took)
	}
}

// Schemas that cannot be read hide nothing and show nothing personal.
func TestPastSchemas(t *testing.T) {
	const csv, toml = "data/a/things.csv", "data/a/things.schema.toml"
	w := newWork(t)
	w.next("1", files{csv: text("id,b\nx,1\n")})
	for i, bad := range []string{
		"[[column]]\nname = \"id\"\ntype = \"ref\"\n", "[[column]]\nname = \"id\"\n", "[[column]]\ntype = \"string\"\n", "[[Column]]\nname = \"id\"\n",
		"column = [{}]\n", "\xff\xfe", "a\x7f = 1", "column = 5\n", "[[column]]\nname = \"\"\ntype = \"\"\n", strings.Repeat("#", limits.Settings+1), "primary_key = [\"none\"]\n",
	} {
		w.next(fmt.Sprint("bad ", i), files{toml: &bad})
	}
	w.next("mended", files{toml: nil, csv: text("id,b\nx,2\n")})
	h := w.read(nil, abc)
	if got, want := timeline(h, "things", "x"), "mended: changed b \"1\"→\"2\"\n1: created id \"\"→\"x\" b \"\"→\"1\""; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// In the past a register may have been a folder, a link or a submodule, and its folder a file.
func TestOddPast(t *testing.T) {
	w := newWork(t)
	w.next("file", files{"data": text("a file")})
	w.next("folder a is a file", files{"data": nil, "data/a": text("a file")})
	w.next("folder", files{"data/a": nil, "data/a/things.csv/x.csv": text("id\nx\n")})
	w.next("gone", files{"data/a/things.csv": nil})
	for _, entry := range []string{"M 120000 inline data/a/things.csv\ndata 11\n/etc/passwd\n\n", fmt.Sprintf("M 160000 %040d data/a/things.csv\n\n", 7)} {
		w.next("odd", files{})
		w.stream.Truncate(w.stream.Len() - 1)
		w.stream.WriteString(entry)
	}
	w.next("register", files{"data/a/things.csv": text("id,b\nx,1\n")})
	h := w.read(nil, abc)
	if got, want := timeline(h, "things", "x"), "register: created id \"\"→\"x\" b \"\"→\"1\""; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}
