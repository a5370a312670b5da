package history

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"achyk/internal/gitrepo"
	"achyk/internal/jme"
	"achyk/internal/table"
)

// work is a repository that git fast-import makes, one commit after another.
type work struct {
	t      testing.TB
	dir    string
	stream bytes.Buffer
	marks  int
	main   int // the mark of the last commit of main
}

func newWork(t testing.TB) *work {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip(err)
	}
	w := &work{t: t, dir: t.TempDir()}
	w.git("init", "-q", "--template=", "-b", "main")
	return w
}

func (w *work) git(args ...string) string {
	w.t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = w.dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1")
	if args[0] == "fast-import" {
		cmd.Stdin = &w.stream
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		w.t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, &stderr)
	}
	return string(out)
}

// files are the files that a commit writes. A nil text removes the file.
type files map[string]*string

func text(s string) *string { return &s }

// commit adds a commit to a branch and returns its mark. parents are marks; the first is the
// branch so far, 0 for a root commit.
func (w *work) commit(branch, message string, f files, parents ...int) int {
	w.marks++
	fmt.Fprintf(&w.stream, "commit refs/heads/%s\nmark :%d\nauthor Айгүл Clerk <clerk@osh.example> %d +0600\ncommitter C <c@example.org> 1772362800 +0600\ndata %d\n%s\n",
		branch, w.marks, 1772362800+60*w.marks, len(message), message)
	for i, p := range parents {
		if p > 0 {
			fmt.Fprintf(&w.stream, "%s :%d\n", []string{"from", "merge"}[min(i, 1)], p)
		}
	}
	names := make([]string, 0, len(f))
	for name := range f {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if content := f[name]; content == nil {
			fmt.Fprintf(&w.stream, "D %s\n", name)
		} else {
			fmt.Fprintf(&w.stream, "M 100644 inline %s\ndata %d\n%s\n", name, len(*content), *content)
		}
	}
	w.stream.WriteByte('\n')
	return w.marks
}

// next adds a commit to main.
func (w *work) next(message string, f files) {
	w.main = w.commit("main", message, f, w.main)
}

// open runs fast-import and opens the repository.
func (w *work) open() (*gitrepo.Repo, gitrepo.Commit) {
	w.t.Helper()
	w.git("fast-import", "--quiet", "--force", "--import-marks-if-exists=.git/marks", "--export-marks=.git/marks")
	r, err := gitrepo.Open(w.dir)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { r.Close() })
	tip, err := r.Head()
	if err != nil {
		w.t.Fatal(err)
	}
	return r, tip
}

// read reads the history. The schemas are the present ones.
func (w *work) read(cache *Cache, schemas map[string]*table.Schema, labels ...string) *History {
	w.t.Helper()
	r, tip := w.open()
	h, err := Read(r, tip, dataset(schemas), nil, cache, labels...)
	if err != nil {
		w.t.Fatal(err)
	}
	return h
}

func dataset(schemas map[string]*table.Schema) *jme.Dataset {
	m := &jme.Municipality{}
	for label, s := range schemas {
		t, _ := table.New(s, label, nil)
		m.Tables = append(m.Tables, t)
	}
	return &jme.Dataset{Municipalities: []*jme.Municipality{m}}
}

// plain makes a schema of strings with the key id.
func plain(columns ...string) *table.Schema {
	s := table.PlainSchema("things", columns)
	s.PrimaryKey = []string{"id"}
	s.Complete()
	return s
}
