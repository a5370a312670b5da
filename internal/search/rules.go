package search

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
	"golang.org/x/text/unicode/norm"
)

// Rules say how words of a language are compared; rules.toml explains the fields. The script of the
// search page gets them in the head of the index.
type Rules struct {
	Letters  string            `toml:"letters" json:"letters"`
	Folds    map[string]string `toml:"folds" json:"folds"`
	Latin    map[string]string `toml:"latin" json:"latin,omitempty"`
	Classes  map[string]string `toml:"classes" json:"classes,omitempty"`
	Finals   map[string]string `toml:"finals" json:"finals,omitempty"`
	Endings  [][]string        `toml:"endings" json:"endings,omitempty"`
	Suffixes [][]string        `toml:"suffixes" json:"suffixes,omitempty"`
	Short    []string          `toml:"short" json:"short,omitempty"`

	// Synonyms are of synonyms.toml: in each line the words of texts, and what people type for them.
	Synonyms [][2][]string `toml:"-" json:"synonyms,omitempty"`
}

//go:embed rules.toml
var rulesFile string

//go:embed synonyms.toml
var synonymsFile string

// all are the rules by language, read when they are first asked for: most commands need none.
var all = sync.OnceValue(func() (rules map[string]Rules) {
	if _, err := toml.Decode(rulesFile, &rules); err != nil {
		panic(fmt.Sprintf("search: rules.toml: %v", err))
	}
	var synonyms map[string][][2][]string
	if _, err := toml.Decode(synonymsFile, &synonyms); err != nil {
		panic(fmt.Sprintf("search: synonyms.toml: %v", err))
	}
	for lang, lines := range synonyms {
		r := rules[lang]
		r.Synonyms = lines
		rules[lang] = r
	}
	return rules
})

// RulesOf returns the rules of a language, by its code, and whether it has any.
func RulesOf(lang string) (Rules, bool) {
	r, ok := all()[lang]
	return r, ok
}

// Words returns the words of a text, folded, in the order of the text.
func (r Rules) Words(text string) []string { return r.splitter()(text) }

// splitter returns Words for many texts: it prepares what all of them need, and folds a word once.
func (r Rules) splitter() func(text string) []string {
	run := regexp.MustCompile("[0-9]+(?:[.,][0-9]+)+|[" + r.Letters + "]+") // "4.1" is one word
	folds := make(map[rune]string, len(r.Folds))
	for letter, other := range r.Folds {
		for _, c := range letter {
			folds[c] = other
		}
	}
	folded := map[string]string{}
	return func(text string) (words []string) {
		text = strings.ToLower(norm.NFC.String(text))
		for _, at := range run.FindAllStringIndex(text, -1) {
			word := text[at[0]:at[1]]
			f, known := folded[word]
			if !known {
				f = fold(word, folds)
				folded[strings.Clone(word)] = f
			}
			if f != "" {
				words = append(words, f)
			}
		}
		return words
	}
}

// fold replaces letters of a word that count as others.
func fold(word string, folds map[rune]string) string {
	var b strings.Builder
	for _, c := range word {
		if other, ok := folds[c]; ok {
			b.WriteString(other)
		} else {
			b.WriteRune(c)
		}
	}
	return b.String()
}
