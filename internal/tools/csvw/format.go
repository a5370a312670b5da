package csvw

import (
	"cmp"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/dlclark/regexp2/v2"
)

// Formats of cells (Model, 6.4.2 to 6.4.6).

// format is a way to write values of a datatype. plain returns the text that XML Schema
// defines for the same value; it reports false if the text is not in the format.
type format interface{ plain(s string) (string, bool) }

// parseFormat reads the property format, whose form depends on the datatype.
func (t *datatype) parseFormat(x any) (format, error) {
	s, isText := x.(string)
	switch {
	case t.family == numeric:
		return t.numberFormat(x)
	case !isText:
		return nil, fmt.Errorf("%s is not a text", short(x))
	case t.family == boolish:
		yes, no, ok := strings.Cut(s, "|")
		if !ok || yes == "" || no == "" || strings.Contains(no, "|") {
			return nil, fmt.Errorf("%q is not two words with | between them", s)
		}
		return words{yes: "true", no: "false"}, nil
	case t.family == temporal:
		return t.timeFormat(s)
	}
	return wholeText(s)
}

// words is the format of a boolean: the words for true and false.
type words map[string]string

func (w words) plain(s string) (string, bool) { plain, ok := w[s]; return plain, ok }

// regular is the format of all other datatypes: a regular expression of ECMAScript.
type regular struct{ *regexp2.Regexp }

// wholeText compiles a regular expression that has to match a whole text.
func wholeText(s string) (format, error) {
	if _, err := regexp2.Compile(s, regexp2.ECMAScript); err != nil { // alone first: "a)(b" would be valid within our group
		return nil, err
	}
	r, err := regexp2.Compile(`^(?:`+s+`)$(?!\n)`, regexp2.ECMAScript)
	if err != nil {
		return nil, err
	}
	r.MatchTimeout = time.Second
	return regular{r}, nil
}

func (r regular) plain(s string) (string, bool) {
	ok, err := r.MatchString(s)
	return s, ok && err == nil
}

// Numbers (Model, 6.4.2): patterns of Unicode Technical Standard 35 with 0, #, decimal and
// group characters, E, + and -, % and ‰.

// number is a format of numbers. Texts are compared with it after neutral has replaced the
// decimal character by a point and the group character by a comma.
type number struct {
	neutral      *strings.Replacer
	shape        *regexp.Regexp // of the number without group characters
	grouped      bool           // the pattern says how large groups are
	last, others int            // digits in the last group before the decimal point, and in the groups before it; 0 for no groups
	fraction     int            // digits in the groups after the decimal point; 0 for no groups
	special      bool           // NaN and INF are numbers too
}

// numberFormat reads the format of a number: a pattern, or an object with a pattern and the
// characters it uses.
func (t *datatype) numberFormat(x any) (format, error) {
	pattern, isText := x.(string)
	object, _ := x.(map[string]any)
	chars := map[string]string{"pattern": pattern, "decimalChar": ".", "groupChar": ""}
	for name := range chars {
		if x, there := object[name]; there {
			s, ok := x.(string)
			if !ok || s == "" {
				return nil, fmt.Errorf("%s is %s", name, short(x))
			}
			chars[name], isText = s, isText || name == "pattern"
		}
	}
	group := cmp.Or(chars["groupChar"], map[bool]string{true: ",", false: "\x00"}[isText])
	n := &number{neutral: strings.NewReplacer(chars["decimalChar"], ".", group, ",", ".", "?", ",", "?"), special: t.floating()}
	if isText {
		return n, n.pattern(chars["pattern"])
	}
	switch {
	case t.floating():
		n.shape = regexp.MustCompile(`^[+-]?\d+(\.\d+)?(E[+-]?\d+|[%‰])?$`)
	case t.integral():
		n.shape = regexp.MustCompile(`^[+-]?\d+[%‰]?$`)
	default:
		n.shape = regexp.MustCompile(`^[+-]?\d+(\.\d+)?[%‰]?$`)
	}
	return n, nil
}

// numberParts are the parts of a pattern: sign, % or ‰, whole digits, fraction, sign and
// digits of the exponent, % or ‰.
var numberParts = regexp.MustCompile(`^([+-]?)([%‰]?)((?:#[#,]*)?(?:0[0,]*)?)(?:\.((?:0[0,]*)?(?:#[#,]*)?))?(?:E(\+?)(#*0+))?([%‰]?)$`)

// pattern reads a pattern.
func (n *number) pattern(s string) error {
	m := numberParts.FindStringSubmatch(n.neutral.Replace(s))
	if m == nil || m[3] == "" || strings.HasSuffix(m[3], ",") || m[2] != "" && m[7] != "" {
		return fmt.Errorf("%q is not a pattern of numbers", s)
	}
	sign := map[bool]string{true: `[+-]`, false: `[+-]?`}[m[1] != ""]
	shape := sign
	if m[2] != "" {
		shape = fmt.Sprintf(`(?:%s%s|%s%s)`, sign, m[2], m[2], sign)
	}
	zeros := func(s string) int { return strings.Count(s, "0") }
	shape += fmt.Sprintf(`\d{%d,}`, zeros(m[3]))
	if most := zeros(m[4]) + strings.Count(m[4], "#"); zeros(m[4]) > 0 {
		shape += fmt.Sprintf(`\.\d{%d,%d}`, zeros(m[4]), most)
	} else if most > 0 {
		shape += fmt.Sprintf(`(?:\.\d{1,%d})?`, most)
	}
	if m[6] != "" {
		shape += fmt.Sprintf(`[Ee][+-]%s\d{%d,}`, map[bool]string{true: "", false: "?"}[m[5] != ""], zeros(m[6]))
	}
	n.grouped, n.shape = true, regexp.MustCompile(`^`+shape+m[7]+`$`)
	groups := strings.Split(m[3], ",")
	if i := len(groups) - 1; i > 0 {
		n.last, n.others = len(groups[i]), len(groups[max(i-1, 1)])
	}
	if first, _, grouped := strings.Cut(m[4], ","); grouped {
		n.fraction = len(first)
	}
	return nil
}

// digits are the whole digits and the fraction of a number, with group characters.
var digits = regexp.MustCompile(`([\d,]+)(?:\.([\d,]*))?`)

func (n *number) plain(s string) (string, bool) {
	if s == "NaN" || s == "INF" || s == "-INF" {
		return s, n.special
	}
	s = n.neutral.Replace(s)
	m := digits.FindStringSubmatch(s)
	bare := strings.ReplaceAll(s, ",", "")
	if m == nil || !n.shape.MatchString(bare) {
		return "", false
	}
	whole, fraction := strings.ReplaceAll(m[1], ",", ""), strings.ReplaceAll(m[2], ",", "")
	switch {
	case n.grouped && (m[1] != grouped(whole, n.last, n.others) || m[2] != reversed(grouped(reversed(fraction), n.fraction, n.fraction))):
		return "", false
	case !n.grouped && (m[1][0] == ',' || strings.Contains(m[1], ",,") || fraction != m[2]):
		return "", false
	}
	share := map[bool]int64{strings.Contains(bare, "%"): 100, strings.Contains(bare, "‰"): 1000}[true]
	if bare = strings.NewReplacer("%", "", "‰", "").Replace(bare); share == 0 {
		return bare, true
	}
	x, ok := new(big.Rat).SetString(bare)
	if !ok {
		return "", false
	}
	x.Quo(x, big.NewRat(share, 1))
	places, _ := x.FloatPrec()
	return x.FloatString(places), true
}

// grouped puts commas into a row of digits: one before the last group, and one before each
// group of the other size.
func grouped(digits string, last, others int) string {
	if last == 0 {
		return digits
	}
	var groups []string
	for size := last; len(digits) > size; size = others {
		groups = append(groups, digits[len(digits)-size:])
		digits = digits[:len(digits)-size]
	}
	groups = append(groups, digits)
	slices.Reverse(groups)
	return strings.Join(groups, ",")
}

// reversed returns a text of ASCII characters in reverse order.
func reversed(s string) string {
	b := []byte(s)
	slices.Reverse(b)
	return string(b)
}
