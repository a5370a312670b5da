package translation

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"achyk/internal/locale"
)

// The forms of facts. The signs of numbers are those that a locale of CLDR has.
var (
	iso3      = regexp.MustCompile(`^[a-z]{3}$`)
	openGraph = regexp.MustCompile(`^[a-z]{2,3}(_[A-Z][a-z]{3})?_([A-Z]{2}|[0-9]{3})$`)
	point     = regexp.MustCompile(`^[.,·٫]$`)
	group     = regexp.MustCompile(`^[ \x{a0}\x{202f}.,'’٬]$`)
	name      = regexp.MustCompile(`^[^0-9<>&]*$`)
	percent   = regexp.MustCompile(`^[ \x{a0}\x{202f}]?[%٪]$`)
	som       = regexp.MustCompile(`^[^0-9<>&]*\pL[^0-9<>&]*$`)
)

// signs judges the facts that are in numbers, in quotations and in the heads of pages. With a digit for the decimal
// sign, or one sign for two things, a number would be read as another one.
func (r *reader) signs(f *locale.Facts) {
	like := locale.Ru.Facts()
	for _, fact := range []struct {
		key   string
		value *string
		form  *regexp.Regexp
		words []string
	}{
		{"name", &f.Name, name, []string{like.Name}}, {"english", &f.English, name, []string{like.English}},
		{"iso3", &f.ISO3, iso3, []string{"uzb", "tgk"}}, {"open_graph", &f.OpenGraph, openGraph, []string{"uz_UZ", "ru_RU"}},
		{"point", &f.Point, point, []string{quoted(","), quoted(".")}}, {"group", &f.Group, group, []string{quoted("\u00a0"), quoted("."), quoted(",")}},
		{"percent", &f.Percent, percent, []string{quoted("%"), quoted("\u00a0%")}}, {"som", &f.Som, som, []string{quoted("сом"), quoted("som")}},
	} {
		if *fact.value != "" && !fact.form.MatchString(*fact.value) {
			r.wrong(*fact.value, fact.words, "language", fact.key)
			*fact.value = ""
		}
	}
	if f.Group != "" && f.Group == cmp.Or(f.Point, like.Point) {
		r.wrong(f.Group, []string{quoted("\u00a0"), quoted("’")}, "language", "group")
		f.Group = ""
	}
	for _, marks := range []struct {
		key   string
		value *[]string
	}{{"quotes", &f.Quotes}, {"inner", &f.Inner}} {
		if n := len(*marks.value); n != 0 && (n != 2 || !quotation((*marks.value)[0]) || !quotation((*marks.value)[1])) {
			r.wrong(strings.Join(*marks.value, " "), []string{`["«", "»"]`}, "language", marks.key)
			*marks.value = nil
		}
	}
	if !ordered(f.Alphabet) {
		r.wrong(f.Alphabet, []string{like.Alphabet, locale.En.Facts().Alphabet}, "language", "alphabet")
		f.Alphabet = ""
	}
}

// quotation tells whether a text is a quotation mark, perhaps with the space that French has beside it.
func quotation(text string) bool {
	mark, size := utf8.DecodeRuneInString(strings.Trim(text, " \u00a0\u202f"))
	return size > 0 && size == len(strings.Trim(text, " \u00a0\u202f")) && unicode.Is(unicode.Quotation_Mark, mark)
}

// ordered tells whether a text has small letters, each once: all of an alphabet, and not "a-z".
func ordered(alphabet string) bool {
	for i, letter := range alphabet {
		if !unicode.IsLetter(letter) || unicode.ToLower(letter) != letter || strings.ContainsRune(alphabet[:i], letter) {
			return false
		}
	}
	return true
}

// twelve tells whether a list has a word for each month.
func twelve(months []string) bool {
	words := slices.Sorted(slices.Values(months))
	return len(months) == 12 && len(slices.Compact(words)) == 12 && words[0] != "" && !slices.ContainsFunc(months, marked)
}

// marked tells whether a text has signs of HTML, which stands on the pages as it is written.
func marked(text string) bool { return strings.ContainsAny(text, "<>&") }
