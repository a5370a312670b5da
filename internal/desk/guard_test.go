package desk_test

import (
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"achyk/internal/desk"
	"achyk/internal/diag"
	"achyk/internal/source"
)

// TestGuard writes over published texts and documents. It is said, and needs a reason where the check of
// proposals asks for one.
func TestGuard(t *testing.T) {
	const (
		letters = "content/town/letters/"
		front   = "+++\nyear = 2026\ndate = 2026-05-02\ntitle = \"Кат\"\n+++\n\n"
		news    = "content/town/news/a.ky.md"
		about   = "+++\ndate = 2026-05-02\ntitle = \"Кабар\"\n+++\n\n"
	)
	files, _ := published(t)
	for name, text := range map[string]string{letters + "a.ky.md": front + "Бир эки үч.\n", news: about + "Бир эки үч төрт.\n", "content/town/files/a.txt": "Бир"} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	r, err := desk.Open(files, time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, text   string
		said, reason bool
	}{
		{letters + "b.ky.md", front + "Башка кат.\n", false, false},
		{letters + "a.ky.md", front + "Бир эки үч.\n", false, false},
		{letters + "a.ky.md", front + "Бир\nэки үч.\n", true, false},
		{letters + "a.ky.md", front + "Бир эки төрт.\n", true, true},
		{letters + "a.ky.md", "+++\nyear = 2026\ndate = 2026-05-03\ntitle = \"Кат\"\n+++\n\nБир эки үч.\n", true, true},
		{news, about + "Бир эки үч төрт беш.\n", true, false},
		{news, about + "Такыр башка кабар.\n", true, true},
		{"content/town/files/a.txt", "Эки", true, true},
	} {
		d, err := r.Draft(r.Data.Municipalities[0], []desk.Input{{File: &source.File{Path: "a", Data: []byte(c.text)}, Put: c.name}})
		if err != nil {
			t.Fatal(err)
		}
		said := slices.ContainsFunc(d.Problems, func(p diag.Diagnostic) bool { return p.Code == diag.FilePublished })
		if said != c.said || d.NeedsReason() != c.reason || d.Problems.HasErrors() {
			t.Errorf("%s, %q: said %t, reason %t, %v", c.name, c.text, said, d.NeedsReason(), d.Problems)
		}
	}
}
