package build_test

import (
	"bytes"
	"testing"

	"achyk/internal/build"
	"achyk/internal/jme"
	"achyk/internal/tools/sitetest"
)

// A snapshot can be planned any number of times: planning does not change what was read.
func TestPlanTwice(t *testing.T) {
	repository, err := build.Open(build.Options{Source: sitetest.Root(), AsOf: sitetest.Today})
	if err != nil {
		t.Fatal(err)
	}
	defer repository.Close()
	snapshot, err := repository.Load()
	if err != nil || snapshot.Problems.HasErrors() {
		t.Fatal(err, snapshot.Problems)
	}
	const address = "ky/osh/compliance/index.html"
	var first []byte // build.json and the page
	for n := 1; n <= 2; n++ {
		plan, err := snapshot.Plan()
		if err != nil {
			t.Fatalf("plan %d: %v", n, err)
		}
		for _, m := range snapshot.Data.Municipalities {
			for _, register := range []string{jme.Compliance, jme.Deadlines, jme.Changes} {
				if m.Table(register) != nil {
					t.Fatalf("plan %d put %s/%s into the data that was read", n, m.ID, register)
				}
			}
		}
		record, err := snapshot.Record(plan)
		if err != nil {
			t.Fatal(err)
		}
		page := bytes.NewBuffer(record.JSON())
		if ok, err := plan.Render(address, page); err != nil || !ok {
			t.Fatalf("plan %d has the page %s: %v, %v", n, address, ok, err)
		}
		if n == 1 {
			first = page.Bytes()
		} else if !bytes.Equal(page.Bytes(), first) {
			t.Errorf("the second plan differs from the first: build.json and %s are\n%s\nand were\n%s", address, page, first)
		}
	}
}
