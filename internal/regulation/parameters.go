package regulation

import (
	"slices"

	"achyk/internal/jme"
	"achyk/internal/table"
)

// Parameter is something regulation.toml tells a rule.
type Parameter struct {
	Name     string
	Type     Type
	Required bool
	Words    []table.Value // the words that fit, for Word and Words, with what people read
}

// Type is what a parameter holds.
type Type string

// The types; the words are TOML's own, in which reports speak of them.
const (
	Whole Type = "integer" // from 0
	Truth Type = "boolean"
	Word  Type = "string"
	Words Type = "array of strings"
)

// Convention is an assumption a rule rests on, and the values it knows; without values it
// is a reading of the text that has no other here.
type Convention struct {
	Code   string
	Values []string
}

func (c *Case) whole(name string) (int, bool) {
	n, ok := c.parameters[name].(int64)
	return int(n), ok
}

func (c *Case) truth(name string) bool {
	b, _ := c.parameters[name].(bool)
	return b
}

func (c *Case) word(name string) string {
	s, _ := c.parameters[name].(string)
	return s
}

func (c *Case) words(name string) []string {
	words, _ := texts(c.parameters[name])
	return words
}

func texts(v any) ([]string, bool) {
	values, ok := v.([]any)
	var words []string
	for _, v := range values {
		s, isText := v.(string)
		words, ok = append(words, s), ok && isText
	}
	return words, ok
}

func (p *Parameter) fits(v any) bool {
	fitting := p.codes()
	known := func(words ...string) bool {
		return len(fitting) == 0 || !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(fitting, w) })
	}
	switch p.Type {
	case Whole:
		n, ok := v.(int64)
		return ok && n >= 0
	case Truth:
		_, ok := v.(bool)
		return ok
	case Word:
		s, ok := v.(string)
		return ok && known(s)
	default:
		words, ok := texts(v)
		return ok && len(words) > 0 && known(words...)
	}
}

// codes are the words that fit as they stand in TOML.
func (p *Parameter) codes() []string {
	var codes []string
	for _, w := range p.Words {
		codes = append(codes, w.Code)
	}
	return codes
}

// wordsOf are the words of an enum column, for parameters that are checked against records.
func wordsOf(register, column string) []table.Value {
	return jme.Schema(register).Column(column).Values
}
