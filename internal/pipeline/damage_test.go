package pipeline

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// TestDamagedRepository damages one file after another, each time in a repository that is whole
// otherwise: in the git directory as well as among the records. Whatever is wrong, the commands
// end with a finding or an error, and do not panic. The same seed gives the same damage.
func TestDamagedRepository(t *testing.T) {
	r := newRepository(t)
	r.Write("data/town/territories.csv", "id,name_ky,kind\nnorth,Түндүк,district\nsouth,Түштүк,district\n")
	r.Write("data/town/trees.schema.toml", "title = { ky = \"Дарактар\" }\n[[column]]\nname = \"id\"\ntype = \"id\"\n[[column]]\nname = \"territory\"\ntype = \"ref\"\nregister = \"territories\"\n")
	r.Write("data/town/trees.csv", "id,territory\na,north\n")
	r.Write("content/town/news/a.ky.md", "+++\ntitle = \"Жаңылык\"\ndate = 2026-03-01\n+++\nТекст\n")
	r.Commit()
	r.Git("gc", "-q")
	r.Write("data/town/trees.csv", "id,territory\na,south\n")
	r.Commit() // so that there are a pack and loose objects
	r.Git("tag", "v1")

	var files []string
	err := filepath.WalkDir(r.Dir, func(name string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() && filepath.Base(filepath.Dir(name)) != "hooks" {
			files = append(files, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	const each = 4 // damages of a file
	for _, name := range files {
		whole, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		os.Chmod(name, 0o666) // objects are read-only
		for n := range each {
			random := rand.New(rand.NewPCG(uint64(n), uint64(len(whole))))
			if err := os.WriteFile(name, damaged(random, whole), 0o666); err != nil {
				t.Fatal(err)
			}
			r.survives(fmt.Sprintf("damage %d of %s", n, name))
		}
		if err := os.WriteFile(name, whole, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Check(Options{Source: r.Dir, Since: "HEAD~1"}); err != nil {
		t.Errorf("the repository is not whole again: %v", err)
	}
}

// survives fails if a command panics.
func (r repository) survives(damage string) {
	defer func() {
		if p := recover(); p != nil {
			r.Errorf("%s: %v", damage, p)
		}
	}()
	source, err := Open(Options{Source: r.Dir})
	if err != nil {
		return
	}
	defer source.Close()
	loaded, err := source.Load()
	if err != nil {
		return
	}
	judged := loaded.Judge()
	judged.judgeChanges("HEAD~1")
	if history, err := loaded.History(); err == nil {
		judged.Extend(history)
	}
}

// damaged returns a copy in which bytes were changed, removed, repeated, or put in.
func damaged(random *rand.Rand, whole []byte) []byte {
	b := append([]byte(nil), whole...)
	if len(b) == 0 {
		return []byte{0xff, 0xfe}
	}
	at := random.IntN(len(b))
	switch random.IntN(5) {
	case 0:
		return b[:at]
	case 1:
		return append(b, b[at:]...)
	case 2:
		return append(b[:at:at], append([]byte{0, 0xff, '\n', '[', '{'}, b[at:]...)...)
	}
	for range 1 + random.IntN(8) {
		b[random.IntN(len(b))] = byte(random.IntN(256))
	}
	return b
}
