package browsing_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/parquet-go/parquet-go"

	"achyk/internal/diag"
	"achyk/internal/load"
	"achyk/internal/pipeline"
	"achyk/internal/table"
	"achyk/internal/tools/browsertest"
	"achyk/internal/tools/sitetest"
	"achyk/internal/tools/towntest"
)

// elsewhere is a server that no page may ask for anything. It counts requests.
type elsewhere struct {
	*httptest.Server
	asked atomic.Int64
}

func newElsewhere(t *testing.T) *elsewhere {
	e := &elsewhere{}
	e.Server = httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { e.asked.Add(1) }))
	t.Cleanup(e.Close)
	return e
}

// hostileTexts are texts that run something or load something from elsewhere, if a page takes
// them for markup, for a script, for a style or for a template.
func hostileTexts(elsewhere string) []string {
	return []string{
		`<script>top.ran=1</script>`, `"><img src=x onerror="top.ran=1">`, `'><svg onload='top.ran=1'>`, `</style><script>top.ran=1</script>`,
		`</title><script>top.ran=1</script>`, `</script><script>top.ran=1</script>`, `]]><script>top.ran=1</script>`, `--><script>top.ran=1</script>`,
		`javascript:top.ran=1`, `{{.}}{{template "head" .}}`, `&#x3C;script&#x3E;top.ran=1&lt;/script&gt;`, `\u003cscript\u003etop.ran=1//`,
		`<iframe src="javascript:top.ran=1">`, `<details open ontoggle="top.ran=1">`, `" onfocus="top.ran=1" autofocus x="`, "`-top.ran=1-`", `";top.ran=1//`, `${top.ran=1}`,
		`<a href="javascript:top.ran=1">a</a>`, `<form action="` + elsewhere + `"><button autofocus>`, `<base href="` + elsewhere + `/">`, `<img src="` + elsewhere + `/a">`,
		`<link rel="stylesheet" href="` + elsewhere + `/a">`, `<meta http-equiv="refresh" content="0;url=` + elsewhere + `">`, `}body{background:url(` + elsewhere + `/a)}`,
		`<!--<script>`, `=HYPERLINK("` + elsewhere + `")`, `<noscript><p title="</noscript><img src=x onerror=top.ran=1>">`,
	}
}

// signature is in commits of the hostile repository and must be in no file of the site.
var signature = []string{"secret.author@hidden.example", "secret.committer@hidden.example"}

// hostileSite builds the sample after its texts were replaced by hostile ones: in cells, in TOML
// and in Markdown, in the messages and authors of commits. Most of the appeals are left out: they have no
// texts and take most of the time. It returns the folder of the site and that of the repository.
func hostileSite(t *testing.T, texts []string) (site, repository string) {
	t.Helper()
	repository = t.TempDir()
	for _, folder := range []string{"data", "content"} {
		if err := os.CopyFS(filepath.Join(repository, folder), os.DirFS(filepath.Join(towntest.Sample(t), folder))); err != nil {
			t.Fatal(err)
		}
	}
	rewrite(t, repository, "data/osh/appeals.csv", func(text string) string {
		return strings.Join(strings.SplitAfter(text, "\n")[:20], "")
	})
	git := func(args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-C", repository}, args...)...)
		cmd.Env = append(os.Environ(), "GIT_AUTHOR_NAME=\" onload=\"top.ran=1", "GIT_AUTHOR_EMAIL="+signature[0],
			"GIT_COMMITTER_NAME=&lt;script&gt;", "GIT_COMMITTER_EMAIL="+signature[1],
			"GIT_AUTHOR_DATE=2026-11-01T10:00:00Z", "GIT_COMMITTER_DATE=2026-11-01T10:00:00Z")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatal(err, string(out))
		}
	}
	git("init", "-q")
	git("add", ".")
	git("commit", "-qm", texts[0]+"\n\n"+strings.Join(texts, "\n\n"))
	if n := poison(t, repository, texts); n < 5000 {
		t.Errorf("only %d texts are hostile", n)
	}
	git("add", ".")
	git("commit", "-qm", texts[1]+"\n\n"+strings.Join(texts, "\n\n")+"\n\nCorrection: "+texts[2])

	site = filepath.Join(t.TempDir(), "site")
	_, problems, err := pipeline.Build(context.Background(), pipeline.Options{Source: repository, Dest: site, AsOf: sitetest.Today})
	for i := range problems {
		if p := &problems[i]; p.Severity() == diag.Error {
			t.Fatalf("%s in %s: %q", p.Code, p.Name(), p.Value)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return site, repository
}

// rewrite changes a file of a repository.
func rewrite(t *testing.T, dir, name string, change func(string) string) {
	t.Helper()
	name = filepath.Join(dir, filepath.FromSlash(name))
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(change(string(data))), 0o666); err != nil {
		t.Fatal(err)
	}
}

// tomlText is a text in a file of TOML.
var tomlText = regexp.MustCompile(`\b(ky|ru|en)( *= *)"(?:[^"\\]|\\.)*"`)

// poison replaces the texts of a repository and returns their number.
func poison(t *testing.T, dir string, texts []string) (n int) {
	t.Helper()
	next := func() string {
		n++
		return texts[n%len(texts)]
	}
	data, _, err := load.Load(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range data.Municipalities {
		for _, reg := range m.Tables {
			if name := "data/" + reg.Label + ".csv"; reg.Label == m.ID+"/"+reg.Schema.Name && len(reg.Rows) > 0 && reg.Schema.Name != "analytic_letters" {
				rewrite(t, dir, name, func(text string) string { return poisoned(t, reg.Schema, text, next) })
			}
		}
	}
	for _, pattern := range []string{"data/site.toml", "data/*/*.toml", "content/pages/*.md", "content/*/*/*.md"} {
		names, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(pattern)))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			name, _ = filepath.Rel(dir, name)
			rewrite(t, dir, filepath.ToSlash(name), func(text string) string {
				if path.Ext(name) == ".toml" {
					return tomlText.ReplaceAllStringFunc(text, func(old string) string {
						m := tomlText.FindStringSubmatch(old)
						return m[1] + m[2] + fmt.Sprintf("%q", next())
					})
				}
				text = regexp.MustCompile(`(?m)^(title +|title)=.*$`).ReplaceAllStringFunc(text, func(string) string { return fmt.Sprintf("title = %q", strings.TrimPrefix(next(), "=")) }) // a formula is not read
				for _, s := range texts {
					n += 3 // a heading, a link and code; addresses that run are findings, see package document
					text += "\n" + next() + "\n\n## " + s + "\n\n[" + s + "](https://x.example/javascript:top.ran=1 \"" + strings.ReplaceAll(s, `"`, "'") + "\") <https://x.example/'onload=top.ran=1> `" + s + "`\n"
				}
				return text
			})
		}
	}
	return n
}

// poisoned replaces the texts of a register.
func poisoned(t *testing.T, s *table.Schema, text string, next func() string) string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range rows[0] {
		f := s.Field(name)
		if f < 0 {
			continue
		}
		c := s.Columns[s.Fields[f].Column]
		if c.Type != table.Text && (c.Type != table.String || !s.Own) || c.Pattern != "" || c.Unique || c.MaxLength > 0 {
			continue
		}
		for _, row := range rows[1:] {
			if row[i] != "" {
				row[i] = strings.TrimPrefix(next(), "=") // a formula is not read
			}
		}
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// withoutPolicy serves a site without the policies of its pages, so that texts are held back by
// nothing but how they are written.
func withoutPolicy(t *testing.T, dir string) string {
	policy := regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*>`)
	files := http.FileServer(http.Dir(dir))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := filepath.Join(dir, filepath.FromSlash(path.Clean(r.URL.Path)))
		if strings.HasSuffix(r.URL.Path, "/") {
			name = filepath.Join(name, "index.html")
		}
		page, err := os.ReadFile(name)
		switch {
		case r.URL.Path == "/control":
			fmt.Fprint(w, `<script>top.ran=1</script><a href="javascript:top.ran=1">a</a>`)
		case filepath.Ext(name) != ".html" || err != nil:
			files.ServeHTTP(w, r)
		default:
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Write(policy.ReplaceAll(page, nil))
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// opened is a script that opens pages one after another and returns what ran or could run.
const opened = `(async pages => {
	const faults = [];
	for (const page of pages) {
		const frame = document.createElement("iframe");
		frame.src = page;
		document.body.append(frame);
		await new Promise(done => frame.onload = done);
		await new Promise(done => setTimeout(done));
		const doc = frame.contentDocument;
		if (!doc || !doc.URL.endsWith(page)) faults.push(page + ": left for another page");
		if (window.ran) faults.push(page + ": a script ran");
		delete window.ran;
		if (doc) for (const e of doc.querySelectorAll("*")) {
			const url = e.href?.baseVal ?? e.href ?? e.src ?? "";
			if (/^(javascript|data):/.test(url) && e.rel !== "icon" ||
				e.matches("script:not([type='application/ld+json']), iframe, object, embed, form, base, meta[http-equiv=refresh]") ||
				[...e.attributes].some(a => a.name.startsWith("on")))
				faults.push(page + ": " + e.outerHTML.slice(0, 200));
		}
		frame.remove();
	}
	return faults })`

// TestHostileTexts opens one page of every kind, and pages of a ZIP, of a site all whose texts
// are hostile. No script may run, no element of a text may be in a page, and nothing may be
// asked of another server. Nor may the site have what only the commits and the machine know.
func TestHostileTexts(t *testing.T) {
	t.Parallel()
	away := newElsewhere(t)
	site, repository := hostileSite(t, hostileTexts(away.URL))
	t.Run("private", func(t *testing.T) {
		checkPrivate(t, site, append(slices.Clone(signature), repository, filepath.Dir(site)))
	})
	t.Run("browser", func(t *testing.T) {
		unpackInto(t, filepath.Join(site, "zip"), filepath.Join(site, "data", "osh", "osh.zip"))
		pages := []string{"/control", "/", "/404.html", "/zip/", "/zip/pages/ky/index.html", "/zip/pages/ru/findings.html", "/zip/pages/en/changes.html"}
		for _, l := range sitetest.Langs {
			for _, address := range sitetest.Kinds {
				pages = append(pages, "/"+l+"/"+address)
			}
			for _, address := range []string{"changes/", "osh/changes/", "osh/analytic_letters/osh-2025/", "kochkorbaev/wells/", "about/", "osh/news/osh-lamps-2026/"} {
				if _, err := os.Stat(filepath.Join(site, l, filepath.FromSlash(address))); err == nil {
					pages = append(pages, "/"+l+"/"+address)
				}
			}
		}
		url := withoutPolicy(t, site)
		faults := browsertest.Eval[[]string](t, url+"/robots.txt", browsertest.Desk, fmt.Sprintf("%s(%s)", opened, `["`+strings.Join(pages, `","`)+`"]`))
		if len(faults) < 2 || !strings.HasPrefix(faults[0], "/control: a script ran") || !strings.HasPrefix(faults[1], "/control: <script") {
			t.Errorf("what runs is not noticed: %v", faults)
		}
		for _, fault := range faults {
			own := strings.Contains(fault, `/desk/: <script src="../../desk/`) || strings.Contains(fault, `/search/: <script src="../../search/`) || // the scripts of the site itself
				strings.Contains(fault, `: <form class="seek" role="search" action="`) || // the search of every page
				strings.Contains(fault, `navigator.serviceWorker?.register("worker.js").catch(()=>{})`) || // of towns' front pages
				strings.Contains(fault, `/answers/: <script>{const n=document.getElementById("choose");`) // of the answers of a year
			if !strings.HasPrefix(fault, "/control") && !own {
				t.Error(fault)
			}
		}
		if n := away.asked.Load(); n > 0 {
			t.Errorf("%d requests to another server", n)
		}
	})
}

// checkPrivate looks for words in all files of a site, and in what is compressed in them.
func checkPrivate(t *testing.T, site string, words []string) {
	if host, err := os.Hostname(); err == nil && len(host) > 7 { // shorter ones could be words of the sample
		words = append(words, host)
	}
	look := func(name string, content []byte) {
		for _, word := range words {
			if bytes.Contains(content, []byte(word)) {
				t.Errorf("%s has %s", name, word)
			}
		}
	}
	files := 0
	err := filepath.WalkDir(site, func(name string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		files++
		content, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		look(name, content)
		switch filepath.Ext(name) {
		case ".zip", ".xlsx":
			lookInside(t, name, content, look)
		case ".parquet":
			rows, err := parquet.Read[any](bytes.NewReader(content), int64(len(content)))
			if err != nil {
				return err
			}
			look(name, fmt.Append(nil, rows))
		}
		return nil
	})
	if err != nil || files < 1000 {
		t.Error(files, err)
	}
}

// lookInside looks at the files in an archive. Other formats keep texts as they are.
func lookInside(t *testing.T, name string, content []byte, look func(string, []byte)) {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Error(name, err)
		return
	}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Error(name, err)
			return
		}
		inside, err := io.ReadAll(r)
		if err != nil {
			t.Error(name, err)
		}
		look(name+": "+f.Name, inside)
	}
}

// unpackInto unpacks an archive into a folder.
func unpackInto(t *testing.T, dir, name string) {
	t.Helper()
	archive, err := zip.OpenReader(name)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	if err := os.CopyFS(dir, archive); err != nil {
		t.Fatal(err)
	}
}
