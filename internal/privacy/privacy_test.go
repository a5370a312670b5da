package privacy

import (
	"os"
	"strings"
	"testing"
)

// lines returns the lines of a file of testdata that are no comments.
func lines(t testing.TB, name string) (all []string) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSuffix(line, "\n"); line != "" && !strings.HasPrefix(line, "# ") {
			all = append(all, line)
		}
	}
	return all
}

// All of it is found, and where it stands.
func TestGuilty(t *testing.T) {
	for _, line := range lines(t, "guilty.txt") {
		kind, marked, _ := strings.Cut(line, " ")
		start, end := strings.IndexByte(marked, '{'), strings.IndexByte(marked, '}')-1
		text := strings.NewReplacer("{", "", "}", "").Replace(marked)
		var got []string
		hit := false
		for _, f := range Find(text) {
			got = append(got, string(f.Kind)+" "+text[f.Start:f.End])
			hit = hit || f.Kind == Kind(kind) && f.Start == start && f.End == end
		}
		if !hit {
			t.Errorf("%s: found %q", line, got)
		}
	}
}

// None of it is taken for personal data, by itself or in a text of all.
func TestInnocent(t *testing.T) {
	all := lines(t, "innocent.txt")
	if len(all) < 200 {
		t.Errorf("%d innocent texts", len(all))
	}
	for _, text := range append(all, strings.Join(all, "\n\n")) {
		for _, f := range Find(text) {
			t.Errorf("%.100s: %s %q", text, f.Kind, text[f.Start:f.End])
		}
	}
}

// Long texts are judged in parts, and places are those of the whole.
func TestLong(t *testing.T) {
	text := strings.Repeat("Калдык чыгарылды. ", 20_000) + "\nТел.: 0555 12 34 56\n" + strings.Repeat("x", 200_000) + " a@b.kg"
	all := Find(text)
	if len(all) != 2 || text[all[0].Start:all[0].End] != "0555 12 34 56" || text[all[1].Start:all[1].End] != "a@b.kg" {
		t.Errorf("%v", all)
	}
}

func TestKey(t *testing.T) {
	for _, same := range [][]string{
		{"+996 312 61-23-45", "0312 61 23 45", "(0312) 612345"},
		{"Office@Osh.gov.kg", "office@osh.gov.kg"},
		{"ул.  Ленина 1, кв. 2", "Ул. Ленина 1, кв. 2"},
	} {
		for _, other := range same[1:] {
			if Key(same[0]) != Key(other) {
				t.Errorf("%q is not %q", same[0], other)
			}
		}
	}
	if Key("0312 61 23 45") == Key("0312 61 23 46") || Key("1a") == Key("1b") {
		t.Error("contacts that differ are the same")
	}
}

// Authors that programs note in documents: people, and what is none.
func TestPerson(t *testing.T) {
	for author, want := range map[string]bool{
		"Асанов Нурбек": true, "Айгуль": true, "a.asanov@mail.ru": true, "Nurbek": true,
		"": false, "User": false, "Пользователь Windows": false, "python-docx": false, "HP": false, "Buh1": false,
		"Ош шаарынын мэриясы": false, "Osh City Council": false, "Canon MF3010": false, "Аппарат кенеша": false, "DESKTOP-4F2": false,
	} {
		if got := Person(author); got != want {
			t.Errorf("%q: %t", author, got)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	cells := lines(b, "innocent.txt")
	size := 0
	for _, c := range cells {
		size += len(c)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		for _, c := range cells {
			Find(c)
		}
	}
}

// FuzzFind: whatever the text, nothing panics, and findings lie in it in their order.
func FuzzFind(f *testing.F) {
	for _, name := range []string{"guilty.txt", "innocent.txt"} {
		for _, line := range lines(f, name) {
			f.Add(line)
		}
	}
	f.Add("Birth1900-0май")
	f.Add("1985 гр.")
	f.Add("\xff@\xff.кг 0(555\n\n1985-ж. т")
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, found := range Find(text) {
			if found.Start < last || found.End <= found.Start || found.End > len(text) {
				t.Fatalf("%+v in %d bytes", found, len(text))
			}
			last = found.Start
		}
		Key(text)
		Person(text)
	})
}
