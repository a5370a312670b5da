package charts

import (
	"strings"
	"testing"

	"achyk/internal/jme"
	"achyk/internal/site/page"
)

// TestGuarded checks that no text in the CSV of a chart is a formula for a spreadsheet program, and that
// numbers stay numbers.
func TestGuarded(t *testing.T) {
	c := Chart{data: func(*page.Place) *Data {
		return &Data{
			Head: []page.Head{{Title: page.Text{Text: "=name"}}, {Title: page.Text{Text: "n"}, Numeric: true}},
			Rows: [][]Cell{{words(`@SUM("A1")`), {Raw: "-5", Numeric: true}}},
		}
	}}
	var b strings.Builder
	p := &page.Place{Edition: &page.Edition{Site: &page.Site{Options: page.Options{Data: &jme.Dataset{}}}}}
	if err := c.csv(&b, p); err != nil {
		t.Fatal(err)
	}
	if want := "'=name,n\n\"'@SUM(\"\"A1\"\")\",-5\n"; b.String() != want {
		t.Errorf("the CSV is %q, want %q", b.String(), want)
	}
}
