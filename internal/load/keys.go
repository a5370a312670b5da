package load

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"achyk/internal/address"
	"achyk/internal/diag"
	"achyk/internal/limits"
	"achyk/internal/locale"
	"achyk/internal/settings"
	"achyk/internal/source"
)

// keys judges the keys of one TOML file and reports at their places. A key is a dotted path,
// "contact.website"; one of a repeated table such as [[clause]] begins with its name.
type keys struct {
	*loader
	places *settings.Places
	within string // the repeated table that enter was called for last, or empty
	number int    // which of these tables, from 0
}

// enter says which repeated table the following keys belong to.
func (k *keys) enter(name string, number int) { k.within, k.number = name, number }

// at returns the place of a key, or of its table if the key is missing.
func (k *keys) at(key string) source.Span {
	var path []any
	if rest, ok := strings.CutPrefix(key, k.within+"."); ok {
		path, key = append(path, k.within, k.number), rest
	}
	for _, name := range strings.Split(key, ".") {
		path = append(path, name)
	}
	return k.places.At(path...)
}

// require reports a key without a value.
func (k *keys) require(key, value string) {
	if value == "" {
		k.reportMissingKey(k.places.File(), key, k.at(key))
	}
}

// requireText reports a text without its original, and one that is too long in a language.
func (k *keys) requireText(key string, t locale.Text) {
	for _, l := range k.data.Site.Langs() {
		if n := utf8.RuneCountInString(t.Get(l)); n > limits.Title {
			k.problems.Add(diag.Diagnostic{Code: diag.OverLimit, File: k.places.File(), Span: k.at(key + "." + l.String()), Args: diag.Args{
				"what": diag.Phrase("limit.title"), "have": n, "limit": limits.Title, "key": key + "." + l.String(),
			}})
		}
	}
	if original := k.data.Site.Original(); t.Get(original) == "" {
		k.reportMissingKey(k.places.File(), key+"."+original.String(), k.at(key))
	}
}

// requireWord reports a value that is none of the words.
func (k *keys) requireWord(key, value string, words ...string) {
	if !slices.Contains(words, value) {
		k.wrong(key, value, words...)
	}
}

// address reports a value that is neither empty nor an address that pages, catalogues and
// citations can link to. git@…, by which a repository is cloned, is not.
func (k *keys) address(key, value string) {
	if value != "" && !address.Valid(value) {
		k.wrong(key, value, "https://…/")
	}
}

// zone reports, and empties, a value that is neither empty nor the IANA name of a time zone.
// Go also takes "Local", which would be the zone of the machine that builds the site.
func (k *keys) zone(key string, name *string) {
	if _, err := time.LoadLocation(*name); err != nil || *name == "Local" {
		k.wrong(key, *name, defaultZone)
		*name = ""
	}
}

// wrong reports the value of a key, with the words that would fit.
func (k *keys) wrong(key, value string, words ...string) {
	k.problems.Add(diag.Diagnostic{
		Code: diag.TOMLValue, File: k.places.File(), Span: k.at(key), Value: value,
		Args: diag.Args{"key": key, "value": value, "words": words},
	})
}
