package site_test

import (
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"achyk/internal/tools/sitetest"
)

// TestPictures checks how pages show what is attached: as thumbnails that are light, sized, loaded late and described,
// and that the number of pieces of evidence leads to them.
func TestPictures(t *testing.T) {
	dir := sitetest.Sample(t)
	for address, least := range map[string]int{
		"ky/osh/findings/osh-2025-a1-f02/": 2, // a drawing and a JPEG
		"ru/osh/2025/findings/":            5,
		"en/osh/services/waste/":           2,
		"ky/osh/2025/letter/":              1, // where it was posted
	} {
		found := 0
		for _, img := range sitetest.All(sitetest.Read(t, dir, address).Doc, "img") {
			src := sitetest.Attr(img, "src")
			if !strings.Contains(src, "/files/") && !strings.Contains(src, "/thumbnails/") {
				continue // a chart
			}
			found++
			file, err := os.Stat(filepath.Join(dir, filepath.FromSlash(path.Join(address, src))))
			if err != nil || file.Size() == 0 || file.Size() > 12<<10 {
				t.Errorf("%s: %s is no thumbnail: %v %v", address, src, file, err)
			}
			for _, side := range []string{"width", "height"} {
				if n, _ := strconv.Atoi(sitetest.Attr(img, side)); n < 50 || n > 320 {
					t.Errorf("%s: %s has %s %q", address, src, side, sitetest.Attr(img, side))
				}
			}
			if full := sitetest.Attr(img.Parent, "href"); sitetest.Attr(img, "loading") != "lazy" || sitetest.Attr(img, "alt") == "" || !strings.Contains(full, "/files/osh/") {
				t.Errorf("%s: %s leads to %q, or has no alt, or is loaded at once", address, src, full)
			}
		}
		if found < least {
			t.Errorf("%s shows %d pictures, want %d or more", address, found, least)
		}
	}
	evidence := false
	for _, a := range sitetest.All(sitetest.Read(t, dir, "ky/osh/2025/findings/").Doc, "a") {
		evidence = evidence || strings.HasSuffix(sitetest.Attr(a, "href"), "/findings/osh-2025-a1-f02/#files")
	}
	if !evidence {
		t.Error("the number of pieces of evidence leads nowhere")
	}
}

// TestPapers checks the page of a text: it has the text, marked with its language, and leads to the file and to the
// record that names it.
func TestPapers(t *testing.T) {
	dir := sitetest.Sample(t)
	p := sitetest.Read(t, dir, "ru/osh/papers/a1-f03-list/")
	want, err := os.ReadFile(filepath.Join(dir, "files/osh/a1-f03-list.txt"))
	if err != nil {
		t.Fatal(err)
	}
	text := sitetest.All(p.Doc, "pre")
	if len(text) != 1 || text[0].FirstChild.Data != strings.TrimSpace(string(want)) || sitetest.Attr(text[0], "lang") != "ky" {
		t.Error("the page has not the text of the file, or not its language")
	}
	leads := map[string]bool{}
	for _, a := range sitetest.All(p.Doc, "a") {
		leads[path.Join(p.Path, "..", sitetest.Attr(a, "href"))] = true
	}
	for _, to := range []string{"files/osh/a1-f03-list.txt", "ru/osh/findings/osh-2025-a1-f03"} {
		if !leads[to] {
			t.Errorf("no link leads to %s", to)
		}
	}
}
