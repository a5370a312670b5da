// Package boxes puts a box in the place of what a font lacks, for whoever draws text with a font of its own: pictures
// for messengers, posters. A reader sees that something stands there.
package boxes

import (
	"strings"
	"sync"
	"unicode"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"golang.org/x/image/font/sfnt"
)

// Box stands for what a font lacks. The font must have it.
const Box = '□'

// Of tells what a font of the program has. Any number of goroutines may ask.
func Of(ttf []byte) func(rune) bool {
	font, err := sfnt.Parse(ttf)
	if err != nil {
		panic(err) // the font is in the program
	}
	var mutex sync.Mutex
	var b sfnt.Buffer
	return func(r rune) bool {
		mutex.Lock()
		defer mutex.Unlock()
		i, err := font.GlyphIndex(&b, r)
		return err == nil && i != 0
	}
}

// Put returns a text without characters that a font lacks. What people see as one character, such as a family or a
// flag, gets one box; a letter that the font has stays, with a box behind it for a mark that it lacks. Spaces become the
// common one, and characters that only control others are left out.
func Put(text string, has func(rune) bool) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return !has(r) }) {
		return text
	}
	var b strings.Builder
	for seen := graphemes.FromString(text); seen.Next(); {
		put(&b, seen.Value(), has)
	}
	return b.String()
}

// put writes what people see as one character.
func put(b *strings.Builder, seen string, has func(rune) bool) {
	base, boxed := true, false
	for _, r := range seen {
		switch {
		case boxed && base: // one box stands for all of it
			return
		case has(r):
			b.WriteRune(r)
			base = base && unseen(r)
		case unicode.IsSpace(r):
			b.WriteByte(' ')
			return // a line end may have two characters
		case !unseen(r) && !boxed:
			b.WriteRune(Box)
			boxed = true
		}
	}
}

// unseen reports whether a character has no form: joiners, selectors of forms and the like.
func unseen(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point) &&
		!unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}
