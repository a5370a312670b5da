package charts

import (
	"fmt"
	"slices"
	"testing"

	"achyk/internal/chart"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/page"
	"achyk/internal/tools/jmetest"
)

// temperatures returns an indicator whose target is below zero, with measurements of an assessment.
func temperatures(t *testing.T, values ...string) *jme.Indicator {
	t.Helper()
	var taken []map[string]string
	for i, v := range values {
		taken = append(taken, map[string]string{"id": fmt.Sprint("m", i), "indicator": "i", "assessment": "a", "value": v})
	}
	m := jmetest.Linked(t, jme.ByContest,
		jmetest.BuiltIn("assessments", map[string]string{"id": "a", "year": "2025"}),
		jmetest.BuiltIn("indicators", map[string]string{"id": "i", "unit": "°C", "target": "-10", "better": "higher"}),
		jmetest.BuiltIn("measurements", taken...))
	return m.Indicators[0]
}

// TestBelowZero charts temperatures: signs stand where their figures say, and these have a minus that is no dash.
func TestBelowZero(t *testing.T) {
	p := &page.Place{Edition: &page.Edition{Site: &page.Site{Options: page.Options{Data: &jme.Dataset{}}}, Printer: locale.For(locale.En)}}
	for _, test := range []struct {
		values      []string
		least, most float64
		said        string
	}{
		{[]string{"-20", "-5", "0", "3"}, -20, 3, "−20…3"},
		{[]string{"-20", "-5"}, -20, 0, "−20…−5"},
		{[]string{"-0.00", "0.5"}, -10, .5, "0–0.5"},
		{[]string{"-5"}, -10, 0, "−5"},
	} {
		i := temperatures(t, test.values...)
		least, most := ends(i, i.Measurements)
		if want := p.Measured(test.said, i.Unit); least != test.least || most != test.most || Range(p, i, i.Measurements) != want {
			t.Errorf("%v: from %v to %v, %q, want %q", test.values, least, most, Range(p, i, i.Measurements), want)
		}
		drawn := chart.Draw(chart.Chart{Rows: []chart.Row{measuredRow(p, i, i.Measurements, least, most)}})
		var at []chart.Unit // of the values, as they ascend
		for _, m := range drawn.Marks {
			if m.Value != "" && m.Shape == chart.Dot {
				at = append(at, m.X)
			}
		}
		if len(at) != len(test.values) || !slices.IsSorted(at) || len(slices.Compact(at)) != len(test.values) {
			t.Errorf("%v stand at %v", test.values, at)
		}
	}
}
