package search

import (
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/kljensen/snowball"

	"achyk/internal/locale"
	"achyk/internal/tools/searchtest"
)

// open opens an index in the script of the search page.
func open(t *testing.T, files map[string][]byte) *searchtest.Index {
	t.Helper()
	return searchtest.Open(t, func(name string) ([]byte, error) {
		if data, ok := files[name]; ok {
			return data, nil
		}
		return nil, fs.ErrNotExist
	})
}

// titles returns the titles of what a query finds, the best first.
func titles(x *searchtest.Index, query string) (all []string) {
	for _, e := range x.First(query, 10) {
		all = append(all, e.Title)
	}
	return all
}

// rules returns the rules of a language.
func rules(t *testing.T, lang string) Rules {
	t.Helper()
	r, ok := RulesOf(lang)
	if !ok {
		t.Fatalf("rules.toml has no rules of %s", lang)
	}
	return r
}

// titled returns entries with titles and no more.
func titled(titles ...string) (entries []Entry) {
	for _, title := range titles {
		entries = append(entries, Entry{Address: "x/", Title: []string{title}})
	}
	return entries
}

// TestForgives looks for things as people type them: without the letters that keyboards lack, with
// endings, in Latin letters, not to the end, and with a wrong letter.
func TestForgives(t *testing.T) {
	for lang, c := range map[string]struct {
		titles  []string
		queries map[string]string // the title that a query finds first; "" for none
	}{
		"ky": {[]string{"Үңкүр айылы", "Өзгөн шаары", "Таштандыларды чыгаруу", "Ичүүчү суу", "Кочкорбаев айыл аймагы", "Сынак", "Суммалар", "Көч. тазалоо", "Ленин көчөсү"}, map[string]string{
			"ункур": "Үңкүр айылы", "үңкүргө": "Үңкүр айылы", "ункурдон": "Үңкүр айылы", "озгон": "Өзгөн шаары", "ozgon": "Өзгөн шаары", "ÖZGÖN": "Өзгөн шаары",
			"таштандынын": "Таштандыларды чыгаруу", "таштанлы": "Таштандыларды чыгаруу", "ташт": "Таштандыларды чыгаруу", "tashtandy": "Таштандыларды чыгаруу",
			"суулар": "Ичүүчү суу", "сууну": "Ичүүчү суу", "суу": "Ичүүчү суу", "kochkor": "Кочкорбаев айыл аймагы", "кочкорбаевдин": "Кочкорбаев айыл аймагы",
			"сынакка": "Сынак", "сынкка": "Сынак", "сумма": "Суммалар", "мектеп": "", "көч. Ленин": "Ленин көчөсү", "көч. Манас": "", "көч": "Көч. тазалоо",
		}},
		"ru": {[]string{"Муниципальные услуги", "Вывоз мусора", "Водоснабжение", "Площадка «Солнце»", "Кочкорбаевский айылный аймак", "Дорога"}, map[string]string{
			"услугами": "Муниципальные услуги", "услуг": "Муниципальные услуги", "uslugi": "Муниципальные услуги", "мусором": "Вывоз мусора", "мусорный": "Вывоз мусора",
			"водоснабжением": "Водоснабжение", "водоснобжение": "Водоснабжение", "площадок": "Площадка «Солнце»", "kochkor": "Кочкорбаевский айылный аймак",
			"Дорог": "Дорога", "школа": "",
		}},
		"en": {[]string{"Drinking water", "Services", "Duties of the council", "Özgön"}, map[string]string{
			"waters": "Drinking water", "service": "Services", "duty": "Duties of the council", "ozgon": "Özgön", "drinkng": "Drinking water", "school": "",
		}},
	} {
		s := open(t, New(rules(t, lang), slices.Values(titled(c.titles...))))
		for query, want := range c.queries {
			got := titles(s, query)
			if want == "" && len(got) > 0 || want != "" && (len(got) == 0 || got[0] != want) {
				t.Errorf("%s: %q finds %q, want %q", lang, query, got, want)
			}
		}
	}
}

// TestBest checks the order of what is found: what has all words, then titles, then the most important.
func TestBest(t *testing.T) {
	entries := titled("Таза суу", "Суу түтүгү", "Таза көчө", "Суулар")
	entries = append(entries, Entry{Title: []string{"Жыйын"}, Text: "Таза суу", Year: "2025"})
	s := open(t, New(rules(t, "ky"), slices.Values(entries)))
	for query, want := range map[string]string{
		"суу":        "Таза суу, Суу түтүгү, Суулар, Жыйын",
		"таза суу":   "Таза суу, Жыйын",
		"суу 2025":   "Жыйын",
		"суу мектеп": "Таза суу, Суу түтүгү, Суулар, Жыйын",
	} {
		if got := strings.Join(titles(s, query), ", "); got != want {
			t.Errorf("%q finds %s, want %s", query, got, want)
		}
	}
}

// TestLevels checks that an entry of a higher level comes before others in which the words fit better, and one
// in whose title they are before those where they are elsewhere.
func TestLevels(t *testing.T) {
	entries := titled("Ичүүчү сууну жеткирүү", "Түтүктөр", "Суу боюнча кабар", "Басым төмөн", "Суу — 2026-жылдын январы", "Суу — 2026-жылдын февралы")
	entries[1].Text, entries[3].Text = "Суунун басымы", "Ичүүчү суу"
	for i, level := range []int{0, 0, 1, 2, 3, 3} {
		entries[i].Level = level
	}
	s := open(t, New(rules(t, "ky"), slices.Values(entries)))
	const want = "Ичүүчү сууну жеткирүү, Түтүктөр, Суу боюнча кабар, Басым төмөн, Суу — 2026-жылдын январы, Суу — 2026-жылдын февралы"
	if got := strings.Join(titles(s, "суу"), ", "); got != want {
		t.Errorf("found %s, want %s", got, want)
	}
}

// TestCodes looks for entries by the codes at the end of their addresses: the entry comes before those that have the words of
// the code, a place keeps its own, and part of a code finds nothing.
func TestCodes(t *testing.T) {
	entries := corpus(3 * perCodes)
	entries[7] = Entry{Address: "osh/findings/osh-2025-a1-f02/", Title: []string{"Графиктеги күн"}, Key: "osh"}
	entries[8] = Entry{Address: "osh/replies/osh-2025-a1-f02/", Title: []string{"Жооп"}, Key: "osh"}
	entries[9] = Entry{Address: "kochkorbaev/findings/osh-2025-a1-f02/", Title: []string{"Башка аныктама"}, Key: "kochkorbaev"}
	entries[3] = Entry{Address: "guide/", Title: []string{"OSH 2025 A1 F02"}}
	x := open(t, New(rules(t, "ky"), slices.Values(entries)))
	for query, want := range map[string]string{
		"osh-2025-a1-f02":   "Графиктеги күн, Жооп, OSH 2025 A1 F02",
		" OSH-2025-A1-F02 ": "Графиктеги күн, Жооп, OSH 2025 A1 F02",
		"osh-2025-a1":       "OSH 2025 A1 F02",
		"osh-2025-a1-f03":   "OSH 2025 A1 F02",
	} {
		var got []string
		for _, e := range x.FirstIn(query, "osh", 10) {
			got = append(got, e.Title)
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%q finds %s, want %s", query, strings.Join(got, ", "), want)
		}
	}
	if got := x.Find("osh-2025-a1-f02", "osh"); got.Near || got.Some || got.Outside {
		t.Errorf("a code is found as %+v", got)
	}
	for i := len(entries) - 1; i > 10; i -= 7 { // in all files
		code := path.Base(entries[i].Address)
		if got := x.Find(code, "").Found; len(got) == 0 || got[0] != i {
			t.Errorf("%s finds %v, want %d", code, got, i)
		}
	}
}

// TestSynonyms looks for things by what else people call them, in one word or in two. What has the word itself
// comes first.
func TestSynonyms(t *testing.T) {
	for lang, c := range map[string]struct {
		titles  []string
		queries map[string]string
	}{
		"ky": {[]string{"Калдыктарды чыгаруу", "Таштанды чыгаруу", "Бала бакчалар", "Көчө жарыгы", "Айыл өкмөтү", "Бала эмдөө", "Аялдама"}, map[string]string{
			"таштандынын": "Таштанды чыгаруу, Калдыктарды чыгаруу", "калдык": "Калдыктарды чыгаруу, Таштанды чыгаруу", "мусор": "Калдыктарды чыгаруу, Таштанды чыгаруу",
			"musor": "Калдыктарды чыгаруу, Таштанды чыгаруу", "балабакча": "Бала бакчалар", "балабакчага": "Бала бакчалар", "садик": "Бала бакчалар",
			"детский сад": "Бала бакчалар", "свет": "Көчө жарыгы", "айылөкмөтү": "Айыл өкмөтү", "мусорду чыгаруу": "Калдыктарды чыгаруу, Таштанды чыгаруу",
		}},
		"ru": {[]string{"Вывоз отходов", "Вывоз мусора", "Питьевое водоснабжение", "Детские сады", "Перерывы в подаче воды", "Водоотвод"}, map[string]string{
			"мусор": "Вывоз мусора, Вывоз отходов", "свалку": "Вывоз отходов, Вывоз мусора", "вода": "Перерывы в подаче воды, Питьевое водоснабжение",
			"садик": "Детские сады", "отключение воды": "Перерывы в подаче воды", "водо отвод": "Водоотвод",
		}},
		"en": {[]string{"Waste collection", "Kindergartens", "Mayor's Office"}, map[string]string{
			"trash": "Waste collection", "nursery": "Kindergartens", "city hall": "Mayor's Office",
		}},
	} {
		s := open(t, New(rules(t, lang), slices.Values(titled(c.titles...))))
		for query, want := range c.queries {
			if got := strings.Join(titles(s, query), ", "); got != want {
				t.Errorf("%s: %q finds %q, want %q", lang, query, got, want)
			}
		}
	}
}

// TestSynonymsTable checks the table itself: every language has one, and no line says a thing twice.
func TestSynonymsTable(t *testing.T) {
	for _, lang := range locale.Langs {
		r := rules(t, lang.String())
		if len(r.Synonyms) < 10 {
			t.Errorf("%s has %d lines of synonyms", lang, len(r.Synonyms))
		}
		seen := map[string]bool{}
		for _, line := range r.Synonyms {
			if len(line[0]) == 0 {
				t.Errorf("%s: no words that texts have beside %q", lang, line[1])
			}
			for _, phrase := range slices.Concat(line[0], line[1]) {
				folded := strings.Join(r.Words(phrase), " ")
				if seen[folded] || folded == "" {
					t.Errorf("%s: %q stands there twice, or is no word", lang, phrase)
				}
				seen[folded] = true
			}
		}
	}
}

// TestNumbers looks for numbers: "4.1" is one word, and no number is near another.
func TestNumbers(t *testing.T) {
	entries := titled("1.4-пункт", "4.1-пункт", "4.10-пункт", "4.1.2-пункт", "1.2-пункт", "Кат")
	entries[5].Text = "716888"
	s := open(t, New(rules(t, "ky"), slices.Values(entries)))
	for query, want := range map[string]string{
		"4.1-пункт": "4.1-пункт, 4.1.2-пункт", "2.1": "", "4.1": "4.1-пункт, 4.1.2-пункт", "4": "", "716888": "Кат", "716889": "",
	} {
		if got := strings.Join(titles(s, query), ", "); got != want {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
	for query, some := range map[string]bool{"2.1-пункт": true, "4.1-пункт": false, "мектеп": false, "мектеп бакча": false} {
		if got := s.Find(query, ""); got.Some != some || got.Near {
			t.Errorf("%q: %+v, want some = %v", query, got, some)
		}
	}
}

// TestPlace looks in a place: what is of others is found only where the place has nothing.
func TestPlace(t *testing.T) {
	entries := titled("Суу", "Ичүүчү суу", "Жайыттар", "Суу жөнүндө", "Күн нуру", "Күндөр")
	entries[0].Key, entries[1].Key, entries[2].Key, entries[4].Key, entries[5].Key = "north", "south", "north", "north", "south"
	s := open(t, New(rules(t, "ky"), slices.Values(entries)))
	for query, want := range map[[2]string]string{
		{"суу", ""}: "Суу, Ичүүчү суу, Суу жөнүндө", {"суу", "south"}: "Ичүүчү суу, Суу жөнүндө", {"суу", "north"}: "Суу, Суу жөнүндө",
		{"жайыт", "south"}: "Жайыттар", {"жайыт", "elsewhere"}: "Жайыттар", {"мектеп", "south"}: "",
		{"күн", "south"}: "Күндөр", {"күн нуру", "south"}: "Күн нуру",
	} {
		var got []string
		for _, e := range s.FirstIn(query[0], query[1], 10) {
			got = append(got, e.Title)
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
		if outside := s.Find(query[0], query[1]).Outside; outside != (want == "Жайыттар" || want == "Күн нуру") {
			t.Errorf("%q: outside is %v", query, outside)
		}
	}
}

// TestNoRules searches in a language without endings, as one that a municipality adds.
func TestNoRules(t *testing.T) {
	ky := rules(t, "ky")
	s := open(t, New(Rules{Letters: ky.Letters, Folds: ky.Folds}, slices.Values(titled("Сув", "Йўл"))))
	if got := titles(s, "сув"); len(got) != 1 {
		t.Errorf("found %q", got)
	}
}

// TestWords checks that the script has the same words as the index, and what they are.
func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"«Үңкүр» айылы, 3.5-пункт": "ункур айылы 3.5 пункт",
		"7,2 м, 18.12.2026. 4.1":   "7.2 м 18.12.2026 4.1",
		"ЁЛКА – № 12, эл":          "елка 12 ел",
		"Йод":                      "йод", // the same letter in two characters
		"a_b c'd Ünkür 5²":         "a b c d ünkür 5",
		"":                         "",
	} {
		for _, lang := range locale.Langs {
			got := rules(t, lang.String()).Words(text)
			if script := open(t, New(rules(t, lang.String()), slices.Values([]Entry(nil)))).Words(text); !slices.Equal(got, script) {
				t.Errorf("%s: %q is %q in the index and %q in the script", lang, text, got, script)
			}
			if folded := rules(t, lang.String()).Words(locale.Fold(text)); !slices.Equal(got, folded) {
				t.Errorf("%s: %q is %q, but %q where the program looks for similar words", lang, text, got, folded)
			}
			if lang == locale.Ky && strings.Join(got, " ") != want {
				t.Errorf("%q is %q, want %s", text, got, want)
			}
		}
	}
}

// forms reads a file of words: on each line a word, a colon and its forms.
func forms(t *testing.T, name string) (all [][]string) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if word, rest, ok := strings.Cut(line, ":"); ok && !strings.HasPrefix(line, "#") {
			all = append(all, append([]string{word}, strings.Fields(rest)...))
		}
	}
	return all
}

// TestForms looks for each word by its forms, and for each form by the word. Words that are different
// must not be taken for each other.
func TestForms(t *testing.T) {
	for lang, least := range map[string]int{"ky": 200, "ru": 100} {
		words, n := forms(t, "forms."+lang+".txt"), 0
		s := open(t, New(rules(t, lang), slices.Values([]Entry(nil))))
		for _, w := range words {
			for _, form := range w[1:] {
				n++
				if !s.Alike(w[0], form) || !s.Alike(form, w[0]) {
					t.Errorf("%s: %s is not known as a form of %s", lang, form, w[0])
				}
				for _, other := range words {
					if other[0] != w[0] && strings.HasPrefix(form, other[0][:4]) && s.Alike(other[0], form) {
						t.Errorf("%s: %s is taken for a form of %s", lang, form, other[0])
					}
				}
			}
		}
		if n < least {
			t.Errorf("%s: only %d forms are tested", lang, n)
		}
		for _, w := range forms(t, "apart."+lang+".txt") {
			for _, other := range w[1:] {
				if s.Alike(w[0], other) || s.Alike(other, w[0]) {
					t.Errorf("%s: %s and %s are taken for one word", lang, w[0], other)
				}
			}
		}
		t.Logf("%s: %d forms of %d words", lang, n, len(words))
	}
}

// TestSnowball compares the endings of Russian with the Snowball stemmer, on the words of the program's
// own messages: of words that have one stem there, nearly all find each other.
func TestSnowball(t *testing.T) {
	data, err := os.ReadFile("../locale/messages/site.ru.toml")
	if err != nil {
		t.Fatal(err)
	}
	russian := rules(t, "ru")
	byStem := map[string][]string{}
	for _, w := range russian.Words(string(data)) {
		stem, err := snowball.Stem(w, "russian", true)
		if err != nil {
			t.Fatal(err)
		}
		if len([]rune(stem)) > 2 && w >= "а" && !slices.Contains(byStem[stem], w) {
			byStem[stem] = append(byStem[stem], w)
		}
	}
	s, pairs := open(t, New(russian, slices.Values([]Entry(nil)))), 0
	var missed []string
	for _, stem := range slices.Sorted(maps.Keys(byStem)) {
		words := byStem[stem]
		for _, w := range words[1:] {
			if pairs++; !s.Alike(words[0], w) {
				missed = append(missed, words[0]+" "+w)
			}
		}
	}
	if t.Logf("%d pairs, without %q", pairs, missed); pairs < 300 || len(missed)*50 > pairs {
		t.Errorf("more than 2 %% of %d pairs that Snowball joins are missed", pairs)
	}
}
