package stamped_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"achyk/internal/stamped"
)

// counting notes the files that are read.
type counting struct {
	fstest.MapFS
	read []string
}

func (c *counting) ReadFile(name string) ([]byte, error) {
	c.read = append(c.read, name)
	return c.MapFS.ReadFile(name)
}

// TestFiles reads a folder again after each change. Only what changed may be read anew, and what it says must be new.
func TestFiles(t *testing.T) {
	folder := &counting{MapFS: fstest.MapFS{}}
	old, young := time.Now().Add(-time.Hour), time.Now().Add(-time.Second)
	put := func(name, text string, at time.Time) {
		folder.MapFS[name] = &fstest.MapFile{Data: []byte(text), ModTime: at}
	}
	put("data/a.csv", "a1", old)
	put("data/b.csv", "b1", old)
	put("data/new.csv", "n1", young)
	put("data/scan.pdf", "p1", old)
	put("elsewhere/c.csv", "c1", old)
	var cache stamped.Cache
	for _, step := range []struct {
		change func()
		read   string // the files that are read
		texts  string // of a.csv, b.csv and new.csv
	}{
		{func() {}, "data/a.csv data/b.csv data/new.csv data/scan.pdf elsewhere/c.csv data/scan.pdf elsewhere/c.csv", "a1b1n1"},
		{func() {}, "data/new.csv data/scan.pdf elsewhere/c.csv data/scan.pdf elsewhere/c.csv", "a1b1n1"},
		{func() { put("data/a.csv", "a2", old.Add(time.Millisecond)) }, "data/a.csv data/new.csv data/scan.pdf elsewhere/c.csv data/scan.pdf elsewhere/c.csv", "a2b1n1"},
		{func() { put("data/b.csv", "b22", old) }, "data/b.csv data/new.csv data/scan.pdf elsewhere/c.csv data/scan.pdf elsewhere/c.csv", "a2b22n1"},
		{func() { put("data/new.csv", "n2", young) }, "data/new.csv data/scan.pdf elsewhere/c.csv data/scan.pdf elsewhere/c.csv", "a2b22n2"}, // the same size and time
		{func() { delete(folder.MapFS, "data/a.csv") }, "data/a.csv data/new.csv data/scan.pdf elsewhere/c.csv data/a.csv data/scan.pdf elsewhere/c.csv", "b22n2"},
		{func() { put("data/a.csv", "a3", old) }, "data/a.csv data/new.csv data/scan.pdf elsewhere/c.csv data/scan.pdf elsewhere/c.csv", "a3b22n2"},
	} {
		step.change()
		folder.read = nil
		stamps, err := stamped.Take(folder, "data")
		if err != nil {
			t.Fatal(err)
		}
		files := cache.Files(folder, stamps, func(name string) bool { return strings.HasSuffix(name, ".csv") })
		texts := ""
		for range 2 {
			texts = ""
			for _, name := range []string{"data/a.csv", "data/b.csv", "data/new.csv", "data/scan.pdf", "elsewhere/c.csv"} {
				data, err := fs.ReadFile(files, name)
				if _, there := folder.MapFS[name]; there != (err == nil) {
					t.Fatal(err)
				}
				if strings.HasPrefix(name, "data/") && strings.HasSuffix(name, ".csv") {
					texts += string(data)
				}
			}
		}
		if texts != step.texts || strings.Join(folder.read, " ") != step.read {
			t.Errorf("got %q, want %q\nread %q\nwant %q", texts, step.texts, folder.read, strings.Fields(step.read))
		}
	}
}

// TestEqual changes a folder between two looks.
func TestEqual(t *testing.T) {
	at := time.Now()
	look := func(files ...string) *stamped.Stamps {
		folder := fstest.MapFS{}
		for _, f := range files {
			name, text, _ := strings.Cut(f, "=")
			folder[name] = &fstest.MapFile{Data: []byte(text), ModTime: at}
		}
		s, err := stamped.Take(folder, "data", "content")
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	before := []string{"data/town/a.csv=1", "content/town/b.md=1"}
	for change, same := range map[string]bool{
		"":                             true,
		"data/town/.a.csv.swp=1":       true, // an editor's
		"data/town/~$a.csv=1":          true,
		"data/town/.git/a.csv=1":       true,
		"elsewhere/a.csv=1":            true,
		"data/town/a.csv=12":           false,
		"data/town/c.csv=1":            false,
		"content/town/files/scan.pdf=": false,
	} {
		if got := look(before...).Equal(look(slices.DeleteFunc(append(slices.Clone(before), change), func(f string) bool { return f == "" })...)); got != same {
			t.Errorf("after %q: %t", change, got)
		}
	}
	if look(before...).Equal(look(before[:1]...)) {
		t.Error("a removed file was not seen")
	}
}
