// Package pdftest reads PDFs for tests: which text and which rectangles stand where on each page. It
// reads what package poster writes, and no other PDFs.
package pdftest

import (
	"bytes"
	"compress/zlib"
	"image"
	"image/color"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

// Page is a page. Lengths are in points from the left lower corner.
type Page struct {
	Width, Height float64
	Texts         []Text
	Boxes         []Box // filled or drawn
}

// Text is a piece of text in one font.
type Text struct {
	X, Y, Size float64
	Font       string // its name
	Text       string
}

// Box is a rectangle.
type Box struct {
	X, Y, Width, Height float64
	Filled              bool
}

var (
	object   = regexp.MustCompile(`(?s)\n(\d+) 0 obj\n(.*?)endobj`)
	stream   = regexp.MustCompile(`(?s)stream\n(.*)\nendstream`)
	contents = regexp.MustCompile(`/Contents (\d+) 0 R`)
	fontOf   = regexp.MustCompile(`/F(\w+) (\d+) 0 R`)
	baseFont = regexp.MustCompile(`/BaseFont /(\w+)`)
	mediaBox = regexp.MustCompile(`/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]`)

	setFont  = regexp.MustCompile(`^BT /F(\w+) ([\d.]+) Tf ET`)
	showText = regexp.MustCompile(`(?s)BT ([\d.-]+) ([\d.-]+) Td \((.*?[^\\]|)\) ?Tj ET`)
	box      = regexp.MustCompile(`^([\d.-]+) ([\d.-]+) ([\d.-]+) ([\d.-]+) re (f|S)`)
)

// Read reads the pages of a PDF.
func Read(t *testing.T, pdf []byte) (pages []Page) {
	t.Helper()
	objects := map[string]string{}
	for _, m := range object.FindAllSubmatch(pdf, -1) {
		objects[string(m[1])] = string(m[2])
	}
	fonts := map[string]string{}
	for _, m := range fontOf.FindAllSubmatch(pdf, -1) {
		if name := baseFont.FindStringSubmatch(objects[string(m[2])]); name != nil {
			fonts[string(m[1])] = strings.TrimPrefix(name[1], "utf8")
		}
	}
	size := mediaBox.FindSubmatch(pdf)
	if size == nil {
		t.Fatal("the PDF says no size of its pages")
	}
	for _, m := range contents.FindAllSubmatch(pdf, -1) {
		page := Page{Width: number(string(size[1])), Height: number(string(size[2]))}
		page.read(inflate(t, objects[string(m[1])]), fonts)
		pages = append(pages, page)
	}
	return pages
}

// read reads what a page shows.
func (p *Page) read(shows string, fonts map[string]string) {
	at := Text{}
	for len(shows) > 0 {
		if m := setFont.FindStringSubmatch(shows); m != nil {
			at.Font, at.Size = fonts[m[1]], number(m[2])
		}
		if m := box.FindStringSubmatch(shows); m != nil {
			b := Box{number(m[1]), number(m[2]), number(m[3]), number(m[4]), m[5] == "f"}
			if b.Height < 0 {
				b.Y, b.Height = b.Y+b.Height, -b.Height
			}
			p.Boxes = append(p.Boxes, b)
		}
		if m := showText.FindStringSubmatchIndex(shows); m != nil && m[0] == 0 {
			at.X, at.Y, at.Text = number(shows[m[2]:m[3]]), number(shows[m[4]:m[5]]), decode(shows[m[6]:m[7]])
			p.Texts = append(p.Texts, at)
			shows = shows[m[1]:]
			continue
		}
		_, shows, _ = strings.Cut(shows, "\n")
	}
}

// number reads a number that the regular expressions have found.
func number(s string) float64 {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		panic(err)
	}
	return f
}

// inflate returns the stream of an object.
func inflate(t *testing.T, object string) string {
	t.Helper()
	m := stream.FindStringSubmatch(object)
	if m == nil {
		t.Fatal("a page has no stream")
	}
	r, err := zlib.NewReader(strings.NewReader(m[1]))
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// decode returns the text of a string of the PDF: UTF-16, with a backslash before some bytes.
func decode(s string) string {
	raw := regexp.MustCompile(`(?s)\\(.)`).ReplaceAllStringFunc(s, func(e string) string {
		if e[1] == 'r' {
			return "\r"
		}
		return e[1:]
	})
	var units []uint16
	for i := 0; i+1 < len(raw); i += 2 {
		units = append(units, uint16(raw[i])<<8|uint16(raw[i+1]))
	}
	return string(utf16.Decode(units))
}

// Text returns all text of a page, with single spaces.
func (p Page) Text() string {
	var all bytes.Buffer
	for _, t := range p.Texts {
		all.WriteString(t.Text + " ")
	}
	return strings.Join(strings.Fields(all.String()), " ")
}

// Draw draws the filled boxes of a page in black and white, as a printer would that has so few dots in
// an inch. A dot is black if its middle is in a box.
func (p Page) Draw(dpi float64) image.Image {
	dots := func(points float64) float64 { return points / 72 * dpi }
	img := image.NewGray(image.Rect(0, 0, int(math.Ceil(dots(p.Width))), int(math.Ceil(dots(p.Height)))))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	first := func(x float64) int { return int(math.Ceil(dots(x) - .5)) }
	for _, b := range p.Boxes {
		if !b.Filled {
			continue
		}
		for y := first(p.Height - b.Y - b.Height); y < first(p.Height-b.Y); y++ {
			for x := first(b.X); x < first(b.X+b.Width); x++ {
				img.SetGray(x, y, color.Gray{})
			}
		}
	}
	return img
}
