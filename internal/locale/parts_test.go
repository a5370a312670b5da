package locale

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// execute says a message that is in no file.
func execute(t testing.TB, l Lang, src string, args Args) Parts {
	t.Helper()
	m, err := parser{}.Parse(src, "", "")
	if err != nil {
		t.Fatal(err)
	}
	s := For(l).newSentence(args)
	if _, err := m.Execute(s); err != nil {
		t.Fatal(err)
	}
	return s.parts
}

func TestParts(t *testing.T) {
	kyrgyz := Text{Ky: "Таза суу"}
	day := time.Date(2026, time.November, 20, 0, 0, 0, 0, bishkek)
	tests := []struct {
		explains, src string
		arg           any
		want          Parts
	}{
		{"a translated text is part of the sentence", "A {{.X}} B", Text{Ky: "суу", En: "water"}, Parts{{"A water B", En}}},
		{"another is a part of its own", "A {{.X}} B", kyrgyz, Parts{{"A ", En}, {"Таза суу", Ky}, {" B", En}}},
		{"also at the beginning and twice", "{{.X}}{{.X}}.", kyrgyz, Parts{{"Таза сууТаза суу", Ky}, {".", En}}},
		{"a recorded text is guessed", "{{.X}}", Recorded("№ 5-б"), Parts{{"№ 5-б", Ky}}},
		{"a string is the program's own", "{{.X}}", "№ 5-б", Parts{{"№ 5-б", En}}},
		{"quotation marks are the reader's", "{{.X}}", Quoted(kyrgyz), Parts{{"“", En}, {"Таза суу", Ky}, {"”", En}}},
		{"a quoted sentence loses its full stop", "{{.X}}: no.", Quoted{En: "Water is clean."}, Parts{{"“Water is clean”: no.", En}}},
		{"a quoted abbreviation keeps its dot", "{{.X}}: no.", Quoted{En: "Pipes, taps a. o."}, Parts{{"“Pipes, taps a. o.”: no.", En}}},
		{"so are the commas of a list", "{{.X}}", List{kyrgyz, Text{Ru: "Вода"}, 1234, day, "x"}, Parts{{"Таза суу", Ky}, {", ", En}, {"Вода", Ru}, {", 1,234, 20 November 2026, x", En}}},
		{"parts are an argument too", "A {{.X}}", Parts{{"б", Ru}, {"c", En}}, Parts{{"A ", En}, {"б", Ru}, {"c", En}}},
		{"a list of lists", "{{.X}}", List{List{kyrgyz}, List{}}, Parts{{"Таза суу", Ky}, {", ", En}}},
		{"what is empty is false", "{{if .X}}x{{else}}-{{end}}", List{}, Parts{{"-", En}}},
		{"an empty text too", "{{if .X}}x{{else}}-{{end}}", Text{}, Parts{{"-", En}}},
		{"another language is true", "{{if .X}}x{{else}}-{{end}}", kyrgyz, Parts{{"x", En}}},
		{"printf takes the languages away, not the text", "{{printf \"%s!\" .X}}", kyrgyz, Parts{{"Таза суу!", En}}},
	}
	for _, test := range tests {
		if got := execute(t, En, test.src, Args{"X": test.arg}); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", test.explains, got, test.want)
		}
	}
}

// TestCountedParts checks that texts keep their language in a counted message, whose form go-i18n
// chooses.
func TestCountedParts(t *testing.T) {
	titles := List{Quoted{En: "Eid"}, Quoted{Ky: "Айт"}}
	got := For(Ru).CountedParts("regulation.otherwise", len(titles), Args{"Titles": titles, "Kind": "нарушено"})
	i := slices.Index(got, Part{"Eid", En})
	if i < 0 || i+2 >= len(got) || got[i+1] != (Part{"», «", Ru}) || got[i+2] != (Part{"Айт", Ky}) {
		t.Errorf("%q", got)
	}
	if got.String() != For(Ru).NF("regulation.otherwise", len(titles), Args{"Titles": titles, "Kind": "нарушено"}) {
		t.Errorf("%q is another sentence without its languages", got)
	}
	for _, l := range Langs {
		one := For(l).N("regulation.count.days", 1)
		if got := For(l).CountedParts("regulation.count.days", 1, nil); !slices.Equal(got, Parts{{one, l}}) {
			t.Errorf("%q, want %q", got, one)
		}
	}
}

func TestSentences(t *testing.T) {
	got := For(En).Sentences(Parts{{"One.", En}}, Parts{{"Эки.", Ky}, {" Three.", En}})
	if want := (Parts{{"One. ", En}, {"Эки.", Ky}, {" Three.", En}}); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// hostile are characters that a template, a mark of the program or an escape could be made of.
const hostile = "\ue000\ue001\ue00f\U000f0000⟦⟧{}.$%«»“” \n\t\"'<>&аңAz01"

// TestPartsKeepTexts checks that a text of any characters comes out unchanged in a part of its
// language, and that the parts add up to the sentence.
func TestPartsKeepTexts(t *testing.T) {
	for _, s := range []string{"\ue001x\ue00f", "{{.Y}}", "{{end}}", "⟦key⟧", "%!s(x)", "a\nb", "\ue000"} {
		got := execute(t, En, "A {{.X}} {{.Y}}", Args{"X": Text{Ky: s}, "Y": "B"})
		if want := (Parts{{"A ", En}, {s, Ky}, {" B", En}}); !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
	text := rapid.StringOfN(rapid.RuneFrom([]rune(hostile)), 1, 8, -1)
	rapid.Check(t, func(t *rapid.T) {
		l := rapid.SampledFrom(Langs[:]).Draw(t, "lang")
		before, between, after := "<", "|", ">"
		var x, y Text
		x.Set(rapid.SampledFrom(Langs[:]).Draw(t, "lang of x"), text.Draw(t, "x"))
		y.Set(rapid.SampledFrom(Langs[:]).Draw(t, "lang of y"), text.Draw(t, "y"))
		m, err := parser{}.Parse(before+"{{.X}}"+between+"{{.Y}}"+after, "", "")
		if err != nil {
			t.Fatal(err)
		}
		s := For(l).newSentence(Args{"X": x, "Y": List{Quoted(y), x}})
		if _, err := m.Execute(s); err != nil {
			t.Fatal(err)
		}
		var want Parts
		add := func(text string, l Lang) { want = want.add(text, l) }
		sayX, inX := x.Resolve(l)
		sayY, inY := y.Resolve(l)
		sayY = withoutFullStop(sayY)
		marks, inner := l.Facts().Quotes, l.Facts().Inner
		if slices.Equal(inY.Facts().Quotes, marks) {
			sayY = strings.NewReplacer(marks[0], inner[0], marks[1], inner[1]).Replace(sayY)
		}
		add(before, l)
		add(sayX, inX)
		add(between+marks[0], l)
		add(sayY, inY)
		add(marks[1]+", ", l)
		add(sayX, inX)
		add(after, l)
		if !slices.Equal(s.parts, want) {
			t.Fatalf("%q, want %q", s.parts, want)
		}
		var all strings.Builder
		for i, part := range s.parts {
			if part.Text == "" || i > 0 && s.parts[i-1].Lang == part.Lang {
				t.Fatalf("%q could be shorter", s.parts)
			}
			all.WriteString(part.Text)
		}
		if all.String() != before+sayX+between+marks[0]+sayY+marks[1]+", "+sayX+after {
			t.Fatalf("%q", all.String())
		}
	})
}
