package search

import (
	"fmt"
	"html"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// corpus makes n entries of invented words, some frequent and most rare as in real texts (Zipf), each with
// one of the endings of a noun. The first entries have the names that the queries of TestBudget look for.
func corpus(n int) (entries []Entry) {
	r := rand.New(rand.NewPCG(1, 2))
	consonants, vowels := []rune("бгджзклмнпрстчш"), []rune("аеиоуы")
	syllable := func() string {
		return string([]rune{consonants[r.IntN(len(consonants))], vowels[r.IntN(len(vowels))]})
	}
	stems := make([]string, 12_000)
	for i := range stems {
		stems[i] = syllable() + syllable() + string(consonants[r.IntN(len(consonants))])
		if i > 300 {
			stems[i] += syllable() + string(consonants[r.IntN(len(consonants))])
		}
	}
	for i, known := range []string{"кызмат", "суу", "таштанды", "жол", "талап", "айыл", "көчө", "шаар", "өкмөт", "чечим"} {
		stems[i*4] = known
	}
	endings := []string{"", "", "", "дын", "га", "ны", "да", "дан", "лар", "лардын", "ы", "ынын"}
	zipf := rand.NewZipf(r, 1.07, 8, uint64(len(stems)-1))
	text := func(words int) string {
		all := make([]string, words)
		for i := range all {
			all[i] = stems[zipf.Uint64()] + endings[r.IntN(len(endings))]
		}
		return strings.Join(all, " ")
	}
	names := []string{"Үңкүр айылы", "Өзгөн шаары", "Таштанды чыгаруу", "Ичүүчү суу", "Кочкорбаев айыл аймагы"}
	for i := range n {
		e := Entry{
			Address: fmt.Sprintf("osh/findings/f-%05d/", i), Title: []string{text(6)}, Kind: fmt.Sprint("Аныктама ", i/500),
			Year: fmt.Sprint(2020 + i%7), Status: []string{"Сакталды", "Сакталган жок", ""}[r.IntN(3)], Place: []string{"Ош шаары", "Кочкорбаев айыл аймагы"}[i%2], Key: []string{"osh", "kochkorbaev"}[i/5%2], Text: text(40),
		}
		if i < len(names) {
			e.Title[0] = names[i]
		}
		entries = append(entries, e)
	}
	return entries
}

// TestBudget checks what a first query costs at 10,000 entries: the head of the index, the shards and the
// blocks of the first ten results stay within what the page and its script leave of 70 KB, also where the word
// has synonyms. With
// ACHYK_CORPUS, it writes the entries there as pages, and their index, to measure other programs.
func TestBudget(t *testing.T) {
	const most = 45_000
	entries := corpus(10_000)
	files := New(rules(t, "ky"), slices.Values(entries))
	for _, name := range Names(len(entries)) {
		if _, ok := files[name]; !ok {
			t.Errorf("the index has no file %s", name)
		}
	}
	if len(files) != len(Names(len(entries))) {
		t.Errorf("the index has %d files, and %d names", len(files), len(Names(len(entries))))
	}
	for query, want := range map[string]string{
		"ункур": "Үңкүр айылы", "озгон": "Өзгөн шаары", "таштандынын": "Таштанды чыгаруу", "суулар": "Ичүүчү суу", "kochkor": "Кочкорбаев айыл аймагы",
		"таштанды чыгаруу": "Таштанды чыгаруу", "таштанлынын": "Таштанды чыгаруу", "мусор": "Таштанды чыгаруу", "балабакча": "",
	} {
		x := open(t, files)
		got := x.FirstIn(query, "osh", 10)
		if want != "" && (len(got) == 0 || got[0].Title != want) {
			t.Errorf("%q finds %v, want %s", query, got, want)
		}
		if t.Logf("%q: %d bytes", query, x.Bytes); x.Bytes > most {
			t.Errorf("%q costs %d bytes, more than %d", query, x.Bytes, most)
		}
	}
	if dir := os.Getenv("ACHYK_CORPUS"); dir != "" {
		write(t, dir, entries, files)
	}
}

// write writes entries as pages, and the files of their index.
func write(t *testing.T, dir string, entries []Entry, files map[string][]byte) {
	t.Helper()
	put := func(name string, data []byte) {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, e := range entries {
		put("ky/"+e.Address+"index.html", []byte("<!DOCTYPE html><html lang=ky><title>"+html.EscapeString(e.Title[0])+"</title><main><h1>"+html.EscapeString(e.Title[0])+
			"</h1><p>"+html.EscapeString(strings.Join([]string{e.Kind, e.Year, e.Status, e.Place}, " "))+"<p>"+html.EscapeString(e.Text)+"</main></html>"))
	}
	for name, data := range files {
		put("search/ky/"+name, data)
	}
}
