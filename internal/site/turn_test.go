package site_test

import (
	"strings"
	"testing"

	"achyk/internal/locale"
	"achyk/internal/tools/sitetest"
)

// TestListedService checks that a service of the year's list that nobody has begun to check says by when it must be
// checked, where the year stands and whose duty it is, and that a service which is being checked says no such thing.
func TestListedService(t *testing.T) {
	dir := sitetest.Sample(t)
	for _, lang := range []locale.Lang{locale.Ky, locale.Ru} {
		say := locale.For(lang)
		title := say.F("site.subject.turn", locale.Args{"Year": "2026"})
		steps := sitetest.Text(sitetest.Read(t, dir, lang.String()+"/osh/2026/").Doc)
		for _, service := range []string{"roads", "kindergartens"} {
			text := sitetest.Text(sitetest.Read(t, dir, lang.String()+"/osh/services/"+service+"/").Doc)
			_, text, found := strings.Cut(text, title)
			if !found || !strings.Contains(text, "2026") {
				t.Errorf("%s %s does not say whose turn it is: %s", lang, service, text)
				continue
			}
			of := say.F("site.step.of", locale.Args{"n": "2", "of": "5"})
			duty := map[locale.Lang]string{locale.Ky: "31-декабр", locale.Ru: "31 декабря"}[lang]
			if strings.Contains(steps, of) && !strings.Contains(text, of) || !strings.Contains(text, duty) {
				t.Errorf("%s %s does not say %q and %q: %s", lang, service, of, duty, text)
			}
		}
		if text := sitetest.Text(sitetest.Read(t, dir, lang.String()+"/osh/services/drinking-water/").Doc); strings.Contains(text, title) {
			t.Errorf("%s: a service that is being checked waits for its turn", lang)
		}
	}
}
