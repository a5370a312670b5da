package browsing_test

import (
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	scale "golang.org/x/image/draw"

	"achyk/internal/tools/browsertest"
	"achyk/internal/tools/sitetest"
)

// TestContactSheet makes docs/pages.png with -update, a picture of the beginning of a page of every kind on a phone,
// and the list of what it shows. The test of that name in package site compares the list.
func TestContactSheet(t *testing.T) {
	if !*update {
		return
	}
	const columns, height, gap = 8, 900, 8
	dir := builtSample(t)
	url := browsertest.Serve(t, dir)
	kinds := slices.Sorted(maps.Keys(sitetest.Kinds))
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
	if err := os.WriteFile("testdata/pages.txt", []byte(sitetest.Headings(t, dir)), 0o666); err != nil {
		t.Fatal(err)
	}
}
