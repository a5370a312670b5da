package locale

import (
	"cmp"
	"crypto/sha256"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Lang is a language: one that the program has built in, or a further one that a municipality has
// written a catalogue for, see [Register]. The zero value is Kyrgyz.
type Lang uint16

const (
	Ky Lang = iota // Kyrgyz, the state language
	Ru             // Russian, the official language
	En             // English
)

// Langs are the built-in languages, in the order in which pages list them and in which a missing
// text is replaced.
var Langs = [...]Lang{Ky, Ru, En}

// tongue is a language as the program knows it.
type tongue struct {
	code    string
	facts   func() *Facts
	printer *Printer
}

// tongues are all languages, by Lang. The list only grows and its elements do not change, so it is
// read without a lock.
var tongues atomic.Pointer[[]*tongue]

func init() { // a variable would depend on itself by way of Lang.String
	builtin := make([]*tongue, len(Langs))
	for l, code := range []string{Ky: "ky", Ru: "ru", En: "en"} {
		builtin[l] = newTongue(Lang(l), code, sync.OnceValue(func() *Facts { return builtinFacts(code) }),
			sync.OnceValue(func() *catalogue { return load(messageFiles, Lang(l)) }))
	}
	tongues.Store(&builtin)
}

func newTongue(l Lang, code string, facts func() *Facts, messages func() *catalogue) *tongue {
	return &tongue{code, facts, &Printer{lang: l, original: Langs[0], facts: facts, messages: messages}}
}

func (l Lang) tongue() *tongue { return (*tongues.Load())[l] }

// registered are the further languages, by the checksum of their code and catalogue.
var registered struct {
	sync.Mutex
	langs map[[sha256.Size]byte]Lang
}

// Register makes a further language known, with the facts and messages that its catalogue has. Content is
// the text of the catalogue. The same content makes the same language. Another content makes another
// one with the same code: what was said in the first stays as it was, and whoever reads the files
// again, as the preview does, speaks by the new catalogue. Languages are never forgotten.
func Register(code string, content []byte, facts Facts, messages map[string]Forms) Lang {
	registered.Lock()
	defer registered.Unlock()
	sum := sha256.Sum256(append([]byte(code+"\x00"), content...))
	if l, known := registered.langs[sum]; known {
		return l
	}
	before := *tongues.Load()
	l := Lang(len(before))
	facts.complete(code)
	after := append(slices.Clip(before), newTongue(l, code, func() *Facts { return &facts },
		sync.OnceValue(func() *catalogue { return translated(code, messages) })))
	tongues.Store(&after)
	if registered.langs == nil {
		registered.langs = map[[sha256.Size]byte]Lang{}
	}
	registered.langs[sum] = l
	return l
}

// CanRegister tells whether a code is one of ISO 639 that stands for a language which is not built in
// and whose plural forms are known (CLDR).
func CanRegister(code string) bool {
	base, err := language.ParseBase(code)
	if _, builtin := ParseLang(code); builtin || err != nil || base.String() != code {
		return false
	}
	tag := language.MustParse(code)
	return i18n.NewBundle(tag).AddMessages(tag, &i18n.Message{ID: "x", Other: "x"}) == nil
}

// ParseLang is the inverse of [Lang.String] for the built-in languages. It accepts "ky", "ru" and "en"
// and no other spelling.
func ParseLang(code string) (Lang, bool) { return Find(code, Langs[:]) }

// Find is the language of a list that has a code.
func Find(code string, among []Lang) (Lang, bool) {
	for _, l := range among {
		if l.String() == code {
			return l, true
		}
	}
	return 0, false
}

// Chosen are the languages of a list that codes name, in the order of the list. Without a code, as in
// tests, they are all.
func Chosen(codes []string, among []Lang) (chosen []Lang) {
	for _, l := range among {
		if len(codes) == 0 || slices.Contains(codes, l.String()) {
			chosen = append(chosen, l)
		}
	}
	return chosen
}

// Original is the language of a list in which every text must be there, and which readers of another
// language get where a translation is missing: the one that the code names or, if that is empty, the
// first, which is Kyrgyz if it is among them.
func Original(code string, among []Lang) Lang {
	if l, ok := Find(code, among); ok {
		return l
	}
	return among[0]
}

// String is the ISO 639 code, of two letters if there is such a one. It is also the BCP 47 tag and the
// first segment of addresses.
func (l Lang) String() string { return l.tongue().code }

// ISO3 is the ISO 639-3 code.
func (l Lang) ISO3() string { return l.tongue().facts().ISO3 }

// Name is the name of the language in that language.
func (l Lang) Name() string { return l.tongue().facts().Name }

// EnglishName is the name of the language in English.
func (l Lang) EnglishName() string { return l.tongue().facts().English }

// Latin tells whether the language is written in Latin letters. The others are written in Cyrillic
// ones.
func (l Lang) Latin() bool { return l.tongue().facts().Script == Latin }

// OpenGraph is the language with a territory, for the property og:locale.
func (l Lang) OpenGraph() string { return l.tongue().facts().OpenGraph }

// BuiltIn tells whether the program has the language built in.
func (l Lang) BuiltIn() bool { return int(l) < len(Langs) }

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
