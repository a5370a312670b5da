package regulation

import (
	"fmt"
	"slices"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/table"
)

// Parameter is a value that a clause in regulation.toml gives to a rule.
type Parameter struct {
	Name     string
	Type     Type
	Required bool
	Least    int64                // for Whole: the smallest that fits; a term of no days and a panel of nobody ask for nothing
	Words    func() []table.Value // for Word and Words: the words that fit, with their labels; see Fitting
}

// Fitting are the words that fit, with their labels. It is a function because most commands need none, and
// those of columns are in the schemas, which take 25 ms to read.
func (p *Parameter) Fitting() []table.Value {
	if p.Words == nil {
		return nil
	}
	return p.Words()
}

// Type is the type of a parameter's value.
type Type string

// The types, by their names in TOML, which reports use too.
const (
	Whole Type = "integer" // from Parameter.Least to mostWhole
	Truth Type = "boolean"
	Word  Type = "string"
	Words Type = "array of strings"
)

// mostWhole is the largest value of a parameter of type Whole: as days, 27 years. Days of a far larger number would
// come to lie in the past, because a calendar counts on beyond the last number.
const mostWhole = 10_000

// wants tells what fits: the type and, of a number, how large it may be.
func (p *Parameter) wants() string {
	if p.Type == Whole {
		return fmt.Sprintf("%s, %d–%d", p.Type, p.Least, mostWhole)
	}
	return string(p.Type)
}

// form is wants in words.
func (p *Parameter) form() diag.Phrase {
	if p.Type == Words {
		return "toml.strings"
	}
	return diag.Phrase("toml." + p.Type)
}

// most is the largest number that fits, or "" if the parameter is none.
func (p *Parameter) most() any {
	if p.Type == Whole {
		return mostWhole
	}
	return ""
}

// least is the smallest number that fits, or "" if the parameter is none.
func (p *Parameter) least() any {
	if p.Type == Whole {
		return p.Least
	}
	return ""
}

// Convention is an assumption that a rule rests on, with the readings the rule can compute, at
// least two. The regulation says which of them applies, and outcomes say what another would give.
type Convention struct {
	Code     string
	Values   []string
	Optional bool // a regulation need not name it: it is then read by the first value, and the text is not taken as open
}

// Whole is the value of a parameter of type Whole, and whether the clause gives it.
func (c *Case) Whole(name string) (int, bool) {
	n, ok := c.parameters[name].(int64)
	return int(n), ok
}

// Truth is the value of a parameter of type Truth, false where the clause does not give it.
func (c *Case) Truth(name string) bool {
	b, _ := c.parameters[name].(bool)
	return b
}

// Word is the value of a parameter of type Word.
func (c *Case) Word(name string) string {
	s, _ := c.parameters[name].(string)
	return s
}

// Words are the values of a parameter of type Words.
func (c *Case) Words(name string) []string {
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
		return ok && n >= p.Least && n <= mostWhole
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

// codes are the words that fit, as they are written in TOML.
func (p *Parameter) codes() []string {
	var codes []string
	for _, w := range p.Fitting() {
		codes = append(codes, w.Code)
	}
	return codes
}

// WordsOf are the words of an enum column, for a parameter that is compared with the column.
func WordsOf(register, column string) func() []table.Value {
	return func() []table.Value { return jme.Schema(register).Column(column).Values }
}
