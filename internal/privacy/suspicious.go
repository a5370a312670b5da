package privacy

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// suspicious tells whether a text may hold personal data. Nearly all cells of registers do not,
// and this looks at each byte once.
func suspicious(text string) bool {
	figures, homes := 0, false
	before := byte(' ')
	for i := 0; i < len(text); i++ {
		b := text[i]
		switch {
		case b >= '0' && b <= '9':
			figures++
		case b == '@':
			return true
		case (b >= 0x80 || b|0x20 >= 'a' && b|0x20 <= 'z') && before < 0x80 && (before|0x20 < 'a' || before|0x20 > 'z'):
			if i+3 <= len(text) {
				for _, t := range triggers[[3]byte{b, text[i+1], text[i+2]}] {
					if strings.HasPrefix(text[i:], t.stem) {
						if t.health {
							return true
						}
						homes = true
					}
				}
			}
		}
		if figures >= 7 || homes && figures > 0 {
			return true
		}
		before = b
	}
	return false
}

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
	add(slices.Concat(streets, flats, births, []string{"ж. т", "ж.т", "г. р", "г.р", "ул.", "көч", "мкр", "кв.", "пр-", "пер", "str", "st."}), false)
	return all
}()
