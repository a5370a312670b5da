package sitemap

import (
	"bytes"
	"strings"
	"testing"

	"achyk/internal/locale"
	"achyk/internal/site/page"
)

// TestManyPages checks that a sitemap is split before it exceeds the limits of
// sitemaps.org: 50,000 addresses and 50 MB.
func TestManyPages(t *testing.T) {
	const base = "https://site.example/?a&b/"
	var pages []page.Page
	for range limit + 1 {
		pages = append(pages, page.Page{Path: "ky/kochkorbaev/service_providers/" + strings.Repeat("x", 200) + "/index.html"})
	}
	made := map[string]string{}
	for _, f := range Files(base, locale.Langs[:], page.Made(pages)) {
		var data bytes.Buffer
		if err := f.Write(&data); err != nil {
			t.Fatal(err)
		}
		if made[f.Path] = data.String(); data.Len() > 50<<20 {
			t.Errorf("%s has %d bytes, more than a sitemap may have", f.Path, data.Len())
		}
	}
	if strings.Count(made["sitemap-1.xml"], "<url>") != limit || strings.Count(made["sitemap-2.xml"], "<url>") != 2 ||
		!strings.Contains(made["sitemap.xml"], "<loc>https://site.example/?a&amp;b/sitemap-2.xml</loc>") {
		t.Errorf("%d files; the index is %s", len(made), made["sitemap.xml"])
	}
}
