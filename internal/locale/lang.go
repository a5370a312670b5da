package locale

import (
	"cmp"
	"slices"
	"strings"
)

// Lang is one of the three languages of the program. The zero value is Kyrgyz.
type Lang uint8

const (
	Ky Lang = iota // Kyrgyz, the state language
	Ru             // Russian, the official language
	En             // English
)

// Langs are the languages, in the order in which pages list them and in which a missing text
// is replaced.
var Langs = [...]Lang{Ky, Ru, En}

// langs is what the program knows of each language. Dates are in layouts, the order of letters is
// in [Printer.Compare], and messages are in files.
var langs = [len(Langs)]struct {
	code, iso3, openGraph string
	name, english         string    // of the language: in itself, in English
	latin                 bool      // it is written in Latin letters, not in Cyrillic ones
	quotes, inner         [2]string // inner: of what is quoted inside of quotation marks
	group, point          string    // in numbers: between groups of three digits, before the fraction
	percent               string    // follows a number
	som                   string    // the currency, after a number
}{
	Ky: {"ky", "kir", "ky_KG", "Кыргызча", "Kyrgyz", false, [2]string{"«", "»"}, [2]string{"„", "“"}, nbsp, ",", nbsp + "%", "сом"},
	Ru: {"ru", "rus", "ru_RU", "Русский", "Russian", false, [2]string{"«", "»"}, [2]string{"„", "“"}, nbsp, ",", nbsp + "%", "сом"},
	En: {"en", "eng", "en_GB", "English", "English", true, [2]string{"“", "”"}, [2]string{"‘", "’"}, ",", ".", "%", "som"},
}

// ParseLang is the inverse of [Lang.String]. It accepts "ky", "ru" and "en" and no other spelling.
func ParseLang(code string) (Lang, bool) {
	for _, l := range Langs {
		if l.String() == code {
			return l, true
		}
	}
	return 0, false
}

// Codes are codes of languages, as people write them.
type Codes []string

// Langs are the languages, in the order of [Langs]. Without a code, as in tests, they are all.
func (c Codes) Langs() (all []Lang) {
	for _, l := range Langs {
		if len(c) == 0 || slices.Contains(c, l.String()) {
			all = append(all, l)
		}
	}
	return all
}

// Original is the language in which every text must be there, and which readers of another language get
// where a translation is missing: the one that the code names or, if that is empty, the first in the
// order of [Langs], which is Kyrgyz if it is among the languages.
func (c Codes) Original(code string) Lang {
	if l, ok := ParseLang(code); ok {
		return l
	}
	return c.Langs()[0]
}

// String is the ISO 639-1 code, which is also the BCP 47 tag and the first segment of addresses.
func (l Lang) String() string { return langs[l].code }

// ISO3 is the ISO 639-3 code.
func (l Lang) ISO3() string { return langs[l].iso3 }

// Name is the name of the language in that language.
func (l Lang) Name() string { return langs[l].name }

// EnglishName is the name of the language in English.
func (l Lang) EnglishName() string { return langs[l].english }

// Latin tells whether the language is written in Latin letters. The others are written in Cyrillic
// ones.
func (l Lang) Latin() bool { return langs[l].latin }

// OpenGraph is the language with a territory, for the property og:locale.
func (l Lang) OpenGraph() string { return langs[l].openGraph }

// FromEnvironment is the language of the user's terminal. The first of the POSIX variables LC_ALL,
// LC_MESSAGES and LANG that is set decides; without one, or with another language, it is English.
// getenv is [os.Getenv], or a stand-in in tests.
func FromEnvironment(getenv func(string) string) Lang {
	locale := cmp.Or(getenv("LC_ALL"), getenv("LC_MESSAGES"), getenv("LANG"))
	code, _, _ := strings.Cut(strings.NewReplacer(".", "_", "-", "_", "@", "_").Replace(locale), "_")
	if l, ok := ParseLang(strings.ToLower(code)); ok {
		return l
	}
	return En
}
