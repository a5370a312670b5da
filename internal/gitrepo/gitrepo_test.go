package gitrepo

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"
)

// work is a work tree made with the git command.
type work struct {
	t   testing.TB
	dir string
}

// newWork returns a new repository with one commit of files, or no commit if there are none.
func newWork(t testing.TB, files map[string]string) work {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip(err)
	}
	w := work{t, t.TempDir()}
	w.git("init", "-q", "-b", "main")
	if len(files) > 0 {
		w.write(files)
		w.commit("First\n\nbody")
	}
	return w
}

func (w work) git(args ...string) string {
	w.t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = w.dir
	cmd.Env = append(os.Environ(),
		"GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@example.org", "GIT_AUTHOR_DATE=2026-03-01T17:00:00+06:00",
		"GIT_COMMITTER_NAME=C", "GIT_COMMITTER_EMAIL=c@example.org", "GIT_COMMITTER_DATE=2026-03-02T09:00:00+00:00")
	out, err := cmd.CombinedOutput()
	if err != nil {
		w.t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

func (w work) write(files map[string]string) {
	w.t.Helper()
	for name, text := range files {
		path := filepath.Join(w.dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, []byte(text), 0o666)); err != nil {
			w.t.Fatal(err)
		}
	}
}

func (w work) commit(message string) (hash string) {
	w.t.Helper()
	w.git("add", "-A")
	w.git("commit", "-q", "--allow-empty", "-m", message)
	return w.git("rev-parse", "HEAD")
}

// open opens the repository at the folder sub of the work tree.
func (w work) open(sub string) *Repo {
	w.t.Helper()
	r, err := Open(filepath.Join(w.dir, sub))
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { r.Close() })
	return r
}

func (w work) head(r *Repo) Commit {
	w.t.Helper()
	c, err := r.Head()
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

// files returns the commit's files.
func (w work) files(r *Repo) fs.FS {
	w.t.Helper()
	fsys, err := r.FS(w.head(r))
	if err != nil {
		w.t.Fatal(err)
	}
	return fsys
}

// wantFile checks the text of one file of the commit.
func (w work) wantFile(fsys fs.FS, name, want string) {
	w.t.Helper()
	if got, err := fs.ReadFile(fsys, name); string(got) != want || err != nil {
		w.t.Errorf("%s holds %q, %v; want %q", name, got, err, want)
	}
}

func TestNone(t *testing.T) {
	dir := t.TempDir()
	if _, err := Open(dir); !errors.Is(err, ErrNone) {
		t.Errorf("without a repository: %v, want ErrNone", err)
	}
	if err := os.Mkdir(filepath.Join(dir, ".git"), 0o777); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir); !errors.Is(err, ErrNone) {
		t.Errorf("with an empty .git: %v, want ErrNone", err)
	}
	if _, err := Open(filepath.Join(dir, "missing")); err == nil || errors.Is(err, ErrNone) {
		t.Errorf("of a missing folder: %v, want another error than ErrNone", err)
	}
	if _, err := newWork(t, nil).open(".").Head(); !errors.Is(err, ErrNone) {
		t.Errorf("without a commit: %v, want ErrNone", err)
	}
}

func TestUnreadable(t *testing.T) {
	w := newWork(t, nil)
	for config, why := range map[string]string{
		"[core]\nrepositoryformatversion = 1\n[extensions]\nrefStorage = reftable\n": "reftable",
		"[core]\nrepositoryformatversion = 1\n[extensions]\nfromTheFuture = 2030\n":  "fromthefuture",
		"[core]\nrepositoryformatversion = 2\n":                                      "version = 2",
		"[core\n":                                                                    "",
	} {
		w.write(map[string]string{".git/config": config})
		if _, err := Open(w.dir); err == nil || errors.Is(err, ErrNone) || !strings.Contains(err.Error(), why) {
			t.Errorf("with config %q: %v, want one with %q", config, err, why)
		}
	}
	w.write(map[string]string{".git/config": "[core]\nrepositoryformatversion = 1\n[extensions]\nworktreeConfig = true\npartialClone = origin\n"})
	w.open(".")

	w = work{t, t.TempDir()}
	w.git("init", "-q", "--object-format=sha256")
	if _, err := Open(w.dir); err == nil || errors.Is(err, ErrNone) || !strings.Contains(err.Error(), "sha256") {
		t.Errorf("with SHA-256: %v, want an error with sha256", err)
	}
	w.write(map[string]string{"linked/.git": "gitdir: ../nowhere\n"})
	if _, err := Open(filepath.Join(w.dir, "linked")); err == nil || errors.Is(err, ErrNone) {
		t.Errorf("with a .git file that leads nowhere: %v", err)
	}
}

func TestHead(t *testing.T) {
	w := newWork(t, nil)
	hash := w.commit("  Ысык-Көл: оңдоо\nsecond line\n\nbody")
	got := w.head(w.open("."))
	if want := "Ысык-Көл: оңдоо second line"; got.Hash != hash || got.Subject != want {
		t.Errorf("Head() = %v, want %s %s", got, hash, want)
	}
	if want := "2026-03-01T17:00:00+06:00"; got.Time.Format(time.RFC3339) != want {
		t.Errorf("time is %s, want the author's %s", got.Time, want)
	}
}

func TestFS(t *testing.T) {
	files := map[string]string{
		"README.md": "top", "data.csv": "id\n", "data/a/b.csv": "id\n1\n", "data-old": "", "data/empty.csv": "", "ky/ө.md": "ң",
	}
	w := newWork(t, files)
	names := []string{"README.md", "data.csv", "data/a/b.csv", "data-old", "data/empty.csv", "ky/ө.md"}
	check := func() {
		t.Helper()
		fsys := w.files(w.open("."))
		if err := fstest.TestFS(fsys, names...); err != nil {
			t.Error(err)
		}
		for name, text := range files {
			w.wantFile(fsys, name, text)
		}
		info, err := fs.Stat(fsys, "data/a/b.csv")
		if err != nil || info.Size() != 5 || info.ModTime().Year() != 2026 {
			t.Errorf("Stat is %v, %v", info, err)
		}
		for _, name := range []string{"none", "data/none", "README.md/none", "data/a/b.csv/x/y"} {
			if _, err := fs.ReadFile(fsys, name); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("reading %s: %v, want ErrNotExist", name, err)
			}
		}
		if _, err := fs.ReadFile(fsys, "../x"); !errors.Is(err, fs.ErrInvalid) {
			t.Errorf("reading ../x: %v, want ErrInvalid", err)
		}
		if _, err := fs.ReadDir(fsys, "README.md"); err == nil {
			t.Error("README.md can be listed")
		}
		if _, err := fs.ReadFile(fsys, "data"); err == nil {
			t.Error("a folder can be read")
		}
	}
	check() // loose objects
	w.git("gc", "-q", "--prune=now")
	check() // packed objects and references
	w.write(map[string]string{"new.csv": "new"})
	w.commit("Second")
	files["new.csv"], names = "new", append(names, "new.csv")
	check() // both
}

func TestFSOfOddEntries(t *testing.T) {
	w := newWork(t, map[string]string{"a.csv": "id\n"})
	head := w.git("rev-parse", "HEAD")
	blob := w.git("hash-object", "-w", "a.csv")
	w.git("update-index", "--add", "--cacheinfo", "120000,"+blob+",link", "--cacheinfo", "160000,"+head+",module", "--chmod=+x", "a.csv")
	w.git("commit", "-q", "-m", "odd")
	fsys := w.files(w.open("."))
	if err := fstest.TestFS(fsys, "a.csv", "link", "module"); err != nil {
		t.Error(err)
	}
	w.wantFile(fsys, "link", "id\n")
}

func TestFSForManyReaders(t *testing.T) {
	files := map[string]string{}
	for i := range 50 {
		files[fmt.Sprintf("d%d/f%d", i%5, i)] = strings.Repeat(fmt.Sprint(i), 1000)
	}
	w := newWork(t, files)
	w.git("gc", "-q")
	fsys := w.files(w.open("."))
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for name, text := range files {
				w.wantFile(fsys, name, text)
			}
		})
	}
	wg.Wait()
}

func TestSubFolder(t *testing.T) {
	w := newWork(t, map[string]string{"top": "", "osh/build.toml": "b", "osh/data/a.csv": "id\n", ".gitignore": "*.tmp\n"})
	r := w.open("osh/data")
	if err := fstest.TestFS(w.files(r), "a.csv"); err != nil {
		t.Error(err)
	}
	r = w.open("osh")
	if err := fstest.TestFS(w.files(r), "build.toml", "data/a.csv"); err != nil {
		t.Error(err)
	}
	w.write(map[string]string{"top": "changed", "osh/x.tmp": "", "osh/data/b.csv": ""})
	w.wantChanged(r, "osh", nil, "data/b.csv", "x.tmp")

	w.write(map[string]string{"new/a": ""})
	r = w.open("new")
	if _, err := r.FS(w.head(r)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("FS of a folder that the commit lacks: %v, want ErrNotExist", err)
	}
}

func TestLinkedWorktree(t *testing.T) {
	w := newWork(t, map[string]string{"a": "1"})
	linked := work{t, filepath.Join(t.TempDir(), "linked")}
	w.git("worktree", "add", "-q", "-b", "other", linked.dir)
	linked.write(map[string]string{"a": "2"})
	second := linked.commit("Second")
	linked.git("pack-refs", "--all")
	linked.git("config", "extensions.worktreeConfig", "true")

	r := linked.open(".")
	if got := linked.head(r); got.Hash != second {
		t.Errorf("head is %v, want %s", got, second)
	}
	linked.wantFile(linked.files(r), "a", "2")
	w.wantFile(w.files(w.open(".")), "a", "1")
}

func TestSharedAndShallowClones(t *testing.T) {
	w := newWork(t, map[string]string{"a": "1"})
	w.write(map[string]string{"a": "2"})
	w.commit("Second")
	for _, how := range [][]string{{"--shared", w.dir}, {"--depth=1", "file://" + filepath.ToSlash(w.dir)}} {
		clone := work{t, t.TempDir()}
		clone.git(append(append([]string{"clone", "-q"}, how...), ".")...)
		r := clone.open(".")
		clone.wantFile(clone.files(r), "a", "2")
		_, err := r.Resolve("HEAD~1")
		if shallow := how[0] == "--depth=1"; shallow != (err != nil) || shallow && !strings.Contains(err.Error(), "shallow") {
			t.Errorf("%s: Resolve(HEAD~1): %v", how[0], err)
		}
	}
}

func TestResolve(t *testing.T) {
	w := newWork(t, map[string]string{"a": ""})
	first := w.git("rev-parse", "HEAD")
	w.git("tag", "light")
	w.git("tag", "-a", "-m", "annotated", "v2026.1")
	w.git("checkout", "-q", "-b", "side/branch")
	side := w.commit("Side")
	w.git("checkout", "-q", "main")
	second := w.commit("Second")
	w.git("merge", "-q", "--no-ff", "-m", "Merge", "side/branch")
	merge := w.git("rev-parse", "HEAD")
	w.git("tag", first[:6], side) // a tag goes before the hash it looks like
	w.git("update-ref", "refs/remotes/origin/main", second)

	check := func() {
		t.Helper()
		r := w.open(".")
		for rev, want := range map[string]string{
			"HEAD": merge, "@": merge, "main": merge, "refs/heads/main": merge, "heads/main": merge,
			"light": first, "v2026.1": first, "tags/v2026.1": first, "side/branch": side, "origin/main": second,
			merge: merge, strings.ToUpper(merge): merge, merge[:7]: merge, merge[:8]: merge, strings.ToUpper(side[:9]): side,
			first[:6]: side, first[:7]: first,
			"HEAD~": second, "HEAD^": second, "HEAD~1": second, "HEAD^2": side, "HEAD~0": merge, "HEAD^0": merge,
			"HEAD~2": first, "HEAD^^": first, "HEAD^2~1": first, "main^2^": first, w.git("rev-parse", "v2026.1"): first,
		} {
			if got, err := r.Resolve(rev); got.Hash != want || err != nil {
				t.Errorf("Resolve(%s) = %v, %v; want %s", rev, got, err, want)
			}
		}
		blob := w.git("rev-parse", "HEAD:a")
		for rev, why := range map[string]string{
			"": "not understood", "^main": "not understood", "HEAD@{1}": "not understood", "main:a": "not understood",
			":/First": "not understood", "HEAD^{/x}": "not understood", "a b": "not understood", "~1": "not understood",
			"nope": "no such", "deadbeef": "no such", first[:3]: "no such", blob[:12]: "no such",
			blob: "not a commit", strings.Repeat("0", 40): "not in this clone", "../../etc/passwd": "no such",
			"HEAD^3": "no parent 3", "HEAD~3": "no parent 1",
		} {
			if got, err := r.Resolve(rev); err == nil || !strings.Contains(err.Error(), why) || !strings.Contains(err.Error(), fmt.Sprintf("%q", rev)) {
				t.Errorf("Resolve(%s) = %v, %v; want an error with %q", rev, got, err, why)
			}
		}
	}
	check()
	w.git("gc", "-q")
	check()
}

func TestResolveAmbiguous(t *testing.T) {
	w := newWork(t, map[string]string{"a": ""})
	// Make commits until two begin with the same four digits.
	tree, seen := w.git("rev-parse", "HEAD^{tree}"), map[string]bool{}
	var prefix string
	var stream strings.Builder
	for i := range 600 {
		fmt.Fprintf(&stream, "commit refs/heads/n%d\nauthor A <a> 0 +0000\ncommitter A <a> %d +0000\ndata 0\nM 040000 %s \n", i, i, tree)
	}
	cmd := exec.Command("git", "fast-import", "--quiet")
	cmd.Dir, cmd.Stdin = w.dir, strings.NewReader(stream.String())
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatal(err, string(out))
	}
	for hash := range strings.FieldsSeq(w.git("rev-list", "--all")) {
		if seen[hash[:4]] {
			prefix = hash[:4]
		}
		seen[hash[:4]] = true
	}
	if _, err := w.open(".").Resolve(prefix); err == nil || !strings.Contains(err.Error(), "more digits") {
		t.Errorf("Resolve(%q): %v, want an error that asks for more digits", prefix, err)
	}
}

// wantChanged checks the answer of Changed for the folder sub as it is now.
func (w work) wantChanged(r *Repo, sub string, dirs []string, want ...string) {
	w.t.Helper()
	got, err := r.Changed(w.head(r), os.DirFS(filepath.Join(w.dir, sub)), dirs...)
	if err != nil || len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
		w.t.Errorf("Changed(%q) = %q, %v; want %q", dirs, got, err, want)
	}
}

func TestChanged(t *testing.T) {
	w := newWork(t, map[string]string{
		".gitignore": "/public/\n*.tmp\n/data/tracked/\n", "public/.gitkeep": "",
		"build.toml": "a", "data/a.csv": "id\n1\n", "data/b.csv": "id\n", "data/osh/c.csv": "id\n", "content/x.md": "x",
	})
	w.write(map[string]string{"data/tracked/t.csv": "id\n"})
	w.git("add", "-f", "data/tracked/t.csv")
	w.commit("Second")
	r := w.open(".")
	w.wantChanged(r, ".", nil)
	w.wantChanged(r, ".", []string{"data", "none"})

	w.write(map[string]string{
		"data/a.csv":           "id\n2\n",    // of the same length
		"data/new/d.csv":       "",           // new
		"data/new/.gitignore":  "ignored*\n", // names with a dot are passed over
		"data/new/ignored.csv": "",
		"data/tracked/t.csv":   "changed",
		"data/tracked/u.csv":   "", // ignored by git, and read by others all the same
		"data/~$u.csv":         "", // the lock of Excel
		"public/index.html":    "",
		".cache/x":             "",
		"build.toml":           "b",
	})
	if err := errors.Join(os.Remove(filepath.Join(w.dir, "data", "b.csv")), os.Chmod(filepath.Join(w.dir, "content", "x.md"), 0o755)); err != nil {
		t.Fatal(err)
	}
	w.git("add", "data/a.csv") // the index does not matter
	inData := []string{"data/a.csv", "data/b.csv", "data/new/d.csv", "data/new/ignored.csv", "data/tracked/t.csv", "data/tracked/u.csv"}
	all := append(append([]string{"build.toml"}, inData...), "public/index.html")
	w.wantChanged(r, ".", nil, all...)
	w.wantChanged(r, ".", []string{"data"}, inData...)
	w.wantChanged(r, ".", []string{"build.toml", "data/new", "content"}, "build.toml", "data/new/d.csv", "data/new/ignored.csv")
	w.wantChanged(r, ".", []string{"."}, all...)
	w.wantChanged(r, ".", []string{"dat"})

	if _, err := r.Changed(w.head(r), os.DirFS(w.dir), "../x"); !errors.Is(err, fs.ErrInvalid) {
		t.Errorf("Changed of ../x: %v, want ErrInvalid", err)
	}
}

func TestChangedKinds(t *testing.T) {
	w := newWork(t, map[string]string{"a": "1", "d/x": "1"})
	if err := os.Symlink("a", filepath.Join(w.dir, "link")); err != nil {
		t.Skip(err)
	}
	w.commit("Second")
	r := w.open(".")
	w.wantChanged(r, ".", nil)
	committed, err := r.FS(w.head(r))
	if err != nil {
		t.Fatal(err)
	}
	if i, err := fs.Stat(committed, "link"); err != nil || i.Mode().Type() != fs.ModeSymlink {
		t.Errorf("a link is %v, %v: followed or not, it must be known for one", i, err)
	}

	link := filepath.Join(w.dir, "link")
	if err := errors.Join(os.Remove(link), os.Symlink("d", link), os.Remove(filepath.Join(w.dir, "a")), os.RemoveAll(filepath.Join(w.dir, "d"))); err != nil {
		t.Fatal(err)
	}
	w.write(map[string]string{"a/y": "1", "d": "1"}) // a file became a folder, and a folder a file
	w.wantChanged(r, ".", nil, "a", "a/y", "d", "d/x", "link")
}

func BenchmarkChanged(b *testing.B) {
	files := map[string]string{}
	for i := range 500 {
		files[fmt.Sprintf("data/m%d/%d.csv", i%20, i)] = strings.Repeat(fmt.Sprintf("%d,беренди\n", i), 40_000/19)
	}
	w := newWork(b, files)
	fsys := os.DirFS(w.dir)
	for b.Loop() {
		r, err := Open(w.dir)
		if err != nil {
			b.Fatal(err)
		}
		c := w.head(r)
		if changed, err := r.Changed(c, fsys, "data"); err != nil || len(changed) > 0 {
			b.Fatal(changed, err)
		}
		r.Close()
	}
}
