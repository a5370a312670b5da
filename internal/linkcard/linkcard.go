// Package linkcard draws the picture that a messenger shows beside a link: a PNG of 1200×630 pixels with a few
// lines of text. It knows fonts and lengths, and nothing of what the text tells.
//
//   - The font is DejaVu Sans Condensed, which has the Kyrgyz letters. A box stands for what it lacks.
//     Letters of Arabic and Hebrew stand in the order in which they are stored.
//   - Type is as large as the text allows. What does not fit in the smallest type ends with "…".
//   - The few colours of text make a file of 10 to 50 kB: messengers refuse large pictures.
//   - The same card gives the same bytes.
//
// A glyph is rasterised once for each size, and then copied.
package linkcard

import (
	"image"
	"image/color"
	"image/png"
	"io"

	"achyk/internal/lines"
)

// Width and Height are the size of a picture in pixels, as Facebook, WhatsApp and Telegram ask for.
const Width, Height = 1200, 630

// Card is what a picture says, from top to bottom.
type Card struct {
	Notice string // a warning in a frame; may be empty
	Kicker string // where
	Title  string // what
	Says   string // how it stands
	Foot   string // which day, which site
}

// Lengths in pixels.
const (
	margin = 72
	bar    = 18 // the stripe at the left edge
	gap    = 30 // between blocks of text
	small  = 30 // size of the kicker, notice and foot
)

// sizes are the sizes of title and sentence that are tried, the largest first.
var sizes = [][2]int{{64, 50}, {56, 44}, {48, 40}, {42, 36}, {36, 32}}

// The colours: from paper to ink, and the accent. They are those of the site's style.
var (
	paper   = color.RGBA{0xfb, 0xfa, 0xf6, 0xff}
	ink     = color.RGBA{0x1d, 0x1b, 0x17, 0xff}
	accent  = color.RGBA{0x0a, 0x4f, 0x49, 0xff}
	palette = append(ramp(), accent) // a 17th colour, which makes the encoder copy pixels and not pack two into a byte
)

const darkest = 14 // the index of ink in the palette; that of the accent follows

func ramp() (p color.Palette) {
	mix := func(a, b uint8, n int) uint8 { return uint8((int(a)*(darkest-n) + int(b)*n) / darkest) }
	for n := range darkest + 1 {
		p = append(p, color.RGBA{mix(paper.R, ink.R, n), mix(paper.G, ink.G, n), mix(paper.B, ink.B, n), 0xff})
	}
	return append(p, accent)
}

// encoder takes a quarter of the time of the usual one, with the palette's 17th colour, and makes files half as large again.
var encoder = png.Encoder{CompressionLevel: png.BestSpeed}

// Write draws a card as PNG.
func Write(w io.Writer, c Card) error {
	c = Card{regular.boxed(c.Notice), regular.boxed(c.Kicker), bold.boxed(c.Title), regular.boxed(c.Says), regular.boxed(c.Foot)}
	m := image.NewPaletted(image.Rect(0, 0, Width, Height), palette)
	fill(m, image.Rect(0, 0, bar, Height))
	const wide, bottom = Width - 2*margin, Height - margin
	y := margin + small
	right := Width - margin
	if c.Notice != "" {
		face := regular.at(small)
		right -= face.width(c.Notice)
		face.write(m, c.Notice, right, y)
		frame(m, image.Rect(right-14, y-small-6, Width-margin+14, y+16))
	}
	face := regular.at(small)
	face.write(m, face.lines(c.Kicker, right-margin-40, 1)[0], margin, y)
	y += gap

	room := bottom - small - gap - y
	for i, s := range sizes {
		title, says := bold.at(s[0]), regular.at(s[1])
		last := i == len(sizes)-1
		most := [2]int{1 << 10, 1 << 10}
		if last {
			most = [2]int{4, (room - gap - 4*title.leading) / says.leading}
		}
		titles, sentences := title.lines(c.Title, wide, most[0]), says.lines(c.Says, wide, most[1])
		if !last && len(titles)*title.leading+gap+len(sentences)*says.leading > room {
			continue
		}
		y = title.block(m, titles, y)
		says.block(m, sentences, y+gap)
		break
	}
	face.write(m, face.lines(c.Foot, wide, 1)[0], margin, bottom)
	return encoder.Encode(w, m)
}

// block writes lines below y and returns where they end.
func (f *face) block(m *image.Paletted, lines []string, y int) int {
	for _, line := range lines {
		f.write(m, line, margin, y+f.size)
		y += f.leading
	}
	return y
}

// lines breaks a text into lines. If there are more than most, the last ends with "…".
func (f *face) lines(s string, wide, most int) []string {
	all := lines.Break(s, func(line string) bool { return f.width(line) <= wide })
	if len(all) <= most {
		return all
	}
	all = all[:most]
	end := []rune(all[most-1])
	for len(end) > 0 && f.width(string(end)+"…") > wide {
		end = end[:len(end)-1]
	}
	all[most-1] = string(end) + "…"
	return all
}

// write draws a line of text. y is its base line.
func (f *face) write(m *image.Paletted, s string, x, y int) {
	for _, r := range s {
		g := f.glyph(r)
		for gy := range g.mask.Rect.Dy() {
			for gx := range g.mask.Rect.Dx() {
				at := image.Pt(x+g.mask.Rect.Min.X+gx, y+g.mask.Rect.Min.Y+gy)
				if !at.In(m.Rect) {
					continue
				}
				level := uint8((int(g.mask.Pix[gy*g.mask.Stride+gx])*darkest + 127) / 255)
				if i := m.PixOffset(at.X, at.Y); level > m.Pix[i] {
					m.Pix[i] = level
				}
			}
		}
		x += g.advance
	}
}

// width returns how wide a line of text is.
func (f *face) width(s string) (wide int) {
	for _, r := range s {
		wide += f.glyph(r).advance
	}
	return wide
}

// fill fills an area with the accent.
func fill(m *image.Paletted, area image.Rectangle) {
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			m.Pix[m.PixOffset(x, y)] = darkest + 1
		}
	}
}

// frame draws a frame.
func frame(m *image.Paletted, r image.Rectangle) {
	const line = 3
	for _, side := range []image.Rectangle{
		{r.Min, image.Pt(r.Max.X, r.Min.Y+line)}, {image.Pt(r.Min.X, r.Max.Y-line), r.Max},
		{r.Min, image.Pt(r.Min.X+line, r.Max.Y)}, {image.Pt(r.Max.X-line, r.Min.Y), r.Max},
	} {
		fill(m, side)
	}
}
