package locale

import (
	"cmp"
	"strings"
)

// Lang is one of the three languages of the program. Its zero value is Kyrgyz, the original.
type Lang uint8

const (
	Ky Lang = iota // Kyrgyz, the state language and the original of every text
	Ru             // Russian, the official language
	En             // English
)

// Langs are the languages in the order in which they are shown and fall back.
var Langs = [...]Lang{Ky, Ru, En}

// langs holds what the program knows of each language, words and dates aside.
var langs = [...]struct {
	code, name, openGraph string
	quotes                [2]string
	group, point          string // in numbers: between groups of three digits, before the fraction
	percent               string // follows a number
	som                   string // the currency, after a number
}{
	Ky: {"ky", "Кыргызча", "ky_KG", [2]string{"«", "»"}, nbsp, ",", nbsp + "%", "сом"},
	Ru: {"ru", "Русский", "ru_RU", [2]string{"«", "»"}, nbsp, ",", nbsp + "%", "сом"},
	En: {"en", "English", "en_GB", [2]string{"“", "”"}, ",", ".", "%", "som"},
}

// ParseLang is the inverse of [Lang.String]; it knows nothing but "ky", "ru" and "en".
func ParseLang(code string) (Lang, bool) {
	for _, l := range Langs {
		if l.String() == code {
			return l, true
		}
	}
	return 0, false
}

// String is the language's ISO 639-1 code, which is also its BCP 47 tag and its segment in addresses.
func (l Lang) String() string { return langs[l].code }

// Name is what the language calls itself.
func (l Lang) Name() string { return langs[l].name }

// OpenGraph is the language with its territory, for og:locale.
func (l Lang) OpenGraph() string { return langs[l].openGraph }

// FromEnvironment is the language of the user's terminal, by the POSIX variables LC_ALL,
// LC_MESSAGES and LANG: the first one set decides. English is for whoever asks for
// neither Kyrgyz nor Russian. getenv is [os.Getenv], or a stand-in.
func FromEnvironment(getenv func(string) string) Lang {
	locale := cmp.Or(getenv("LC_ALL"), getenv("LC_MESSAGES"), getenv("LANG"))
	code, _, _ := strings.Cut(strings.NewReplacer(".", "_", "-", "_", "@", "_").Replace(locale), "_")
	if l, ok := ParseLang(strings.ToLower(code)); ok {
		return l
	}
	return En
}
