// Package spelling finds the word that is meant by a misspelt one. Knows no domain.
package spelling

import (
	"unicode/utf8"

	"achyk/internal/limits"
)

// Nearest returns the candidate that differs least from a word, or "" if all differ in more
// than a third of the word's letters. For a word longer than limits.Word it returns "".
func Nearest(word string, candidates []string) string {
	if len(word) > limits.Word*utf8.UTFMax || utf8.RuneCountInString(word) > limits.Word {
		return ""
	}
	best, distance := "", max(1, utf8.RuneCountInString(word)/3)+1
	for _, c := range candidates {
		if d := len(c) - len(word); d > utf8.UTFMax*limits.Word {
			continue
		}
		if d := editDistance([]rune(word), []rune(c), distance); d < distance {
			best, distance = c, d
		}
	}
	return best
}

// editDistance returns Levenshtein's distance of two words, or limit if it is not smaller.
func editDistance(a, b []rune, limit int) int {
	if d := len(a) - len(b); d >= limit || -d >= limit {
		return limit
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		best := row[0]
		for j, y := range b {
			cost := diagonal
			if x != y {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
			best = min(best, cost)
		}
		if best >= limit {
			return limit
		}
	}
	return row[len(b)]
}
