package chart

import (
	"strings"
	"unicode"

	"achyk/internal/lines"
)

// spacing is the height of a line of text, in sizes of its letters.
const spacing = 1.3

// line is the height of a line of text. The conversion keeps the product from being fused with a sum, which some
// processors round otherwise: charts have the same bytes everywhere.
func line(size float64) float64 { return float64(size * spacing) }

// measure returns how wide a text may be. The reader's fonts are not known, so letters are taken to be as wide
// as in DejaVu Sans, the widest of those that systems have.
func measure(s string, size float64) (width float64) {
	for _, r := range s {
		switch {
		case strings.ContainsRune("мшщжюыфмЩШМЖЮЫФДwmWM@%—…№−", r):
			width += .93
		case strings.ContainsRune("iljtfrI.,:;'!|()[] \u00a0-«»/", r):
			width += .41
		case unicode.IsUpper(r):
			width += .76
		default:
			width += .645
		}
	}
	return width * size
}

// Wrap breaks a text into lines that are not wider than width.
func Wrap(s string, width, size float64) []string {
	return lines.Break(s, func(line string) bool { return measure(line, size) <= width })
}
