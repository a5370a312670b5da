package desk_test

import (
	"fmt"
	"testing"
	"testing/fstest"

	"achyk/internal/desk"
	"achyk/internal/jme"
	"achyk/internal/table"
)

// trees makes a register of rows of an id and a name.
func trees(rows ...[2]string) *table.Table {
	var all []table.Row
	for _, r := range rows {
		all = append(all, table.Row{Values: []string{r[0], r[1]}})
	}
	return table.Made(table.PlainSchema("trees", []string{"id", "name"}), "town/trees", all)
}

func set(tables ...*table.Table) *jme.Dataset {
	return &jme.Dataset{Municipalities: []*jme.Municipality{{Tables: tables}}}
}

func TestCompare(t *testing.T) {
	was, is := trees([2]string{"a", "1"}, [2]string{"b", ""}, [2]string{"c", "3"}), trees([2]string{"a", "1"}, [2]string{"b", "2"}, [2]string{"d", "4"})
	secret := is.Schema
	for _, test := range []struct {
		was, is *jme.Dataset
		want    string
	}{
		{set(was), set(was), "[]"},
		{set(was), set(is), "[{changed b 0 [{ name  2 false}]} {removed c 0 []} {added d 0 [{ id  d false} { name  4 false}]}]"},
		{set(), set(is, is), "[{added a 0 [{ id  a false} { name  1 false}]} {added b 0 [{ id  b false} { name  2 false}]} {added d 0 [{ id  d false} { name  4 false}]}]"},
		{set(was), set(), "[{removed a 0 []} {removed b 0 []} {removed c 0 []}]"},
	} {
		got := "[]"
		for i, e := range desk.Compare(test.was, test.is) {
			if got = fmt.Sprint(e.Changes); i > 0 || e.Table.Label != "town/trees" {
				t.Error(e.Table.Label)
			}
		}
		if got != test.want {
			t.Errorf("%s, want %s", got, test.want)
		}
	}
	secret.Columns[1].Personal = true
	if got := fmt.Sprint(desk.Between(was, is)); got != "[{removed c 0 []} {added d 0 [{ id  d false}]}]" {
		t.Error("a personal column is told: " + got)
	}
	is.Whole = false
	if got := fmt.Sprint(desk.Between(was, is)); got != "[{added d 0 [{ id  d false}]}]" {
		t.Error("records of a file that was not read are told to be gone: " + got)
	}
}

func TestFiles(t *testing.T) {
	was := fstest.MapFS{"content/a.md": {}, "content/b.md": {}, "data/town/trees.csv": {}}
	is := fstest.MapFS{"content/a.md": {}, "content/c.csv": {}}
	got := fmt.Sprint(desk.Files([]string{"content/a.md", "content/b.md", "content/c.csv", "data/town/trees.csv"}, was, is))
	if got != "[{content/a.md changed} {content/b.md removed} {content/c.csv added}]" {
		t.Error(got)
	}
}
