package site_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"achyk/internal/links"
	"achyk/internal/pipeline"
	"achyk/internal/tools/outside"
	"achyk/internal/tools/sitetest"
)

// oddKeys are keys that a spreadsheet may hold and an address may not.
var oddKeys = []string{"p", "Күн 1", "a/b", "../x", "%41", "A", "-x", "..", "index.html", "x y?z#w", `"«'`, "<b>", "7", strings.Repeat("ү", 300)}

// edges is a repository with what no sample has: a municipality without a single record,
// and one with a register of its own that nobody has described, records with nothing in
// them but what must be, names that sort otherwise in Kyrgyz than in Unicode, and a
// history of two commits, the later of which was written earlier.
func edges(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	put := func(name, data string) {
		name = filepath.Join(dir, "data", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	take := func(name, from string) {
		data, err := os.ReadFile(filepath.Join(sitetest.Root(), "data", filepath.FromSlash(from)))
		if err != nil {
			t.Fatal(err)
		}
		put(name, string(data))
	}
	take("site.toml", "site.toml")
	take("calendar.csv", "calendar.csv")
	for _, file := range []string{"/municipality.toml", "/regulation.toml"} {
		take("empty"+file, "osh"+file)
		take("odd"+file, "kochkorbaev"+file)
	}

	var rows strings.Builder
	rows.WriteString("name,note,\"a b\"\n")
	for i := range 250 {
		key := fmt.Sprintf("№ %03d", i)
		if i < len(oddKeys) {
			key = oddKeys[i]
		}
		fmt.Fprintf(&rows, "\"%s\",,\n", strings.ReplaceAll(key, `"`, `""`))
	}
	put("odd/own.csv", rows.String())

	// register writes records of which only these cells are filled.
	register := func(name string, records ...map[string]string) {
		sample, err := os.ReadFile(filepath.Join(sitetest.Root(), "data", "osh", name+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		header, _, _ := strings.Cut(string(sample), "\n")
		lines := []string{header}
		for _, r := range records {
			var cells []string
			for column := range strings.SplitSeq(header, ",") {
				cells = append(cells, r[column])
			}
			lines = append(lines, strings.Join(cells, ","))
		}
		put("odd/"+name+".csv", strings.Join(lines, "\n")+"\n")
	}
	var services []map[string]string
	for i := range alphabet {
		services = append(services, map[string]string{"id": fmt.Sprintf("s%d", i), "name_ky": alphabet[i*5%len(alphabet)], "level": "municipal"})
	}
	register("services", services...)
	register("providers", map[string]string{"id": "p", "name_ky": "\"Аты\r\nбар\"", "kind": "contractor"})
	register("decisions", map[string]string{"id": "d", "issuer": "council", "kind": "form-panel", "number": "1", "date": "2024-02-01", "title_ky": "Чечим"})
	register("panels", map[string]string{"id": "g", "kind": "working-commission", "decision": "d", "formed": "2024-02-01"})
	register("contests", map[string]string{"id": "c", "year": "2024", "panel": "g", "title_ky": "Сынак", "funding": "city-budget", "announced": "2024-03-01", "closes": "2024-04-01T18:00+06:00"})
	register("assessments", map[string]string{"id": "a", "year": "2024", "mode": "monitoring", "regularity": "regular", "provider": "p"})
	register("requirements", map[string]string{"id": "r", "service": "s0", "direction": "law", "source_kind": "law", "source_ky": "Мыйзам", "requirement_ky": "Талап"})
	register("findings", map[string]string{"id": "f", "assessment": "a", "requirement": "r", "verdict": "not-checked", "finding_ky": "Эч нерсе"})
	recommendation := map[string]string{"id": "n", "finding": "f", "addressee": "provider", "provider": "p", "due": "2026-12-31", "recommendation_ky": "Эскиси"}
	register("recommendations", recommendation)

	program := outside.Program(t, "git")
	git := func(arguments ...string) {
		cmd := exec.Command(program, arguments...)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "GIT_COMMITTER_DATE=2026-03-02T12:00:00+06:00",
			`GIT_AUTHOR_NAME=А. "Б" & В`, "GIT_AUTHOR_EMAIL=a@sample.example", `GIT_COMMITTER_NAME=Г`, "GIT_COMMITTER_EMAIL=g@sample.example")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", arguments, err, out)
		}
	}
	git("init", "-q", "--template=", "-b", "main")
	git("add", "-A")
	git("commit", "-q", "-m", "Баары", "--date", "2026-03-02T12:00:00+06:00")
	recommendation["due"], recommendation["recommendation_ky"] = "2026-12-01", odd
	register("recommendations", recommendation)
	git("commit", "-q", "-a", "-m", "Эскиси <жок> & \"жаңысы\" бар", "--date", "2026-02-02T12:00:00+06:00")
	return dir
}

// odd is a text with all that a calendar must escape, and a word so long that its letters,
// which have two octets, fall on the end of a line.
var odd = `"Үтүр, чекит; сызык \\, \1; \n1,` + "\r\nэки сап\nжана " + strings.Repeat("ө", 60) + `"`

// alphabet is names in the order of the Kyrgyz alphabet.
var alphabet = []string{"Ёлка", "Жол", "Нур", "Ңур", "Озон", "Өзөн", "Унаа", "Үңкүр", "Яссы"}

func TestEdges(t *testing.T) {
	dest := filepath.Join(t.TempDir(), "site")
	_, problems, err := pipeline.Build(context.Background(), pipeline.Options{Source: edges(t), Dest: dest, AsOf: sitetest.Today})
	var broken links.Broken
	if errors.As(err, &broken) {
		t.Fatalf("broken links:\n%v", broken)
	}
	if err != nil || problems.HasErrors() {
		for _, p := range problems {
			t.Logf("%s %s %s %v", p.Code, p.Register, p.ID, p.Args)
		}
		t.Fatal(err)
	}
	rules := maps.Clone(everyPage)
	rules["words"] = func(p *sitetest.Page, fault func(string, ...any)) {
		if !strings.Contains(p.Path, "/own/") && !bytes.Contains(p.Raw, []byte(">own")) { // in no language
			foreignWords(p, fault)
		}
	}
	delete(rules, wordsRule)
	judge(t, dest, rules)

	t.Run("calendar", func(t *testing.T) {
		checkCalendars(t, dest, "odd")
	})
	t.Run("feeds", func(t *testing.T) {
		checkFeeds(t, dest, "odd", "empty")
	})
	t.Run("list", func(t *testing.T) {
		checkList(t, dest, "ky/odd/own/", 250)
	})
	for _, l := range []string{"ky", "ru"} {
		t.Run("order/"+l, func(t *testing.T) {
			var names []string
			for _, row := range sitetest.Cells(sitetest.All(sitetest.Read(t, dest, l+"/odd/services/").Doc, "table")[0]) {
				names = append(names, row[0])
			}
			if !slices.Equal(names, alphabet) {
				t.Errorf("%q", names)
			}
		})
	}
	t.Run("nothing is said of nothing", func(t *testing.T) {
		for _, m := range []string{"empty", "odd"} {
			for _, l := range sitetest.Langs {
				for _, at := range []string{"/", "/findings/", "/data/", "/regulation/", "/news/"} {
					p := sitetest.Read(t, dest, l+"/"+m+at)
					for _, n := range sitetest.All(p.Doc, "p", "li", "dd", "figure", "section", "ul", "table") {
						if sitetest.Text(n) == "" && len(sitetest.All(n, "a", "svg", "img")) == 0 {
							t.Errorf("%s has an empty <%s class=%q>", p.Path, n.Data, sitetest.Attr(n, "class"))
						}
					}
				}
			}
		}
	})
	t.Run("an odd key", func(t *testing.T) {
		found := 0
		for _, at := range []string{"ky/odd/own/", "ky/odd/own/p/2/", "ky/odd/own/p/3/"} {
			for _, a := range sitetest.All(sitetest.Read(t, dest, at).Doc, "a") {
				if sitetest.Text(a) != "<b>" && sitetest.Text(a) != "a/b" {
					continue
				}
				found++
				p := sitetest.Read(t, dest, path.Join(at, sitetest.Attr(a, "href"))+"/")
				if got := sitetest.Text(sitetest.All(p.Doc, "h1")[0]); got != sitetest.Text(a) {
					t.Errorf("%s is headed %q", p.Path, got)
				}
			}
		}
		if found != 2 {
			t.Errorf("%d of 2 keys are listed", found)
		}
	})
}
