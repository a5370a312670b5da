package locale

import (
	"slices"
	"unicode"
)

// Clause is the number of a clause of a legal text, as regulation.toml has it and addresses
// contain it: "13a". As an argument of a message, and by In, it is written as texts of the
// language have it.
//
// Letters are matched by their place, not by their sound or shape: the data have 13a to 13f, which are identifiers, and Kyrgyz
// and Russian pages 13а to 13е, as lists in these languages go. So 13e of the data is 13д on a page, and 13е of a page is
// 13f in the data. The Kyrgyz text of Osh has no letters in clause 13, only dashes; the note of its regulation.toml says
// that the letters are ours, and which stands for which.
type Clause string

// Lists in Kyrgyz and Russian texts leave out ё, й and the letters that no word begins with.
var (
	latinItems    = []rune("abcdefghijklmnopqrstuvwxyz")
	cyrillicItems = []rune("абвгдежзиклмнопрстуфхцчшщэ")
)

// In replaces a letter after a digit by the one that has its place in lists of the language, so
// that 13d is 13г in Kyrgyz and Russian. In the other direction it does the same. Letters of a
// word stay.
func (c Clause) In(l Lang) string {
	from, to := latinItems, cyrillicItems
	if l.Latin() {
		from, to = to, from
	}
	number := []rune(c)
	for i, r := range number {
		letter := slices.Index(from, r)
		alone := i > 0 && unicode.IsDigit(number[i-1]) && (i+1 == len(number) || !unicode.IsLetter(number[i+1]))
		if letter >= 0 && alone {
			number[i] = to[letter]
		}
	}
	return string(number)
}
