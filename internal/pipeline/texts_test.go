package pipeline

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"achyk/internal/diag"
	"achyk/internal/links"
	"achyk/internal/tools/towntest"
)

// small writes a repository without git into a folder, with a text of each kind. Each text has
// the link that is given.
func small(t *testing.T, link string) (dir string) {
	t.Helper()
	archive, err := txtar.ParseFile("../load/testdata/base.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{"content/town/news/opening.ky.md": "+++\ntitle = \"Ачылды\"\ndate = 2026-07-02\n+++\nАчылды.\n"}
	for _, f := range archive.Files {
		files[f.Name] = string(f.Data)
	}
	dir = t.TempDir()
	for name, text := range files {
		if strings.HasSuffix(name, ".md") {
			text += "\n" + link + "\n"
		}
		if err := towntest.Write(dir, name, text); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// planFolder plans the site of a folder.
func planFolder(t *testing.T, dir string) *Plan {
	t.Helper()
	source, err := Open(Options{Source: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { source.Close() })
	loaded, err := source.Load()
	if err != nil {
		t.Fatal(err)
	}
	judged := loaded.Judge()
	if judged.Problems.HasErrors() {
		t.Fatal(judged.Problems)
	}
	history, err := loaded.History()
	if err != nil {
		t.Fatal(err)
	}
	plan, err := judged.Plan(history, judged.Extend(history))
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// TestBrokenLinks compares the broken links of texts, which are found without rendering, with
// those of the rendered pages: each page that shows a text must be known. Check reports them at
// their places in the files.
func TestBrokenLinks(t *testing.T) {
	dir := small(t, `[жок](nowhere/ "a") ![жок](no.png) [бар](../) [сыртта](https://else.example/)`)
	plan := planFolder(t, dir)
	var broken links.Broken
	if err := plan.Verify(context.Background(), 2); !errors.As(err, &broken) {
		t.Fatal(err)
	}
	rendered, known := map[string]int{}, map[string]int{}
	for _, l := range broken {
		rendered[l.Page]++
	}
	for _, text := range plan.texts {
		known[text.Path] += 2
	}
	for page, n := range rendered {
		if known[page] != n {
			t.Errorf("%s has %d broken links, of which %d are in texts that are known", page, n, known[page])
		}
	}
	if len(rendered) != len(known) || len(rendered) < 3*4 {
		t.Errorf("%d pages have broken links, %d show texts", len(rendered), len(known))
	}

	checked, err := Check(Options{Source: dir})
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, d := range checked.Problems {
		if d.Code != diag.BrokenLink {
			t.Errorf("%s is reported", d.Code)
		}
		found = append(found, d.Name()+" "+string(d.File.Data[d.Span.Start:d.Span.End]))
	}
	want := []string{
		"content/pages/about.ky.md nowhere/", "content/pages/about.ky.md no.png",
		"content/pages/about.ru.md nowhere/", "content/pages/about.ru.md no.png",
		"content/town/letters/letter-2026.ky.md nowhere/", "content/town/letters/letter-2026.ky.md no.png",
		"content/town/news/opening.ky.md nowhere/", "content/town/news/opening.ky.md no.png",
	}
	if !slices.Equal(found, want) {
		t.Errorf("check finds\n%s", strings.Join(found, "\n"))
	}
	if _, problems, err := Build(context.Background(), Options{Source: dir, Dest: filepath.Join(dir, "public")}); err != nil || len(problems) != len(want) {
		t.Errorf("a build finds %d: %v", len(problems), err)
	}
}

// TestBrokenPlaces compares the links to places that pages lack, which check finds at their places in
// the files, with those that a build finds in the rendered pages.
func TestBrokenPlaces(t *testing.T) {
	dir := small(t, "[бар](#main) [башы](#top) [жок](#nowhere) [жок](/ky/town/regulation/#clause-99) [бар](/ky/town/regulation/#main)")
	var broken links.Broken
	if _, _, err := Build(context.Background(), Options{Source: dir, Dest: filepath.Join(dir, "public")}); !errors.As(err, &broken) {
		t.Fatal(err)
	}
	built := map[string]bool{}
	for _, l := range broken {
		if l.Fault != links.NoFragment {
			t.Error(l)
		}
		built[l.Link] = true
	}
	checked, err := Check(Options{Source: dir})
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, d := range checked.Problems {
		if d.Code != diag.BrokenLink || d.Args["place"] == "" || !built[d.Value] {
			t.Error(d)
		}
		found = append(found, d.Name()+" "+string(d.File.Data[d.Span.Start:d.Span.End]))
	}
	var want []string
	for _, name := range []string{"pages/about.ky", "pages/about.ru", "town/letters/letter-2026.ky", "town/news/opening.ky"} {
		want = append(want, "content/"+name+".md #nowhere", "content/"+name+".md /ky/town/regulation/#clause-99")
	}
	if !slices.Equal(found, want) || len(built) != 2 {
		t.Errorf("check finds\n%s\na build %v", strings.Join(found, "\n"), built)
	}
}

// TestLinksToHistory checks links to what commits make. Check does not read the history and
// leaves those links to the build. The list of all changes exists without a commit as well, so
// that a text can link to it.
func TestLinksToHistory(t *testing.T) {
	const month = `[ай](/changes/1999-01/) [баары](/ky/changes/) [агым](/feeds/town.ky.atom)`
	dir := small(t, "[баары](/ky/changes/) [шаардыкы](/ky/town/changes/)")
	if _, problems, err := Build(context.Background(), Options{Source: dir, Dest: filepath.Join(dir, "public")}); err != nil || problems.HasErrors() {
		t.Error("without git:", problems, err)
	}
	if broken := planFolder(t, small(t, month)).brokenLinks(); len(broken) != 4*2 {
		t.Errorf("without git, %d of 8 broken links are found: %v", len(broken), broken)
	}
	dir = small(t, month)
	for _, args := range [][]string{{"init", "-q"}, {"add", "."}, {"-c", "user.name=A", "-c", "user.email=a@sample.example", "commit", "-qm", "Add all"}} {
		if out, err := exec.Command("git", append([]string{"-C", dir}, args...)...).CombinedOutput(); err != nil {
			t.Skip(err, string(out))
		}
	}
	if checked, err := Check(Options{Source: dir}); err != nil || len(checked.Problems) != 0 {
		t.Error("check:", checked.Problems, err)
	}
	if broken := planFolder(t, dir).brokenLinks(); len(broken) != 4 {
		t.Errorf("of 4 links to a month without changes, a build finds %d: %v", len(broken), broken)
	}
}

// TestSampleWithoutGit checks that texts of the sample link to nothing that only commits make.
func TestSampleWithoutGit(t *testing.T) {
	dir := t.TempDir()
	for _, folder := range []string{"data", "content"} {
		if err := os.CopyFS(filepath.Join(dir, folder), os.DirFS(filepath.Join(towntest.Sample(t), folder))); err != nil {
			t.Fatal(err)
		}
	}
	if broken := planFolder(t, dir).brokenLinks(); len(broken) > 0 {
		t.Error(broken)
	}
}
