// Package lines breaks a text into lines for whoever draws text: charts and pictures for messengers. It knows no
// fonts; its caller tells what fits into a line. Lines are broken at spaces and line ends, never at a
// no-break space, and within a word only if the word alone does not fit. Nothing of the text is left out but
// the spaces at which it was broken.
package lines

import "strings"

// Break returns the lines of a text, at least one. fits tells whether a text fits into a line. A single
// character stands on a line even if it does not fit.
func Break(text string, fits func(string) bool) (broken []string) {
	line := ""
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' }) {
		if joined := line + " " + word; line != "" && fits(joined) {
			line = joined
			continue
		}
		if line != "" {
			broken = append(broken, line)
		}
		line = word
		if fits(word) {
			continue
		}
		rest := []rune(word)
		for n := 1; n < len(rest); n++ { // never the whole rest, which may be a page
			if !fits(string(rest[:n+1])) {
				broken, rest, n = append(broken, string(rest[:n])), rest[n:], 0
			}
		}
		line = string(rest)
	}
	if line != "" || broken == nil {
		broken = append(broken, line)
	}
	return broken
}
