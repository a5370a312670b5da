package history

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"achyk/internal/diag"
	"achyk/internal/gitrepo"
	"achyk/internal/source"
	"achyk/internal/table"
)

// sheet is a register that somebody edits: its content and its form.
type sheet struct {
	columns []string
	rows    []map[string]string
	crlf    bool
	quoted  bool // every cell
	bom     bool
	broken  string // appended to a row, so that the file may become unreadable
}

func (s *sheet) clone() *sheet {
	c := *s
	c.columns, c.rows = slices.Clone(s.columns), nil
	for _, r := range s.rows {
		c.rows = append(c.rows, maps.Clone(r))
	}
	return &c
}

func (s *sheet) csv() string {
	var b strings.Builder
	if s.bom {
		b.WriteString("\ufeff")
	}
	end := "\n"
	if s.crlf {
		end = "\r\n"
	}
	line := func(cells []string) {
		for i, c := range cells {
			if i > 0 {
				b.WriteByte(',')
			}
			if s.crlf {
				c = strings.ReplaceAll(c, "\n", end)
			}
			if s.quoted || strings.ContainsAny(c, ",\"\n\r") {
				c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
			}
			b.WriteString(c)
		}
	}
	line(s.columns)
	b.WriteString(end)
	for i, r := range s.rows {
		cells := make([]string, len(s.columns))
		for j, c := range s.columns {
			cells[j] = r[c]
		}
		line(cells)
		if i == len(s.rows)/2 {
			b.WriteString(s.broken)
		}
		b.WriteString(end)
	}
	return b.String()
}

var words = []string{"", "а", "б", "a,b", `"`, "x\ny", "ң", "1", "\n", "a\"b\nc,", " с "}

// edit changes a sheet in one of the ways in which people and programs change it.
func (s *sheet) edit(t *rapid.T) {
	row := func() int { return rapid.IntRange(0, len(s.rows)-1).Draw(t, "row") }
	fresh := func() map[string]string {
		r := map[string]string{}
		for _, c := range s.columns {
			r[c] = rapid.SampledFrom(words).Draw(t, "cell")
		}
		r["id"] = fmt.Sprint("k", rapid.IntRange(0, 60).Draw(t, "id"))
		return r
	}
	s.broken = ""
	switch rapid.IntRange(0, 17).Draw(t, "edit") {
	case 0:
		s.crlf = !s.crlf
	case 1:
		s.quoted = !s.quoted
	case 2:
		s.bom = !s.bom
	case 3:
		slices.SortFunc(s.rows, func(a, b map[string]string) int { return strings.Compare(b["id"], a["id"]) })
	case 4:
		slices.Reverse(s.columns)
	case 5:
		s.broken = rapid.SampledFrom([]string{`x"y`, ",\"", ",extra", ",", "\n\n", "\nshort"}).Draw(t, "broken")
	case 6: // rename a column
		old, name := s.columns[rapid.IntRange(0, len(s.columns)-1).Draw(t, "column")], fmt.Sprintf("c%d_ky", rapid.IntRange(0, 9).Draw(t, "name"))
		if old != "id" && !slices.Contains(s.columns, name) {
			s.columns[slices.Index(s.columns, old)] = name
			for _, r := range s.rows {
				r[name] = r[old]
				delete(r, old)
			}
		}
	case 7: // add or remove a column
		if i := slices.Index(s.columns, "extra_ky"); i >= 0 {
			s.columns = slices.Delete(s.columns, i, i+1)
		} else {
			s.columns = append(s.columns, "extra_ky")
			for _, r := range s.rows {
				r["extra_ky"] = rapid.SampledFrom(words).Draw(t, "cell")
			}
		}
	case 8, 9, 10:
		if len(s.rows) > 0 {
			i := row()
			s.rows = slices.Delete(s.rows, i, i+1)
		}
	case 11, 12, 13: // sometimes with an id that is taken
		s.rows = slices.Insert(s.rows, rapid.IntRange(0, len(s.rows)).Draw(t, "at"), fresh())
	default:
		for range rapid.IntRange(1, 4).Draw(t, "cells") {
			if len(s.rows) > 0 {
				c := s.columns[rapid.IntRange(0, len(s.columns)-1).Draw(t, "column")]
				if c != "id" {
					s.rows[row()][c] = rapid.SampledFrom(words).Draw(t, "cell")
				}
			}
		}
	}
}

// After any sequence of edits, the history has the commits and files that git log has, and
// applying its changes one after another gives the cells of every version.
func TestEqualsGit(t *testing.T) {
	shared := newWork(t)
	rapid.Check(t, func(rt *rapid.T) {
		w := &work{t: t, dir: shared.dir} // the branch main begins again with another root commit
		sheets := map[string]*sheet{}
		first := &sheet{columns: []string{"id", "c0_ky", "c1_ky"}}
		for i := range rapid.IntRange(0, 40).Draw(rt, "rows") {
			first.rows = append(first.rows, map[string]string{"id": fmt.Sprint("k", i), "c0_ky": fmt.Sprint(i), "c1_ky": words[i%len(words)]})
		}
		sheets["data/a/things.csv"] = first
		sheets["data/calendar.csv"] = &sheet{columns: []string{"id", "c0_ky"}, rows: []map[string]string{{"id": "k1", "c0_ky": "x"}}}
		all := files{"data/a/photo.jpg": text("\x00\xff\n"), "README.md": text("x"), "data/a/deep/er.csv": text("id\n")}
		for name, s := range sheets {
			all[name] = text(s.csv())
		}
		w.next("Биринчи", all)
		for range rapid.IntRange(1, 12).Draw(rt, "commits") {
			names := slices.Sorted(maps.Keys(sheets))
			name := rapid.SampledFrom(names).Draw(rt, "file")
			switch how := rapid.IntRange(0, 13).Draw(rt, "how"); {
			case how == 0:
				w.next("Elsewhere", files{"README.md": text(fmt.Sprint(w.marks)), "data/a/photo.jpg": text(fmt.Sprint(w.marks))})
			case how == 1 && len(names) > 1:
				w.next("Removed", files{name: nil})
				delete(sheets, name)
			case how == 2: // move the file, and perhaps edit it in the same commit
				to := fmt.Sprintf("data/m%d/things.csv", w.marks)
				sheets[to] = sheets[name].clone()
				if rapid.Bool().Draw(rt, "edited") {
					sheets[to].edit(rt)
				}
				delete(sheets, name)
				w.next("Moved", files{name: nil, to: text(sheets[to].csv())})
			case how == 3: // merge a branch of two commits
				s := sheets[name].clone()
				s.edit(rt)
				side := w.commit("side", "Side 1", files{name: text(s.csv())}, w.main)
				s.edit(rt)
				side = w.commit("side", "Side 2", files{name: text(s.csv())}, side)
				w.next("Beside", files{"data/b/other.csv": text(fmt.Sprintf("id\nk%d\n", w.marks))})
				sheets["data/b/other.csv"] = &sheet{columns: []string{"id"}, rows: []map[string]string{{"id": fmt.Sprint("k", w.marks-1)}}}
				sheets[name] = s
				w.main = w.commit("main", "Merged", files{name: text(s.csv())}, w.main, side)
			default:
				sheets[name].edit(rt)
				w.next("Edited", files{name: text(sheets[name].csv())})
			}
		}
		schemas := map[string]*table.Schema{}
		for name := range sheets {
			l, _ := label(name, csvEnding)
			schemas[l] = anyColumn()
		}
		// A register without a present file still has a history, but its cells are not shown.
		repo, tip := w.open()
		h, err := Read(repo, tip, dataset(schemas), nil, nil)
		if err != nil {
			rt.Fatal(err)
		}
		w.equalsGit(rt, h)
		for l := range schemas {
			equalsVersions(rt, repo, h, l)
		}
	})
}

// anyColumn is a schema of all columns that a sheet may have. They are texts, which may have
// several lines.
func anyColumn() *table.Schema {
	s := &table.Schema{Columns: []table.Column{{Name: "id", Type: table.String}, {Name: "extra", Type: table.Text}}}
	for i := range 10 {
		s.Columns = append(s.Columns, table.Column{Name: fmt.Sprint("c", i), Type: table.Text})
	}
	s.Complete()
	return s
}

// equalsGit compares the commits and files of a history with those of git log.
func (w *work) equalsGit(t *rapid.T, h *History) {
	var want, got []string
	hash := ""
	for line := range strings.Lines(w.git("log", "--first-parent", "--format=:%H", "--name-only", "--no-renames", "--", "data")) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, ":") {
			hash = line[1:]
		} else if _, ok := label(line, csvEnding); ok {
			want = append(want, hash+" "+line)
		}
	}
	for _, c := range h.Commits {
		for _, touch := range c.Touches {
			got = append(got, c.Hash+" "+touch.Path)
		}
	}
	if !slices.Equal(got, want) {
		t.Fatalf("commits and files:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// equalsVersions reads every version of a register with package table, and compares it with
// the sum of all changes up to that version.
func equalsVersions(t *rapid.T, repo *gitrepo.Repo, h *History, register string) {
	type step struct {
		commit *Commit
		touch  *Touch
		names  map[string]string
	}
	var steps []step
	n := naming{}
	for _, c := range h.Commits {
		for i := range c.Touches {
			if touch := &c.Touches[i]; touch.Register == register && touch.To == "" {
				if touch.Problem == "" {
					n.before(headerAt(t, repo, c.Commit, touch.Path), touch)
				}
				steps = append(steps, step{c, touch, maps.Clone(n.names)})
			}
		}
	}
	slices.Reverse(steps)
	state := map[string]map[string]string{}
	for _, s := range steps {
		rows, several, problem := readAt(t, repo, s.commit.Commit, s.touch.Path, s.names)
		if problem != (s.touch.Problem != "") {
			t.Fatalf("%s %s: problem %q, reading it: %v", s.commit.Subject, s.touch.Path, s.touch.Problem, problem)
		}
		if problem {
			continue
		}
		for _, r := range s.touch.Records {
			known, was := state[r.Key]
			if r.Kind != Unclear && was == (r.Kind == Created) && !several[r.Key] {
				t.Fatalf("%s: %s %s, but it was there: %v", s.commit.Subject, r.Key, r.Kind, was)
			}
			if r.Kind == Unclear {
				if state[r.Key] = rows[r.Key]; rows[r.Key] == nil {
					delete(state, r.Key)
				}
				continue
			}
			if known == nil {
				known = map[string]string{}
				state[r.Key] = known
			}
			for _, c := range r.Cells {
				if known[c.Column] != c.Old {
					t.Fatalf("%s: %s %s was %q, told %q", s.commit.Subject, r.Key, c.Column, known[c.Column], c.Old)
				}
				if known[c.Column] = c.New; c.New == "" {
					delete(known, c.Column)
				}
			}
			if r.Kind == Removed {
				if len(known) > 0 {
					t.Fatalf("%s: %s was removed, and has %v", s.commit.Subject, r.Key, known)
				}
				delete(state, r.Key)
			}
		}
		for key := range several { // it is not known which row is meant
			delete(rows, key)
			delete(state, key)
		}
		if !reflect.DeepEqual(state, rows) {
			t.Fatalf("%s %s: told %v\nwant %v", s.commit.Subject, s.touch.Path, state, rows)
		}
	}
}

// naming gives the columns of one version after another their present names, newest first.
type naming struct {
	header  []string          // of the version that had its turn last
	renamed [][2]string       // what its commit renamed
	names   map[string]string // present names, where they are others
}

// before goes on to the version before. The touch is of the commit that made it.
func (n *naming) before(header []string, touch *Touch) {
	later, taken := n.names, map[string]bool{}
	n.names = maps.Clone(later)
	if n.names == nil {
		n.names = map[string]string{}
	}
	present := func(column string) string { return cmp.Or(later[column], column) }
	name := func(column, now string) { n.names[column], taken[now] = now, true }
	left := slices.Clone(header)
	for _, c := range header {
		i := slices.IndexFunc(n.renamed, func(r [2]string) bool { return r[0] == c })
		if i >= 0 {
			name(c, present(n.renamed[i][1]))
		} else if slices.Contains(n.header, c) {
			name(c, present(c))
		} else {
			continue
		}
		left = slices.DeleteFunc(left, func(l string) bool { return l == c })
	}
	for _, c := range left {
		now := present(c)
		for i := 2; taken[now]; i++ {
			now = fmt.Sprintf("%s\u00a0(%d)", c, i)
		}
		name(c, now)
	}
	n.header, n.renamed = header, touch.Columns.Renamed
}

// headerAt returns the names of the columns of a file of a commit, none if it has no file.
func headerAt(t *rapid.T, repo *gitrepo.Repo, c gitrepo.Commit, name string) []string {
	fsys, err := repo.FS(c)
	if err != nil {
		t.Fatal(err)
	}
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil
	}
	line, _, _ := strings.Cut(strings.TrimPrefix(string(data), "\ufeff"), "\n")
	return strings.Split(strings.ReplaceAll(strings.TrimSpace(line), `"`, ""), ",")
}

// readAt reads a file of a commit. It returns the cells that are not empty by record, the
// keys that several rows have, and whether the file cannot be read.
func readAt(t *rapid.T, repo *gitrepo.Repo, c gitrepo.Commit, name string, names map[string]string) (rows map[string]map[string]string, several map[string]bool, problem bool) {
	rows, several = map[string]map[string]string{}, map[string]bool{}
	fsys, err := repo.FS(c)
	if err != nil {
		t.Fatal(err)
	}
	data, err := fs.ReadFile(fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return rows, several, false
	}
	schema := anyColumn()
	tab, problems := table.Read(&source.File{Path: name, Data: data}, "x", schema)
	for _, p := range problems {
		switch p.Code {
		case diag.StrayQuote, diag.UnclosedQuote, diag.InvalidUTF8, diag.EmptyFile, diag.WrongDelimiter:
			return nil, nil, true
		case diag.DuplicateKey:
			several[p.ID] = true
		}
	}
	for _, r := range tab.Rows {
		cells := map[string]string{}
		for i, value := range r.Values {
			column := schema.Fields[i].Name
			column = cmp.Or(names[column], column)
			if value = strings.TrimSpace(strings.ReplaceAll(value, "\r\n", "\n")); value != "" {
				cells[column] = value
			}
		}
		rows[r.Key] = cells
	}
	return rows, several, false
}
