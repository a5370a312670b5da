package change

import (
	"errors"
	"fmt"
	"io/fs"
	"testing"
	"testing/fstest"

	"achyk/internal/gitrepo"
	"achyk/internal/jme"
	"achyk/internal/limits"
	"achyk/internal/source"
	"achyk/internal/table"
)

// TestVersionsOfAProposal reads versions of a file until there are more bytes than may be compared.
// Those beyond are empty, and the judge fails by name. A content that was read before is free.
func TestVersionsOfAProposal(t *testing.T) {
	left := int64(10)
	j := &judge{left: &left}
	var lengths cache[int]
	length := func(commit, text string) int {
		m := snapshot{j, commit, fstest.MapFS{"a.csv": {Data: []byte(text)}}}
		return lengths.get(m, "a.csv", func(f *source.File) int { return len(f.Data) })
	}
	if length("1", "123456") != 6 || length("2", "123456") != 6 || length("3", "1234") != 4 || j.err != nil {
		t.Fatalf("10 bytes are too many: %v", j.err)
	}
	if n := length("4", "1"); n != 0 {
		t.Errorf("%d bytes are read beyond the limit", n)
	}
	if exceeded := (*limits.Exceeded)(nil); !errors.As(j.err, &exceeded) {
		t.Errorf("the error is %v", j.err)
	}
}

// TestAuthorInManyCommits looks for the author of a cell in a proposal of a thousand commits, of which one in
// the middle alters the register. The others are passed over together, and once for all cells.
func TestAuthorInManyCommits(t *testing.T) {
	schema := jme.Schema("decisions")
	files := func(number string) fs.FS {
		return fstest.MapFS{"data/town/decisions.csv": {Data: []byte("id,issuer,number\nd,council," + number + "\n")}}
	}
	left := int64(1 << 20)
	commit := func(i int) gitrepo.Commit { return gitrepo.Commit{Hash: fmt.Sprint(i)} }
	const commits, altered = 1000, 400
	j := &judge{left: &left, folders: map[string]fs.FS{}, Proposal: Proposal{Tip: commit(commits), Files: files("2"), Ahead: gitrepo.Ahead{Parents: map[string][]gitrepo.Commit{}}}}
	for i := range commits + 1 {
		if i > 0 {
			j.Ahead.Parents[fmt.Sprint(i)] = []gitrepo.Commit{commit(i - 1)}
		}
		if j.folders[fmt.Sprint(i)] = files("1"); i >= altered {
			j.folders[fmt.Sprint(i)] = files("2")
		}
	}
	read := func(files fs.FS) *table.Table {
		data, _ := fs.ReadFile(files, "data/town/decisions.csv")
		read, _ := table.Read(&source.File{Path: "data/town/decisions.csv", Data: data}, "town/decisions", schema)
		return read
	}
	e := &edit{register: &register{name: "decisions", label: "town/decisions", was: read(files("1")), is: read(files("2"))}, key: "d"}
	if by := e.author(j, "number"); by.Hash != fmt.Sprint(altered) || j.err != nil {
		t.Errorf("the author is %q, want %d: %v", by.Hash, altered, j.err)
	}
	if passed := e.oldest[fmt.Sprint(commits)]; passed.Hash != fmt.Sprint(altered) {
		t.Errorf("the search goes from the newest commit to %q, want %d", passed.Hash, altered)
	}
}
