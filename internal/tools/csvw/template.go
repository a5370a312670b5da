package csvw

import (
	"fmt"
	"regexp"
	"strings"
)

// A template is a URI template (RFC 6570), of all levels but for associative arrays, which
// rows have not.
type template string

const (
	variableName = `(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2})(?:\.?(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2}))*`
	variable     = variableName + `(?:\*|:[1-9][0-9]{0,3})?`
)

var (
	wholeTemplate = regexp.MustCompile(`^(?:[^{}<>\\^|"` + "`" + `\x00-\x20]|\{[+#./;?&]?` + variable + `(?:,` + variable + `)*\})*$`)
	templateParts = regexp.MustCompile(`\{([+#./;?&]?)([^{}]*)\}|[^{}]+`)
)

// operators are how expressions are written: what comes first and between, whether values
// have names, and what follows the name of an empty one (RFC 6570, appendix A). Reserved
// characters may stay with + and #.
var operators = map[string]struct {
	first, separator string
	named            bool
	empty            string
}{
	"": {"", ",", false, ""}, "+": {"", ",", false, ""}, "#": {"#", ",", false, ""}, ".": {".", ".", false, ""},
	"/": {"/", "/", false, ""}, ";": {";", ";", true, ""}, "?": {"?", "&", true, "="}, "&": {"&", "&", true, "="},
}

// expand puts values into the template. A variable that is not known is left out; a null
// or an empty list is an empty text (Metadata, 5.1.3).
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
			reserved && escape.MatchString(s[i:]):
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
