package page

import (
	"bytes"
	"strings"
	"testing"
)

func TestNumbersAreNotTorn(t *testing.T) {
	for given, want := range map[string]string{
		"<p>2026-жылдын 29-ноябрына, 8-пункт":      "<p>2026-|жылдын 29-|ноябрына, 8-|пункт",
		"<time datetime=2026-11-29>29-өң</time> 1": "<time datetime=2026-11-29>29-|өң</time> 1",
		"<p title='29-ноябрь'>a-б 7-b 3-4 -":       "<p title='29-ноябрь'>a-б 7-b 3-4 -",
		"<title>29-ноябрь</title><code>8-пункт":    "<title>29-ноябрь</title><code>8-пункт",
		"<p>13г-пункт, 3.б-пункт, аг-пункт":        "<p>13г-|пункт, 3.б-пункт, аг-пункт",
		"29-ноябрь": "29-ноябрь", // not in any element
		"<p>5-":     "<p>5-",
	} {
		var page bytes.Buffer
		page.WriteString(given)
		join(&page)
		if want = strings.ReplaceAll(want, "|", joiner); page.String() != want {
			t.Errorf("%q becomes %q, want %q", given, page.String(), want)
		}
	}
}
