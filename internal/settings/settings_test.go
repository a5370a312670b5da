package settings

import (
	"fmt"
	"testing"

	"achyk/internal/diag"
	"achyk/internal/source"
)

type text struct {
	Ky string `toml:"ky"`
	Ru string `toml:"ru"`
}

type act struct {
	Title  text `toml:"title"`
	Number int  `toml:"number"`
	Small  int8 `toml:"small"`
	Clause []struct {
		Number string   `toml:"number"`
		Title  text     `toml:"title"`
		Tags   []string `toml:"tags"`
	} `toml:"clause"`
}

func TestDecode(t *testing.T) {
	for name, test := range map[string]struct {
		input string
		want  []string // code and line:column
	}{
		"fits":          {"number = 7\ntitle = { ky = \"Жобо\" }\n", nil},
		"unknown":       {"number = 7\nnumbr = 8\n", []string{"toml-unknown-key 2:1 numbr"}},
		"inline":        {"title = { ky = \"Жобо\", kg = \"x\" } # kg\n", []string{"toml-unknown-key 1:24 title.kg"}},
		"unknown table": {"[act]\na = 1\nb = 2\n", []string{"toml-unknown-key 1:1 act"}},
		"nth": {"[[clause]]\nnumber = \"1\"\nnote = 1\n[[clause]]\ntags = [\"[\", '#']\nnote = 2\n",
			[]string{"toml-unknown-key 3:1 clause.note", "toml-unknown-key 6:1 clause.note"}},
		"many lines": {"title.ky = \"\"\"\nx = 1\n\"\"\"\"\nwrong = 1\n", []string{"toml-unknown-key 4:1 wrong"}},
		"type":       {"\nnumber = \"seven\"\n", []string{"toml-type 2:1 number"}},
		"in list":    {"[[clause]]\ntags = [1]\n", []string{"toml-type 2:1 clause.tags"}},
		"out of range, which the library takes for a mistake of form": {"small = 300\n", []string{"toml-type 1:1 small"}},
		"syntax":          {"number = \n", []string{"toml-syntax 1:10 number"}},
		"twice":           {"number = 1\nnumber = 2\n", []string{"toml-syntax 2:1 number"}},
		"byte order mark": {"\ufeffnumber = 7\nnumbr = 8\n", []string{"toml-unknown-key 2:1 numbr"}},
	} {
		t.Run(name, func(t *testing.T) {
			f := &source.File{Path: "x.toml", Data: []byte(test.input)}
			var v act
			_, problems := Decode(f, source.Span{End: len(f.Data)}, &v)
			problems.Sort()
			var got []string
			for _, d := range problems {
				got = append(got, describe(d))
			}
			if len(got) != len(test.want) {
				t.Fatalf("got %q, want %q", got, test.want)
			}
			for i := range got {
				if got[i] != test.want[i] {
					t.Errorf("got %q, want %q", got[i], test.want[i])
				}
			}
		})
	}
}

// Of the library's message only what helps is kept.
func TestDetail(t *testing.T) {
	for input, want := range map[string]string{
		"number = \"seven\"\n": "expected integer but found string",
		"number = 1.5\n":       "expected integer but found float",
		"title = \"Жобо\"\n":   "expected table but found string",
		"small = 300\n":        "",
	} {
		_, problems := Decode(&source.File{Data: []byte(input)}, source.Span{End: len(input)}, &act{})
		if len(problems) != 1 || problems[0].Args["detail"] != want {
			t.Errorf("%q: %+v", input, problems)
		}
	}
}

func describe(d diag.Diagnostic) string {
	p := d.Position()
	return fmt.Sprintf("%s %d:%d %s", d.Code, p.Line, p.Column, d.Value)
}

// Whatever parses must not make the second reading fail.
func FuzzPlaces(f *testing.F) {
	f.Add("a = 1\n[b.\"c d\"]\ne = { f = [1, { g = 'h' }] }\n[[i]]\nj = 2020-01-01T00:00:00Z # k\n")
	f.Add("a = \"\"\"x\\\"\"\"\"\"\"\nb = '''y''''\n")
	f.Fuzz(func(t *testing.T, input string) {
		file := &source.File{Path: "x.toml", Data: []byte(input)}
		Decode(file, source.Span{End: len(file.Data)}, &act{})
	})
}
