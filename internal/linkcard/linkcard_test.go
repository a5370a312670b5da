package linkcard

import (
	"bytes"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"

	"achyk/internal/boxes"
)

// card is a card with the Kyrgyz letters.
var card = Card{
	Notice: "үлгү", Kicker: "Ош шаары", Title: "Таза суу: «Өзгөн» көчөсүнүн Ңң-суусу", Foot: "2026-жылдын 30-ноябры · Ачык",
	Says: strings.Repeat("7 талаптын 3ү сакталган эмес. ", 4),
}

func TestWrite(t *testing.T) {
	long := card
	long.Title, long.Says = strings.Repeat("Ө", 300), strings.Repeat("узундугу ченелбеген сүйлөм ", 90)
	for name, c := range map[string]Card{"short": card, "long": long, "empty": {}} {
		var b, again bytes.Buffer
		if err := Write(&b, c); err != nil {
			t.Fatal(err)
		}
		if err := Write(&again, c); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
			t.Errorf("%s: twice drawn, two pictures (%v)", name, err)
		}
		size := b.Len()
		m, err := png.Decode(&b)
		if err != nil || m.Bounds() != image.Rect(0, 0, Width, Height) || size > 100_000 {
			t.Errorf("%s: %d bytes, %v, %v", name, size, m.Bounds(), err)
		}
		pix := m.(*image.Paletted)
		for y := range Height { // nothing is written into the margins, except the stripe
			for _, x := range []int{bar, margin - 16, Width - margin + 15, Width - 1} {
				if i := pix.ColorIndexAt(x, y); i != 0 && i <= darkest {
					t.Errorf("%s: ink at %d, %d", name, x, y)
				}
			}
		}
	}
}

// TestLetters checks that each Kyrgyz letter has a form of its own.
func TestLetters(t *testing.T) {
	for _, f := range []*face{regular.at(50), bold.at(50)} {
		for _, pair := range []string{"ҢН", "ӨО", "ҮУ", "ңн", "өо", "үу"} {
			two := []rune(pair)
			a, b, unknown := f.glyph(two[0]), f.glyph(two[1]), f.glyph('\U0010ffff')
			if len(a.mask.Pix) == 0 || slices.Equal(a.mask.Pix, b.mask.Pix) || slices.Equal(a.mask.Pix, unknown.mask.Pix) {
				t.Errorf("%c has no form of its own", two[0])
			}
		}
	}
}

// TestBoxes checks that what the font lacks is seen: one box for what people see as one character.
func TestBoxes(t *testing.T) {
	if g := bold.at(50).glyph(boxes.Box); len(g.mask.Pix) == 0 || g.advance == 0 {
		t.Fatal("the font has no box")
	}
	draw := func(title string) string {
		var b bytes.Buffer
		if err := Write(&b, Card{Title: title, Kicker: title, Foot: title}); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	if draw("👩‍👩‍👧‍👦🏳️‍🌈 үй") != draw("□□ үй") {
		t.Error("a family and a flag are not two boxes")
	}
}

func TestLines(t *testing.T) {
	f := regular.at(small)
	all := f.lines(card.Says, 400, 1<<10)
	if strings.Join(all, " ") != strings.TrimSpace(card.Says) || len(all) < 3 {
		t.Errorf("lines lose text: %q", all)
	}
	two := f.lines(card.Says, 400, 2)
	if len(two) != 2 || two[0] != all[0] || !strings.HasSuffix(two[1], "…") {
		t.Errorf("two lines: %q", two)
	}
	for _, line := range append(all, two...) {
		if f.width(line) > 400 {
			t.Errorf("%q is %d wide", line, f.width(line))
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	for b.Loop() {
		if err := Write(new(bytes.Buffer), card); err != nil {
			b.Fatal(err)
		}
	}
}
