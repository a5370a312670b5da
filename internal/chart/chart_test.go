package chart

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestBarsBeginAtZero draws bars and compares their lengths with their values.
func TestBarsBeginAtZero(t *testing.T) {
	p := Draw(Chart{Title: "Т", Most: 40, Rows: []Row{
		{Label: Words{Text: "а"}, Bars: Stack([]float64{10, 0, 30}, []Fill{Dark, Pale, Empty})},
		{Label: Words{Text: "б"}, Bars: Stack([]float64{20}, []Fill{Dark})},
	}})
	want := []Area{
		{X: margin, Width: inner / 4, Height: band, Fill: Dark, Value: "10"},
		{X: margin + inner/4, Width: inner * 3 / 4, Height: band, Fill: Empty, Value: "30"},
		{X: margin, Width: inner / 2, Height: band, Fill: Dark, Value: "20"},
	}
	for i := range p.Areas {
		want[i].Y = p.Areas[i].Y
	}
	if diff := cmp.Diff(want, p.Areas); diff != "" {
		t.Error(diff)
	}
	if p.Areas[0].Y != p.Areas[1].Y || p.Areas[2].Y <= p.Areas[1].Y+band {
		t.Error("the bars of a row do not stand beside each other, or rows overlap")
	}
}

// TestHatching reads the lines of each pattern: they stay in their area and cover all of it, and go on in the area beside.
func TestHatching(t *testing.T) {
	read := func(a Area) (points [][2]float64) {
		for _, line := range strings.Split(a.Hatching(), "M")[1:] {
			var x, y, toX, toY float64
			if _, err := fmt.Sscanf(line, "%f %fL%f %f", &x, &y, &toX, &toY); err != nil {
				t.Fatalf("%s: %q: %v", a.Fill, line, err)
			}
			points = append(points, [2]float64{x, y}, [2]float64{toX, toY})
		}
		return points
	}
	for _, fill := range []Fill{Hatched, Crossed, Dotted, Striped} {
		a := Area{X: 10.3, Y: 20.7, Width: 41, Height: band, Fill: fill}
		points := read(a)
		for _, p := range points {
			if p[0] < 10.3 || p[0] > 51.3 || p[1] < 20.7 || p[1] > 36.7 {
				t.Errorf("%s: a line goes to %v, outside of its area", fill, p)
			}
		}
		for x := 10.3; x < 45; x += 7 { // each seven units of it have a line
			if !slices.ContainsFunc(points, func(p [2]float64) bool { return p[0] >= x && p[0] <= x+7 }) {
				t.Errorf("%s: nothing between %v and %v", fill, x, x+7)
			}
		}
		half := Area{X: 10.3, Y: 20.7, Width: 20, Height: band, Fill: fill}
		rest := Area{X: 30.3, Y: 20.7, Width: 21, Height: band, Fill: fill}
		if fill == Striped && a.Hatching() != half.Hatching()+rest.Hatching() {
			t.Errorf("the stripes of two areas are not those of both: %s, %s", half.Hatching(), rest.Hatching())
		}
	}
	for _, fill := range []Fill{Dark, Middle, Pale, Empty} {
		if got := (Area{X: 10, Y: 20, Width: 40, Height: band, Fill: fill}).Hatching(); got != "" {
			t.Errorf("%s, which has one colour, has lines: %s", fill, got)
		}
	}
}

// TestNothingIsCut wraps words that are longer than a line.
func TestNothingIsCut(t *testing.T) {
	const text = "Көрсөтүлбөгөндүктөрүнүздөрдөнсүздөрбү муниципалдык ишканасынын келишимдери жөнүндө"
	lines := Wrap(text, 120, 14)
	if got := strings.ReplaceAll(strings.Join(lines, ""), " ", ""); got != strings.ReplaceAll(text, " ", "") {
		t.Errorf("%q", lines)
	}
	for _, line := range lines {
		if measure(line, 14) > 120 {
			t.Errorf("%q is wider than 120", line)
		}
	}
}

// TestNothingOverlaps draws what is crowded: long labels, values at the end of the longest bar, many keys and
// ticks. No line of text may touch another or leave the picture.
func TestNothingOverlaps(t *testing.T) {
	long := strings.Repeat("Кызмат көрсөтүүнү уюштуруу жана жеткирүү ", 4)
	p := Draw(Chart{
		Title: long, About: []Words{{Text: long}}, Most: 12, Foot: []string{long, "https://achyk.example/ky/embed/osh/2025/verdicts/"},
		Keys:  []Key{{Fill: Dark, Text: long}, {Fill: Pale, Text: "Сакталды"}, {Shape: Dot, Text: "Максат"}},
		Ticks: []Tick{{0, "01.01.2025"}, {2, "01.02.2025"}, {3, "01.03.2025"}, {12, "01.12.2025"}},
		Rows: []Row{
			{Label: Words{Text: "Багыттар боюнча"}},
			{Label: Words{Text: long}, Bars: Stack([]float64{12}, []Fill{Dark}), Value: "2025: 1 234 күн", Says: []Key{{Fill: Dark, Text: "12"}, {Text: long}}},
			{Label: Words{Text: long}, Least: -5, Signs: []Sign{{-5, Dot}}, Says: []Key{{Shape: Dot, Text: "−5 °C"}}},
			{Signs: []Sign{{3, Dot}, {12, Post}}, Says: []Key{{Shape: Dot, Text: "27,69–43,08 % (5 өлчөө)"}}},
		},
	})
	type box struct {
		text                     string
		left, right, top, bottom float64
	}
	var boxes []box
	for _, x := range p.Texts {
		size := sizes[x.Role]
		b := box{x.Words.Text, float64(x.X), float64(x.X) + measure(x.Words.Text, size), float64(x.Y) - size, float64(x.Y)}
		wide := b.right - b.left
		switch x.Role {
		case Until:
			b.left, b.right = b.left-wide, b.left
		case Over:
			b.left, b.right = b.left-wide/2, b.left+wide/2
		}
		if b.left < 0 || b.right > Width || b.bottom > float64(p.Height) {
			t.Errorf("%q leaves the picture", b.text)
		}
		if i := slices.IndexFunc(boxes, func(o box) bool {
			return b.left < o.right && o.left < b.right && b.top < o.bottom && o.top < b.bottom
		}); i >= 0 {
			t.Errorf("%q touches %q", b.text, boxes[i].text)
		}
		boxes = append(boxes, b)
	}
}

// TestUnknownColumns checks that a column of which nothing is known is neither a bar nor a nought.
func TestUnknownColumns(t *testing.T) {
	zero, unknown := Draw(Chart{Rows: []Row{{Columns: []Column{{Shown: "0", Name: "2"}}}}}), Draw(Chart{Rows: []Row{{Columns: []Column{{Unknown: true, Name: "2"}}}}})
	if len(unknown.Areas) != len(zero.Areas)+1 || unknown.Areas[0].Fill != Empty || unknown.Areas[0].Value != "" {
		t.Errorf("the areas of an unknown column are %v, of a nought %v", unknown.Areas, zero.Areas)
	}
	if len(unknown.Texts) != len(zero.Texts)-1 {
		t.Errorf("an unknown column says %v", unknown.Texts)
	}
}

// TestColumns checks that columns stand on one foot beside each other, as high as their values are great, and
// that the numbers of a crowded row do not touch.
func TestColumns(t *testing.T) {
	row := Row{Columns: []Column{{Value: 30, Shown: "30", Name: "1"}, {Shown: "0", Name: "2"}, {Value: 15, Shown: "15", Name: "3"}}}
	for len(row.Columns) < MostColumns {
		row.Columns = append(row.Columns, Column{Value: 30, Shown: "1 234", Name: "12"})
	}
	p := Draw(Chart{Most: 30, Rows: []Row{row}})
	foot := p.Areas[0].Y + p.Areas[0].Height
	if a, b := p.Areas[0], p.Areas[1]; a.Height != tall || b.Height != tall/2 || b.Y+b.Height != foot || b.X < a.X+2*a.Width || b.Value != "15" {
		t.Errorf("columns of 30 and 15: %+v", p.Areas[:2])
	}
	for i, x := range p.Texts {
		if i > 1 && x.Y == p.Texts[i-2].Y && float64(x.X-p.Texts[i-2].X) < (measure(x.Words.Text, sizes[Over])+measure(p.Texts[i-2].Words.Text, sizes[Over]))/2 {
			t.Errorf("%q touches %q", x.Words.Text, p.Texts[i-2].Words.Text)
		}
	}
}

// TestBelowZero checks that values below zero stand left of zero, which is marked and named.
func TestBelowZero(t *testing.T) {
	row := Row{Label: Words{Text: "2025"}, Least: -20, Most: 20, Signs: []Sign{{-20, Dot}, {-10, Post}, {math.Copysign(0, -1), Dot}, {20, Dot}}}
	p := Draw(Chart{Most: 100, Rows: []Row{row}})
	for i, want := range []Unit{margin, margin + inner/4, margin + inner/2, margin + inner} {
		if p.Marks[i].X != want {
			t.Errorf("%s stands at %v, want %v", p.Marks[i].Value, p.Marks[i].X, want)
		}
	}
	if p.Marks[2].Value != "0" {
		t.Errorf("zero is %q", p.Marks[2].Value)
	}
	zero := Text{margin + inner/2, p.Texts[len(p.Texts)-1].Y, Over, Words{Text: "0"}}
	if len(p.Lines) != 1 || p.Lines[0].X != zero.X || p.Texts[len(p.Texts)-1] != zero || zero.Y > p.Lines[0].Top {
		t.Errorf("zero is not marked and named: %v, %v", p.Lines, p.Texts)
	}
	row.Least, row.Most, row.Signs = -20, 0, []Sign{{-20, Dot}, {-5, Dot}} // nothing is above zero
	if p := Draw(Chart{Rows: []Row{row}}); p.Marks[0].X != margin || p.Marks[1].X != margin+inner*3/4 || p.Lines[0].X != margin+inner {
		t.Errorf("without a value above zero: %v, %v", p.Marks, p.Lines)
	}
}

// TestSignsOfRows checks that a row can have its own scale, and a value beyond it stays in the picture.
func TestSignsOfRows(t *testing.T) {
	p := Draw(Chart{Most: 10, Rows: []Row{{Most: 100, Signs: []Sign{{50, Dot}, {200, Post}}}}})
	if p.Marks[0].X != margin+inner/2 || p.Marks[1].X != margin+inner {
		t.Error(p.Marks)
	}
}
