package chart

import (
	"strings"
	"unicode"
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
		case strings.ContainsRune("мшщжюыфмЩШМЖЮЫФДwmWM@%—…№", r):
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

// Wrap cuts a text into lines that are not wider than width. It cuts at spaces, and inside of a word only if
// the word alone is wider. Nothing of the text is left out but the spaces at line ends.
func Wrap(s string, width, size float64) (lines []string) {
	line := ""
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\n' }) {
		if line != "" && measure(line+" "+word, size) <= width {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for line = ""; measure(word, size) > width; {
			runes, n := []rune(word), 1
			for n < len(runes)-1 && measure(string(runes[:n+1]), size) <= width {
				n++
			}
			if n == len(runes) {
				break
			}
			lines, word = append(lines, string(runes[:n])), string(runes[n:])
		}
		line = word
	}
	if line != "" || len(lines) == 0 {
		lines = append(lines, line)
	}
	return lines
}
