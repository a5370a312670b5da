package newtown

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"achyk/internal/locale"
	"achyk/internal/regulation/rules"
	"achyk/internal/tools/towntest"
)

func town(procedure string, languages ...locale.Lang) Town {
	return Town{ID: "town", Name: locale.Text{Ky: "Шаар", Ru: "Город", En: "Town"}, Kind: "city", Procedure: procedure, Languages: languages, Year: 2026}
}

func texts(t *testing.T, of Town) map[string][]byte {
	t.Helper()
	all, err := of.Files()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestRegulations checks that each rule is called in the regulation of a procedure, and that the
// regulation names every assumption on which its rules rest.
func TestRegulations(t *testing.T) {
	called := map[string]bool{}
	for _, procedure := range Procedures {
		text := string(texts(t, town(procedure, locale.Langs[:]...))["data/town/regulation.toml"])
		for _, r := range rules.All {
			if !strings.Contains(strings.ReplaceAll(text, "rule       =", "rule ="), "rule = \""+r.Code+"\"") {
				continue
			}
			called[r.Code] = true
			for _, a := range r.Assumes {
				if procedure == "contest" && a.Code == "group-sides-at-least-one" {
					continue // the clause of a commission says how many
				}
				if !strings.Contains(text, "\ncode   = \""+a.Code+"\"\n") {
					t.Errorf("%s: %s rests on %s, which is not named", procedure, r.Code, a.Code)
				}
			}
		}
	}
	for _, r := range rules.All {
		if !called[r.Code] {
			t.Errorf("no procedure calls %s", r.Code)
		}
	}
}

// TestLanguages checks that a site gets the texts of its languages and no others, and that each text
// is in all languages.
func TestLanguages(t *testing.T) {
	two := texts(t, town("group", locale.Ky, locale.Ru))
	for name, text := range two {
		if strings.Contains(name, ".en.") || strings.HasSuffix(name, ".toml") && bytes.Contains(text, []byte(" en = \"")) {
			t.Errorf("%s has English", name)
		}
	}
	three := texts(t, town("contest", locale.Langs[:]...))
	for name := range three {
		for _, l := range locale.Langs {
			other := strings.Replace(name, ".ky.md", "."+l.String()+".md", 1)
			if three[other] == nil {
				t.Errorf("there is no %s", other)
			}
		}
	}
	if two["content/pages/about.ru.md"] == nil || two["data/town/contests.csv"] != nil || two["data/town/findings.csv"] == nil {
		t.Error("the files are not those of the procedure")
	}
}

// TestNames checks that a name is escaped where it stands.
func TestNames(t *testing.T) {
	if got, want := quoted("a \"b\" \\ «c»\n\x7f"), `"a \"b\" \\ «c»\u000a\u007f"`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	x := town("group", locale.Ky)
	x.Name = locale.Text{Ky: "*A* <b> [c](d)"}
	if got, want := x.Named("ky"), `\*A\* \<b\> \[c\]\(d\)`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestLikeTheSample checks that the calendar and the versions of actions are those of the sample,
// which are kept up to date.
func TestLikeTheSample(t *testing.T) {
	root := towntest.Sample(t) + "/"
	all := texts(t, town("contest", locale.Langs[:]...))
	calendar, err := os.ReadFile(root + "data/calendar.csv")
	if err != nil || !bytes.Equal(calendar, all["data/calendar.csv"]) {
		t.Errorf("files/repository/data/calendar.csv is not data/calendar.csv: copy it (%v)", err)
	}
	var pinned []string
	workflows, _ := filepath.Glob(root + ".github/workflows/*.yml")
	for _, name := range workflows {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		pinned = append(pinned, uses(text)...)
	}
	if len(pinned) == 0 {
		t.Error("no action was found")
	}
	for name, text := range all {
		for _, action := range uses(text) {
			if strings.HasPrefix(name, ".github/") && !slices.Contains(pinned, action) {
				t.Errorf("%s: %s is no version of .github/workflows", name, action)
			}
		}
	}
}

// uses are the actions that a workflow names, with their versions.
func uses(workflow []byte) (all []string) {
	for line := range strings.Lines(string(workflow)) {
		if _, action, ok := strings.Cut(line, "uses: "); ok {
			all = append(all, strings.TrimSpace(action))
		}
	}
	return all
}
