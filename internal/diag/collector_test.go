package diag

import (
	"fmt"
	"testing"

	"achyk/internal/limits"
	"achyk/internal/source"
)

// A collector keeps so many findings of each code in a file, and of each code in all files,
// and counts the others where they begin.
func TestCollector(t *testing.T) {
	file := &source.File{Path: "a.csv"}
	var c Collector
	for i := range limits.Findings + 7 {
		if c.Full("a.csv", BadDate) != (i >= limits.Findings) {
			t.Fatalf("after %d findings: full %t", i, c.Full("a.csv", BadDate))
		}
		c.Add(Diagnostic{Code: BadDate, File: file, Span: source.Span{Start: i}})
	}
	c.Add(Diagnostic{Code: BadID, File: file})
	last := c.List[limits.Findings]
	if len(c.List) != limits.Findings+2 || last.Code != FindingsLeftOut || last.Span.Start != limits.Findings-1 || last.Value != "bad-date" || last.Args["others"] != 7 {
		t.Errorf("%d findings, %+v", len(c.List), last)
	}
	for i := range 2 * limits.AllFindings {
		c.Add(Diagnostic{Code: OuterSpace, Path: fmt.Sprint(i)})
	}
	last = c.List[len(c.List)-1]
	if len(c.List) != limits.Findings+2+limits.AllFindings+1 || last.Value != "outer-space" || last.Args["others"] != limits.AllFindings {
		t.Errorf("%d findings, %+v", len(c.List), last)
	}
	c.Add(Diagnostic{Code: BadURL, Path: "b.csv"})
	if c.List[len(c.List)-1].Code != BadURL {
		t.Error("an error is hidden behind warnings")
	}
}
