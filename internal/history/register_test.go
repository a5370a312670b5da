package history

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"achyk/internal/table"
)

// The register of changes has one row for a record that was created, and one row for each
// cell of a record that was changed or removed. It covers the municipality's registers and
// those that all municipalities share.
func TestTable(t *testing.T) {
	w := newWork(t)
	w.next("1", files{"data/a/things.csv": text("id,b,c\nx,1,\ny,1,2\n"), "data/b/things.csv": text("id\nz\n"), "data/all.csv": text("id\nall\n")})
	w.next("2\n\nCorrection: minutes 7", files{"data/a/things.csv": text("id,b,c\nx,2,\ny,1,2\n")})
	w.next("3", files{"data/a/things.csv": text("id,b,c\nx,3,\"new\nline\"\n")})
	h := w.read(nil, map[string]*table.Schema{"a/things": plain("id", "b", "c"), "b/things": plain("id"), "all": plain("id")})
	r := h.Table("a", time.FixedZone("", 6*3600))
	var lines []string
	for i := range r.Rows {
		var cells []string
		for _, f := range []string{"id", "kind", "register", "record", "column", "before", "after", "reason", "subject"} {
			v := r.Value(&r.Rows[i], f)
			if f == "id" {
				day, number := v[:len("2006-01-02")], v[len(v)-len("00001"):]
				v = day + " " + number
			}
			cells = append(cells, v)
		}
		lines = append(lines, strings.Join(cells, "|"))
	}
	want := []string{
		"2026-03-01 00001|created|things|x|||||1",
		"2026-03-01 00002|created|things|y|||||1",
		"2026-03-01 00003|created|all|all|||||1",
		"2026-03-01 00001|corrected|things|x|b|1|2|minutes 7|2",
		"2026-03-01 00001|corrected|things|x|b|2|3||3",
		"2026-03-01 00002|filled|things|x|c||new\nline||3",
		"2026-03-01 00003|removed|things|y|id|y|||3",
		"2026-03-01 00004|removed|things|y|b|1|||3",
		"2026-03-01 00005|removed|things|y|c|2|||3",
	}
	for _, line := range want {
		if !strings.Contains("\n"+strings.Join(lines, "\n")+"\n", "\n"+line+"\n") {
			t.Errorf("no row %q", line)
		}
	}
	if len(lines) != len(want) {
		t.Errorf("%d rows, want %d:\n%s", len(lines), len(want), strings.Join(lines, "\n"))
	}
}

// If there are too many changes, the register has the newest.
func TestTableMost(t *testing.T) {
	defer func(n int) { maxChanges = n }(maxChanges)
	maxChanges = 2
	w := newWork(t)
	w.next("1", files{"data/a/things.csv": text("id,b\nx,1\ny,1\n")})
	w.next("2", files{"data/a/things.csv": text("id,b\nx,2\ny,2\n")})
	w.next("3", files{"data/a/things.csv": text("id,b\nx,3\ny,2\n")})
	r := w.read(nil, map[string]*table.Schema{"a/things": plain("id", "b")}).Table("a", time.UTC)
	var told []string
	for i := range r.Rows {
		told = append(told, r.Value(&r.Rows[i], "subject"))
	}
	if slices.Sort(told); !slices.Equal(told, []string{"2", "3"}) {
		t.Errorf("told are the commits %q", told)
	}
}

// A value of the past may have any bytes. Every form of the register must be able to hold it.
func TestPublishable(t *testing.T) {
	for value, want := range map[string]string{
		"суу\tтаза\n": "суу\tтаза", "a\x00b\uFFFFc": "a\uFFFDb\uFFFDc", "a\xff": "a\uFFFD", " ": "",
	} {
		if got := publishable(value); got != want {
			t.Errorf("%q is told as %q, want %q", value, got, want)
		}
	}
	if got := publishable(strings.Repeat("ң", maxValueBytes)); len(got) > maxValueBytes+len("…") || !utf8.ValidString(got) || !strings.HasSuffix(got, "ң…") {
		t.Errorf("a long value is told in %d bytes, ending in %q", len(got), got[len(got)-8:])
	}
}

func TestAfter(t *testing.T) {
	for done, want := range map[string]Kind{
		"created corrected filled": Created, "created removed": "", "created removed created": Created,
		"filled filled": Filled, "filled corrected": Corrected, "corrected filled": Corrected, "corrected removed": Removed,
		"removed created": Corrected, "filled unclear": Unclear, "unclear corrected": Unclear,
	} {
		var all Kind
		for kind := range strings.FieldsSeq(done) {
			all = Kind(kind).After(all)
		}
		if all != want {
			t.Errorf("%s is %q in all, want %q", done, all, want)
		}
	}
}
