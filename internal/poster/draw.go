package poster

import (
	"strings"
	"unicode/utf8"

	"codeberg.org/go-pdf/fpdf"
	"rsc.io/qr"
)

// column is where text is set: from y downwards, between x and x+width. Without draw it only
// moves y, to find out how much room text needs.
type column struct {
	pdf         *fpdf.Fpdf
	x, y, width float64
	draw        bool
}

// millimetre is the height of type of one point.
const millimetre = 25.4 / 72

// leading is the distance of lines as a part of the size of the type.
const leading = 1.28

// run is a part of a paragraph in one font.
type run struct{ font, text string }

// text sets a paragraph in one font.
func (c *column) text(s, font string, size float64) { c.paragraph(size, run{font, s}) }

// paragraph sets runs of text, with a space between them, in as many lines as they need. It breaks
// lines at spaces, and words that are wider than the column.
func (c *column) paragraph(size float64, runs ...run) {
	end := c.x + c.width
	x, begun := c.x, false
	next := func() { x, c.y, begun = c.x, c.y+size*millimetre*leading, true }
	for _, r := range runs {
		c.pdf.SetFont(r.font, "", size)
		space := c.pdf.GetStringWidth(" ")
		for word := range strings.FieldsFuncSeq(printable(r.text), func(r rune) bool { return r == ' ' }) {
			wide := c.pdf.GetStringWidth(word)
			if !begun || x+wide > end && x > c.x {
				next()
			}
			for wide > c.width {
				part := c.part(word)
				c.write(part, x, size)
				word = word[len(part):]
				wide -= c.pdf.GetStringWidth(part) // measuring the rest again takes long where a word is a page
				next()
			}
			c.write(word, x, size)
			x += wide + space
		}
	}
}

// heading sets a text in lines of about the same length, so that no number stands alone in the last.
func (c *column) heading(s, font string, size float64) {
	height := func(width float64) float64 {
		measured := *c
		measured.width, measured.draw = width, false
		measured.text(s, font, size)
		return measured.y
	}
	whole := c.width
	if c.draw { // the height is the same
		for least := height(whole); c.width > whole/2 && height(c.width-1) == least; {
			c.width--
		}
	}
	c.text(s, font, size)
	c.width = whole
}

// part returns the beginning of a word that fits into the column, at least one character.
func (c *column) part(word string) string {
	n := 0
	for i, r := range word {
		w := i + utf8.RuneLen(r)
		if n > 0 && c.pdf.GetStringWidth(word[:w]) > c.width {
			break
		}
		n = w
	}
	return word[:n]
}

// write writes a word into the current line.
func (c *column) write(word string, x, size float64) {
	if c.draw {
		c.pdf.Text(x, c.y-size*millimetre*(leading-1.04), word+" ") // programs that read the text need the space
	}
}

// fitted sets a text in one line, in smaller type if it is too long.
func (c *column) fitted(s, font string, size float64) {
	c.pdf.SetFont(font, "", size)
	if w := c.pdf.GetStringWidth(printable(s)) * 1.001; w > c.width {
		size *= c.width / w
	}
	c.text(s, font, size)
}

// framed sets something inside a frame whose line has a width.
func (c *column) framed(line, padding float64, inside func()) {
	top := c.y
	space := padding + line
	c.x, c.width, c.y = c.x+space, c.width-2*space, c.y+space
	inside()
	c.x, c.width, c.y = c.x-space, c.width+2*space, c.y+space
	if c.draw {
		c.pdf.SetLineWidth(line)
		c.pdf.Rect(c.x+line/2, top+line/2, c.width-line, c.y-top-line, "D")
	}
}

// rule draws a line over the whole column.
func (c *column) rule(line float64) {
	if c.draw {
		c.pdf.SetLineWidth(line)
		c.pdf.Line(c.x, c.y+line/2, c.x+c.width, c.y+line/2)
	}
	c.y += line
}

// counts sets numbers one after another, in as many lines as they need. A count is not broken
// unless it is wider than the column.
func (c *column) counts(all []Count, size float64) {
	const between = 6.0
	indent := size * millimetre * 1.25
	line := size * millimetre * leading
	x, y := c.x, c.y
	for _, n := range all {
		c.pdf.SetFont(regular, "", size)
		w := indent + c.pdf.GetStringWidth(printable(n.Text)) + .5
		if x > c.x && x+w > c.x+c.width {
			x, y = c.x, y+line
		}
		at := *c
		at.x, at.y, at.width = x+indent, y, max(c.x+c.width-x-indent, 1)
		c.shape(n.Shape, x, y, size)
		at.text(n.Text, regular, size)
		x, y = x+w+between, at.y-line
	}
	c.y = y + line
}

// point sets a point: its shape and word, its text, and what those concerned say behind a line.
func (c *column) point(p Point, size float64) {
	indent := size * millimetre * 1.35
	c.shape(p.Shape, c.x, c.y, size)
	in := *c
	in.x, in.width = c.x+indent, c.width-indent
	in.paragraph(size, run{bold, p.State}, run{regular, p.Text})
	for _, reply := range p.Replies {
		in.y += size * .08
		top := in.y
		said := in
		said.x, said.width = in.x+4, in.width-4
		said.text(reply, regular, size*.9)
		in.y = said.y
		if c.draw {
			c.pdf.SetLineWidth(.7)
			c.pdf.Line(in.x+1, top+size*.06, in.x+1, in.y+size*.02)
		}
	}
	c.y = in.y
}

// shape draws the shape of a state before a line of text that begins at y.
func (c *column) shape(s Shape, x, y, size float64) {
	if !c.draw || s == None {
		return
	}
	pdf := c.pdf
	a := size * millimetre * .8 // its width
	y += size * millimetre * (leading - .24 - .76)
	line := a / 8
	pdf.SetLineWidth(line)
	pdf.SetLineCapStyle("butt")
	switch s {
	case Ticked:
		pdf.Rect(x, y, a, a, "F")
		pdf.SetDrawColor(255, 255, 255)
		pdf.Polygon([]fpdf.PointType{{X: x + a*.2, Y: y + a*.52}, {X: x + a*.42, Y: y + a*.74}, {X: x + a*.8, Y: y + a*.26}, {X: x + a*.42, Y: y + a*.74}}, "D")
		pdf.SetDrawColor(0, 0, 0)
		return
	case Half:
		pdf.Polygon([]fpdf.PointType{{X: x, Y: y}, {X: x, Y: y + a}, {X: x + a, Y: y + a}}, "F")
	case Crossed:
		pdf.Line(x+a*.25, y+a*.25, x+a*.75, y+a*.75)
		pdf.Line(x+a*.25, y+a*.75, x+a*.75, y+a*.25)
	case Dashed:
		pdf.SetDashPattern([]float64{a / 5, a / 5}, 0)
	}
	pdf.Rect(x+line/2, y+line/2, a-line, a-line, "D")
	pdf.SetDashPattern(nil, 0)
}

// overlap is how far rectangles of a QR code overlap, in millimetres: programs that show PDFs draw
// fine white lines between rectangles that only touch.
const overlap = .04

// qrCode draws a QR code with its left upper corner at x and y, as one rectangle for each run of
// black modules. Its level M can be read with 15 % of it spoilt.
func qrCode(pdf *fpdf.Fpdf, text string, x, y float64) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		pdf.SetError(err)
		return
	}
	module := QRWidth / float64(code.Size)
	for row := range code.Size {
		for from := 0; from < code.Size; from++ {
			to := from
			for to < code.Size && code.Black(to, row) {
				to++
			}
			if to > from {
				pdf.Rect(x+float64(from)*module, y+float64(row)*module, float64(to-from)*module, min(module+overlap, QRWidth-float64(row)*module), "F")
				from = to
			}
		}
	}
}
