package output

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestKept publishes a site over another. Files with the same bytes are the same files, with the time
// they had; whatever differs, by its bytes or by being a link, is written anew.
func TestKept(t *testing.T) {
	dest := filepath.Join(t.TempDir(), "public")
	files := map[string]string{"build.json": buildJSON, "same.html": "same", "changed.html": "before", "edited.html": "right", "link.html": "linked", "sub/same.csv": "streamed", "sub/new.csv": "before"}
	publish := func() {
		t.Helper()
		s := mustStage(t, dest, nil)
		for path, text := range files {
			var err error
			if filepath.Ext(path) == ".csv" {
				_, err = s.Stream(path, func(w io.Writer) error { _, err := io.WriteString(w, text); return err })
			} else {
				err = s.Write(path, []byte(text))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Publish(); err != nil {
			t.Fatal(err)
		}
	}
	publish()
	at := func(path string) string { return filepath.Join(dest, filepath.FromSlash(path)) }
	// Somebody edits a published file, and puts a link to a file of the same bytes in the place of another.
	other := filepath.Join(t.TempDir(), "other")
	for name, text := range map[string]string{at("edited.html"): "wrong", other: "linked"} {
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(os.Remove(at("link.html")), os.Symlink(other, at("link.html"))); err != nil {
		t.Fatal(err)
	}
	before := map[string]os.FileInfo{}
	for path := range files {
		long := time.Now().Add(-time.Hour)
		if err := os.Chtimes(at(path), long, long); err != nil {
			t.Fatal(err)
		}
		before[path], _ = os.Stat(at(path))
	}
	files["changed.html"], files["sub/new.csv"] = "after!", "after!"
	publish()
	wantFiles(t, dest, files)
	for path, want := range map[string]bool{"same.html": true, "sub/same.csv": true, "build.json": true, "changed.html": false, "edited.html": false, "link.html": false, "sub/new.csv": false} {
		now, err := os.Lstat(at(path))
		if err != nil {
			t.Fatal(err)
		}
		if kept := os.SameFile(now, before[path]) && now.ModTime().Equal(before[path].ModTime()); kept != want {
			t.Errorf("%s is the file that was there: %v, want %v", path, kept, want)
		}
	}
}
