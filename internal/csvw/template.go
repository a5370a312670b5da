package csvw

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// URI templates (RFC 6570), all four levels but for associative arrays, which rows have not.

// A template is made of literal text and expressions.
type template []expression

// An expression is {operator variables}, or text where it has no variables.
type expression struct {
	text      string
	operator  operator
	variables []variable
}

type variable struct {
	name    string
	explode bool
	prefix  int // 0: the whole value
}

// An operator is how an expression is written (RFC 6570, appendix A).
type operator struct {
	first, separator string
	named            bool
	ifEmpty          string
	reserved         bool // reserved characters may stay
}

var operators = map[string]operator{
	"":  {"", ",", false, "", false},
	"+": {"", ",", false, "", true},
	"#": {"#", ",", false, "", true},
	".": {".", ".", false, "", false},
	"/": {"/", "/", false, "", false},
	";": {";", ";", true, "", false},
	"?": {"?", "&", true, "=", false},
	"&": {"&", "&", true, "=", false},
}

const variableName = `(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2})(?:\.?(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2}))*`

var (
	braces   = regexp.MustCompile(`\{[^{}]*\}`)
	inBraces = regexp.MustCompile(`^\{([+#./;?&]?)(` + variableName + `(?:\*|:[1-9][0-9]{0,3})?(?:,` + variableName + `(?:\*|:[1-9][0-9]{0,3})?)*)\}$`)
)

func parseTemplate(s string) (t template, err error) {
	at := 0
	for _, span := range append(braces.FindAllStringIndex(s, -1), []int{len(s), len(s)}) {
		text := s[at:span[0]]
		if strings.ContainsAny(text, "{}<>\\^`|\"") || strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' }) {
			return nil, fmt.Errorf("%q is not allowed in a URI template", text)
		}
		if text != "" {
			t = append(t, expression{text: text})
		}
		if at = span[1]; span[0] == at {
			break
		}
		m := inBraces.FindStringSubmatch(s[span[0]:at])
		if m == nil {
			return nil, fmt.Errorf("%q is no expression of a URI template", s[span[0]:at])
		}
		e := expression{operator: operators[m[1]]}
		for name := range strings.SplitSeq(m[2], ",") {
			x := variable{}
			name, x.explode = strings.CutSuffix(name, "*")
			if x.name, name, _ = strings.Cut(name, ":"); name != "" {
				fmt.Sscan(name, &x.prefix)
			}
			e.variables = append(e.variables, x)
		}
		t = append(t, e)
	}
	return t, nil
}

// expand puts values into the template. A variable without a value is left out; one
// without any, as a null of a cell, is an empty text (Metadata, 5.1.3).
func (t template) expand(values map[string][]string) string {
	var b strings.Builder
	for _, e := range t {
		if e.variables == nil {
			b.WriteString(escaped(e.text, true))
			continue
		}
		o, lead := e.operator, e.operator.first
		for _, x := range e.variables {
			list, ok := values[x.name]
			if !ok {
				continue
			}
			list = slices.Clone(list)
			for i, value := range list {
				if runes := []rune(value); x.prefix > 0 && x.prefix < len(runes) {
					value = string(runes[:x.prefix])
				}
				list[i] = escaped(value, o.reserved)
				if o.named && x.explode {
					list[i] = pair(x.name, list[i], o.ifEmpty)
				}
			}
			separator := ","
			if x.explode {
				separator = o.separator
			}
			value := strings.Join(list, separator)
			if o.named && !x.explode {
				value = pair(x.name, value, o.ifEmpty)
			}
			b.WriteString(lead + value)
			lead = o.separator
		}
	}
	return b.String()
}

func pair(name, value, ifEmpty string) string {
	if value == "" {
		return name + ifEmpty
	}
	return name + "=" + value
}

var escape = regexp.MustCompile(`^%[0-9A-Fa-f]{2}`)

// escaped is text with what an address cannot hold, and if need be what is reserved in
// it, percent-encoded.
func escaped(s string, reserved bool) string {
	keep := "-._~"
	if reserved {
		keep += ":/?#[]@!$&'()*+,;="
	}
	var b strings.Builder
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte(keep, c) >= 0,
			reserved && c == '%' && escape.MatchString(s[i:]):
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
