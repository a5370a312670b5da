package opendata

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"achyk/internal/jme"
)

// TestDatabase has sqlite3 read the databases of the sample. They must be sound, foreign keys
// must hold, every register must have all its rows and be analyzed in its turn, every view must
// be readable, and the search must find words.
func TestDatabase(t *testing.T) {
	t.Parallel()
	o, files := sample(t)
	for _, m := range o.Data.Municipalities {
		query, counted := "pragma integrity_check; pragma foreign_key_check; pragma freelist_count;", ""
		want := "ok\n0\n"
		for _, r := range m.Tables {
			query += fmt.Sprintf("select count(*) from \"%s\";", r.Schema.Name)
			want += fmt.Sprintln(len(r.Rows))
			if len(r.Rows) > 0 {
				counted += r.Schema.Name + "\n"
			}
		}
		query, want = query+"select tbl from sqlite_stat1 group by tbl order by min(rowid);", want+counted
		data := files["data/"+m.ID+"/"+m.ID+".sqlite"]
		if got := string(sqlite(t, data, query)); got != want {
			t.Errorf("%s: %s is\n%s, want\n%s", m.ID, query, got, want)
		}
		views := ""
		for name := range strings.FieldsSeq(string(sqlite(t, data, "select name from sqlite_schema where type = 'view'"))) {
			views += "select '" + name + "' where (select count(*) from " + name + ") < 0;" // reads the view and prints nothing
		}
		if strings.Count(views, ";") < 20 || !strings.Contains(views, "'_chain'") {
			t.Errorf("%s: few views: %s", m.ID, views)
		}
		if out := sqlite(t, data, views); len(out) > 0 {
			t.Errorf("%s", out)
		}
		joined := "select count(*) from findings f join _chain c on c.finding = f.id where c.finding_ky is not f.finding_ky or c.provider_ky is null;"
		keys := "select count(*) from pragma_foreign_key_list('findings'); select count(*) from pragma_index_list('findings') where origin = 'c';"
		says := "select value from _meta where key = 'as_of'; select title_en from _columns where register = 'findings' and \"column\" = 'verdict';"
		if got, want := string(sqlite(t, data, joined+keys+says)), "0\n2\n2\n2026-11-20\nVerdict\n"; got != want {
			t.Errorf("%s: %q, want %q", m.ID, got, want)
		}
	}
	const search = "select count(*) > 0 from _search('суу*') where ky like '%суу%'; select count(*) from _search('суу* AND түтүксүз0');"
	if got := string(sqlite(t, files["data/osh/osh.sqlite"], search)); got != "1\n0\n" {
		t.Errorf("the search for water finds %q", got)
	}
}

// TestChainWithout has sqlite3 read the view _chain of a municipality in which nothing came of the
// findings, so that registers are not kept. The view must not name their tables.
func TestChainWithout(t *testing.T) {
	t.Parallel()
	o, _ := sample(t)
	whole := o.Data.Municipalities[0]
	m := &jme.Municipality{ID: whole.ID, Settings: whole.Settings, Regulation: whole.Regulation}
	for _, r := range whole.Tables {
		if !slices.Contains([]string{"recommendations", "measures", "verifications"}, r.Schema.Name) {
			m.Tables = append(m.Tables, r)
		}
	}
	if err := m.Link(); err != nil {
		t.Fatal(err)
	}
	data := made(t, newWhole(o, m).database)
	if got := string(sqlite(t, data, "select count(*) = (select count(*) from findings) from _chain;")); got != "1\n" {
		t.Errorf("each finding has not its row: %q", got)
	}
}
