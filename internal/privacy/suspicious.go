package privacy

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// suspicious tells whether a text may hold personal data. Nearly all cells of registers do not,
// and this looks at each byte once. Nine digits in a row are the fewest of a telephone, a passport
// has seven that stand together.
func suspicious(text string) bool {
	homes, figures := false, false
	row, together, gap := 0, 0, 0
	before := byte(' ')
	for i := 0; i < len(text); i++ {
		b := text[i]
		if b >= '0' && b <= '9' {
			figures, gap = true, 0
			row++
			together++
			if row >= 9 || homes {
				return true
			}
			before = b
			continue
		}
		if together == 7 || b == '@' {
			return true
		}
		together = 0
		if gap++; gap > 5 || !separating[b] {
			row = 0
		}
		if (b >= 0x80 || b|0x20 >= 'a' && b|0x20 <= 'z') && before < 0x80 && (before|0x20 < 'a' || before|0x20 > 'z') && i+3 <= len(text) {
			for _, t := range triggers[[3]byte{b, text[i+1], text[i+2]}] {
				if strings.HasPrefix(text[i:], t.stem) {
					if homes = true; t.health || figures {
						return true
					}
				}
			}
		}
		before = b
	}
	return together == 7
}

// separating are the bytes of the spaces, hyphens, dots and brackets that stand between the digits
// of a telephone.
var separating = func() (all [256]bool) {
	for _, b := range []byte(" ()-.–‑\u00a0\u2009\u202f") {
		all[b] = true
	}
	return all
}()

// trigger is the beginning of a word without which a text with few digits has no personal data.
type trigger struct {
	stem   string
	health bool // needs no digit
}

// triggers are the beginnings by their first three bytes, in small letters, with a capital and in
// capitals.
var triggers = func() map[[3]byte][]trigger {
	all := map[[3]byte][]trigger{}
	add := func(stems []string, health bool) {
		for _, stem := range stems {
			r, size := utf8.DecodeRuneInString(stem)
			for _, form := range []string{stem, string(unicode.ToUpper(r)) + stem[size:], strings.ToUpper(stem)} {
				key := [3]byte{form[0], form[1], form[2]}
				if t := (trigger{form, health}); !slices.Contains(all[key], t) {
					all[key] = append(all[key], t)
				}
			}
		}
	}
	add(illnesses, true)
	add(slices.Concat(streets, flats, births, []string{"ж. т", "ж.т", "г. р", "г.р", "гр.", "ул.", "көч", "мкр", "кв.", "пр-", "пер", "str", "st."}), false)
	return all
}()
