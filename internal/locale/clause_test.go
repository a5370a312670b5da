package locale

import "testing"

// TestClause checks that the letters of clauses are those of the language, whichever the number
// is recorded with.
func TestClause(t *testing.T) {
	for _, test := range []struct{ cyrillic, latin string }{
		{"14", "14"}, {"", ""}, {"3.1", "3.1"},
		{"13а", "13a"}, {"13г", "13d"}, {"13е", "13f"}, {"13ж", "13g"}, {"2э", "2z"},
		{"1.3б", "1.3b"}, {"13в.2", "13c.2"}, {"4а–6д", "4a–6e"},
	} {
		for _, number := range []Clause{Clause(test.cyrillic), Clause(test.latin)} {
			if ky, ru, en := number.In(Ky), number.In(Ru), number.In(En); ky != test.cyrillic || ru != test.cyrillic || en != test.latin {
				t.Errorf("%s is %s in Kyrgyz, %s in Russian and %s in English", number, ky, ru, en)
			}
		}
	}
	for _, word := range []Clause{"annex", "2bis", "13-a", "а", "2-тиркеме"} {
		for _, l := range Langs {
			if got := word.In(l); got != string(word) {
				t.Errorf("%s is %s in %v", word, got, l)
			}
		}
	}
	if got := For(Ky).F("judgement.duty.of_clause", Args{"Clause": Clause("13b"), "Duty": "…"}); got != "… (13б-пункт)" {
		t.Errorf("as an argument it is %q", got)
	}
}
