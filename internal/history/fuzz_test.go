package history

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzBetween compares two versions of a register. Whatever their bytes, nothing panics. Between versions with the
// same header only the rows that differ are split into cells: the changes, and how many rows each key has, must be
// those of a comparison of all rows.
func FuzzBetween(f *testing.F) {
	f.Add([]byte("id,b\nx,1\ny,2\n"), []byte("id,b\nx,1\ny,3\nz,4\n"))
	f.Add([]byte("id,b\nx,\"1\n2\"\ny,2\ny,2\n"), []byte("id,b\r\nx,\"1\r\n2\"\r\ny,3\n"))
	f.Add([]byte("id,b\nx,1\nx,2\n,3\n"), []byte("id,b,c\nx,1\n,4,5,6\n"))
	f.Add([]byte("id,bc\nx,1\n"), []byte("id,b")) // a header that begins another
	f.Add([]byte("id,b\nx,1"), []byte("id,b\nx,\"1\n"))
	f.Add([]byte("id,b\na,\"\"\"\"\nb\n"), []byte("id,b\nb\na,\"\"\"\"\n"))
	f.Fuzz(func(t *testing.T, old, new []byte) {
		view := newView(plain("id", "b", "c"), nil)
		unlimited := func() *spending { return &spending{budget: newBudget(1 << 60)} }
		newer, newRows, problem := view.parse(new)
		if problem != "" {
			return
		}
		older, got := view.between(old, newer, unlimited())
		if n := firstRow(new); n == 0 || len(old) < n || !bytes.Equal(old[:n], new[:n]) {
			return
		}
		whole, oldRows, problem := view.parse(old)
		if (problem != "") != (older == nil) || (problem != "") != (got.older != "") { // of several problems, each may be told
			t.Fatalf("the older version has the problem %q, want %q", got.older, problem)
		}
		if problem != "" {
			return
		}
		again, _, _ := view.parse(new) // between has used up newer
		several := func(key string) bool { return whole.count[key] > 1 || again.count[key] > 1 }
		if diff := cmp.Diff(view.changes(whole, again, oldRows, newRows, unlimited(), several), got.records); diff != "" {
			t.Errorf("%s", diff)
		}
		if diff := cmp.Diff(whole.count, older.count); diff != "" {
			t.Errorf("rows by key: %s", diff)
		}
	})
}
