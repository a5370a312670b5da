package settings_test

import (
	"fmt"
	"testing"

	"achyk/internal/source"
)

const clauses = `title = { ky = "Жобо" }
pairs = [["a"], ["b", "c"]]
[[clause]] # the first
number = "1"
title.ky = "Биринчи"
[[clause.check]]
rule = "a"
[[clause.check]]
rule = "b"
[[ clause ]]
parameters = { "a.b" = 1, c = { d = 2 } }
[[clause.check]]
rule = "c"
[clause.title]
ru = "Второй"
`

func TestAt(t *testing.T) {
	places, problems := decode(t, clauses, &act{})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if places.File().Path != "x.toml" {
		t.Error(places.File().Path)
	}
	for _, test := range []struct {
		path []any
		want string // line:column and the text
	}{
		{nil, `1:1 ""`},
		{[]any{"title"}, `1:1 "title"`},
		{[]any{"title", "ky"}, `1:11 "ky"`},
		{[]any{"title", "en"}, `1:1 "title"`},
		{[]any{"title", "ky", "x", 0}, `1:11 "ky"`},
		{[]any{"nothing"}, `1:1 ""`},
		{[]any{"pairs", 1, 1}, `2:23 "\"c\""`},
		{[]any{"pairs", 0}, `2:11 "\"a\""`},
		{[]any{"clause"}, `3:1 "[[clause]]"`},
		{[]any{"clause", 0}, `3:1 "[[clause]]"`},
		{[]any{"clause", 0, "number"}, `4:1 "number"`},
		{[]any{"clause", 0, "title", "ky"}, `5:1 "title.ky"`},
		{[]any{"clause", 0, "title"}, `5:1 "title"`},
		{[]any{"clause", 0, "check", 1, "rule"}, `9:1 "rule"`},
		{[]any{"clause", 1}, `10:1 "[[ clause ]]"`},
		{[]any{"clause", 1, "number"}, `10:1 "[[ clause ]]"`},
		{[]any{"clause", 1, "parameters", "a.b"}, `11:16 "\"a.b\""`},
		{[]any{"clause", 1, "parameters", "a", "b"}, `11:1 "parameters"`},
		{[]any{"clause", 1, "parameters", "c", "d"}, `11:33 "d"`},
		{[]any{"clause", 1, "check", 0, "rule"}, `13:1 "rule"`},
		{[]any{"clause", 1, "title"}, `14:1 "[clause.title]"`},
		{[]any{"clause", 1, "title", "ru"}, `15:1 "ru"`},
		{[]any{"clause", 2, "number"}, `3:1 "[[clause]]"`},
		{[]any{"clause", -1, "number"}, `3:1 "[[clause]]"`},
		{[]any{"clause", "number"}, `3:1 "[[clause]]"`},
		{[]any{"title", 0}, `1:1 "title"`},
		{[]any{"title", 1.5}, `1:1 "title"`},
	} {
		if got := show(places.File(), places.At(test.path...)); got != test.want {
			t.Errorf("At%q is %s, want %s", test.path, got, test.want)
		}
	}
}

// The place of a table is its own header, wherever tables below it stand.
func TestAtHeaders(t *testing.T) {
	type deep struct {
		A struct {
			B struct {
				C int `toml:"c"`
			} `toml:"b"`
			D int `toml:"d"`
		} `toml:"a"`
	}
	for input, want := range map[string]string{
		"[a.b]\nc = 1\n[a]\nd = 1\n":   `3:1 "[a]"`,
		"[a]\nd = 1\n[a.b]\nc = 1\n":   `1:1 "[a]"`,
		"[a . b]\nc = 1\n":             `1:1 "[a"`,
		"\r\n[\ta\t]\r\nb = { c = 1 }": `2:1 "[\ta\t]"`,
		"a.b.c = 1\n":                  `1:1 "a"`,
	} {
		places, problems := decode(t, input, &deep{})
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		if got := show(places.File(), places.At("a")); got != want {
			t.Errorf("%q: %s, want %s", input, got, want)
		}
	}
}

func show(f *source.File, s source.Span) string {
	p := f.Position(s.Start)
	return fmt.Sprintf("%d:%d %q", p.Line, p.Column, f.Data[s.Start:s.End])
}
