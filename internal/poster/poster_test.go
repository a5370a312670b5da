package poster

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"achyk/internal/tools/pdftest"
)

// sheet returns a sheet of ordinary length.
func sheet() Sheet {
	reply := []string{"«Суу» ишканасы: Өңүп кеткен эмес, июлда тазаланган."}
	return Sheet{
		Notice: "Үлгү маалымат.", Head: "Айыл аймагы", Title: "Ичүүчү суу, 2026",
		Verdict: "8 талаптын 3ү сакталган эмес",
		Counts:  []Count{{Ticked, "Сакталды: 3"}, {Half, "Жарым-жартылай: 1"}, {Crossed, "Сакталган жок: 3"}, {Dashed, "Текшерилген жок: 1"}},
		Said:    "Эмне табылды",
		Points: []Point{
			{Crossed, "Сакталган жок.", "Ңоокат көчөсүндө басым 7,2 метр (№ 4 колонка).", reply},
			{Crossed, "Сакталган жок.", "Сурамжыланган 260 үйдүн 96сында (37 %) келишим бар.", nil},
			{Half, "Жарым-жартылай.", "52 текшерүүнүн 41инде суу болгон \\ (күндүз).", reply},
			{Half, "Жарым-жартылай.", "Бул плакатка батпайт.", nil},
		},
		Rest: func(n int) string { return fmt.Sprintf("Дагы %d аныктама баракта.", n) },
		Next: "Андан ары", Date: "2026-жылдын 30-ноябры", What: "Талкуу өтөт", Place: "Маданият үйү", Late: "2 мөөнөт өттү",
		Invite: "Толугу бул даректе:", URL: "https://achyk.example/t/123456/", Short: "achyk.example/t/123456/",
		Small: []string{"№ 123456", "2026-жылдын 29-ноябрына карата"},
	}
}

// made returns a poster or flyer.
func made(t testing.TB, write func(*bytes.Buffer, Info, ...Sheet) error, sheets ...Sheet) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, Info{Title: "Суу", Author: "Ачык", Made: time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC)}, sheets...); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// forms are the two forms, and how often a sheet stands on a page of each.
var forms = map[string]struct {
	write func(*bytes.Buffer, Info, ...Sheet) error
	times int
}{
	"poster": {func(b *bytes.Buffer, i Info, s ...Sheet) error { return Poster(b, i, s...) }, 1},
	"flyer":  {func(b *bytes.Buffer, i Info, s ...Sheet) error { return Flyer(b, i, s...) }, 2},
}

// TestText extracts the text, which must be all of the sheet, with the Kyrgyz letters, as often as the
// sheet stands on the page.
func TestText(t *testing.T) {
	for name, form := range forms {
		pages := pdftest.Read(t, made(t, form.write, sheet(), sheet()))
		if len(pages) != 2 {
			t.Fatalf("%s: %d pages for two sheets", name, len(pages))
		}
		s := sheet()
		s.Points = s.Points[:3]
		want := append([]string{"Дагы 1 аныктама баракта.", "Ңоокат", "ө", "ү", "№ 4"}, strings.Fields(s.text())...)
		for _, p := range pages {
			for _, text := range want {
				if strings.Count(p.Text(), text) < form.times {
					t.Errorf("%s: the text lacks %q: %s", name, text, p.Text())
				}
			}
			if strings.Contains(p.Text(), "батпайт") {
				t.Errorf("%s: a fourth point is shown", name)
			}
		}
	}
}

// TestSamePoints sets a sheet with room for its points beside one without. Both must show the same points.
func TestSamePoints(t *testing.T) {
	long := sheet()
	for i := range long.Points {
		long.Points[i].Text = strings.Repeat("Өтө узун текст, аны эч ким окубайт. ", 16)
	}
	for name, form := range forms {
		want := ""
		for _, sheets := range [][]Sheet{{sheet(), long}, {long, sheet()}} {
			for _, page := range pdftest.Read(t, made(t, form.write, sheets...)) {
				said := regexp.MustCompile(`Дагы \d аныктама`).FindString(page.Text())
				if want == "" {
					want = said
				}
				if said != want || said == "Дагы 1 аныктама" {
					t.Errorf("%s says %q, another sheet %q", name, said, want)
				}
			}
		}
	}
}

// TestQR reads the code from the page as a bad printer shows it.
func TestQR(t *testing.T) {
	long := sheet()
	long.URL = "https://monitoring.kochkorbaev-aiyl-okmotu.gov.kg/achyk/t/123456/"
	for _, s := range []Sheet{sheet(), long} {
		for name, form := range forms {
			page := pdftest.Read(t, made(t, form.write, s))[0]
			picture, err := gozxing.NewBinaryBitmapFromImage(page.Draw(60))
			if err != nil {
				t.Fatal(err)
			}
			read, err := qrcode.NewQRCodeReader().Decode(picture, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
			if err != nil || read.GetText() != s.URL {
				t.Errorf("%s: the code cannot be read as %s: %v, %v", name, s.URL, read, err)
			}
		}
	}
}

// TestSame makes the same sheet several times at once: the fonts are shared, the bytes must be the same.
func TestSame(t *testing.T) {
	for name, form := range forms {
		first := made(t, form.write, sheet())
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				if !bytes.Equal(first, made(t, form.write, sheet())) {
					t.Errorf("%s: the same sheet gives other bytes", name)
				}
			})
		}
		all.Wait()
		if len(first) > 60_000 {
			t.Errorf("%s: %d bytes", name, len(first))
		}
	}
}

// TestMargins sets sheets of all lengths. Nothing may stand outside of the margins or in another line,
// and no point may be left out without being told.
func TestMargins(t *testing.T) {
	long := sheet()
	long.Title = strings.Repeat("Жайыттардыкөзөмөлдөөнүүюштуруу", 6)
	long.Short = "monitoring.kochkorbaev-aiyl-okmotu.gov.kg/achyk/t/123456/"
	for i := range long.Points {
		long.Points[i].Text = strings.Repeat("Өтө узун текст, аны эч ким окубайт. ", 12)
		long.Points[i].Replies = []string{strings.Repeat("Узун жооп. ", 60)}
	}
	hopeless := long
	hopeless.What = strings.Repeat("Ушунчалык узун иштин аты ", 120)
	bare := sheet()
	bare.Points, bare.Counts, bare.Notice, bare.Date, bare.Late = nil, nil, "", "", ""
	rare := sheet()
	rare.Head = "Ⴀ ⵣ 漢字 💧 ⃀ line\nend"
	for title, s := range map[string]Sheet{"ordinary": sheet(), "long": long, "hopeless": hopeless, "bare": bare, "rare": rare} {
		for name, form := range forms {
			pdf := made(t, form.write, s)
			if dir := os.Getenv("POSTERS"); dir != "" { // to look at them
				if err := os.WriteFile(dir+"/"+title+"-"+name+".pdf", pdf, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			page := pdftest.Read(t, pdf)[0]
			if err := outside(page, form.times); err != "" {
				t.Errorf("%s %s: %s", title, name, err)
			}
			shown := strings.Count(page.Text(), "Жарым-жартылай.")/form.times + strings.Count(page.Text(), "Сакталган жок.")/form.times
			if rest := len(s.Points) - shown; rest > 0 && !strings.Contains(page.Text(), s.Rest(rest)) {
				t.Errorf("%s %s shows %d of %d points, and does not say that %d are missing: %s", title, name, shown, len(s.Points), rest, page.Text())
			}
		}
	}
}

// outside names a text or box that is not inside the margins of one of the columns of a page.
func outside(p pdftest.Page, columns int) string {
	const slack = .3 // points; sizes are rounded
	scratch := document("P", Info{}, []Sheet{{Head: p.Text()}})
	inside := func(x, y, width, height float64) bool {
		for n := range columns {
			column := p.Width / float64(columns)
			left, m := float64(n)*column, margin/millimetre
			if x >= left+m-slack && x+width <= left+column-m+slack && y >= m-slack && y+height <= p.Height-m+slack {
				return true
			}
		}
		return false
	}
	for _, t := range p.Texts {
		scratch.SetFont(t.Font, "", t.Size)
		width := scratch.GetStringWidth(strings.TrimRight(t.Text, " ")) / millimetre
		if !inside(t.X, t.Y-.2*t.Size, width, t.Size) {
			return fmt.Sprintf("%q is outside of the margins", t.Text)
		}
	}
	for _, b := range p.Boxes {
		if !inside(b.X, b.Y, b.Width, b.Height) {
			return fmt.Sprintf("%+v is outside of the margins", b)
		}
	}
	return ""
}

// TestLongWord sets a title that is one word as long as a page. It did not end when each part was measured to the end of
// the word.
func TestLongWord(t *testing.T) {
	long := sheet()
	long.Title = strings.Repeat("ы", 5_000)
	begin := time.Now()
	made(t, forms["poster"].write, long)
	if took := time.Since(begin); took > 30*time.Second {
		t.Error(took)
	}
}

// TestCut checks that the cut fonts have the glyphs of the Kyrgyz alphabet and of the signs in texts.
func TestCut(t *testing.T) {
	pdf := fpdf.New("P", "mm", "A4", "")
	addFonts(pdf, false)
	for _, name := range []string{regular, bold} {
		pdf.SetFont(name, "", 10)
		unknown := pdf.GetStringWidth("\u0530") // no font has it
		for _, r := range "аАңҢөӨүҮёЁыЫъЪ№«»–—…·§%≤≥−€²³aZ09\u00a0" {
			if rare(r) || pdf.GetStringWidth(string(r)) == unknown {
				t.Errorf("%s has no glyph for %q", name, r)
			}
		}
	}
}

// BenchmarkPoster makes a poster with two pages.
func BenchmarkPoster(b *testing.B) {
	for b.Loop() {
		made(b, forms["poster"].write, sheet(), sheet())
	}
}
