package main

import (
	"os/exec"
	"testing"
)

// TestSameWorld writes the repository of a world twice. The commits must be equal, or figures of two
// runs could not be compared.
func TestSameWorld(t *testing.T) {
	var heads [2]string
	for i := range heads {
		dir := t.TempDir()
		if err := newWorld(240, 1).writeRepository(dir); err != nil {
			t.Fatal(err)
		}
		heads[i] = output("git", "-C", dir, "rev-parse", "HEAD")
		if out, err := exec.Command("git", "-C", dir, "status", "--porcelain").Output(); err != nil || len(out) > 0 {
			t.Errorf("after the last commit: %s%v", out, err)
		}
	}
	if heads[0] != heads[1] || len(heads[0]) != 40 {
		t.Errorf("the last commits are %q", heads)
	}
}
