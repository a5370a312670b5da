package csvw

import (
	"fmt"
	"regexp"
	"strings"
)

// template is a URI template (RFC 6570). All levels are supported, without associative
// arrays, which rows do not have.
type template string

// Regular expressions of a variable (RFC 6570, 2.3 and 2.4).
const (
	variableName = `(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2})(?:\.?(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2}))*`
	variable     = variableName + `(?:\*|:[1-9][0-9]{0,3})?`
)

var (
	wholeTemplate = regexp.MustCompile(`^(?:[^{}<>\\^|"` + "`" + `\x00-\x20]|\{[+#./;?&]?` + variable + `(?:,` + variable + `)*\})*$`)
	templateParts = regexp.MustCompile(`\{([+#./;?&]?)([^{}]*)\}|[^{}]+`)
)

// operators say how the values of an expression are written (RFC 6570, appendix A): the text
// before the first value and between values, whether each has its name before it, and what
// follows the name of an empty value. Only + and # keep reserved characters.
var operators = map[string]struct {
	first, separator string
	named            bool
	empty            string
}{
	"": {"", ",", false, ""}, "+": {"", ",", false, ""}, "#": {"#", ",", false, ""}, ".": {".", ".", false, ""},
	"/": {"/", "/", false, ""}, ";": {";", ";", true, ""}, "?": {"?", "&", true, "="}, "&": {"&", "&", true, "="},
}

// expand replaces the variables of the template by values. An unknown variable is left out; a
// null or an empty list is an empty text (Metadata, 5.1.3).
func (t template) expand(values map[string][]string) string {
	return templateParts.ReplaceAllStringFunc(string(t), func(part string) string {
		m := templateParts.FindStringSubmatch(part)
		if m[2] == "" {
			return escaped(part, true)
		}
		o, reserved := operators[m[1]], m[1] == "+" || m[1] == "#"
		pair := func(name, value string) string {
			switch {
			case !o.named:
				return value
			case value == "":
				return name + o.empty
			}
			return name + "=" + value
		}
		var found []string
		for name := range strings.SplitSeq(m[2], ",") {
			name, explode := strings.CutSuffix(name, "*")
			name, digits, _ := strings.Cut(name, ":")
			list, ok := values[name]
			if !ok {
				continue
			}
			var texts []string
			for _, value := range list {
				length := len([]rune(value))
				fmt.Sscan(digits, &length)
				texts = append(texts, escaped(string([]rune(value)[:min(length, len([]rune(value)))]), reserved))
			}
			if !explode || len(texts) == 0 {
				texts = []string{strings.Join(texts, ",")}
			}
			for _, text := range texts {
				found = append(found, pair(name, text))
			}
		}
		if found == nil {
			return ""
		}
		return o.first + strings.Join(found, o.separator)
	})
}

// escape is a percent-encoded byte at the start of a text.
var escape = regexp.MustCompile(`^%[0-9A-Fa-f]{2}`)

// escaped percent-encodes the characters that an address must not contain. If reserved is
// true, reserved characters and percent-encoded bytes stay as they are.
func escaped(s string, reserved bool) string {
	keep := "-._~"
	if reserved {
		keep += ":/?#[]@!$&'()*+,;="
	}
	var b strings.Builder
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte(keep, c) >= 0,
			reserved && escape.MatchString(s[i:]):
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
