package change

import (
	"errors"
	"testing"
	"testing/fstest"

	"achyk/internal/limits"
	"achyk/internal/source"
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
