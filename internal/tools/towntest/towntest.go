// Package towntest has the smallest repository that builds, with one municipality, for tests that
// change something in it. All of it is invented.
package towntest

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

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

// Write writes a file below a folder, whose folders it makes.
func Write(dir, name, text string) error {
	name = filepath.Join(dir, filepath.FromSlash(name))
	return errors.Join(os.MkdirAll(filepath.Dir(name), 0o777), os.WriteFile(name, []byte(text), 0o666))
}

// Repository is a folder of a test with the files of a repository.
type Repository struct {
	*testing.T
	Dir string
}

// New writes Files to a new folder.
func New(t *testing.T) Repository {
	t.Helper()
	r := Repository{t, t.TempDir()}
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
