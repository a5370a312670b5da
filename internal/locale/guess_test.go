package locale_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"achyk/internal/locale"
	"achyk/internal/tools/towntest"
)

func TestGuess(t *testing.T) {
	for _, test := range []struct {
		text   string
		reader locale.Lang
		want   locale.Lang
	}{
		{"Исправлена оценка второго члена комиссии", locale.En, locale.Ru},
		{"Исправлена оценка второго члена комиссии", locale.Ky, locale.Ru},
		{"Экинчи мүчөнүн баасы оңдолду", locale.En, locale.Ky},
		{"Экинчи мүчөнүн баасы оңдолду", locale.Ru, locale.Ky},
		{"Кайрылуулардын саны боюнча биринчи орунда", locale.En, locale.Ky}, // without ң, ө, ү
		{"Кайрылуулардын саны боюнча биринчи орунда", locale.Ru, locale.Ky},
		{"Асанов Бакыт", locale.Ky, locale.Ky},
		{"Асанов Бакыт", locale.Ru, locale.Ru},
		{"Үсөнов", locale.Ru, locale.Ky},
		{"Договор № Ү-5, 2024 год", locale.En, locale.Ru},
		{"№ 7", locale.Ru, locale.Ru},
		{"Merge branch", locale.Ky, locale.En},
		{"ISO", locale.Ky, locale.Ky},
	} {
		if got := locale.Guess(test.text, test.reader); got != test.want {
			t.Errorf("%s: %q is taken for %s, want %s", test.reader, test.text, got, test.want)
		}
	}
}

// TestGuessSample guesses the language of every text of the sample that is in both languages. Some have
// words of the other language, such as «Кызгалдак» in a Russian address.
func TestGuessSample(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(towntest.Sample(t), "data", "*", "*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	seen, all, wrong := map[string]bool{}, map[locale.Lang]int{}, map[locale.Lang][]string{}
	for _, name := range files {
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		rows, err := csv.NewReader(file).ReadAll()
		if err != nil {
			t.Fatal(name, err)
		}
		for i, column := range rows[0] {
			for end, lang := range map[string]locale.Lang{"_ky": locale.Ky, "_ru": locale.Ru} {
				for _, row := range rows[1:] {
					if !strings.HasSuffix(column, end) || len(row[i]) < 4 || seen[row[i]] {
						continue
					}
					seen[row[i]] = true
					all[lang]++
					if locale.Guess(row[i], locale.En) != lang {
						wrong[lang] = append(wrong[lang], row[i])
					}
					if got := locale.Guess(row[i], lang); got != lang {
						wrong[lang] = append(wrong[lang], row[i]+" on a page in its own language")
					}
				}
			}
		}
	}
	for lang, n := range all {
		t.Logf("%s: %d of %d texts wrong", lang, len(wrong[lang]), n)
		if n < 800 || len(wrong[lang])*30 > n {
			t.Errorf("%s: of %d texts %d are taken for another language: %q", lang, n, len(wrong[lang]), wrong[lang])
		}
	}
}
