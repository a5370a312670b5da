package gitrepo

import (
	"errors"
	"fmt"
	"io/fs"
	"os/exec"
	"runtime"
	"strings"
	"testing"

	"achyk/internal/limits"
)

// exceeded tells whether an error says that a limit was exceeded.
func exceeded(err error) bool {
	over := (*limits.Exceeded)(nil)
	return errors.As(err, &over)
}

// input runs git with a standard input.
func (w work) input(text string, args ...string) string {
	w.t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir, cmd.Stdin = w.dir, strings.NewReader(text)
	out, err := cmd.CombinedOutput()
	if err != nil {
		w.t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

// bomb makes a tree of so many levels, each with so many entries that are all the same.
func (w work) bomb(levels, entries int) string {
	hash, entry := w.input("id\n", "hash-object", "-w", "--stdin"), "100644 blob %s\tf%05d.csv\n"
	for range levels {
		var list strings.Builder
		for i := range entries {
			fmt.Fprintf(&list, entry, hash, i)
		}
		hash, entry = w.input(list.String(), "mktree"), "040000 tree %s\tf%05d\n"
	}
	return hash
}

// commitTree commits a data folder on top of a branch.
func (w work) commitTree(message, data string) {
	tree := w.input("040000 tree "+data+"\tdata\n", "mktree")
	w.git("update-ref", "HEAD", w.git("commit-tree", "-p", "HEAD", "-m", message, tree))
}

// A commit that adds very many files, and the one that removes them, hide nothing that happened
// to files that last. A bomb in the present commit is refused.
func TestTreeBomb(t *testing.T) {
	w := newWork(t, map[string]string{"data/a.csv": "1"})
	first := w.git("rev-parse", "HEAD:data")
	for _, size := range [][2]int{{10, 10}, {6, 1000}} {
		bomb := w.bomb(size[0], size[1])
		second := w.input("100644 blob "+w.input("2", "hash-object", "-w", "--stdin")+"\ta.csv\n040000 tree "+bomb+"\tbomb\n", "mktree")
		w.commitTree("Bomb", second)
		if _, err := w.open(".").Changed(w.head(w.open(".")), fs.FS(w.files(w.open("."))), "none"); err != nil {
			t.Error(err)
		}
		r := w.open(".")
		if _, err := r.walkAll(w.head(r)); !exceeded(err) {
			t.Errorf("a bomb of %v in the present commit: %v", size, err)
		}
		w.commitTree("Mended", first)
	}
	r := w.open(".")
	got, err := r.walkAll(w.head(r))
	if want := "Mended data/a.csv\nBomb data/a.csv\nMended data/a.csv\nBomb data/a.csv\nFirst data/a.csv\n"; got != want || err != nil {
		t.Errorf("%s%v; want %s", got, err, want)
	}
}

// walkAll writes a line for each step with the first files that it changed.
func (r *Repo) walkAll(tip Commit) (lines string, err error) {
	for s, err := range r.Walk(tip, "data", func(string) bool { return true }) {
		if err != nil {
			return lines, err
		}
		lines += s.Commit.Subject
		for _, c := range s.Changes[:min(len(s.Changes), 9)] {
			lines += " " + c.Path
		}
		lines += "\n"
	}
	return lines, nil
}

// A file of zeros is small in the repository. It is refused before it is unpacked, whether it is a
// file of its own, in a pack, or the result of a delta.
func TestLargeObjects(t *testing.T) {
	w := newWork(t, map[string]string{"data/a.csv": strings.Repeat("0", limits.Document+1), "data/b.csv": strings.Repeat("0", limits.Document/2+1)})
	check := func() {
		t.Helper()
		r := w.open(".")
		files := w.files(r)
		if info, err := fs.Stat(files, "data/a.csv"); err != nil || info.Size() != limits.Document+1 {
			t.Errorf("the size is %v, %v", info, err)
		}
		if n := allocated(func() {
			if _, err := fs.ReadFile(files, "data/a.csv"); !exceeded(err) {
				t.Errorf("it is read: %v", err)
			}
		}); n > 4<<20 {
			t.Errorf("%d bytes are allocated", n)
		}
		if data, err := fs.ReadFile(files, "data/b.csv"); err != nil || len(data) != limits.Document/2+1 {
			t.Errorf("a file within the limit: %d bytes, %v", len(data), err)
		}
	}
	check()
	w.git("repack", "-q", "-a", "-d", "-f", "--depth=5")
	check()
}

func allocated(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// A commit of any size is read: its message is cut off. One that has thousands of parents is not.
func TestLargeCommits(t *testing.T) {
	w := newWork(t, map[string]string{"data/a.csv": "1"})
	tree, head := w.git("rev-parse", "HEAD^{tree}"), w.git("rev-parse", "HEAD")
	commit := func(parents int, author, message string) {
		text := "tree " + tree + "\n" + strings.Repeat("parent "+head+"\n", parents) + "author " + author + " <a@b.kg> 1772362800 +0600\ncommitter C <c@d.kg> 1772362800 +0600\n\n" + message
		w.git("update-ref", "HEAD", w.input(text, "hash-object", "-t", "commit", "-w", "--stdin"))
	}
	commit(1, strings.Repeat("Ө", 1<<12), "Subject\n\n"+strings.Repeat("ң", 1<<20))
	for range 2 {
		r := w.open(".")
		c := w.head(r)
		if c.Subject != "Subject" || len(c.Body) > limits.Message+3 || !strings.HasSuffix(c.Body, "ң…") || len(c.Author) > limits.Person+3 {
			t.Errorf("%d bytes of body, %d of the name, subject %q", len(c.Body), len(c.Author), c.Subject)
		}
		if got, err := r.walkAll(c); err != nil || got != "Subject\nFirst data/a.csv\n" {
			t.Errorf("%q, %v", got, err)
		}
		w.git("repack", "-q", "-a", "-d", "-f")
	}
	head = w.git("rev-parse", "HEAD")
	commit(2000, "A", "Many parents")
	head = w.git("rev-parse", "HEAD")
	commit(1, "A", "After")
	r := w.open(".")
	if got, err := r.walkAll(w.head(r)); err != nil || got != "After\n" {
		t.Errorf("%q, %v", got, err)
	}
	if merged, err := r.Merged(w.head(r)); err != nil || len(merged) != 0 {
		t.Errorf("%v, %v", merged, err)
	}
	if _, err := r.Resolve("HEAD~1"); !exceeded(err) {
		t.Errorf("a commit of 2,000 parents is read: %v", err)
	}
}

// Names that nobody can read are no files of the past, and no reason to fail.
func TestNames(t *testing.T) {
	w := newWork(t, map[string]string{"data/a.csv": "1"})
	blob, list := w.git("rev-parse", "HEAD:data/a.csv"), ""
	for _, name := range []string{"a.csv", "b\u202evsc.csv", "c\x01.csv", "d\xff.csv", "e\n.csv"} {
		list += "100644 blob " + blob + "\t" + name + "\x00"
	}
	w.commitTree("Names", w.input(list, "mktree", "-z"))
	r := w.open(".")
	if got, err := r.walkAll(w.head(r)); err != nil || got != "Names\nFirst data/a.csv\n" {
		t.Errorf("%q, %v", got, err)
	}
	if names, err := fs.Glob(w.files(r), "data/*"); err != nil || len(names) != 5 || names[3] != "data/d\ufffd.csv" {
		t.Errorf("%q, %v", names, err)
	}
}
