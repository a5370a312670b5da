package load_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/load"
	"achyk/internal/tools/towntest"
)

// TestCache changes a file after another in a repository that is read with a cache. Each time the
// result must be that of reading all anew, and what did not change must not have been read again.
func TestCache(t *testing.T) {
	fsys := fstest.MapFS{}
	put := func(name, text string) { fsys[name] = &fstest.MapFile{Data: []byte(text)} }
	for name, text := range towntest.Files {
		put(name, text)
	}
	const schema = "title = { ky = \"Дарактар\" }\n[[column]]\nname = \"id\"\ntype = \"id\"\n[[column]]\nname = \"place\"\ntype = \"ref\"\nregister = \"territories\"\n"
	put("data/town/trees.schema.toml", schema)
	put("data/town/trees.csv", "id,place\na,north\n")
	put("content/town/news/a.ky.md", "+++\ntitle = \"Жаңылык\"\ndate = 2026-03-01\n+++\nТекст\n")
	var cache load.Cache
	var before *jme.Dataset
	for n, change := range []func(){
		func() {},
		func() { put("data/town/trees.csv", "id,place\na,north\nb,south\n") },
		func() { put("data/town/trees.csv", "id,place\na,nowhere\nb,south\n") },
		func() {
			put("data/town/trees.schema.toml", strings.Replace(schema, "Дарактар", "Бак-дарактар", 1))
		},
		func() {
			put("content/town/news/a.ky.md", "+++\ntitle = \"Башка\"\ndate = 2026-03-01\n+++\nТекст <b>\n")
		},
		func() { delete(fsys, "data/town/trees.csv") },
		func() {
			put("data/site.toml", strings.Replace(towntest.Files["data/site.toml"], `"ky", "ru", "en"`, `"ky", "ru"`, 1))
		},
	} {
		change()
		want, wantProblems, err := load.Load(fsys)
		if err != nil {
			t.Fatal(err)
		}
		got, problems, err := cache.Load(fsys)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(said(wantProblems), said(problems)); diff != "" {
			t.Errorf("change %d: %s", n, diff)
		}
		town, wantTown := got.Municipalities[0], want.Municipalities[0]
		for j, reg := range wantTown.Tables {
			other := town.Tables[j]
			if reg.Label != other.Label || !reflect.DeepEqual(reg.Schema, other.Schema) || len(reg.Rows) != len(other.Rows) {
				t.Fatalf("change %d: %s differs from what is read anew", n, reg.Label)
			}
			for k := range other.Rows {
				if !slices.Equal(reg.Rows[k].Values, other.Rows[k].Values) {
					t.Errorf("change %d: %s: %q, want %q", n, reg.Label, other.Rows[k].Values, reg.Rows[k].Values)
				}
			}
		}
		if len(town.News) != 1 || town.News[0].Title != wantTown.News[0].Title {
			t.Errorf("change %d: the news are %v", n, town.News)
		}
		if same := before != nil && len(got.Site.Languages) == len(before.Site.Languages); same && town.Table("territories") != before.Municipalities[0].Table("territories") {
			t.Errorf("change %d: a register that did not change was read again", n)
		}
		before = got
	}
}

// said returns findings as lines.
func said(all diag.List) (lines []string) {
	for _, d := range all {
		lines = append(lines, fmt.Sprint(d.Name(), d.Span, d.Code, d.Value))
	}
	return lines
}
