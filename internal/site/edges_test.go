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
	"achyk/internal/locale"
	"achyk/internal/pipeline"
	"achyk/internal/tools/outside"
	"achyk/internal/tools/sitetest"
	"achyk/internal/tools/towntest"
)

// oddKeys are keys that a spreadsheet may contain but an address may not.
var oddKeys = []string{"p", "Күн 1", "a/b", "../x", "%41", "A", "-x", "..", "index.html", "x y?z#w", `"«'`, "<b>", "7", strings.Repeat("ү", 300)}

// repository is a folder with the data of a site, which a test writes.
type repository struct {
	*testing.T
	dir string
}

// newRepository makes a repository of municipalities without records, each with the settings and the regulation of one
// of the sample.
func newRepository(t *testing.T, towns map[string]string) repository {
	t.Helper()
	r := repository{t, t.TempDir()}
	r.put("site.toml", r.sample("site.toml"))
	r.put("calendar.csv", r.sample("calendar.csv"))
	for id, like := range towns {
		for _, file := range []string{"/municipality.toml", "/regulation.toml"} {
			r.put(id+file, r.sample(like+file))
		}
	}
	return r
}

// put writes a file below data.
func (r repository) put(name, content string) {
	r.Helper()
	name = filepath.Join(r.dir, "data", filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		r.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		r.Fatal(err)
	}
}

// sample reads a file below data of the sample.
func (r repository) sample(name string) string {
	r.Helper()
	content, err := os.ReadFile(filepath.Join(towntest.Sample(r), "data", filepath.FromSlash(name)))
	if err != nil {
		r.Fatal(err)
	}
	return string(content)
}

// register writes a register of the municipality odd. Only the given cells are filled.
func (r repository) register(name string, records ...map[string]string) {
	r.Helper()
	header, _, _ := strings.Cut(r.sample("osh/"+name+".csv"), "\n")
	lines := []string{header}
	for _, record := range records {
		var cells []string
		for column := range strings.SplitSeq(header, ",") {
			cells = append(cells, record[column])
		}
		lines = append(lines, strings.Join(cells, ","))
	}
	r.put("odd/"+name+".csv", strings.Join(lines, "\n")+"\n")
}

// git runs git with an author whose name has characters that HTML and XML reserve.
func (r repository) git(arguments ...string) {
	r.Helper()
	cmd := exec.Command(outside.Program(r.T, "git"), arguments...)
	cmd.Dir, cmd.Env = r.dir, append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "GIT_COMMITTER_DATE=2026-03-02T12:00:00+06:00",
		`GIT_AUTHOR_NAME=А. "Б" & В`, "GIT_AUTHOR_EMAIL=a@sample.example", `GIT_COMMITTER_NAME=Г`, "GIT_COMMITTER_EMAIL=g@sample.example")
	if out, err := cmd.CombinedOutput(); err != nil {
		r.Fatalf("git %v: %v\n%s", arguments, err, out)
	}
}

// nineCriteria adds a contest with one criterion more than a picture can tell apart.
func (r repository) nineCriteria() {
	r.Helper()
	r.register("decisions", map[string]string{"id": "d", "issuer": "council", "kind": "form-panel", "number": "1", "date": "2024-02-01", "title_ky": "Чечим"})
	r.register("panels", map[string]string{"id": "g", "kind": "working-commission", "decision": "d", "formed": "2024-02-01"})
	r.register("contests", map[string]string{"id": "c", "year": "2024", "panel": "g", "title_ky": "Сынак", "funding": "city-budget", "announced": "2024-03-01", "closes": "2024-04-01T18:00+06:00"})
	r.register("panel_members", map[string]string{"id": "m", "panel": "g", "name": "А. Б.", "side": "deputy", "valid_from": "2024-02-01"})
	r.register("organisations", map[string]string{"id": "o", "name_ky": "Уюм", "legal_form": "association"})
	r.register("applications", map[string]string{"id": "z", "contest": "c", "organisation": "o", "number": "1", "received": "2024-03-20T10:00+06:00", "status": "winner"})
	var criteria, points []map[string]string
	for i := range 9 {
		id := fmt.Sprintf("y%d", i)
		criteria = append(criteria, map[string]string{"id": id, "contest": "c", "name_ky": "Сапат " + id, "weight": "1", "max_points": "10"})
		points = append(points, map[string]string{"application": "z", "member": "m", "criterion": id, "points": "5"})
	}
	r.register("criteria", criteria...)
	r.register("scores", points...)
}

// TestNineCriteria builds a contest with more criteria than there are fills: its picture shows totals only, its table all points.
func TestNineCriteria(t *testing.T) {
	t.Parallel()
	r := newRepository(t, map[string]string{"odd": "osh"})
	r.nineCriteria()
	dest := filepath.Join(t.TempDir(), "site")
	if _, problems, err := pipeline.Build(context.Background(), pipeline.Options{Source: r.dir, Dest: dest, AsOf: sitetest.Today}); err != nil || problems.HasErrors() {
		t.Fatal(problems, err)
	}
	page := sitetest.Read(t, dest, "ky/embed/odd/2024/scores/c/")
	if heads := len(sitetest.All(page.Doc, "th")); heads != 11 {
		t.Errorf("the table of the chart has %d heads, want who, nine criteria and the total", heads)
	}
}

// unusual makes a repository with what the sample does not have: the municipality empty, which
// has no record, and the municipality odd. That one has a register that no schema describes, a contest with nine criteria,
// records in which only required cells are filled, names whose order in Kyrgyz is not that of
// Unicode, and a history of three commits, of which the second has the earliest date and the third an English message.
func unusual(t *testing.T) string {
	t.Helper()
	r := newRepository(t, map[string]string{"empty": "osh", "odd": "kochkorbaev"})

	var rows strings.Builder
	rows.WriteString("name,note,\"a b\"\n")
	for i := range 250 {
		key := fmt.Sprintf("№ %03d", i)
		if i < len(oddKeys) {
			key = oddKeys[i]
		}
		fmt.Fprintf(&rows, "\"%s\",,\n", strings.ReplaceAll(key, `"`, `""`))
	}
	r.put("odd/own.csv", rows.String())

	var services []map[string]string
	for i := range alphabet {
		services = append(services, map[string]string{"id": fmt.Sprintf("s%d", i), "name_ky": alphabet[i*5%len(alphabet)], "level": "municipal"})
	}
	r.register("services", services...)
	r.register("providers", map[string]string{"id": "p", "name_ky": "\"Аты\r\nбар\"", "kind": "contractor"})
	r.nineCriteria()
	r.register("assessments", map[string]string{"id": "a", "year": "2024", "mode": "monitoring", "regularity": "regular", "provider": "p"})
	r.register("requirements", map[string]string{"id": "r", "service": "s0", "direction": "law", "source_kind": "law", "source_ky": "Мыйзам", "requirement_ky": "Талап"})
	r.register("findings", map[string]string{"id": "f", "assessment": "a", "requirement": "r", "verdict": "not-checked", "finding_ky": "Эч нерсе"})
	recommendation := map[string]string{"id": "n", "finding": "f", "addressee": "provider", "provider": "p", "due": "2026-12-31", "recommendation_ky": "Эскиси"}
	r.register("recommendations", recommendation)

	r.git("init", "-q", "--template=", "-b", "main")
	r.git("add", "-A")
	r.git("commit", "-q", "-m", "Баары", "--date", "2026-03-02T12:00:00+06:00")
	recommendation["due"], recommendation["recommendation_ky"] = "2026-12-01", oddText
	r.register("recommendations", recommendation)
	r.git("commit", "-q", "-a", "-m", "Эскиси <жок> & \"жаңысы\" бар", "--date", "2026-02-02T12:00:00+06:00")
	r.register("providers", map[string]string{"id": "p", "name_ky": "\"Аты\r\nбар\"", "kind": "contractor"}, map[string]string{"id": "p2", "name_ky": "Экинчи ишкана", "kind": "contractor"})
	recommendation["provider"] = "p2"
	r.register("recommendations", recommendation)
	r.git("commit", "-q", "-a", "-m", foreignSubject+"\n\nCorrection: the minutes name another provider", "--date", "2026-03-05T12:00:00+06:00")
	return r.dir
}

// foreignSubject says what a commit did, in a language that is not that of most pages.
const foreignSubject = "Name the provider that must act"

// oddText has all characters that a calendar must escape, and a long word of letters with two
// bytes, so that a line would end inside a letter if lines were cut after a number of bytes.
var oddText = `"Үтүр, чекит; сызык \\, \1; \n1,` + "\r\nэки сап\nжана " + strings.Repeat("ө", 60) + `"`

// alphabet has names in the order of the Kyrgyz alphabet.
var alphabet = []string{"Ёлка", "Жол", "Нур", "Ңур", "Озон", "Өзөн", "Унаа", "Үңкүр", "Яссы"}

// TestUnusualRepository builds the repository unusual. Its pages must fulfil the same rules as
// those of the sample.
func TestUnusualRepository(t *testing.T) {
	dest := filepath.Join(t.TempDir(), "site")
	_, problems, err := pipeline.Build(context.Background(), pipeline.Options{Source: unusual(t), Dest: dest, AsOf: sitetest.Today})
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
	rules[wordsRule] = func(p *sitetest.Page, fault func(string, ...any)) {
		if !strings.Contains(p.Path, "/own/") && !bytes.Contains(p.Raw, []byte(">own")) { // its keys are in no language
			foreignWords(p, fault)
		}
	}
	checkPages(t, dest, rules)

	t.Run("calendar", func(t *testing.T) { checkCalendars(t, dest, "odd") })
	t.Run("feeds", func(t *testing.T) { checkFeeds(t, dest, "odd", "empty") })
	t.Run("list", func(t *testing.T) { checkList(t, dest, "ky/odd/own/", 250) })
	for _, l := range []string{"ky", "ru"} {
		t.Run("order/"+l, func(t *testing.T) {
			var names []string
			for _, row := range sitetest.Cells(sitetest.All(sitetest.Read(t, dest, l+"/odd/services/").Doc, "table")[0]) {
				names = append(names, row[0])
			}
			if !slices.Equal(names, alphabet) {
				t.Errorf("the services are listed as %q, want %q", names, alphabet)
			}
		})
	}
	t.Run("no empty elements", func(t *testing.T) { checkNotEmpty(t, dest) })
	t.Run("odd keys", func(t *testing.T) { checkOddKeys(t, dest) })
	t.Run("messages", func(t *testing.T) { checkMessages(t, dest) })
}

// checkMessages checks that pages say in their own language what a commit did whose message is in another one: the
// message is folded away behind words that name its language, and so is a reason. Ids of records are
// not shown where these have titles.
func checkMessages(t *testing.T, dir string) {
	for _, l := range locale.Langs {
		words := locale.For(l)
		note := words.F("site.changes.told", locale.Args{"In": words.T("site.changes.in-en")})
		record := sitetest.Read(t, dir, l.String()+"/odd/recommendations/n/")
		all := sitetest.Read(t, dir, l.String()+"/odd/changes/")
		for _, page := range []*sitetest.Page{record, all} {
			folded := ""
			for _, d := range sitetest.All(page.Doc, "details") {
				folded += sitetest.Text(d)
			}
			foreign := l != locale.En
			if text := sitetest.Text(page.Doc); strings.Contains(folded, note) != foreign || strings.Contains(folded, foreignSubject) != foreign || !strings.Contains(text, foreignSubject) {
				t.Errorf("%s has %q folded away: %s", page.Path, foreignSubject, folded)
			} else if reason := words.T("site.changes.reason") + " " + words.T("site.changes.in-en"); strings.Contains(folded, reason) != foreign || strings.Contains(folded, "another provider") != foreign || !strings.Contains(text, "another provider") {
				t.Errorf("%s does not say in which language the reason is, or says it of its own: %s", page.Path, text)
			}
			for _, code := range sitetest.All(page.Doc, "code") {
				if sitetest.Text(code) == "p2" {
					t.Errorf("%s shows the id p2 of a provider that has a title", page.Path)
				}
			}
			for _, span := range sitetest.All(page.Doc, "span") {
				if sitetest.Text(span) == foreignSubject && sitetest.Attr(span, "lang") != "en" {
					t.Errorf("%s does not mark the language of %q", page.Path, foreignSubject)
				}
			}
		}
		if first := sitetest.Text(sitetest.All(all.Doc, "h2")[0]); first == foreignSubject != (l == locale.En) {
			t.Errorf("%s: the newest change is called %q", all.Path, first)
		}
		feed, err := os.ReadFile(filepath.Join(dir, "feeds", "odd."+l.String()+".atom"))
		if err != nil || strings.Contains(string(feed), ": "+foreignSubject+"</title>") != (l == locale.En) {
			t.Errorf("the feed of %s calls the newest change %q, or not: %v", l, foreignSubject, err)
		}
	}
}

// checkNotEmpty checks that pages of municipalities with few records have no empty elements.
func checkNotEmpty(t *testing.T, dir string) {
	for _, m := range []string{"empty", "odd"} {
		for _, l := range sitetest.Langs {
			for _, at := range []string{"/", "/compliance/", "/data/", "/regulation/", "/news/"} {
				p := sitetest.Read(t, dir, l+"/"+m+at)
				for _, n := range sitetest.All(p.Doc, "p", "li", "dd", "figure", "section", "ul", "table") {
					if sitetest.Text(n) == "" && len(sitetest.All(n, "a", "svg", "img")) == 0 {
						t.Errorf("%s has an empty <%s class=%q>", p.Path, n.Data, sitetest.Attr(n, "class"))
					}
				}
			}
		}
	}
}

// checkOddKeys checks that records with the keys "<b>" and "a/b" are listed, and that their
// pages have the keys as headings.
func checkOddKeys(t *testing.T, dir string) {
	found := 0
	for _, at := range []string{"ky/odd/own/", "ky/odd/own/p/2/", "ky/odd/own/p/3/"} {
		for _, a := range sitetest.All(sitetest.Read(t, dir, at).Doc, "a") {
			if sitetest.Text(a) != "<b>" && sitetest.Text(a) != "a/b" {
				continue
			}
			found++
			p := sitetest.Read(t, dir, path.Join(at, sitetest.Attr(a, "href"))+"/")
			if got := sitetest.Text(sitetest.All(p.Doc, "h1")[0]); got != sitetest.Text(a) {
				t.Errorf("%s has the heading %q, want %q", p.Path, got, sitetest.Text(a))
			}
		}
	}
	if found != 2 {
		t.Errorf("%d of 2 keys are listed", found)
	}
}
