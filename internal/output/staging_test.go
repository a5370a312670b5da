package output

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// What killed runs left behind goes away, whatever its age; that of a run at work stays.
func TestStageTidiesUp(t *testing.T) {
	dir := t.TempDir()
	dest := filepath.Join(dir, "public")
	atWork := mustStage(t, dest, map[string]string{"index.html": "at work"})
	defer atWork.Discard()
	killed := mustStage(t, dest, map[string]string{"index.html": "dead"})
	if killed.held == nil {
		t.Skip("folders cannot be locked here")
	}
	killed.held.Close() // as the system does when a program ends
	makeFiles(t, dir, map[string]string{
		".public.achyk-00000003.old/build.json": buildJSON, // killed between two renames
		".public.achyk-00000004.old/build.json": "older",
		".public.achyk-notes/a":                 "somebody's",
		".site.achyk-00000001/a":                "of another site",
		".public.achyk-00000005":                "a file",
	})
	s := mustStage(t, dest, nil)
	if err := s.Discard(); err != nil {
		t.Fatal(err)
	}
	wantFiles(t, dir, map[string]string{
		filepath.Base(atWork.dir) + "/index.html": "at work",
		".public.achyk-notes/a":                   "somebody's",
		".site.achyk-00000001/a":                  "of another site",
		".public.achyk-00000005":                  "a file",
		"public/build.json":                       buildJSON,
	})
}

// Where folders cannot be locked, only old ones are removed, and those that a clock dated in the future. A run that is between its two
// renames keeps the old site where it put it.
func TestTidyingWithoutLocks(t *testing.T) {
	dir := t.TempDir()
	dest := filepath.Join(dir, "public")
	running := mustStage(t, dest, nil)
	defer running.Discard()
	if running.held != nil {
		makeFiles(t, running.dir+parted, map[string]string{"build.json": buildJSON})
		if err := tidy(dest); err != nil {
			t.Fatal(err)
		}
		wantFiles(t, running.dir+parted, map[string]string{"build.json": buildJSON})
	}
	old := lock
	defer func() { lock = old }()
	lock = func(string) (*os.File, error) { return nil, errors.ErrUnsupported }
	dead, ahead, young := beside(dest)+"00000001", beside(dest)+"00000003", beside(dest)+"00000002"
	makeFiles(t, young, map[string]string{"a": ""})
	for name, hours := range map[string]time.Duration{dead: -24, ahead: 24} {
		makeFiles(t, name, map[string]string{"a": ""})
		at := time.Now().Add(hours * time.Hour)
		if err := os.Chtimes(name, at, at); err != nil {
			t.Fatal(err)
		}
	}
	s := mustStage(t, dest, map[string]string{"build.json": buildJSON})
	for _, name := range []string{dead, ahead} {
		if _, err := os.Stat(name); err == nil {
			t.Errorf("%s is still there", name)
		}
	}
	wantFiles(t, young, map[string]string{"a": ""})
	if err := s.Publish(); err != nil {
		t.Fatal(err)
	}
}

// Runs that publish to one destination at the same time, also to one that is not there yet,
// all succeed, and the site is that of one of them.
func TestPublishAtOnce(t *testing.T) {
	for range 30 {
		dest := filepath.Join(t.TempDir(), "public")
		var wg sync.WaitGroup
		for _, text := range []string{"one", "two", "three"} {
			wg.Go(func() {
				s, err := Stage(dest)
				if err != nil {
					t.Error(err)
					return
				}
				defer s.Discard()
				if err := errors.Join(s.Write("build.json", []byte(buildJSON)), s.Write("a", []byte(text)), s.Write("b", []byte(text)), s.Publish()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		text, err := os.ReadFile(filepath.Join(dest, "a"))
		if err != nil {
			t.Fatal(err)
		}
		wantFiles(t, dest, map[string]string{"build.json": buildJSON, "a": string(text), "b": string(text)})
		wantAlone(t, dest)
	}
}

// disk is where all files of a set are written. It has room for some bytes.
type disk struct {
	sync.Mutex
	room int
}

var errFull = errors.New("no space left on the disk")

type diskFile struct {
	io.WriteCloser
	*disk
}

func (f diskFile) Write(p []byte) (int, error) {
	f.Lock()
	defer f.Unlock()
	if len(p) <= f.room {
		f.room -= len(p)
		return f.WriteCloser.Write(p)
	}
	n, _ := f.WriteCloser.Write(p[:f.room])
	f.room = 0
	return n, errFull
}

// However many bytes the disk still has room for, the published site is the whole old one or
// the whole new one, and nothing lies beside it.
func TestFullDisk(t *testing.T) {
	dest := filepath.Join(t.TempDir(), "public")
	before := map[string]string{"build.json": buildJSON + "\n", "index.html": "old"} // no file is kept, which would need no room
	after := map[string]string{"build.json": buildJSON, "index.html": "new", "ky/a.csv": "id\n", "ky/b/index.html": "б"}
	publish(t, dest, before)
	size := len(sumsOf([]File{{Path: "build.json"}, {Path: "index.html"}, {Path: "ky/a.csv"}, {Path: "ky/b/index.html"}}))
	for _, text := range after {
		size += len(text)
	}
	for room := range size + 1 {
		s := mustStage(t, dest, nil)
		full := &disk{room: room}
		s.create = func(path string) (io.WriteCloser, error) {
			f, err := create(path)
			return diskFile{f, full}, err
		}
		for path, text := range after {
			s.Write(path, []byte(text)) // its error is that of Publish
		}
		err := errors.Join(s.Publish(), s.Discard())
		if room < size {
			if !errors.Is(err, errFull) {
				t.Fatalf("with room for %d bytes of %d: %v", room, size, err)
			}
			wantFiles(t, dest, before)
		} else if err != nil {
			t.Fatalf("with room for all %d bytes: %v", size, err)
		}
		wantAlone(t, dest)
	}
	wantFiles(t, dest, after)
}

// A link in a folder that is published again is kept if it stays in the site. One that leads
// out of it would be replaced by what it leads to when the site is packed.
func TestLinksAreNotCarriedOut(t *testing.T) {
	for target, ok := range map[string]bool{
		"../index.html": true, "x": true, "/etc/passwd": false, "../../secret": false, "x/../../../secret": false,
	} {
		dest := filepath.Join(t.TempDir(), "public")
		before := map[string]string{"build.json": buildJSON, "index.html": "old"}
		publish(t, dest, before)
		makeFiles(t, dest, map[string]string{".kept/x": ""})
		if err := os.Symlink(target, filepath.Join(dest, ".kept", "link")); err != nil {
			t.Skip(err)
		}
		s := mustStage(t, dest, map[string]string{"build.json": buildJSON})
		err := s.Publish()
		s.Discard()
		if ok && err == nil {
			if is, err := os.Readlink(filepath.Join(dest, ".kept", "link")); is != target {
				t.Errorf("the link to %s became %q, %v", target, is, err)
			}
		} else if ok || err == nil {
			t.Errorf("a link to %s: %v", target, err)
		}
		wantAlone(t, dest)
	}
}
