package poster

import (
	"strings"
	"sync"

	"codeberg.org/go-pdf/fpdf"
	"github.com/go-fonts/dejavu/dejavusanscondensed"
	"github.com/go-fonts/dejavu/dejavusanscondensedbold"

	"achyk/internal/boxes"
)

// The fonts by their names in a PDF.
const regular, bold = "regular", "bold"

// common are the characters of nearly all texts: Latin, Cyrillic with the Kyrgyz letters, signs.
// fpdf reads a font for each document, so it is given one with these glyphs only: a tenth of the
// bytes and a fifth of the time.
var common = [][2]rune{
	{' ', '~'}, {0xa0, 0x17f}, {0x400, 0x4ff}, {0x2010, 0x2044}, {'€', '€'}, {'№', '№'},
	{'←', '↓'}, {'−', '−'}, {'≈', '≥'}, {'\ufffd', '\ufffd'}, // both fonts have them
}

// rare reports whether a character is not among the common ones.
func rare(r rune) bool {
	for _, of := range common {
		if of[0] <= r && r <= of[1] {
			return false
		}
	}
	return true
}

// cut returns the fonts with the common characters only.
var cut = sync.OnceValue(func() map[string][]byte {
	var all strings.Builder
	for _, of := range common {
		for r := of[0]; r <= of[1]; r++ {
			all.WriteRune(r)
		}
	}
	fonts := map[string][]byte{}
	for name, font := range whole {
		fonts[name] = fpdf.UTF8CutFont(font, all.String())
	}
	return fonts
})

var whole = map[string][]byte{regular: dejavusanscondensed.TTF, bold: dejavusanscondensedbold.TTF}

// addFonts adds the fonts to a document: the whole ones if it has rare characters.
func addFonts(pdf *fpdf.Fpdf, rare bool) {
	fonts := whole
	if !rare {
		fonts = cut()
	}
	for _, name := range []string{regular, bold} {
		pdf.AddUTF8FontFromBytes(name, "", fonts[name])
	}
}

// has returns what tells whether both fonts have a character.
var has = sync.OnceValue(func() func(rune) bool {
	regular, bold := boxes.Of(whole[regular]), boxes.Of(whole[bold])
	return func(r rune) bool { return regular(r) && bold(r) }
})

// printable returns a text with boxes in the place of what one of the fonts lacks, such as the som sign, or the PDF
// writer cannot write, and with spaces in the place of line ends.
func printable(s string) string {
	if !strings.ContainsFunc(s, rare) {
		return s
	}
	return boxes.Put(s, func(r rune) bool { return !rare(r) || r >= ' ' && r <= 0xffff && has()(r) })
}
