package table

import (
	"testing"

	"achyk/internal/diag"
)

func TestSpoilt(t *testing.T) {
	text, word, number := &Column{Type: Text}, &Column{Type: String}, &Column{Type: Number}
	for _, test := range []struct {
		value string
		c     *Column
		want  diag.Code
	}{
		{"#REF!", text, diag.SheetError}, {"#ССЫЛКА!", number, diag.SheetError}, {"########", word, diag.SheetError}, {"Err:502", number, diag.SheetError},
		{"К?пт?г?н ?йл?рд?", text, diag.LostLetters}, {"К_ч_ жарыгы", text, diag.LostLetters}, {"бул ?й", text, diag.LostLetters},
		{"РљУ©С‡У© Р¶Р°СЂС‹РіС‹", text, diag.Misread}, {"ÐšÓ©Ñ‡Ó© Ð¶Ð°Ñ€Ñ‹Ð³Ñ‹", text, diag.Misread},
		{"Òåêøåðèëäè áàðäûãû", text, diag.Misread}, {"Òàçà ñóó", word, diag.Misread},
		{"1,23E+13", word, diag.NumberLost}, {"1.23E+13", number, diag.NumberLost}, {"2e+5", text, diag.NumberLost},
		{"04.01.2026", word, diag.MadeDate}, {"2026-01-04", word, diag.MadeDate}, {"4.янв", number, diag.MadeDate}, {"июл.26", number, diag.MadeDate},
		{`=HYPERLINK("https://x.example")`, text, diag.Formula}, {"=A1", word, diag.Formula}, {"@SUM(A1)", text, diag.Formula},
		{"Cуу түтүгү", text, diag.MixedAlphabets}, {"таза сyу", text, diag.MixedAlphabets},

		{`""Текст""`, text, diag.DoubledQuotes}, {`ОсОО ""Таза""`, word, diag.DoubledQuotes}, {`««Таза»» ОсОО`, text, diag.DoubledQuotes},
		{`"ОсОО "Таза""`, text, ""}, {`""Таза" ОсОО" жана "Суу"`, text, ""}, {"«ОсОО «Таза»»", text, ""}, {"««Таза» ОсОО»", text, ""},

		{"Эмне үчүн? Жооп жок.", text, ""}, {"«Качан?» деп сурады", text, ""}, {"PDFти, Wi-Fiга, XLSX", text, ""}, {"I чакырылыш", text, ""},
		{"04.01.2026 күнү", text, ""}, {"04.01.2026", text, ""}, {"2026-01-04", text, ""}, {"2026-01-04", &Column{Type: ID}, ""}, {"2026-13-04", word, ""}, {"4.1", word, ""}, {"№ 12/1", word, ""}, {"СССР, РОССТАТ, Ёлка", text, ""},
		{"СССРдин ТЭЦи", text, ""}, {"#1 окуу китеби", text, ""}, {"Error", text, ""}, {"-5", number, ""}, {"+996 3222 0-00-00", word, ""}, {"- суу жок (кышында)", text, ""},
		{"A4 барагы", text, ""}, {"COVIDден кийин", text, ""}, {"Ä pfel", text, ""}, {"snake_case", word, ""}, {"CO₂ өлчөгүч", text, ""},
		{"кВт·с", text, ""}, {"Ñuñoa, Ðorđe, créée", text, ""},
	} {
		if got := spoilt(test.value, test.c); got != test.want {
			t.Errorf("%q in a %s is %q, want %q", test.value, test.c.Type, got, test.want)
		}
	}
	for text, want := range map[string]string{
		"Текст\nК?пт?г?н ?йл?рд?": "К?пт?г?н", `ky = "?й-ж?к"`: "?й-ж?к", "Бул РџСЂРѕРІ… текст": "РџСЂРѕРІ…", "(Òåêøåðèëäè)": "Òåêøåðèëäè", "саны #REF! болду": "#REF!", `ru = "###"`: "###",
		"Эмнеге? Билбейм. «Качан?» – «Эртең?»": "", "### Бөлүм\n\n###### Кичине\n": "", "_Курсив_ жана **калың**": "", "`а?б`, `#REF!`": "", "https://x.example/суу?түр": "", "```\nа?б\n```": "",
	} {
		if _, start, end := Damaged(text); text[start:end] != want {
			t.Errorf("in %q %q is damaged, want %q", text, text[start:end], want)
		}
	}
	for text, want := range map[string]string{`""Текст""`: `"Текст"`, `"ОсОО ""Таза"""`: `ОсОО "Таза"`, `"А" жана ""Б""`: `"А" жана "Б"`, "««Таза»» ОсОО": "«Таза» ОсОО"} {
		if got := Undoubled(text); got != want {
			t.Errorf("%s becomes %s, want %s", text, got, want)
		}
	}
	if args := inCyrillic("таза сyу"); args["word"] != "сyу" || args["nearest"] != "суу" {
		t.Errorf("the word is %v", args)
	}
}
