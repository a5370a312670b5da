package load_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"achyk/internal/locale"
)

// A contact that is allowed is no finding, however it is written. What a municipality allows is
// allowed in its own files only.
func TestAllowedContacts(t *testing.T) {
	const entries = `
[allowed_contacts]
"(0312) 00-00-00" = { ky = "Кабыл алуу бөлмөсү" }
"Office@Sample.kg" = { ky = "Кабыл алуу бөлмөсү" }
"Үлгү көч. 12, кв. 5" = { ky = "Уюмдун кеңсеси" }
`
	letter := "content/town/letters/letter-2026.ky.md"
	for _, c := range []struct {
		settings, name string
		want           int
	}{
		{"data/site.toml", letter, 0},
		{"data/town/municipality.toml", letter, 0},
		{"data/town/municipality.toml", "content/pages/about.ky.md", 3},
		{"", letter, 3},
	} {
		fsys := base(t)
		add := func(name, text string) {
			fsys[name] = &fstest.MapFile{Data: append([]byte(string(fsys[name].Data)), text...)}
		}
		if c.settings != "" {
			add(c.settings, entries)
		}
		add(c.name, "\n+996 312 000000, office@sample.kg; ҮЛГҮ көч. 12, кв. 5\n")
		problems := read(t, fsys)
		if len(problems) != c.want {
			t.Errorf("%s, %s: %d findings, want %d:\n%s", c.settings, c.name, len(problems), c.want, text(t, problems, locale.En))
		}
	}
}

// No report repeats what must not be public.
func TestReportsHidePersonalData(t *testing.T) {
	fsys := base(t)
	const number = "21205198512345"
	fsys["content/town/files/d-1.txt"].Data = []byte(number + "\n")
	fsys["data/town/findings.csv"].Data = []byte(strings.Replace(string(fsys["data/town/findings.csv"].Data), "Not on Sundays.", number, 1))
	problems := read(t, fsys)
	if got := text(t, problems, locale.Ky); len(problems) != 2 || strings.Contains(got, number) {
		t.Errorf("%d findings:\n%s", len(problems), got)
	}
}
