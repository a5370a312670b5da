package output

import (
	"os"
	"path/filepath"
	"testing"
)

// What killed runs left behind goes away when the next one begins; that of a run at work stays.
func TestTemporary(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	made := func() *Temporary {
		t.Helper()
		m, err := NewTemporary("", "preview")
		if err != nil {
			t.Fatal(err)
		}
		makeFiles(t, m.Dir, map[string]string{"a": ""})
		return m
	}
	atWork, killed := made(), made()
	if killed.held == nil || filepath.Dir(killed.Dir) != dir {
		t.Skip("folders cannot be locked here, or are elsewhere")
	}
	killed.held.Close() // as the system does when a program ends
	makeFiles(t, dir, map[string]string{"preview-notes/a": "", "other-00000001/a": "", "preview-00000001.old/a": ""})
	made().Remove()
	wantFiles(t, dir, map[string]string{
		filepath.Base(atWork.Dir) + "/a": "", "preview-notes/a": "", "other-00000001/a": "", "preview-00000001.old/a": "",
	})
}

// A file keeps its mode, and nothing is left beside it, also of a run that was killed.
func TestReplace(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a.csv")
	killed, err := NewTemporary(dir, "."+program)
	if err != nil {
		t.Fatal(err)
	}
	if killed.held == nil {
		t.Skip("folders cannot be locked here")
	}
	killed.held.Close()
	makeFiles(t, dir, map[string]string{"a.csv": "old", filepath.Base(killed.Dir) + "/new": "half"})
	if err := os.Chmod(name, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Replace(name, []byte("new")); err != nil {
		t.Fatal(err)
	}
	wantFiles(t, dir, map[string]string{"a.csv": "new"})
	if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
		t.Error(info.Mode(), err)
	}
	if err := Replace(filepath.Join(dir, "nowhere", "a.csv"), nil); !os.IsNotExist(err) {
		t.Error(err)
	}
}
