package output

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

const buildJSON = `{"program":"achyk"}`

// makeFiles writes files, given by path, below dir.
func makeFiles(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, []byte(text), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
}

// wantFiles checks that dir holds exactly these files and perhaps SHA256SUMS.
func wantFiles(t *testing.T, dir string, want map[string]string) {
	t.Helper()
	got := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path == SumsName {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, path))
		got[filepath.ToSlash(path)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(got, want) {
		t.Errorf("%s holds %q, want %q", dir, got, want)
	}
}

// wantAlone checks that the folder of dest holds nothing else.
func wantAlone(t *testing.T, dest string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(dest))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != filepath.Base(dest) {
			t.Errorf("%s was left beside %s", e.Name(), dest)
		}
	}
}

func wantError(t *testing.T, err error, parts ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want one with %q", parts)
	}
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("error %q does not say %q", err, part)
		}
	}
}

func mustStage(t *testing.T, dest string, files map[string]string) *Staging {
	t.Helper()
	s, err := Stage(dest)
	if err != nil {
		t.Fatal(err)
	}
	for path, text := range files {
		if err := s.Write(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func publish(t *testing.T, dest string, files map[string]string) {
	t.Helper()
	s := mustStage(t, dest, files)
	if err := s.Publish(); err != nil {
		t.Fatal(err)
	}
	if err := s.Discard(); err != nil {
		t.Errorf("Discard after Publish: %v", err)
	}
}

func TestPublish(t *testing.T) {
	dest := filepath.Join(t.TempDir(), "a", "public")
	first := map[string]string{"build.json": buildJSON, "index.html": "one", "ky/old/index.html": "old"}
	publish(t, dest, first)
	wantFiles(t, dest, first)

	second := map[string]string{"build.json": buildJSON, "index.html": "two"}
	publish(t, dest, second)
	wantFiles(t, dest, second)
	wantAlone(t, dest)
}

func TestDotFilesAreCarriedOver(t *testing.T) {
	dest := filepath.Join(t.TempDir(), "public")
	makeFiles(t, dest, map[string]string{".gitkeep": "", ".nojekyll": "theirs", ".well-known/security.txt": "Contact:"})
	site := map[string]string{"build.json": buildJSON, ".nojekyll": "ours"}
	want := map[string]string{"build.json": buildJSON, ".nojekyll": "ours", ".gitkeep": "", ".well-known/security.txt": "Contact:"}
	for range 2 {
		publish(t, dest, site)
		wantFiles(t, dest, want)
	}
}

func TestSymlinkedDestination(t *testing.T) {
	dir := t.TempDir()
	real, link := filepath.Join(dir, "real"), filepath.Join(dir, "link")
	site := map[string]string{"build.json": buildJSON}
	makeFiles(t, real, site)
	if err := os.Symlink(real, link); err != nil {
		t.Skip(err)
	}
	site["new"] = "yes"
	publish(t, link, site)
	wantFiles(t, real, site)
	if target, err := os.Readlink(link); target != real {
		t.Errorf("the link now leads to %q, %v", target, err)
	}
}

func TestStageRefuses(t *testing.T) {
	dir := t.TempDir()
	makeFiles(t, dir, map[string]string{
		"foreign/thesis.txt":     "years of work",
		"other/build.json":       `{"program":"webpack"}`,
		"broken/build.json":      `{"program":"achyk"`,
		"below/build.json/x.txt": "a folder of this name",
		"file":                   "",
		"home/.profile":          "",
	})
	t.Setenv("HOME", filepath.Join(dir, "home"))
	t.Setenv("USERPROFILE", filepath.Join(dir, "home"))
	for dest, want := range map[string]RefusedError{
		filepath.Join(dir, "foreign"):                       {Why: "foreign", Name: "thesis.txt"},
		filepath.Join(dir, "other"):                         {Why: "record", Name: "build.json"},
		filepath.Join(dir, "broken"):                        {Why: "record", Name: "build.json"},
		filepath.Join(dir, "below"):                         {Why: "record", Name: "build.json"},
		filepath.Join(dir, "file"):                          {Why: "file"},
		filepath.Join(dir, "home"):                          {Why: "home"},
		filepath.VolumeName(dir) + string(os.PathSeparator): {Why: "root"},
	} {
		_, err := Stage(dest)
		wantRefused(t, err, want)
	}
	entries, _ := os.ReadDir(dir)
	if len(entries) != 6 {
		t.Errorf("a refused destination left something behind: %v", entries)
	}
}

func wantRefused(t *testing.T, err error, want RefusedError) {
	t.Helper()
	var refused *RefusedError
	if !errors.As(err, &refused) || refused.Why != want.Why || refused.Name != want.Name {
		t.Errorf("the error is %v, want %+v", err, want)
	}
}

// A build.json that leads to an endless device is not read.
func TestBuildRecordIsAFile(t *testing.T) {
	dest := filepath.Join(t.TempDir(), "public")
	if err := errors.Join(os.Mkdir(dest, 0o777), os.Symlink("/dev/zero", filepath.Join(dest, "build.json"))); err != nil {
		t.Skip(err)
	}
	_, err := Stage(dest)
	wantRefused(t, err, RefusedError{Why: "record", Name: "build.json"})
}

// A folder that is kept is not written to, by whatever path, and nothing is made there.
func TestOwnFolders(t *testing.T) {
	dir := t.TempDir()
	for path, own := range map[string]bool{
		".git": true, ".git/achyk": true, "a/.GIT/b/c": true, ".achyk-cache": true, ".achyk-cache/site": true, ".achyk-cache/a/b": true,
		".public.achyk-0123abcd": true, ".public.achyk-0123abcd.old/site": true,
		"public": false, ".public": false, "a.git": false, "achyk-cache": false, ".public.achyk-site": false,
	} {
		s, err := Stage(filepath.Join(dir, path))
		var refused *RefusedError
		if errors.As(err, &refused); own != (refused != nil && refused.Why == "own") {
			t.Errorf("%s: %v", path, err)
		}
		if err == nil {
			s.Discard()
		}
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 0 {
		t.Errorf("a refused destination left something behind: %v", entries)
	}
}

func TestKeptFolders(t *testing.T) {
	dir := t.TempDir()
	makeFiles(t, dir, map[string]string{"repo/data/a.csv": "", "repo/public/.gitkeep": "", "elsewhere/.x": ""})
	repo := filepath.Join(dir, "repo")
	for _, link := range [][2]string{{"repo/data", "link"}, {"repo", "up"}, {"data/new", "repo/dangling"}} {
		if err := os.Symlink(link[0], filepath.Join(dir, link[1])); err != nil {
			t.Skip(err)
		}
	}
	keep := []string{filepath.Join(repo, "data"), filepath.Join(dir, "up", "layouts")}
	for path, why := range map[string]string{
		"repo/data": "inside", "repo/data/public": "inside", "repo/data/a/b/public": "inside", "link/public": "inside",
		"repo/public/../data/x": "inside", "up/data/x": "inside", "repo/layouts": "inside", "repo/layouts/x": "inside",
		"repo": "holds", "": "holds", "up": "holds", "repo/public/..": "holds",
		"repo/public": "", "up/public": "", "elsewhere": "", "new/public": "", "repo/database": "",
	} {
		s, err := Stage(filepath.Join(dir, path), keep...)
		if why == "" && err == nil {
			s.Discard()
			continue
		}
		var refused *RefusedError
		if errors.As(err, &refused); why == "" || refused == nil || refused.Why != why {
			t.Errorf("%q: %v, want %q", path, err, why)
		}
	}
	if _, err := Stage(filepath.Join(repo, "dangling"), keep...); err == nil {
		t.Error("a link that leads nowhere is followed")
	}
	wantFiles(t, filepath.Join(repo, "data"), map[string]string{"a.csv": ""})
	if entries, _ := os.ReadDir(filepath.Join(repo, "data")); len(entries) != 1 {
		t.Errorf("a refused destination left something behind: %v", entries)
	}
}

func TestPublishRefusesFilesThatCameAfterStage(t *testing.T) {
	dest := filepath.Join(t.TempDir(), "public")
	s := mustStage(t, dest, map[string]string{"build.json": buildJSON})
	foreign := map[string]string{"thesis.txt": "years of work"}
	makeFiles(t, dest, foreign)
	wantError(t, s.Publish(), "thesis.txt")
	wantFiles(t, dest, foreign)
}

func TestWriteRefuses(t *testing.T) {
	s := mustStage(t, filepath.Join(t.TempDir(), "public"), map[string]string{"index.html": ""})
	defer s.Discard()
	for path, why := range map[string]string{
		"":                "relative",
		".":               "relative",
		"/etc/passwd":     "relative",
		"../up":           "relative",
		"a/../../up":      "relative",
		"a//b":            "relative",
		"a/":              "relative",
		"./a":             "relative",
		"a\xff":           "relative",
		`a\b`:             "character",
		"c:/a":            "character",
		"what?":           "character",
		"line\nbreak":     "character",
		"a./b":            "end",
		"a ":              "end",
		"ky/con":          "device",
		"Aux.html":        "device",
		"lpt1.tar.gz":     "device",
		"SHA256SUMS":      "Publish",
		"index.html":      "two pages",
		"INDEX.html":      "letter case",
		"index.html/deep": "",
	} {
		wantError(t, s.Write(path, nil), fmt.Sprintf("%q", path), why)
	}
	for _, path := range []string{"console", "com10", "ky/беренди.html", ".nojekyll", "a b"} {
		if err := s.Write(path, nil); err != nil {
			t.Error(err)
		}
	}
}

func TestConcurrentWrites(t *testing.T) {
	s := mustStage(t, filepath.Join(t.TempDir(), "public"), map[string]string{"build.json": buildJSON})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i := range 100 {
				s.Write(fmt.Sprintf("%d/%d/index.html", i%7, i), []byte("same")) // succeeds in one of eight goroutines
			}
		})
	}
	wg.Wait()
	if got := len(s.Files()); got != 101 {
		t.Errorf("%d files, want 101", got)
	}
	wantError(t, s.Publish(), "not whole", "two pages", "index.html")
	if err := s.Discard(); err != nil {
		t.Error(err)
	}
}

// In each case the old site must stay as it was, and once the set is discarded nothing must
// lie beside it.
func TestFailureLeavesOldSite(t *testing.T) {
	for name, c := range map[string]struct {
		write []string
		want  string // of the error of Publish
	}{
		"file where a folder is needed": {[]string{"build.json", "a", "a/b"}, "not whole"},
		"checksums cannot be written":   {[]string{"build.json", "SHA256SUMS/a"}, "write checksums"},
		"no build.json":                 {[]string{"index.html"}, "not known as a build"},
	} {
		t.Run(name, func(t *testing.T) {
			dest := filepath.Join(t.TempDir(), "public")
			old := map[string]string{"build.json": buildJSON, "index.html": "old", ".gitkeep": ""}
			makeFiles(t, dest, old)
			s := mustStage(t, dest, nil)
			for _, path := range c.write {
				s.Write(path, []byte(buildJSON))
			}
			wantFiles(t, dest, old) // also if the program is killed here
			wantError(t, s.Publish(), dest, c.want)
			if err := s.Discard(); err != nil {
				t.Error(err)
			}
			wantFiles(t, dest, old)
			wantAlone(t, dest)
			wantError(t, s.Write("late", nil), "discarded")
			wantError(t, s.Publish(), "discarded")
		})
	}
}

func TestExchange(t *testing.T) {
	for name, exchange := range map[string]func(dir, dest string) (string, error){"swap": exchange, "two renames": exchangeInTwo} {
		t.Run(name, func(t *testing.T) {
			tmp := t.TempDir()
			dir, dest := filepath.Join(tmp, "dir"), filepath.Join(tmp, "dest")
			makeFiles(t, dir, map[string]string{"new": ""})
			makeFiles(t, dest, map[string]string{"old": ""})

			if _, err := exchange(filepath.Join(tmp, "none"), dest); err == nil {
				t.Error("no error where there is nothing to exchange")
			}
			wantFiles(t, dest, map[string]string{"old": ""})

			old, err := exchange(dir, dest)
			if err != nil {
				t.Fatal(err)
			}
			wantFiles(t, dest, map[string]string{"new": ""})
			wantFiles(t, old, map[string]string{"old": ""})
		})
	}
}
