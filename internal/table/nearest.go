package table

import (
	"slices"
	"strings"
	"unicode/utf8"

	"achyk/internal/diag"
	"achyk/internal/limits"
	"achyk/internal/locale"
	"achyk/internal/spelling"
)

// Named is a word of an enum, the id of a record or the name of a field, with what people call it. In JSON it
// is its code.
type Named struct {
	Code string
	Name locale.Text // empty if people call it by its code
}

// MarshalText returns the code.
func (n Named) MarshalText() ([]byte, error) { return []byte(n.Code), nil }

// NearestNamed returns the one of n whose code or name in a language differs least from a text, by the rules
// of spelling.Nearest, or the zero Named.
func (s *Speller) NearestNamed(text string, n int, all func() []Named) Named {
	of, text := map[string]Named{}, strings.ToLower(text)
	found := s.Nearest(text, n*(1+len(locale.Langs)), func() (texts []string) {
		for _, c := range all() {
			for _, t := range append([]string{c.Code}, c.Name.All()...) {
				t = strings.ToLower(t)
				if _, taken := of[t]; !taken && t != "" {
					of[t] = c
					texts = append(texts, t)
				}
			}
		}
		return texts
	})
	return of[found]
}

// Speller suggests words for misspelt ones until it has compared limits.Compared words. A file
// may have as many mistakes as words to compare them with.
type Speller struct{ compared int }

// Nearest returns what spelling.Nearest returns for n candidates, or "" if with them too
// many words would be compared. Then it does not ask for them.
func (s *Speller) Nearest(word string, n int, candidates func() []string) string {
	if s.compared += n; s.compared > limits.Compared {
		return ""
	}
	return spelling.Nearest(word, candidates())
}

// Unknown returns the arguments of the message diag.UnknownID on a text that is no id of a register: the
// record nearest by id or name, else those whose name has the text in it, or all if there are few. Only those that fit
// are named; fits tells it by the key.
func (s *Speller) Unknown(text string, t *Table, fits func(key string) bool) diag.Args {
	args := diag.Args{"register": t.Schema.Name, "title": t.Schema.Title}
	if s.compared += len(t.Rows); s.compared > limits.Compared {
		return args
	}
	all := slices.DeleteFunc(t.Named(), func(n Named) bool { return !fits(n.Code) })
	nearest := s.NearestNamed(text, len(all), func() []Named { return all })
	args["nearest"] = nearest
	if few := 12; nearest.Code == "" && len(all) <= few {
		args["known"] = all
	} else if part := strings.ToLower(text); nearest.Code == "" && len(part) > 2*utf8.UTFMax {
		all = slices.DeleteFunc(all, func(n Named) bool {
			return !slices.ContainsFunc(n.Name.All(), func(name string) bool { return strings.Contains(strings.ToLower(name), part) })
		})
		args["known"] = all[:min(len(all), few)]
	}
	return args
}

// UnknownRegister returns the arguments of the message diag.UnknownRegister on a text that is the name of none of
// the registers: the nearest by name or title, else those that have records.
func (s *Speller) UnknownRegister(text string, all []*Table) diag.Args {
	var known []Named
	for _, t := range all {
		known = append(known, Named{t.Schema.Name, t.Schema.Title})
	}
	args := diag.Args{"nearest": s.NearestNamed(text, len(known), func() []Named { return known })}
	if args["nearest"] == (Named{}) {
		var kept []Named
		for i, t := range all {
			if len(t.Rows) > 0 {
				kept = append(kept, known[i])
			}
		}
		args["words"] = kept[:min(len(kept), limits.Listed)]
	}
	return args
}
