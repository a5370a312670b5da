package gitrepo

import "testing"

// Loose and packed, light and annotated tags are found. A tag of a file is left out.
func TestTags(t *testing.T) {
	w := newWork(t, map[string]string{"a": "1"})
	w.git("tag", "v2026.1")
	w.git("tag", "-a", "-m", "second", "v2026.2")
	w.git("tag", "note")
	w.git("tag", "v-file", "HEAD:a")
	w.git("pack-refs", "--all")
	w.git("tag", "v2026.3")
	r, err := Open(w.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	tags, err := r.Tags("v")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, tag := range tags {
		names = append(names, tag.Name)
		if tag.Commit.Hash != w.git("rev-parse", "HEAD") {
			t.Errorf("%s is of %s", tag.Name, tag.Commit.Hash)
		}
	}
	if len(names) != 3 || names[0] != "v2026.1" || names[2] != "v2026.3" {
		t.Errorf("tags are %v", names)
	}
}
