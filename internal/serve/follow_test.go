package serve

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"achyk/internal/output"
	"achyk/internal/pipeline"
	"achyk/internal/tools/towntest"
)

// TestCommits commits and tags what the preview shows: pages name the commit, and no file of the site changes.
func TestCommits(t *testing.T) {
	p := start(t, towntest.Files)
	p.next(false)
	r := towntest.Repository{T: t, Dir: p.dir}
	r.Commit()
	p.eventuallyShows("/ky/changes/", "Edit")
	p.save("data/town/territories.csv", strings.Replace(towntest.Files["data/town/territories.csv"], "district", "village", 1))
	r.Commit()
	p.eventuallyShows("/ky/changes/", "Edit", "Edit")
	r.Git("tag", "v2026-1")
	p.eventuallyShows("/ky/town/data/", "v2026-1")
}

// TestBusyFolder saves a register while another file is written all the time, as one that is copied slowly.
func TestBusyFolder(t *testing.T) {
	p := start(t, towntest.Files)
	p.next(false)
	large := filepath.Join(p.dir, "content", "town", "files", "large.txt")
	if err := os.MkdirAll(filepath.Dir(large), 0o777); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(large)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	stop, stopped := make(chan bool), make(chan bool)
	go func() {
		defer close(stopped)
		for {
			select {
			case <-stop:
				return
			case <-time.After(settle / 3):
				f.WriteString("сөз ")
			}
		}
	}()
	defer func() { close(stop); <-stopped }()
	p.save("data/town/territories.csv", strings.ReplaceAll(towntest.Files["data/town/territories.csv"], "north", "east"))
	p.eventually("/ky/town/territories/east/", 200)
}

// TestSameStamp puts a file in the place of one that has as many bytes and the same time, as files of an archive may have.
func TestSameStamp(t *testing.T) {
	p := start(t, towntest.Files)
	p.next(false)
	register := filepath.Join(p.dir, "data", "town", "territories.csv")
	put := func(id string) {
		p.save("data/town/territories.csv", strings.ReplaceAll(towntest.Files["data/town/territories.csv"], "north", id))
		if err := os.Chtimes(register, time.Time{}, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)); err != nil {
			t.Fatal(err)
		}
	}
	put("first")
	p.eventually("/ky/town/territories/first/", 200)
	time.Sleep(3 * settle)
	put("other")
	p.eventually("/ky/town/territories/other/", 200)
}

// TestKeptDownloads replaces a view by one with an error, which shows the same downloads, and that by another. The downloads
// stay until nobody reads them, and then go.
func TestKeptDownloads(t *testing.T) {
	folder := t.TempDir()
	fresh := func(plan *pipeline.Plan) *view {
		v := &view{plan: plan, outdated: make(chan struct{})}
		if plan != nil {
			made, err := output.NewTemporary(folder, "downloads")
			if err != nil {
				t.Fatal(err)
			}
			v.kept = &downloads{made, 1}
		}
		return v
	}
	first := fresh(&pipeline.Plan{})
	s := &Server{view: first}
	_, done := s.look()
	s.replace(fresh(nil))
	_, doneBroken := s.look()
	s.replace(fresh(&pipeline.Plan{}))
	doneBroken()
	if entries, _ := os.ReadDir(folder); len(entries) != 2 {
		t.Error("somebody reads the first downloads, and they are gone:", entries)
	}
	done()
	if entries, _ := os.ReadDir(folder); len(entries) != 1 {
		t.Error("nobody reads the first downloads:", entries)
	}
}
