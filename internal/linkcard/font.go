package linkcard

import (
	"image"
	"sync"

	"github.com/go-fonts/dejavu/dejavusanscondensed"
	"github.com/go-fonts/dejavu/dejavusanscondensedbold"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"achyk/internal/boxes"
)

// typeface is a font in all its sizes.
type typeface struct {
	ttf   []byte
	has   func() func(rune) bool // what the font has
	mutex sync.Mutex
	font  *opentype.Font
	faces map[int]*face
}

var (
	regular = newTypeface(dejavusanscondensed.TTF)
	bold    = newTypeface(dejavusanscondensedbold.TTF)
)

func newTypeface(ttf []byte) *typeface {
	return &typeface{ttf: ttf, has: sync.OnceValue(func() func(rune) bool { return boxes.Of(ttf) })}
}

// boxed puts boxes in the place of what the font lacks.
func (t *typeface) boxed(s string) string { return boxes.Put(s, t.has()) }

// face is a font in one size, with the glyphs that were drawn. Any number of goroutines may use it.
type face struct {
	size, leading int
	mutex         sync.Mutex
	face          font.Face
	glyphs        map[rune]glyph
}

// glyph is the form of a character beside the origin of its base line.
type glyph struct {
	mask    *image.Alpha
	advance int
}

// at returns the font in a size.
func (t *typeface) at(size int) *face {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if f := t.faces[size]; f != nil {
		return f
	}
	if t.font == nil {
		parsed, err := opentype.Parse(t.ttf)
		if err != nil {
			panic(err) // the font is in the program
		}
		t.font, t.faces = parsed, map[int]*face{}
	}
	opened, err := opentype.NewFace(t.font, &opentype.FaceOptions{Size: float64(size), DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		panic(err)
	}
	f := &face{size: size, leading: size * 5 / 4, face: opened, glyphs: map[rune]glyph{}}
	t.faces[size] = f
	return f
}

// glyph returns the form of a character.
func (f *face) glyph(r rune) glyph {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if g, ok := f.glyphs[r]; ok {
		return g
	}
	g := glyph{mask: &image.Alpha{}}
	area, mask, at, advance, ok := f.face.Glyph(fixed.Point26_6{}, r)
	if ok {
		g.mask, g.advance = image.NewAlpha(area), advance.Round()
		drawn := mask.(*image.Alpha) // what opentype returns; it is overwritten by the next glyph
		for y := range area.Dy() {
			from := drawn.PixOffset(at.X, at.Y+y)
			copy(g.mask.Pix[y*g.mask.Stride:], drawn.Pix[from:from+area.Dx()])
		}
	}
	f.glyphs[r] = g
	return g
}
