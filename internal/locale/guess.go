package locale

import (
	"iter"
	"math"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// Guess is the language of a text that is recorded in one language only, for a reader of l. Two Latin words in a
// row are taken for English, one for a name or a code. For Cyrillic letters see [kyrgyz]; on a page in one of
// the two languages a text is taken for the other only if its letters leave no doubt.
func Guess(s string, l Lang) Lang {
	cyrillic := strings.ContainsFunc(s, isCyrillic)
	switch {
	case !cyrillic && !l.Latin() && latinWords.MatchString(s):
		return En
	case !cyrillic || !l.Latin() && l != Ky && l != Ru:
		return l
	}
	if l == Ru && strings.ContainsAny(s, "ңөүҢӨҮ") {
		return Ky // a voice for Russian cannot say these letters
	}
	k := kyrgyz(s)
	switch l {
	case Ky:
		k += sure
	case Ru:
		k -= sure
	}
	if k < 0 {
		return Ru
	}
	return Ky
}

var latinWords = regexp.MustCompile(`[A-Za-z]{2,} [A-Za-z]{2,}`)

func isCyrillic(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }

// sure is how much the letters must speak for a language that is not the reader's. Of the texts of the sample,
// only names that Russian has from Kyrgyz reach it.
const sure = 12

// kyrgyz is how much the letters of a text speak for Kyrgyz (above 0) or for Russian: the logarithm of how many
// times likelier its pairs of letters are in the one than in the other.
func kyrgyz(s string) (sum float64) {
	for pair := range pairs(s) {
		if sum += frequencies()[pair]; strings.ContainsAny(string(pair[:]), "ңөү") && !slices.Contains(pair[:], ' ') {
			sum += sure / 2 // Russian words do not have these letters; numbers of contracts may
		}
	}
	return sum
}

// frequencies says of each pair of letters how much it speaks for Kyrgyz. They are counted in the messages of
// the program, which say the same things in both languages.
var frequencies = sync.OnceValue(func() map[[2]rune]float64 {
	counts, all, logs := map[[2]rune]*[2]float64{}, [2]float64{}, map[[2]rune]float64{}
	for i, l := range []Lang{Ky, Ru} {
		for _, m := range For(l).messages().all {
			for _, form := range []string{m.One, m.Few, m.Many, m.Other} {
				for pair := range pairs(form) {
					if counts[pair] == nil {
						counts[pair] = &[2]float64{1, 1} // a pair that one of them has not may still be in it
					}
					counts[pair][i]++
					all[i]++
				}
			}
		}
	}
	for pair, n := range counts {
		logs[pair] = math.Log(n[0] / n[1] * all[1] / all[0])
	}
	return logs
})

// pairs are the Cyrillic letters of a text with the letter before each, or a space at both ends of a word.
func pairs(s string) iter.Seq[[2]rune] {
	return func(yield func([2]rune) bool) {
		before := ' '
		for _, r := range s + " " {
			if !isCyrillic(r) {
				r = ' '
			}
			pair := [2]rune{before, unicode.ToLower(r)}
			if before = pair[1]; pair != [2]rune{' ', ' '} && !yield(pair) {
				return
			}
		}
	}
}
