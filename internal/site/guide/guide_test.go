package guide

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"achyk/docs/guide"
	"achyk/internal/locale"
)

// messages returns all messages of a language, as their files have them.
func messages(t *testing.T, l locale.Lang) string {
	t.Helper()
	files, err := filepath.Glob("../../locale/messages/*." + l.String() + ".toml")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	var all strings.Builder
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(data)
	}
	return all.String()
}

var (
	label   = regexp.MustCompile(`\*\*([^*]+)\*\*`)
	picture = regexp.MustCompile(`!\[([^\]]+)\]\(([^)]+)\)`)
	link    = regexp.MustCompile(`[^!]\[[^\]]+\]\(([^)]+)\)`)
	code    = regexp.MustCompile("(?s)```.*?```|`[^`]*`")
	latin   = regexp.MustCompile(`[A-Za-z]+`)
)

// TestGuides reads every guide in every language: the labels in bold are on our pages, links lead to guides of
// the same language, pictures are there and have a text, and a guide fits on a screen or two.
func TestGuides(t *testing.T) {
	known := strings.Fields("Excel LibreOffice GitHub XLSX CSV JPEG PNG PDF HEIC ZIP Word iPhone git toml ru ky md cr wc app")
	for l, all := range texts() {
		said := messages(t, l)
		used := map[string]bool{}
		for i, g := range all {
			if g.Name != guide.Names[i] {
				t.Errorf("%s stands in the place of %s", g.Name, guide.Names[i])
			}
			file := g.Name + "." + l.String() + ".md"
			text, err := guide.Files.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			body := string(text)
			for _, m := range label.FindAllStringSubmatch(body, -1) {
				if !strings.Contains(said, "'"+m[1]+"'") && !strings.Contains(said, `"`+m[1]+`"`) && !strings.Contains(said, m[1]+":'") && !strings.Contains(said, m[1]+`:"`) {
					t.Errorf("%s: no page has the label %q", file, m[1])
				}
			}
			for _, m := range picture.FindAllStringSubmatch(body, -1) {
				if _, err := guide.Files.ReadFile(m[2]); err != nil || !strings.HasSuffix(m[2], "."+l.String()+".png") || len(m[1]) < 20 {
					t.Errorf("%s: the picture %s, %q: %v", file, m[2], m[1], err)
				}
				used[m[2]] = true
			}
			for _, m := range link.FindAllStringSubmatch(body, -1) {
				name, ok := strings.CutSuffix(m[1], "."+l.String()+".md")
				if _, err := guide.Files.ReadFile(m[1]); err != nil || !ok || name == g.Name {
					t.Errorf("%s: the link %s: %v", file, m[1], err)
				}
			}
			if words := len(strings.Fields(body)); words > 330 {
				t.Errorf("%s has %d words", file, words)
			}
			if l == locale.En {
				continue
			}
			plain := picture.ReplaceAllString(code.ReplaceAllString(link.ReplaceAllString(body, ""), ""), "$1")
			for _, word := range latin.FindAllString(plain[strings.Index(plain[3:], "+++")+6:], -1) {
				if !strings.Contains(" "+strings.Join(known, " ")+" ", " "+word+" ") && !strings.Contains(plain, "| ") {
					t.Errorf("%s: the word %s stands outside of backquotes", file, word)
				}
			}
		}
		names, err := guide.Files.ReadDir(".")
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range names {
			name := f.Name()
			if strings.HasSuffix(name, "."+l.String()+".png") && !used[name] {
				t.Errorf("no guide shows %s", name)
			}
			if info, err := f.Info(); err != nil || strings.HasSuffix(name, ".png") && info.Size() > 40<<10 {
				t.Errorf("%s has more than 40 KB: %v", name, err)
			}
		}
	}
}
