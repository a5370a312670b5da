package attachment

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// longestTitle is how many letters of a title the name of a file has. With an id of 64 it stays well below limits.Name.
const longestTitle = 40

// Name names the file of a document of a record, in small Latin letters, digits and hyphens: the id of the record, what
// the title says, and the ending. A name that is taken in any spelling gets a number.
func Name(id, title, ending string, taken func(name string) bool) string {
	base := latin(id)
	if words := latin(title); words != "" && words != base {
		base += "-" + words
	}
	name := base + strings.ToLower(ending)
	for i := 2; taken(name); i++ {
		name = base + "-" + strconv.Itoa(i) + strings.ToLower(ending)
	}
	return name
}

// letters are the Kyrgyz and Russian letters in Latin ones, as names of places on maps have them.
var letters = func() map[rune]string {
	all := map[rune]string{}
	for pair := range strings.FieldsSeq(`а-a б-b в-v г-g д-d е-e ё-yo ж-j з-z и-i й-y к-k л-l м-m н-n ң-ng о-o ө-o п-p р-r
		с-s т-t у-u ү-u ф-f х-kh ц-ts ч-ch ш-sh щ-sch ъ- ы-y ь- э-e ю-yu я-ya`) {
		cyrillic, written, _ := strings.Cut(pair, "-")
		all[[]rune(cyrillic)[0]] = written
	}
	return all
}()

// latin writes a text for the name of a file. It ends with a whole word.
func latin(text string) string {
	var words []string
	length := 0
	for word := range strings.FieldsFuncSeq(strings.ToLower(norm.NFC.String(text)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		var b strings.Builder
		for _, r := range word {
			if written, ok := letters[r]; ok {
				b.WriteString(written)
			} else if r < unicode.MaxASCII {
				b.WriteRune(r)
			}
		}
		if length += b.Len() + 1; length > longestTitle && len(words) > 0 {
			break
		}
		if b.Len() > 0 {
			words = append(words, b.String())
		}
	}
	all := strings.Join(words, "-")
	return all[:min(len(all), 2*longestTitle)]
}
