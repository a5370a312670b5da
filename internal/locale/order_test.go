package locale

import (
	"encoding/json"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"achyk/internal/tools/outside"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Үңкүр":  "ункур",
		"ӨЗГӨН":  "озгон",
		"Кеӊеш":  "кенеш",
		"Ёлка-7": "елка-7",
		"Osh":    "osh",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCompare(t *testing.T) {
	tests := []struct {
		lang   Lang
		sorted string // texts in the expected order, with | between them
	}{
		{Ky, "Ноокат|Ңан|Озон|Ош|Өзгөн|Өрүк|Пушкин|Узген|Унаа|Үңкүр"},
		{Ky, "|2-маршрут|№ 2 мектеп|10-маршрут|Ак|«Ак-Суу»|Ак Суу|Ак-Суу|Аксы|Osh"},
		{Ky, "Елка|Ель|Ёж"},
		{Ru, "Ёж|Ежи|Елка|Ёлка|Ель"},
		{Ru, "1.2|1.10|02|3|Я|Abc"},
		{En, "7|apple|Bishkek|Ак|Ңан"},
	}
	for _, test := range tests {
		want := strings.Split(test.sorted, "|")
		for i, a := range want {
			for _, b := range want[i+1:] {
				if For(test.lang).Compare(a, b) >= 0 {
					t.Errorf("%v: %q should come before %q", test.lang, a, b)
				}
			}
		}
	}
}

// TestCompareIsTotal checks that Compare is antisymmetric and transitive, and that only identical
// texts are equal.
func TestCompareIsTotal(t *testing.T) {
	text := rapid.OneOf(rapid.StringOfN(rapid.RuneFrom([]rune("аАнңӊёеz10-« ")), 0, 6, -1), rapid.String())
	rapid.Check(t, func(t *rapid.T) {
		p := For(rapid.SampledFrom(Langs[:]).Draw(t, "lang"))
		a, b, c := text.Draw(t, "a"), text.Draw(t, "b"), text.Draw(t, "c")
		if p.Compare(a, b) != -p.Compare(b, a) {
			t.Fatal("not antisymmetric")
		}
		if (p.Compare(a, b) == 0) != (a == b) {
			t.Fatal("equal, but not identical")
		}
		if p.Compare(a, b) <= 0 && p.Compare(b, c) <= 0 && p.Compare(a, c) > 0 {
			t.Fatal("not transitive")
		}
	})
}

// TestCompareAgreesWithICU compares the order of pairs of words with the collation of ICU, as far
// as ICU finds more than a difference of case or accent.
func TestCompareAgreesWithICU(t *testing.T) {
	node := outside.Program(t, "node")
	const script = `
		const {lang, words} = JSON.parse(require("fs").readFileSync(0, "utf8"));
		if (!Intl.Collator.supportedLocalesOf([lang]).length) throw new Error("this node does not know " + lang);
		const {compare} = new Intl.Collator(lang, {numeric: true, sensitivity: "base"});
		console.log(JSON.stringify(words.map(a => words.map(b => Math.sign(compare(a, b))))));`
	alphabet := Ky.Facts().Alphabet
	words := append(strings.Split(alphabet+strings.ToUpper(alphabet)+"azAZ", ""), strings.Fields(`
		2-маршрут 10-маршрут 2-мектеп 1.2 1.10 007 7а 7б 123456789012345678901234567890
		Ак Ак-Суу Ак-Талаа Аксуу Аксы Кара Кара-Суу Караван Көк Кок-Жар Көк-Жар Көчкор
		Ноокат Ңан Нур Озон Ош Өзгөн Өрүк Пушкин Узген Унаа Үңкүр Үй еж ёж ежи ёлка елка ель
		Жаңы Жаны Жанып Жаңыл тең тен тенд тоо төө төр тор Osh Ala-Too Bishkek Баткен`)...)
	for _, l := range Langs {
		in, err := json.Marshal(map[string]any{"lang": l.String(), "words": words})
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(node, "-e", script)
		cmd.Stdin = strings.NewReader(string(in))
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		var icu [][]int
		if err := json.Unmarshal(out, &icu); err != nil {
			t.Fatal(err)
		}
		for i, a := range words {
			for j, b := range words {
				if got := For(l).Compare(a, b); icu[i][j] != 0 && icu[i][j] != got {
					t.Errorf("%v: Compare(%q, %q) = %d, ICU %d", l, a, b, got, icu[i][j])
				}
			}
		}
	}
}

func BenchmarkSort(b *testing.B) {
	words := strings.Fields(strings.Repeat("Үңкүр Унаа 10-маршрут 2-маршрут Өзгөн Ош Ак-Суу Аксы Osh Ноокат ", 100))
	for b.Loop() {
		slices.SortFunc(slices.Clone(words), For(Ky).Compare)
	}
}
