package settings_test

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"achyk/internal/diag"
	"achyk/internal/limits"
	"achyk/internal/locale"
	"achyk/internal/settings"
	"achyk/internal/source"
)

type names struct {
	Ky string `toml:"ky"`
	Ru string `toml:"ru"`
}

// act has a field of every type that a text is compared with.
type act struct {
	Title    names      `toml:"title"`
	Number   int        `toml:"number"`
	Small    int8       `toml:"small"`
	Count    uint       `toml:"count"`
	Limit    *float64   `toml:"limit"`
	Open     bool       `toml:"open"`
	Day      time.Time  `toml:"day"`
	Until    *time.Time `toml:"until"`
	Colour   colour     `toml:"colour"`
	Pairs    [][]string `toml:"pairs"`
	Clauses  []clause   `toml:"clause"`
	Hidden   string     `toml:"-"`
	Untagged string     // the name of the field is the key

	unexported string // no key may fill it
}

type clause struct {
	Number     string           `toml:"number"`
	Title      names            `toml:"title"`
	Tags       []string         `toml:"tags"`
	Checks     []check          `toml:"check"`
	Parameters map[string]any   `toml:"parameters"`
	Names      map[string]names `toml:"names"`
}

type check struct {
	Rule string `toml:"rule"`
}

// colour reads text that it may refuse.
type colour struct{ name string }

func (c *colour) UnmarshalText(text []byte) error {
	if string(text) != "red" {
		return errors.New("no colour")
	}
	c.name = "red"
	return nil
}

// decode returns the findings in their order: code, line:column, the marked text and the
// arguments that say more.
func decode(t testing.TB, text string, v any) (*settings.Places, []string) {
	t.Helper()
	f := &source.File{Path: "x.toml", Data: []byte(text)}
	places, problems := settings.Decode(f, source.Span{End: len(f.Data)}, v)
	problems.Sort()
	var got []string
	for _, d := range problems {
		s := fmt.Sprintf("%s %d:%d %q %v", strings.TrimPrefix(string(d.Code), "toml-"), d.Position().Line, d.Position().Column,
			f.Data[d.Span.Start:d.Span.End], d.Args["key"])
		if want, ok := d.Args["want"].(diag.Phrase); ok {
			s += fmt.Sprintf(" %s, not %s", strings.TrimPrefix(string(want), "toml."), strings.TrimPrefix(string(d.Args["have"].(diag.Phrase)), "toml."))
		}
		for _, name := range []string{"nearest", "detail"} {
			if word, _ := d.Args[name].(string); word != "" {
				s += ": " + word
			}
		}
		got = append(got, s)
	}
	return places, got
}

type decodeTest struct {
	input string
	want  []string
}

func testDecode(t *testing.T, tests map[string]decodeTest) {
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if _, got := decode(t, test.input, &act{}); !slices.Equal(got, test.want) {
				t.Errorf("%q gives\n%s\nwant\n%s", test.input, strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

func TestDecodeFills(t *testing.T) {
	var v act
	places, problems := decode(t, "\ufeffnumber = 0x7\r\ntitle.ky = \"Жобо\"\r\nlimit = 1\r\nday = 2026-03-01\r\nuntil = 2026-03-01T10:00:00Z\r\n"+
		"colour = \"red\"\r\npairs = [[\"a\", \"b\"], []]\r\nUntagged = \"x\"\r\n[[clause]]\r\nnames.a = { ky = \"А\" }\r\nparameters = { days = 30, \"a.b\" = { c = [1] } }\r\n", &v)
	if len(problems) > 0 || places == nil {
		t.Fatal(problems)
	}
	if v.Number != 7 || v.Title.Ky != "Жобо" || *v.Limit != 1 || v.Day.Format(time.DateOnly) != "2026-03-01" || v.Until.Hour() != 10 ||
		v.Colour.name != "red" || len(v.Pairs) != 2 || v.Untagged != "x" || v.unexported != "" || v.Clauses[0].Names["a"].Ky != "А" || v.Clauses[0].Parameters["days"] != int64(30) {
		t.Errorf("%+v", v)
	}
}

// Every unknown key is reported. An unknown table is reported at each of its headers, without
// its keys.
func TestUnknownKeys(t *testing.T) {
	testDecode(t, map[string]decodeTest{
		"two":           {"number = 7\nnumbr = 8\nlarge = 1\n", []string{`unknown-key 2:1 "numbr" numbr: number`, `unknown-key 3:1 "large" large`}},
		"inline":        {"title = { ky = \"Жобо\", kg = \"x\" } # kg\n", []string{`unknown-key 1:24 "kg" title.kg: ky`}},
		"dotted":        {"title . \"kg\" = \"x\"\n", []string{`unknown-key 1:1 "title . \"kg\"" title.kg: ky`}},
		"table":         {"[ act ] # [act]\na = 1\nb = 2\n", []string{`unknown-key 1:1 "[ act ]" act`}},
		"table below":   {"[act.more]\na = 1\n", []string{`unknown-key 1:1 "[act" act`}},
		"array":         {"[[act]]\na = 1\n[[act]]\nb = 1\n", []string{`unknown-key 1:1 "[[act]]" act`, `unknown-key 3:1 "[[act]]" act`}},
		"list":          {"act = [1, 2]\n", []string{`unknown-key 1:1 "act" act`}},
		"repeated":      {"[[clause]]\nnote = 1\n[[clause]]\ntags = [\"[\", '#']\nnote = 2\n", []string{`unknown-key 2:1 "note" clause.note`, `unknown-key 5:1 "note" clause.note`}},
		"in repeated":   {"[[clause]]\n[[clause.check]]\n[[clause]]\n[[clause.check]]\n[[clause.check]]\nrul = 1\n", []string{`unknown-key 6:1 "rul" clause.check.rul: rule`}},
		"lines of text": {"title.ky = \"\"\"\nx = 1\n\"\"\"\"\nwrong = 1\n", []string{`unknown-key 4:1 "wrong" wrong`}},
		"escaped":       {"\"num\\u0062r\" = 1\n", []string{`unknown-key 1:1 "\"num\\u0062r\"" numbr: number`}},
		"empty":         {"\"\" = 1\n", []string{`unknown-key 1:1 "\"\"" `}},
		"no key":        {"- = 1\nHidden = 1\nunexported = 1\n", []string{`unknown-key 1:1 "-" -`, `unknown-key 2:1 "Hidden" Hidden`, `unknown-key 3:1 "unexported" unexported`}},
		"mark":          {"\ufeffnumber = 7\nnumbr = 8\n", []string{`unknown-key 2:1 "numbr" numbr: number`}},
		"line ends":     {"number = 7\r\nnumbr = 8\r\n[[clause]]\r\nx = 1\r\n", []string{`unknown-key 2:1 "numbr" numbr: number`, `unknown-key 4:1 "x" clause.x`}},
		"in a map":      {"[[clause]]\nparameters = { a = { b = 1 } }\n[clause.names]\na.b = 1\n", []string{`unknown-key 4:1 "a.b" clause.names.a.b`}},
		"capitals":      {"Number = 7\n[[Clause]]\n", []string{`unknown-key 1:1 "Number" Number: number`, `unknown-key 2:1 "[[Clause]]" Clause: clause`}},
		"twice":         {"number = 1\nNumber = 2\nuntagged = 1\n", []string{`unknown-key 2:1 "Number" Number: number`, `unknown-key 3:1 "untagged" untagged: Untagged`}},
	})
}

// Every value of a wrong type is reported, and marked.
func TestTypes(t *testing.T) {
	testDecode(t, map[string]decodeTest{
		"many":         {"\nnumber = \"7\"\nopen = 1\nx = 1\n", []string{`type 2:10 "\"7\"" number integer, not string`, `type 3:8 "1" open boolean, not integer`, `unknown-key 4:1 "x" x`}},
		"fraction":     {"number = 1.5\n", []string{`type 1:10 "1.5" number integer, not float`}},
		"no number":    {"limit = \"1\"\n", []string{`type 1:9 "\"1\"" limit number, not string`}},
		"too large":    {"small = 300\ncount = -1\nlimit = 9_007_199_254_740_993\n", []string{`type 1:9 "300" small integer, not out-of-range`, `type 2:9 "-1" count integer, not out-of-range`, `type 3:9 "9_007_199_254_740_993" limit number, not out-of-range`}},
		"text":         {"title = \"Жобо\"\n", []string{`type 1:9 "\"Жобо\"" title table, not string`}},
		"header":       {"[number]\n[[title]]\n[clause]\n", []string{`type 1:1 "[number]" number integer, not table`, `type 2:1 "[[title]]" title table, not array`, `type 3:1 "[clause]" clause array, not table`}},
		"date":         {"day = \"2026-03-01\"\nuntil = 10:00:00\n", []string{`type 1:7 "\"2026-03-01\"" day date, not string`, `type 2:9 "10:00:00" until date, not time`}},
		"colour":       {"colour = \"rad\"\n", []string{`type 1:10 "\"rad\"" colour other-text, not string`}},
		"no text":      {"colour = 1\n", []string{`type 1:10 "1" colour string, not integer`}},
		"in a list":    {"[[clause]]\ntags = [ \"a\", 1, [ \"b\", [] ], [], {}, { c = 1 } ]\n", []string{`type 2:8 "[ \"a\", 1, [ \"b\", [] ], [], {}, { c = 1 } ]" clause.tags string, not array`, `type 2:15 "1" clause.tags string, not integer`, `type 2:20 "\"b\"" clause.tags string, not array`, `type 2:35 "{" clause.tags string, not table`, `type 2:39 "{ c = 1" clause.tags string, not table`}},
		"of lists":     {"pairs = [ \"a\",\n[\"b\", 2]]\n", []string{`type 1:11 "\"a\"" pairs array, not string`, `type 2:7 "2" pairs string, not integer`}},
		"list":         {"number =   [\n1 ]  # x\n", []string{`type 1:12 "[\n1 ]" number integer, not array`}},
		"inline":       {"clause = [{ number = 1, title = { ky = false } }]\n", []string{`type 1:22 "1" clause.number string, not integer`, `type 1:40 "false" clause.title.ky string, not boolean`}},
		"in a map":     {"[[clause]]\n[clause.names.a]\nky = 1\n", []string{`type 3:6 "1" clause.names.a.ky string, not integer`}},
		"dotted":       {"number.x = 1\n", []string{`type 1:1 "number" number integer, not table`}},
		"equals sign":  {"\"=\" = 1\n title  .  ky   =\t\t1\n", []string{`unknown-key 1:1 "\"=\"" =`, `type 2:20 "1" title.ky string, not integer`}},
		"lines of it":  {"number = \"\"\"\n\"\"\"\"\"\r\n", []string{`type 1:10 "\"\"\"\n\"\"\"\"\"" number integer, not string`}},
		"zone too far": {"x = 1\nday = 2026-01-01T00:00:00+14:01\nuntil = 2026-01-01 00:00:00-23:59", []string{`unknown-key 1:1 "x" x`, `type 2:7 "2026-01-01T00:00:00+14:01" day date, not no-such-time`, `type 3:9 "2026-01-01 00:00:00-23:59" until date, not no-such-time`}},
		"no such year": {"day = 0000-01-01\nuntil = 9999-12-31T23:59:59.5Z", []string{`type 1:7 "0000-01-01" day date, not no-such-time`, `type 2:9 "9999-12-31T23:59:59.5Z" until date, not no-such-time`}},
	})
}

func TestSyntax(t *testing.T) {
	const control = "TOML files cannot contain control characters: '0x7f'"
	testDecode(t, map[string]decodeTest{
		"no value":       {"number = \n", []string{`syntax 1:10 "\n" number: expected value but found '\n' instead`}},
		"open quote":     {"x = 1\nnumber = \"7\n", []string{`syntax 2:12 "\n" number: strings cannot contain newlines`}},
		"line ends":      {"x = 1\r\n# ж\r\nж = \"7\r\n", []string{`syntax 3:1 "ж" : expected '.' or '=', but got 'ж' instead`}},
		"open lines":     {"number = \"\"\"7\nx = 1\n", []string{`syntax 2:6 "\n" number: unexpected EOF; expected '"""'`}},
		"no quotes":      {"title = Ош шаары\n", []string{`syntax 1:9 "Ош" title: expected value but found "Ош" instead`}},
		"quotes within":  {"title = \"Ош \"шаары\" ж\"\n", []string{`syntax 1:14 "ш" : expected a top-level item to end with a newline, comment, or EOF, but got 'ш' instead`}},
		"two in a line":  {"a = 1 b = 2\n", []string{`syntax 1:7 "b" : expected a top-level item to end with a newline, comment, or EOF, but got 'b' instead`}},
		"open list":      {"pairs = [\n", []string{`syntax 1:10 "\n" pairs: unexpected EOF; expected value`}},
		"control":        {"\x7f", []string{`syntax 1:1 "\x7f" : ` + control}},
		"control later":  {"x = \"x\x7f\"\n", []string{`syntax 1:7 "\x7f" x: ` + control}},
		"given twice":    {"number = 1\nnumber = 2\n", []string{`syntax 2:1 "number" number: Key 'number' has already been defined`}},
		"twice, then no": {"number = 1\nnumber = 2\nx = \n", []string{`syntax 2:1 "number" number: Key 'number' has already been defined`}},
		"no such day":    {"day = 2026-02-30\n", []string{`syntax 1:7 "2026-02-30" day: invalid datetime: "2026-02-30"`}},
		"too large":      {"number = 99999999999999999999\n", []string{`syntax 1:10 "99999999999999999999" number: 99999999999999999999 is out of range for int64`}},
		"UTF-16":         {"\xff\xfea = 1\n", []string{`syntax 1:1 "\xff" `}},
		"UTF-16 zeros":   {"a\x00=\x00", []string{`syntax 1:2 "\x00" : files cannot contain NULL bytes; probably using UTF-16; TOML files must be UTF-8`}},
		"another mark":   {"\ufeff\ufeffa = 1\n", []string{`syntax 1:2 "` + `\ufeff` + `" `}},
	})
}

// Tables, lists and the parts of a key may be 32 steps within each other. What is deeper is
// refused before the parsers read it: they took minutes and gigabytes, or overflowed the stack.
func TestNesting(t *testing.T) {
	deep := func(open string, n int) string { return "x = " + strings.Repeat(open, n) }
	const over = "over-limit 1:%d %q "
	for _, test := range []struct{ text, want string }{
		{deep("[", 32) + strings.Repeat("]", 32), `unknown-key 1:1 "x" x`},
		{deep("[", 33) + strings.Repeat("]", 33), fmt.Sprintf(over, 37, "[")},
		{deep("[", 5_000_000), fmt.Sprintf(over, 37, "[")},
		{deep("{a=", 5_000_000), fmt.Sprintf(over, 5+3*32, "{")},
		{deep("{a.a.a=", 10_000), fmt.Sprintf(over, 79, ".")},
		{"[[" + strings.Repeat("x.", 500_000) + "x]]", fmt.Sprintf(over, 64, ".")},
		{strings.Repeat("x.", 40_000) + "x = 1", fmt.Sprintf(over, 66, ".")},
		{`x = '[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[' # [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[`, `unknown-key 1:1 "x" x`},
		{`x = ["\"[[[[[[[[[[[", """[[[[[[[[[[[\"""[[[[[["""", "]", '''[[[[[[['''']`, `unknown-key 1:1 "x" x`},
		{strings.Repeat("[a]\n", 2) + "x = 1.5\ny = [1.5, 2.5" + strings.Repeat(", 1.5", 40) + "]", `syntax 2:2 "a" : Key 'a' has already been defined`},
	} {
		if _, got := decode(t, test.text, &act{}); len(got) != 1 || got[0] != test.want {
			t.Errorf("%.60s: %q, want %q", test.text, got, test.want)
		}
	}
}

// A text of 100,000 lines is read.
func TestLargeText(t *testing.T) {
	if _, got := decode(t, strings.Repeat("[[clause]]\nnumber = \"1\"\n", 50_000)+"[[clause]]\nx = 1\n", &act{}); len(got) != 1 || got[0] != `unknown-key 100002:1 "x" clause.x` {
		t.Error(got)
	}
}

// Texts whose every part is a step, a key or a mistake are read in seconds, and few of the
// mistakes are kept.
func TestBombs(t *testing.T) {
	for name, text := range map[string]string{
		"keys":     fill(strings.Repeat("a.", 31) + "b%d=1\n"),
		"mistakes": "clause=[" + fill("1,") + "]",
	} {
		begin := time.Now()
		_, problems := settings.Decode(&source.File{Path: "x.toml", Data: []byte(text)}, source.Span{End: len(text)}, &act{})
		if took := time.Since(begin); took > 10*time.Second || len(problems) > limits.Findings+1 {
			t.Errorf("%s takes %v and gives %d findings", name, took, len(problems))
		}
	}
}

// fill repeats a line up to a quarter of the size that a file may have. %d is its number.
func fill(line string) string {
	var b strings.Builder
	for i := 0; b.Len() < limits.Settings/4; i++ {
		b.WriteString(strings.ReplaceAll(line, "%d", strconv.Itoa(i)))
	}
	return b.String()
}

// No string and no key may hold a forbidden character as an escape. What stands as it is,
// callers judge.
func TestEscapes(t *testing.T) {
	testDecode(t, map[string]decodeTest{
		"private use": {`x = "a\uE001b"`, []string{`unknown-key 1:1 "x" x`, `control-character 1:5 "\"a\\uE001b\"" x`}},
		"no escape":   {`x = "a\\uE001b"`, []string{`unknown-key 1:1 "x" x`}},
		"raw":         {`x = 'a\uE001b'`, []string{`unknown-key 1:1 "x" x`}},
		"as it is":    {"x = '\uE001'", []string{`unknown-key 1:1 "x" x`}},
		"zero":        {`x = """` + "\\\n" + `  \u0000"""`, []string{`unknown-key 1:1 "x" x`, `control-character 1:5 "\"\"\"\\\n  \\u0000\"\"\"" x`}},
		"backspace":   {`x = ["\b"]`, []string{`unknown-key 1:1 "x" x`, `control-character 1:6 "\"\\b\"" x`}},
		"line ends":   {`x = "\t\n\r\"\u00e9\U0001F600"`, []string{`unknown-key 1:1 "x" x`}},
		"order":       {`title.ky = "\u202Ex"`, []string{`bidi-character 1:12 "\"\\u202Ex\"" title.ky`}},
		"zero width":  {`title.ky = "a\u200Bx"`, []string{`invisible-character 1:12 "\"a\\u200Bx\"" title.ky`}},
		"key":         {`title."\u0001" = 1`, []string{`unknown-key 1:1 "title.\"\\u0001\"" title.` + "\x01", `control-character 1:18 "1" title.` + "\x01"}},
		"table":       {`["\u2066"]`, []string{"bidi-character 1:1 \"[\\\"\\\\u2066\\\"]\" \u2066", "unknown-key 1:1 \"[\\\"\\\\u2066\\\"]\" \u2066"}},
	})
}

// Every kind that a mismatch may name has words in every language.
func TestWords(t *testing.T) {
	for _, word := range []string{"string", "integer", "float", "number", "out-of-range", "no-such-time", "boolean", "date", "time", "array", "table", "other-text"} {
		for _, l := range locale.Langs {
			if !locale.For(l).Has("diagnostics.toml." + word) {
				t.Errorf("%s has no words in %v", word, l)
			}
		}
	}
}
