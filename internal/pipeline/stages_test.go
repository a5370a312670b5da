package pipeline_test

import (
	"bytes"
	"testing"

	"achyk/internal/jme"
	"achyk/internal/pipeline"
	"achyk/internal/tools/sitetest"
	"achyk/internal/tools/towntest"
)

// TestStagesChangeNothing extends and plans twice from the same values. Both plans must be
// equal, and the data that was loaded must have no further registers.
func TestStagesChangeNothing(t *testing.T) {
	source, err := pipeline.Open(pipeline.Options{Source: towntest.Sample(t), AsOf: sitetest.Today})
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	loaded, err := source.Load()
	if err != nil {
		t.Fatal(err)
	}
	judged := loaded.Judge()
	history, err := loaded.History()
	if err != nil || judged.Problems.HasErrors() {
		t.Fatal(err, judged.Problems)
	}
	const address = "ky/osh/compliance/index.html"
	var first []byte // build.json and the page of the first plan
	for n := 1; n <= 2; n++ {
		plan, err := judged.Plan(history, judged.Extend(history))
		if err != nil {
			t.Fatalf("plan %d: %v", n, err)
		}
		for _, m := range loaded.Data.Municipalities {
			for _, register := range []string{jme.Compliance, jme.Deadlines, jme.Changes} {
				if m.Table(register) != nil {
					t.Fatalf("plan %d put %s/%s into the data that was read", n, m.ID, register)
				}
			}
		}
		record, err := plan.BuildRecord()
		if err != nil {
			t.Fatal(err)
		}
		page := bytes.NewBuffer(record.JSON())
		if ok, err := plan.Page(address, page); err != nil || !ok {
			t.Fatalf("plan %d has the page %s: %v, %v", n, address, ok, err)
		}
		if n == 1 {
			first = page.Bytes()
		} else if !bytes.Equal(page.Bytes(), first) {
			t.Errorf("the second plan differs from the first: build.json and %s are\n%s\nand were\n%s", address, page, first)
		}
	}
}
