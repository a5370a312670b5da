package browsing_test

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	scale "golang.org/x/image/draw"

	"achyk/internal/tools/browsertest"
	"achyk/internal/tools/sitetest"
)

// TestContactSheet holds the kinds of pages and their headings against those in docs/pages.png, a picture of the
// beginning of a page of every kind on a phone. -update makes the picture.
func TestContactSheet(t *testing.T) {
	const kept, columns, height, gap = "testdata/pages.txt", 8, 900, 8
	dir, url := sitetest.Sample(t), browsertest.Serve(t, sitetest.Sample(t))
	kinds := slices.Sorted(maps.Keys(sitetest.Kinds))
	var is strings.Builder
	for _, kind := range kinds {
		page := "ky/" + sitetest.Kinds[kind]
		fmt.Fprintf(&is, "%s: %s\n", kind, sitetest.Text(sitetest.All(sitetest.Read(t, dir, page).Doc, "h1")[0]))
	}
	if *update {
		cell := image.Rect(0, 0, browsertest.Phone/2, height/2)
		rows := (len(kinds) + columns - 1) / columns
		sheet := image.NewRGBA(image.Rect(0, 0, columns*(cell.Dx()+gap)-gap, rows*(cell.Dy()+gap)-gap))
		draw.Draw(sheet, sheet.Bounds(), image.NewUniform(color.Gray{0x99}), image.Point{}, draw.Src)
		for i, kind := range kinds {
			file := filepath.Join(t.TempDir(), kind+".png")
			browsertest.ScreenshotAfter(t, url+"/ky/"+sitetest.Kinds[kind], browsertest.Phone, `(async () => {
				for (const img of document.images) { img.loading = "eager"; await img.decode(); } })()`, file)
			r, err := os.Open(file)
			if err != nil {
				t.Fatal(err)
			}
			page, err := png.Decode(r)
			r.Close()
			if err != nil {
				t.Fatal(err)
			}
			at := cell.Add(image.Pt(i%columns*(cell.Dx()+gap), i/columns*(cell.Dy()+gap)))
			part := image.Rect(0, 0, browsertest.Phone, min(height, page.Bounds().Dy()))
			at.Max.Y = at.Min.Y + part.Dy()/2
			scale.CatmullRom.Scale(sheet, at, page, part, draw.Src, nil)
		}
		writeFew(t, sheet, sheet.Bounds(), "../../../docs/pages.png")
		if err := os.WriteFile(kept, []byte(is.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if was, err := os.ReadFile(kept); err != nil || string(was) != is.String() {
		t.Errorf("docs/pages.png shows other pages; run the test with -update and look at it: %v\n%s\nnow\n%s", err, was, is.String())
	}
}
