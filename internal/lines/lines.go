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
		rest := []rune(word)
		for !fits(string(rest)) && len(rest) > 1 {
			n := 1
			for n < len(rest)-1 && fits(string(rest[:n+1])) {
				n++
			}
			broken, rest = append(broken, string(rest[:n])), rest[n:]
		}
		line = string(rest)
	}
	if line != "" || broken == nil {
		broken = append(broken, line)
	}
	return broken
}
