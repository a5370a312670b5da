package settings

import (
	"bytes"

	"achyk/internal/limits"
)

// tooDeep finds the first bracket or dot that is more than limits.Nesting steps within others: a
// step is a table, a list or a part of a dotted key. It runs before the parsers do. They took 7
// seconds and 2.8 GB for 10,000 inline tables within each other, and the decoder 1.2 GB for a
// key of 10,000 parts.
//
// Strings and comments are left out as the parsers do. In a text that is not TOML it may count
// less, but no more than up to the mistake, where the parsers end.
func tooDeep(text []byte) (at int, found bool) {
	var open []int // by bracket: its steps
	depth, dots := 0, 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"', '\'':
			i += quoted(text[i:]) - 1
		case '#':
			line, _, _ := bytes.Cut(text[i:], []byte("\n"))
			i += len(line) - 1
		case '.':
			dots++
		case '[', '{':
			open = append(open, dots+1)
			depth, dots = depth+dots+1, 0
		case ']', '}':
			if last := len(open) - 1; last >= 0 {
				depth, open = depth-open[last], open[:last]
			}
			dots = 0
		case ',', '\n':
			dots = 0
		}
		if depth+dots > limits.Nesting {
			return i, true
		}
	}
	return 0, false
}

// quoted returns the length of the string that a text begins with, of any of the four kinds. One
// that is not closed ends with its line or, of several lines, with the text.
func quoted(text []byte) int {
	quote := text[0]
	escapes := quote == '"'
	if !bytes.HasPrefix(text, bytes.Repeat(text[:1], 3)) {
		for i := 1; i < len(text); i++ {
			switch {
			case text[i] == quote:
				return i + 1
			case text[i] == '\n':
				return i
			case text[i] == '\\' && escapes:
				i++
			}
		}
		return len(text)
	}
	end := text[:3]
	for i := 3; i < len(text); i++ {
		switch {
		case text[i] == '\\' && escapes:
			i++
		case bytes.HasPrefix(text[i:], end):
			i += 3
			for range 2 { // up to two quotes before the closing ones belong to the string
				if i < len(text) && text[i] == quote {
					i++
				}
			}
			return i
		}
	}
	return len(text)
}
