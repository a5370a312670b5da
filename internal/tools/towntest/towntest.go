// Package towntest has repositories for tests: the smallest one that builds, with one municipality,
// for tests that change something in it, and the sample, for tests that need many records. All of
// both is invented.
package towntest

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
)

// Tests that build sites make much garbage and hold little. A third of their processor time went into collecting
// it with the default of 100; what they hold at most is some hundred megabytes. What GOGC says goes first.
func init() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
}

// Files has the texts of the repository by the names of their files.
var Files = map[string]string{
	"data/site.toml": `title = { ky = "Үлгү", ru = "Образец", en = "Sample" }
base_url = "https://sample.example/"
licence = "CC-BY-4.0"
languages = ["ky", "ru", "en"]
demonstration = true
`,
	"data/town/municipality.toml": `name = { ky = "Шаар", ru = "Город", en = "Town" }
kind = "city"
council = { ky = "Кеңеш", ru = "Кенеш", en = "Council" }
executive = { ky = "Мэрия", ru = "Мэрия", en = "Mayor's Office" }
`,
	"data/town/regulation.toml": `[act]
title = { ky = "Жобо", ru = "Положение", en = "Regulation" }
procedure = "contest"
copy = "draft"

[[clause]]
number = "1"
title = { ky = "Берене", ru = "Пункт", en = "Clause" }
summary = { ky = "Мазмуну", ru = "Содержание", en = "Summary" }
status = "in-hand"
`,
	"data/town/territories.csv": `id,name_ky,name_ru,name_en,kind,population,parent,valid_from,valid_to
north,Түндүк,Север,North,district,1200,,,
south,Түштүк,Юг,South,district,,,,
`,
}

// Sample returns the folder of this repository, for a test that reads the two municipalities of its
// sample. It skips the test in a copy of the program from which they were removed, or in which data
// of others took their place: what the test says of them is not true there.
func Sample(t testing.TB) string {
	t.Helper()
	root := Root()
	site, err := os.ReadFile(filepath.Join(root, "data", "site.toml"))
	for _, town := range []string{"osh", "kochkorbaev"} {
		_, missing := os.Stat(filepath.Join(root, "data", town, "municipality.toml"))
		err = errors.Join(err, missing)
	}
	if err != nil || !strings.Contains(string(site), "\ndemonstration = true\n") {
		t.Skip("this test is about the sample, which is not in this copy of the program")
	}
	return root
}

// Root returns the folder of the repository: the nearest folder above that has a go.mod.
func Root() string {
	dir := "."
	for range 8 {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		dir = filepath.Join(dir, "..")
	}
	panic("no folder above has a go.mod")
}

// Write writes a file below a folder, whose folders it makes.
func Write(dir, name, text string) error {
	name = filepath.Join(dir, filepath.FromSlash(name))
	return errors.Join(os.MkdirAll(filepath.Dir(name), 0o777), os.WriteFile(name, []byte(text), 0o666))
}

// Repository is a folder of a test with the files of a repository.
type Repository struct {
	*testing.T
	Dir  string
	Date string // of its commits, as git reads it; empty: now
}

// New writes Files to a new folder.
func New(t *testing.T) Repository {
	t.Helper()
	r := Repository{T: t, Dir: t.TempDir()}
	for name, text := range Files {
		r.Write(name, text)
	}
	return r
}

// Write writes a file.
func (r Repository) Write(name, text string) {
	r.Helper()
	if err := Write(r.Dir, name, text); err != nil {
		r.Fatal(err)
	}
}

// Git runs git. Without git it skips the test.
func (r Repository) Git(args ...string) {
	r.Helper()
	c := exec.Command("git", args...)
	c.Dir = r.Dir
	if r.Date != "" {
		c.Env = append(os.Environ(), "GIT_AUTHOR_DATE="+r.Date, "GIT_COMMITTER_DATE="+r.Date)
	}
	if out, err := c.CombinedOutput(); errors.Is(err, exec.ErrNotFound) {
		r.Skip(err)
	} else if err != nil {
		r.Fatalf("git %v: %v\n%s", args, err, out)
	}
}

// Commit commits all files, by Clerk. The first commit makes the git directory.
func (r Repository) Commit() {
	r.Helper()
	r.Git("init", "-q", "-b", "main", ".")
	r.Git("add", "-A", "-f")
	r.Git("-c", "user.name=Clerk", "-c", "user.email=clerk@sample.example", "-c", "commit.gpgsign=false", "commit", "-q", "-m", "Edit")
}
