package browsing_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"flag"
	"html"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	goldmarkhtml "github.com/yuin/goldmark/renderer/html"

	"achyk/internal/locale"
	"achyk/internal/pipeline"
	"achyk/internal/report"
	"achyk/internal/tools/browsertest"
	"achyk/internal/tools/sitetest"
	"achyk/internal/tools/towntest"
)

var update = flag.Bool("update", false, "photograph the screens of the guides again")

// guides is the folder of the guides.
const guides = "../../../docs/guide"

// screenWidth is that of the screens in the guides, in CSS pixels. On a phone they shrink by a third, and can still be read.
const screenWidth = 480

// screen is a part of a page that a guide shows.
type screen struct {
	name, page string // of the picture, and the address of the page
	before     string // JavaScript that makes the page show it
	element    string // a selector
}

// brings is the script by which a page of the desk takes a file of Osh.
func brings(t *testing.T, name, text string) string {
	t.Helper()
	input, err := json.Marshal(map[string]string{"name": name, "data": base64.StdEncoding.EncodeToString([]byte(text))})
	if err != nil {
		t.Fatal(err)
	}
	return `const input = ` + string(input) + `, $ = id => document.getElementById(id);
		const until = async what => { for (let i = 0; i < 1200 && !what(); i++) await new Promise(r => setTimeout(r, 50)); if (!what()) throw new Error($("state").textContent); };
		await until(() => !$("form").hidden);
		$("town").value = "osh";
		$("town").dispatchEvent(new Event("change"));
		const files = new DataTransfer();
		files.items.add(new File([Uint8Array.from(atob(input.data), c => c.charCodeAt(0))], input.name));
		$("file").files = files.files;
		$("file").dispatchEvent(new Event("change"));
		await until(() => !$("result").hidden && !$("state").textContent && !$("changespart").hidden);`
}

// commented makes a page with the comment that the check of a proposal writes in a language, as a host of
// repositories shows Markdown.
func commented(t *testing.T, l locale.Lang) string {
	t.Helper()
	r := towntest.New(t)
	r.Commit()
	r.Write("data/town/territories.csv", "id,name_ky,name_ru,name_en,kind,population,parent,valid_from,valid_to\nnorth,Түндүк,Север,North,district,1250,,,\nsouth,Түштүк,Юг,South,район,,,,\n")
	r.Commit()
	checked, err := pipeline.Check(pipeline.Options{Source: r.Dir, Since: "HEAD~1", AsOf: sitetest.Today})
	if err != nil {
		t.Fatal(err)
	}
	found := &report.Check{Registers: checked.Counts.Registers, Rows: checked.Counts.Rows, Judged: report.DayOf(sitetest.Today, "commit"), Problems: checked.Problems, Links: checked.Links,
		Since: true, Corrections: checked.Corrections, Proposed: checked.Proposed, Edits: checked.Edits, Files: checked.Files}
	form, _ := report.FindForm("markdown")
	var text, page bytes.Buffer
	if err := form.Write(&text, found, locale.For(l)); err != nil {
		t.Fatal(err)
	}
	page.WriteString(`<!DOCTYPE html><html lang="` + html.EscapeString(l.String()) + `"><meta charset="utf-8"><title>x</title><style>
		body{font:14px/1.5 sans-serif;color:#1f2328;margin:0;background:#fff}article{border:1px solid #d1d9e0;border-radius:6px;padding:16px}
		h3{font-size:1.25em;margin:0 0 12px}h4{margin:16px 0 8px}code{background:#eff1f3;border-radius:6px;padding:.1em .3em}</style><article>`)
	if err := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(goldmarkhtml.WithUnsafe())).Convert(text.Bytes(), &page); err != nil {
		t.Fatal(err)
	}
	page.WriteString("</article></html>")
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "index.html"), page.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	return browsertest.Serve(t, dir) + "/"
}

// TestGuidePictures compares the words of each screen in the guides with what the page says today. If they
// differ, the picture shows something that is no longer so: -update photographs it again. The pixels are not
// compared, because fonts differ between computers.
func TestGuidePictures(t *testing.T) {
	t.Parallel()
	url, _ := sampleDesk(t)
	again := locale.Text{Ky: "Кайра текшерилди: 52 текшерүүнүн 41инде.", Ru: "Проверено заново: в 41 из 52 проверок.", En: "Checked again: on 41 of 52 checks."}
	for _, l := range locale.Langs {
		here := url + "/" + l.String() + "/"
		for _, s := range []screen{
			{"upload", here + "desk/", brings(t, "findings.csv", "\ufeffid;finding_"+l.String()+"\r\nosh-2025-a1-f02;"+again.Get(l)+"\r\n"), "#changespart"},
			{"scores", here + "desk/", brings(t, "scores.csv", "application;member;cr26-1-experience;cr26-2-method\r\napp26-1;wc26-m1;8;6,5\r\n"), "#changespart"},
			{"photo", here + "osh/findings/osh-2025-a1-f02/", "", "section:has(> .attached)"},
			{"check", commented(t, l), "", "article"},
		} {
			name := s.name + "." + l.String()
			t.Run(name, func(t *testing.T) {
				only := `(async () => { ` + s.before + `
					const e = document.querySelector(` + "`" + s.element + "`" + `);
					e.style.margin = "0"; e.style.padding = "12px"; e.style.border = "0";
					document.body.replaceChildren(e);
					document.body.style.padding = document.body.style.margin = "0";
					for (const img of document.images) { img.loading = "eager"; await img.decode(); }
					return e.innerText.trim() + "\n"; })()`
				is := browsertest.Eval[string](t, s.page, screenWidth, only)
				kept := filepath.Join("testdata", "guide", name+".txt")
				if *update {
					photograph(t, s.page, only, filepath.Join(guides, name+".png"))
					if err := os.WriteFile(kept, []byte(is), 0o666); err != nil {
						t.Fatal(err)
					}
				}
				if was, err := os.ReadFile(kept); err != nil || string(was) != is {
					t.Errorf("docs/guide/%s.png shows what is no longer so; run the test with -update and look at it: %v\n%s\nnow\n%s", name, err, was, is)
				}
			})
		}
	}
}

// photograph writes a picture with few colors, which takes a fraction of the bytes.
func photograph(t *testing.T, page, only, file string) {
	t.Helper()
	whole := filepath.Join(t.TempDir(), "screen.png")
	browsertest.ScreenshotAfter(t, page, screenWidth, only, whole)
	data, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	full, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	shown := full.Bounds()
	for empty := full.At(0, shown.Max.Y-1); shown.Max.Y > 1 && plain(full, shown.Max.Y-12, empty); { // the window may be higher than what is in it
		shown.Max.Y--
	}
	writeFew(t, full, shown, file)
}

// writeFew writes a part of a picture as PNG with few colors.
func writeFew(t *testing.T, full image.Image, shown image.Rectangle, file string) {
	t.Helper()
	few := image.NewPaletted(shown, commonest(full, 24))
	draw.Draw(few, shown, full, shown.Min, draw.Src)
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, few); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
}

// plain tells whether a line of a picture has one color.
func plain(m image.Image, y int, c color.Color) bool {
	for x := m.Bounds().Min.X; x < m.Bounds().Max.X; x++ {
		if m.At(x, y) != c {
			return false
		}
	}
	return true
}

// commonest returns the commonest colors of a picture, those that look alike taken as one.
func commonest(m image.Image, most int) (all color.Palette) {
	counts := map[color.RGBA]int{}
	for y := m.Bounds().Min.Y; y < m.Bounds().Max.Y; y++ {
		for x := m.Bounds().Min.X; x < m.Bounds().Max.X; x++ {
			counts[color.RGBAModel.Convert(m.At(x, y)).(color.RGBA)]++
		}
	}
	var colors []color.RGBA
	for c := range counts {
		colors = append(colors, c)
	}
	slices.SortFunc(colors, func(a, b color.RGBA) int {
		if n := counts[b] - counts[a]; n != 0 {
			return n
		}
		return bytes.Compare([]byte{a.R, a.G, a.B}, []byte{b.R, b.G, b.B})
	})
	near := func(a, b color.RGBA) bool {
		d := func(x, y uint8) int { return max(int(x), int(y)) - min(int(x), int(y)) }
		return d(a.R, b.R)+d(a.G, b.G)+d(a.B, b.B) < 24
	}
	for _, c := range colors {
		if len(all) < most && !slices.ContainsFunc(all, func(o color.Color) bool { return near(o.(color.RGBA), c) }) {
			all = append(all, c)
		}
	}
	return all
}
