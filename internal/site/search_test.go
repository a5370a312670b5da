package site_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"achyk/internal/tools/searchtest"
	"achyk/internal/tools/sitetest"
)

// TestSearchRecall looks for what people look for: of the queries in testdata, written by hand, nearly all
// have the page that is meant among the first ten results.
func TestSearchRecall(t *testing.T) {
	dir := sitetest.Sample(t)
	for lang, least := range map[string]int{"ky": 80, "ru": 70, "en": 16} {
		x := searchtest.Open(t, func(name string) ([]byte, error) { return os.ReadFile(filepath.Join(dir, "search", lang, name)) })
		data, err := os.ReadFile("testdata/queries." + lang + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		n, found := 0, 0
		for line := range strings.Lines(string(data)) {
			query, want, ok := strings.Cut(strings.TrimSpace(line), " = ")
			if !ok {
				continue
			}
			n++
			got := x.First(query, 10)
			if slices.ContainsFunc(got, func(e searchtest.Entry) bool { return e.Address == want }) {
				found++
			} else {
				t.Logf("%s: %q finds %v, without %s", lang, query, got, want)
			}
			for _, e := range got {
				page, _, _ := strings.Cut(e.Address, "#")
				if _, err := os.Stat(filepath.Join(dir, lang, filepath.FromSlash(page), "index.html")); err != nil {
					t.Errorf("%s: %q finds %s, which is no page", lang, query, e.Address)
				}
			}
		}
		if t.Logf("%s: %d of %d queries find what is meant", lang, found, n); n < least || found*100 < n*96 {
			t.Errorf("%s: only %d of %d queries find what is meant", lang, found, n)
		}
	}
}

// TestSearchOrder looks for everyday words: the services, places, providers and bodies that they mean come before
// rows that only count something by month, and before what other municipalities have where the reader came
// from one.
func TestSearchOrder(t *testing.T) {
	dir := sitetest.Sample(t)
	row := regexp.MustCompile(`^\w+/(appeals|measurements|scores|payments)/.`)
	subject := regexp.MustCompile(`^\w+/(services|territories|providers|bodies)/.`)
	for lang, queries := range map[string]map[string]string{
		"ky": {"таштанды": "waste", "суу": "drinking-water", "вода": "drinking-water", "жарык": "street-lighting", "жол": "roads", "балабакча": "kindergartens", "мэрия": "executive"},
		"ru": {"мусор": "waste", "вода": "drinking-water", "свет": "street-lighting", "дорога": "roads", "садик": "kindergartens", "мэрия": "executive", "вода ош": "drinking-water"},
		"en": {"trash": "waste", "water": "drinking-water", "road": "roads", "mayor": "executive"},
	} {
		x := searchtest.Open(t, func(name string) ([]byte, error) { return os.ReadFile(filepath.Join(dir, "search", lang, name)) })
		for query, want := range queries {
			if got := x.FirstIn(query, "osh", 1); len(got) == 0 || !strings.HasSuffix(got[0].Address, "/"+want+"/") {
				t.Errorf("%s: %q from Osh finds %v first, want %s", lang, query, got, want)
			}
			rows := false
			for i, e := range x.First(query, 1000) {
				if rows = rows || row.MatchString(e.Address); rows && subject.MatchString(e.Address) {
					t.Errorf("%s: %q finds %s only in place %d, after rows", lang, query, e.Address, i+1)
					break
				}
			}
		}
	}
}

// TestSearchList reads the list of names, which serves readers without scripts: each letter leads to where its
// names begin, and the page says where else to look.
func TestSearchList(t *testing.T) {
	dir := sitetest.Sample(t)
	read := func(path string) string {
		t.Helper()
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(path), "index.html"))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	first := read("ky/search")
	links := regexp.MustCompile(`<a href="[./]*/(ky/search/[^"#]*)#([^"]*)">(.|0–9|. \d)</a>`).FindAllStringSubmatch(first, -1)
	if len(links) < 20 {
		t.Errorf("only %d letters: %v", len(links), links)
	}
	for _, l := range links {
		if !strings.Contains(read(l[1]), `<h3 id="`+l[2]+`">`+l[3][:len(strings.Fields(l[3])[0])]+`</h3>`) {
			t.Errorf("%s leads to %s#%s, where its names are not", l[3], l[1], l[2])
		}
	}
	_, without, _ := strings.Cut(first, "<noscript>")
	without, _, _ = strings.Cut(without, "</noscript>")
	for _, town := range []string{"ky/osh/", "ky/kochkorbaev/"} {
		if !strings.Contains(without, town) {
			t.Errorf("without scripts the page does not lead to %s: %s", town, without)
		}
	}
	if page := read("ky/osh/services/waste"); !strings.Contains(page, `<input name="town" type="hidden" value="osh">`) {
		t.Error("the search of a page does not keep the municipality")
	}
}
