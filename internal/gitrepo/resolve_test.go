package gitrepo

import (
	"fmt"
	"os/exec"
	"strings"
	"testing"
)

func TestResolve(t *testing.T) {
	w := newWork(t, map[string]string{"a": ""})
	first := w.git("rev-parse", "HEAD")
	w.git("tag", "light")
	w.git("tag", "-a", "-m", "annotated", "v2026.1")
	w.git("checkout", "-q", "-b", "side/branch")
	side := w.commit("Side")
	w.git("checkout", "-q", "main")
	second := w.commit("Second")
	w.git("merge", "-q", "--no-ff", "-m", "Merge", "side/branch")
	merge := w.git("rev-parse", "HEAD")
	w.git("tag", first[:6], side) // a tag takes precedence over a hash that begins like it
	w.git("update-ref", "refs/remotes/origin/main", second)

	check := func() {
		t.Helper()
		r := w.open(".")
		for rev, want := range map[string]string{
			"HEAD": merge, "@": merge, "main": merge, "refs/heads/main": merge, "heads/main": merge,
			"light": first, "v2026.1": first, "tags/v2026.1": first, "side/branch": side, "origin/main": second,
			merge: merge, strings.ToUpper(merge): merge, merge[:7]: merge, merge[:8]: merge, strings.ToUpper(side[:9]): side,
			first[:6]: side, first[:7]: first,
			"HEAD~": second, "HEAD^": second, "HEAD~1": second, "HEAD^2": side, "HEAD~0": merge, "HEAD^0": merge,
			"HEAD~2": first, "HEAD^^": first, "HEAD^2~1": first, "main^2^": first, w.git("rev-parse", "v2026.1"): first,
		} {
			if got, err := r.Resolve(rev); got.Hash != want || err != nil {
				t.Errorf("Resolve(%s) = %v, %v; want %s", rev, got, err, want)
			}
		}
		blob := w.git("rev-parse", "HEAD:a")
		for rev, why := range map[string]string{
			"": "not understood", "^main": "not understood", "HEAD@{1}": "not understood", "main:a": "not understood",
			":/First": "not understood", "HEAD^{/x}": "not understood", "a b": "not understood", "~1": "not understood",
			"nope": "no such", "deadbeef": "no such", first[:3]: "no such", blob[:12]: "no such",
			blob: "not a commit", strings.Repeat("0", 40): "not in this clone", "../../etc/passwd": "no such",
			"HEAD^3": "no parent 3", "HEAD~3": "no parent 1",
		} {
			if got, err := r.Resolve(rev); err == nil || !strings.Contains(err.Error(), why) || !strings.Contains(err.Error(), fmt.Sprintf("%q", rev)) {
				t.Errorf("Resolve(%s) = %v, %v; want an error with %q", rev, got, err, why)
			}
		}
	}
	check()
	w.git("gc", "-q")
	check()
}

func TestResolveAmbiguous(t *testing.T) {
	w := newWork(t, map[string]string{"a": ""})
	// Make commits until two begin with the same four digits.
	tree, seen := w.git("rev-parse", "HEAD^{tree}"), map[string]bool{}
	var prefix string
	var stream strings.Builder
	for i := range 600 {
		fmt.Fprintf(&stream, "commit refs/heads/n%d\nauthor A <a> 0 +0000\ncommitter A <a> %d +0000\ndata 0\nM 040000 %s \n", i, i, tree)
	}
	cmd := exec.Command("git", "fast-import", "--quiet")
	cmd.Dir, cmd.Stdin = w.dir, strings.NewReader(stream.String())
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatal(err, string(out))
	}
	for hash := range strings.FieldsSeq(w.git("rev-list", "--all")) {
		if seen[hash[:4]] {
			prefix = hash[:4]
		}
		seen[hash[:4]] = true
	}
	if _, err := w.open(".").Resolve(prefix); err == nil || !strings.Contains(err.Error(), "more digits") {
		t.Errorf("Resolve(%q): %v, want an error that asks for more digits", prefix, err)
	}
}
