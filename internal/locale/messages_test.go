package locale

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"text/template"
	"time"
	"unicode"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/shopspring/decimal"
)

func TestPrinter(t *testing.T) {
	ky, ru, en := For(Ky), For(Ru), For(En)
	day := time.Date(2026, time.November, 20, 0, 0, 0, 0, bishkek)
	tests := []struct{ got, want string }{
		{ky.T("site.skip"), "Негизги мазмунга өтүү"},
		{ky.F("site.year.complete", Args{"Year": "2026"}), "2026-жылдын бардык кадамдары аткарылды."},
		{ru.NF("site.status.promise.left", 21, Args{"Day": day}), "Обещанный день: 20 ноября 2026 года, остался 21 день."},
		{en.N("site.days.left", 12), "12 days left"},
		{ru.N("report.errors", 2), "2 ошибки"},
		{ru.N("report.errors", 11), "11 ошибок"},
		{ru.N("report.errors", 1234), "1" + nbsp + "234 ошибки"},
		{en.N("report.errors", 1), "1 error"},
		{ky.N("report.errors", 5), "5 ката"},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("%q, want %q", test.got, test.want)
		}
	}
}

func TestArgs(t *testing.T) {
	tests := []struct {
		arg      any
		action   string
		wanted   string // in Russian
		explains string
	}{
		{time.Date(2026, 3, 1, 17, 0, 0, 0, bishkek), "{{.X}}", "1 марта 2026 года", "a time is its date"},
		{time.Date(2026, 3, 1, 17, 0, 0, 0, bishkek), "{{.X.Clock}} {{.X.Short}} {{.X.Month}} {{.X.On}}", "1 марта 2026 года, 17:00 01.03.2026 март 2026 года 1 марта 2026 года", "or in another use"},
		{time.Date(2026, 3, 1, 17, 0, 0, 0, bishkek), "{{.X.Since}} {{.X.Until}} {{.X.AsOf}}", "с 1 марта 2026 года до 1 марта 2026 года включительно по состоянию на 1 марта 2026 года", "or with its preposition"},
		{12345, "{{.X}}", "12" + nbsp + "345", "an int is grouped"},
		{4, "{{.X.Ablative}} {{.X.Possessive}}", "4 4", "or with the ending of Kyrgyz, which Russian has not"},
		{int64(12345), "{{.X}}", "12" + nbsp + "345", "an int64 is grouped"},
		{decimal.RequireFromString("12345.6"), "{{.X}}", "12" + nbsp + "345,6", "a decimal is exact"},
		{Text{Ky: "суу", Ru: "вода"}, "{{.X}}", "вода", "a text is in the language"},
		{"2026", "{{.X}}", "2026", "a string is itself"},
	}
	for _, test := range tests {
		if got := execute(t, Ru, test.action, Args{"X": test.arg}).String(); got != test.wanted {
			t.Errorf("%s: %q, want %q", test.explains, got, test.wanted)
		}
	}
}

func TestMistakesShow(t *testing.T) {
	p := For(En)
	for _, got := range []string{
		p.T("no.such"), p.F("no.such", nil), p.N("no.such", 1), // not there
		p.T("regulation.tentative"), p.F("regulation.tentative", nil), p.F("regulation.tentative", Args{"Early": time.Time{}, "Late": time.Time{}}), // argument missing
		p.T("report.errors"), p.F("report.errors", nil), p.N("site.skip", 1), // wrong kind
	} {
		if !strings.Contains(got, "⟦") {
			t.Errorf("%q hides a mistake", got)
		}
	}
	if p.Has("no.such") || !p.Has("report.errors") {
		t.Error("Has")
	}
}

func TestLoadRefuses(t *testing.T) {
	for name, files := range map[string]fstest.MapFS{
		"broken TOML":           {"messages/site.ky.toml": {Data: []byte("a = ")}},
		"a form of no language": {"messages/site.ky.toml": {Data: []byte("[a]\none = \"1\"\nmore = \"2\"")}},
		"a key of two areas": {
			"messages/site.ky.toml":    {Data: []byte("a = \"1\"")},
			"messages/command.ky.toml": {Data: []byte("a = \"1\"")},
		},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s was loaded", name)
				}
			}()
			load(files, Ky)
		}()
	}
}

// The tests below compare the messages of the three languages, by key.

func TestMessagesHaveTheSameKeys(t *testing.T) {
	for _, l := range Langs {
		for _, key := range Keys(Ky) {
			if !For(l).Has(key) {
				t.Errorf("%s is missing in %v", key, l)
			}
		}
		for _, key := range Keys(l) {
			if !For(Ky).Has(key) {
				t.Errorf("%s is in %v but not in ky", key, l)
			}
		}
	}
}

func TestMessagesAreWhole(t *testing.T) {
	required := map[Lang]string{Ky: "one other", Ru: "one few many other", En: "one other"}
	for _, l := range Langs {
		if required[l] == "" {
			t.Errorf("this test does not list the plural forms of %v: see https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html", l)
			continue
		}
		for key, m := range For(l).messages().all {
			if got := formNames(m); got != "other" && got != required[l] {
				t.Errorf("%s in %v has the forms %q, want %q", key, l, got, required[l])
			}
			if ky := For(Ky).messages().all[key]; ky != nil && counted(ky) != counted(m) {
				t.Errorf("%s is counted in one of ky, %v and not in the other", key, l)
			}
			for _, text := range forms(m) {
				if _, err := template.New("").Parse(text); err != nil {
					t.Errorf("%s in %v: %v", key, l, err)
				}
				if text != strings.TrimSpace(text) || strings.Contains(text, "  ") {
					t.Errorf("%s in %v has a stray space: %q", key, l, text)
				}
			}
		}
	}
}

func TestMessagesHaveTheSameArguments(t *testing.T) {
	for _, key := range Keys(Ky) {
		want := arguments(For(Ky).messages().all[key])
		for _, l := range Langs {
			if m := For(l).messages().all[key]; m != nil && !slices.Equal(arguments(m), want) {
				t.Errorf("%s has the arguments %v in %v and %v in ky", key, arguments(m), l, want)
			}
		}
	}
}

// foreign are words that may be written in the other script.
var foreign = map[string]bool{}

func init() {
	for word := range strings.FieldsSeq(`
		Achyk Android Atom BOM BY CC CKAN CSV DCAT DuckDB Excel GitHub Google HTML ICS ISO JPEG JSON KGS LF LibreOffice Markdown ODS Outlook PDF PNG Parquet QR RFC RSS
		SARIF SHA SQLite Telegram Thunderbird TOML URL USD UTF WhatsApp Word XLSX XML YAML ZIP csv git xlsx toml iCalendar iPhone
		Ачык ачык Кыргызча Русский`) {
		foreign[word] = true
	}
}

func TestMessagesAreInTheirLanguage(t *testing.T) {
	for _, l := range Langs {
		others := unicode.Latin
		if l.Latin() {
			others = unicode.Cyrillic
		}
		for key, m := range For(l).messages().all {
			for _, text := range forms(m) {
				for _, word := range strings.FieldsFunc(prose(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
					if strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(others, r) }) && !foreign[word] {
						t.Errorf("%s in %v: %q is not in %v letters (a look-alike letter, or a word for backquotes?)", key, l, word, l)
					}
					if l == Ru && strings.ContainsAny(strings.ToLower(word), "ңөү") && !foreign[word] {
						t.Errorf("%s in ru: %q is Kyrgyz", key, word)
					}
					if strings.ContainsAny(word, "ӊӉ") {
						t.Errorf("%s in %v: %q has the look-alike of ң", key, l, word)
					}
				}
			}
		}
	}
}

func TestMessagesAreTranslated(t *testing.T) {
	const long = 12 // letters; shorter messages can be the same word, such as "Мониторинг"
	letters := func(text string) int {
		return len(regexp.MustCompile(`\p{Cyrillic}`).FindAllString(prose(text), -1))
	}
	for key, ky := range For(Ky).messages().all {
		if ru := For(Ru).messages().all[key]; ru != nil && ru.Other == ky.Other && letters(ky.Other) > long {
			t.Errorf("%s is the same in ky and ru: %q", key, ky.Other)
		}
	}
}

func formNames(m *i18n.Message) string {
	var names []string
	for _, form := range []struct{ name, text string }{
		{"zero", m.Zero}, {"one", m.One}, {"two", m.Two}, {"few", m.Few}, {"many", m.Many}, {"other", m.Other},
	} {
		if form.text != "" {
			names = append(names, form.name)
		}
	}
	return strings.Join(names, " ")
}

func forms(m *i18n.Message) []string {
	return []string{m.Zero, m.One, m.Two, m.Few, m.Many, m.Other}
}

var (
	actions    = regexp.MustCompile(`{{.*?}}`)
	fields     = regexp.MustCompile(`[{( ]\.(\w+)`)
	backquoted = regexp.MustCompile("`[^`]*`")
)

// prose is a message without its arguments and without code in backquotes.
func prose(text string) string {
	return strings.TrimSpace(backquoted.ReplaceAllString(actions.ReplaceAllString(text, ""), ""))
}

// arguments are the names used in any form of a message, sorted.
func arguments(m *i18n.Message) []string {
	var names []string
	for _, action := range actions.FindAllString(strings.Join(forms(m), " "), -1) {
		for _, field := range fields.FindAllStringSubmatch(action, -1) {
			names = append(names, field[1])
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func BenchmarkLoad500(b *testing.B) {
	var src strings.Builder
	for i := range 400 {
		fmt.Fprintf(&src, "key_%d = \"Жооп берүү мөөнөтү жана дагы бир нече сөз: {{.Due.Until}}.\"\n", i)
	}
	for i := range 100 {
		fmt.Fprintf(&src, "[counted_%d]\none = \"{{.Count}} ката табылды\"\nother = \"{{.Count}} ката табылды\"\n", i)
	}
	files := fstest.MapFS{"messages/site.ky.toml": {Data: []byte(src.String())}}
	for b.Loop() {
		load(files, Ky)
	}
}

func BenchmarkT(b *testing.B) {
	for b.Loop() {
		For(Ky).T("site.skip")
	}
}

func BenchmarkNF(b *testing.B) {
	args := Args{"Day": time.Date(2026, time.November, 20, 0, 0, 0, 0, bishkek)}
	for b.Loop() {
		For(Ru).NF("site.status.promise.left", 12, args)
	}
}

func BenchmarkDate(b *testing.B) {
	day := time.Date(2026, time.November, 20, 0, 0, 0, 0, bishkek)
	for b.Loop() {
		For(Ky).Until(day)
	}
}

func BenchmarkNumber(b *testing.B) {
	for b.Loop() {
		For(Ky).Number("1234567.89")
	}
}

func TestPluralForms(t *testing.T) {
	for code, want := range map[string]string{"ky": "one other", "ru": "one few many other", "ar": "zero one two few many other", "ja": "other"} {
		if got := strings.Join(PluralForms(code), " "); got != want {
			t.Errorf("%s has the forms %q, want %q", code, got, want)
		}
	}
}
