package load

import (
	"slices"
	"strings"
	"time"

	"achyk/internal/diag"
	"achyk/internal/locale"
	"achyk/internal/settings"
	"achyk/internal/source"
)

// keys reports on the keys of one TOML file.
type keys struct {
	*loader
	places *settings.Places
	within string // the repeated table that keys are asked about, or empty
	number int    // of it, from 0
}

// table says that the keys asked about next are those of a repeated table.
func (k *keys) table(name string, number int) { k.within, k.number = name, number }

// at returns the place of a key, or of its table if the key is not there.
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

func (k *keys) given(key, value string) {
	if value == "" {
		k.missing(k.places.File(), key, k.at(key))
	}
}

// text wants the Kyrgyz original.
func (k *keys) text(key string, t locale.Text) {
	if t.Ky == "" {
		k.missing(k.places.File(), key+".ky", k.at(key))
	}
}

// word wants one of the words.
func (k *keys) word(key, value string, words ...string) {
	if !slices.Contains(words, value) {
		k.wrong(key, value, words...)
	}
}

// address wants what pages, catalogues and citations can link, if anything: how to clone
// a repository, git@…, is none.
func (k *keys) address(key, value string) {
	if value != "" && !strings.HasPrefix(value, "https://") && !strings.HasPrefix(value, "http://") {
		k.wrong(key, value, "https://…/")
	}
}

// zone wants the IANA name of a time zone, if anything, and empties what is none. "Local"
// is none: it would be the zone of whatever machine builds the site.
func (k *keys) zone(key string, name *string) {
	if _, err := time.LoadLocation(*name); err != nil || *name == "Local" {
		k.wrong(key, *name, defaultZone)
		*name = ""
	}
}

func (k *keys) wrong(key, value string, words ...string) {
	k.problems.Add(diag.Diagnostic{
		Code: diag.TOMLValue, File: k.places.File(), Span: k.at(key), Value: value,
		Args: diag.Args{"key": key, "value": value, "words": words},
	})
}
