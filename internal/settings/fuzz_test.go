package settings_test

import (
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"achyk/internal/diag"
	"achyk/internal/settings"
	"achyk/internal/source"
)

// FuzzDecode holds Decode against the decoder alone: no text may panic, every span lies within
// the file, and what the decoder refuses is reported with a place.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		clauses,
		"\x7f", "\xff\xfe", "\ufeff", "\ufeff\ufeff", "a\x00", "# \x7f\r\n", "[\x7f", "x = \"\x7f", "a\r\x7f",
		"[[Clause]]\n", "clause=[{}]", "clause = [{ number = 1 }, { title.ky = \"\" }]", "CLAUSE = 1\nclause = 2",
		"a = 1\n[b.\"c d\"]\ne = { f = [1, { g = 'h' }] }\n[[i]]\nj = 2020-01-01T00:00:00Z # k\n",
		"a = \"\"\"x\\\"\"\"\"\"\"\nb = '''y''''\n", "a = \"\\\n", "a=\"\"\"\\\r\n x", "\"a.b\".'c' . d=1",
		"[a]\n[a]\n", "[[a]]\n[a]\n", "a.b=1\n[a]\n", "a={b=1}\na.c=2\n", "a=[{b=1}]\n[[a]]\n", "a=1\na.b=2\n[a.b]\n[[a.b]]\n", "[[a.b]]\n[[a]]\n", "[a.b]\n[a]\nb=1\n",
		"number = 1_0\nsmall = 300\ncount = -1\nlimit = nan\nopen = 1\n", "limit = 9007199254740993\n", "limit=+inf", "number = 0o7", "small = 0x_1", "number=-0",
		"day = 0000-01-01\nuntil = 10:00\n", "day = 1979-05-27 07:32:00.5Z", "day = 2026-01-01T00:00:00+24:00", "day = 2026-13-01", "day=2026-02-30T",
		"colour = \"red\"\n", "colour = 1", "pairs = [[], [[]], [{}]]", "pairs = [[\n# x\n\"a\",\n]\n,]", "[[clause]]\n[clause.names]\na.ky = 1\n", "title = {\n ky = \"\",\n}",
		"x = \"\\u0000\"", "\"\\u202e\" = '\u200b'", "x = " + strings.Repeat("[", 40), "x = '''" + strings.Repeat("[", 40) + "''''", "# " + strings.Repeat("[", 40),
		"{}=1", "[]", "[[]]", "[ ]", "=", ".", "a", "a=", "[a", "[[a", "[[a]", "a=[", "a={", "a={b", "a=[1", "a=\"", "a='''", "a=1 2", "a=tru", "a=01", "a=1.", "a=0x", "a=+", "a=--1",
	} {
		f.Add([]byte(seed), 0)
		f.Add([]byte("+++\n"+seed), 4)
	}
	f.Fuzz(func(t *testing.T, data []byte, start int) {
		file := &source.File{Path: "x.toml", Data: data}
		start = min(max(start, 0), len(data))
		places, problems := settings.Decode(file, source.Span{Start: start, End: len(data)}, &act{})
		unreliable := false
		for _, d := range problems {
			within(t, file, d.Span)
			unreliable = unreliable || d.Severity() == diag.Error && d.Code != diag.TOMLUnknownKey || d.Code == diag.TOMLUnknownKey && d.Args["kind"] == "case"
			if detail, _ := d.Args["detail"].(string); d.Code == diag.TOMLType && detail != "" && !strings.Contains(detail, "timezone") {
				t.Errorf("compare did not notice: %s", detail)
			}
		}
		if (places == nil) != unreliable {
			t.Fatalf("places %v with %+v", places, problems)
		}
		if _, err := toml.Decode(string(data[max(start, file.Begin()):]), &act{}); err != nil && places != nil {
			t.Errorf("the decoder refuses the text: %v", err)
		}
		if places == nil {
			return
		}
		for _, path := range [][]any{nil, {"title", "ky"}, {"pairs", 0, 1}, {"clause", -1}, {"clause", 1, "check", 0, "rule"}, {"clause", 0, "parameters", "a.b"}, {"day"}} {
			within(t, file, places.At(path...))
		}
	})
}

func within(t *testing.T, f *source.File, s source.Span) {
	t.Helper()
	if s.Start < 0 || s.Start > s.End || s.End > len(f.Data) {
		t.Errorf("%+v is not within the %d bytes of the file", s, len(f.Data))
	}
}
