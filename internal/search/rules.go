package search

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"

	"github.com/BurntSushi/toml"
	"golang.org/x/text/unicode/norm"
)

// Rules say how words of a language are compared; rules.toml explains the fields. The script of the
// search page gets them in the head of the index.
type Rules struct {
	Letters  string            `toml:"letters" json:"letters"`
	Folds    map[string]string `toml:"folds" json:"folds"`
	Latin    map[string]string `toml:"latin" json:"latin"`
	Classes  map[string]string `toml:"classes" json:"classes"`
	Finals   map[string]string `toml:"finals" json:"finals"`
	Endings  [][]string        `toml:"endings" json:"endings"`
	Suffixes [][]string        `toml:"suffixes" json:"suffixes"`
}

//go:embed rules.toml
var rulesFile string

var all = func() (rules map[string]Rules) {
	if _, err := toml.Decode(rulesFile, &rules); err != nil {
		panic(fmt.Sprintf("search: rules.toml: %v", err))
	}
	return rules
}()

// RulesOf returns the rules of a language, by its code, and whether it has any.
func RulesOf(lang string) (Rules, bool) {
	r, ok := all[lang]
	return r, ok
}

// Words returns the words of a text, folded, in the order of the text.
func (r Rules) Words(text string) []string {
	var words []string
	for _, word := range r.run().FindAllString(strings.ToLower(norm.NFC.String(text)), -1) {
		if word = r.fold(word); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// run matches a word.
func (r Rules) run() *regexp.Regexp { return regexp.MustCompile("[" + r.Letters + "]+") }

// fold replaces letters of a word that count as others.
func (r Rules) fold(word string) string {
	var b strings.Builder
	for _, c := range word {
		if other, ok := r.Folds[string(c)]; ok {
			b.WriteString(other)
		} else {
			b.WriteRune(c)
		}
	}
	return b.String()
}
