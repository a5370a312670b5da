package site_test

import (
	"strings"
	"testing"

	"achyk/internal/locale"
	"achyk/internal/tools/sitetest"
)

// TestVerdictAgainstMeasurement checks that a requirement that counts as kept, or as not checked, is shown with what was
// measured otherwise and why, on the page of findings and of the finding, and that no other finding is.
func TestVerdictAgainstMeasurement(t *testing.T) {
	dir := sitetest.Sample(t)
	for _, lang := range []locale.Lang{locale.Ky, locale.Ru} {
		say := locale.For(lang)
		note := say.T("site.against.note")
		text := sitetest.Text(sitetest.Read(t, dir, lang.String()+"/kochkorbaev/2026/findings/").Doc)
		if n := strings.Count(text, note); n != 3 {
			t.Errorf("%s: %d findings have a measurement against them", lang, n)
		}
		for id, want := range map[string]string{
			"kb-2026-waste-f04": "80\u00a0%", "kb-2026-office-f04": "74\u00a0%", "kb-2025-preschool-f04": say.Number("3.7"),
		} {
			text := sitetest.Text(sitetest.Read(t, dir, lang.String()+"/kochkorbaev/findings/"+id+"/").Doc)
			if !strings.Contains(text, want) || !strings.Contains(text, note) || strings.Contains(text, say.T("site.against.unsaid")) {
				t.Errorf("%s %s does not say %q and why: %s", lang, id, want, text)
			}
		}
		if text := sitetest.Text(sitetest.Read(t, dir, lang.String()+"/kochkorbaev/findings/kb-2026-water-f03/").Doc); strings.Contains(text, note) {
			t.Errorf("%s: a measurement that reaches its target is said to be against it", lang)
		}
	}
}
