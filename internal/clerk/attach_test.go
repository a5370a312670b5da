package clerk_test

import (
	"os"
	"path/filepath"
	"testing"

	"achyk/internal/clerk"
)

// TestWriteAll: if one of several files cannot be written, all are as before.
func TestWriteAll(t *testing.T) {
	dir := t.TempDir()
	read := func(name string) string {
		data, _ := os.ReadFile(filepath.Join(dir, name)) // one that is not there reads as empty
		return string(data)
	}
	if err := clerk.WriteAll(dir, map[string][]byte{"a/old.csv": []byte("1"), "block": []byte("1")}); err != nil {
		t.Fatal(err)
	}
	err := clerk.WriteAll(dir, map[string][]byte{"a/new.pdf": []byte("2"), "a/old.csv": []byte("2"), "block/below": []byte("2")})
	if err == nil {
		t.Fatal("a file lies below a file")
	}
	if read("a/new.pdf") != "" || read("a/old.csv") != "1" || read("block") != "1" {
		t.Errorf("something is left: %q, %q, %q", read("a/new.pdf"), read("a/old.csv"), read("block"))
	}
	if entries, err := os.ReadDir(filepath.Join(dir, "a")); err != nil || len(entries) != 1 {
		t.Error(entries, err)
	}
}
