package page

import (
	"bytes"
	"slices"
)

// joiner is the word joiner (U+2060). It shows nothing, and lines are not broken at it.
const joiner = "\u2060"

// copied are elements whose text people copy or programs read, which must stay as it is.
var copied = []string{"code", "option", "pre", "script", "style", "textarea", "title"}

// join keeps Kyrgyz numbers whole: browsers may break a line after each hyphen and would tear
// "29-ноябрь", "8-пункт" and "13г-пункт" apart. It puts a joiner after each hyphen that has a number before it,
// maybe with a letter, and a Cyrillic letter after it. Attributes are left as they are.
func join(page *bytes.Buffer) {
	hyphens := torn(page.Bytes())
	if len(hyphens) == 0 {
		return
	}
	from := page.Len()
	page.Grow(len(hyphens) * len(joiner))
	b := page.AvailableBuffer()
	page.Write(b[:len(hyphens)*len(joiner)]) // whatever is there; it is written over
	b = page.Bytes()
	for i, at := range slices.Backward(hyphens) { // from the end, so that nothing is written over before it was moved
		copy(b[at+1+(i+1)*len(joiner):], b[at+1:from])
		copy(b[at+1+i*len(joiner):], joiner)
		from = at + 1
	}
}

// torn returns the places of the hyphens of a page at which numbers would be torn apart.
func torn(page []byte) (hyphens []int) {
	for at := 1; at+1 < len(page); at++ {
		n := bytes.IndexByte(page[at:], '-')
		if n < 0 {
			return hyphens
		}
		at += n
		if at+1 == len(page) || !cyrillic(page[at+1]) || !digit(page[at-1]) && (at < 3 || !cyrillic(page[at-2]) || !digit(page[at-3])) {
			continue
		}
		tag := bytes.LastIndexByte(page[:at], '<')
		end := bytes.LastIndexByte(page[:at], '>')
		if end <= tag {
			continue // in an attribute
		}
		name, _, _ := bytes.Cut(page[tag+1:end], []byte(" "))
		if !slices.Contains(copied, string(name)) {
			hyphens = append(hyphens, at)
		}
	}
	return hyphens
}

// digit reports whether a byte is a digit.
func digit(b byte) bool { return '0' <= b && b <= '9' }

// cyrillic reports whether a byte is the first of a letter from U+0400 to U+04FF.
func cyrillic(b byte) bool { return 0xD0 <= b && b <= 0xD3 }
