package browsing_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"

	"achyk/internal/desk"
	"achyk/internal/desk/bundle"
	"achyk/internal/locale"
	"achyk/internal/report"
	deskpage "achyk/internal/site/desk"
	"achyk/internal/source"
	"achyk/internal/tools/browsertest"
	"achyk/internal/tools/outside"
	"achyk/internal/tools/sitetest"
	"achyk/internal/tools/towntest"
)

// sampleDesk serves the sample, and opens its records for the desk that the commands use.
func sampleDesk(t *testing.T) (url string, r *desk.Repository) {
	t.Helper()
	if !deskpage.Built() {
		outside.Missing(t, "the desk is not built: go generate ./internal/site/desk")
	}
	r, err := desk.Open(os.DirFS(towntest.Sample(t)), sitetest.Today)
	if err != nil {
		t.Fatal(err)
	}
	return browsertest.Serve(t, builtSample(t)), r
}

// TestDesk opens the page of the desk once. Clerks do their jobs in it, and what it says of sheets is compared
// with what the command says of them.
func TestDesk(t *testing.T) {
	t.Parallel()
	url, r := sampleDesk(t)
	tab := browsertest.Visit(t, url+"/ky/desk/", browsertest.Phone)
	browsertest.In[any](t, tab, play)
	t.Run("jobs", func(t *testing.T) { doJobs(t, tab) })
	t.Run("shown", func(t *testing.T) { compareShown(t, tab, r) })
	t.Run("corpus", func(t *testing.T) { compareCorpus(t, tab) }) // opens other records in the page
}

// said returns what the program in a page says of a sheet, and what the command says.
func said(t *testing.T, tab browsertest.Tab, r *desk.Repository, municipality, name string, data []byte, o desk.Options, l locale.Lang) (page, command string, p *desk.Proposal) {
	t.Helper()
	p, err := r.Take(r.Data.Municipality(municipality), &source.File{Path: name, Data: data}, o)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := report.JSON.Proposal(&b, p, locale.For(l)); err != nil {
		t.Fatal(err)
	}
	request, err := json.Marshal(map[string]any{"municipality": municipality, "name": name, "language": l.String(), "delete": o.Delete, "clear": o.Clear})
	if err != nil {
		t.Fatal(err)
	}
	return browsertest.In[string](t, tab, "achyk.take("+strconv.Quote(string(request))+", "+bytesOf(data)+")"), b.String(), p
}

// bytesOf is an expression for bytes.
func bytesOf(data []byte) string {
	return `Uint8Array.from(atob("` + base64.StdEncoding.EncodeToString(data) + `"), c => c.charCodeAt(0))`
}

// compareShown compares what a page shows of sheets with what the command says.
func compareShown(t *testing.T, tab browsertest.Tab, r *desk.Repository) {
	for name, text := range map[string]string{
		"fine.csv":    "\ufeffid;verdict;finding_ru\r\nosh-2025-a1-f02;частично;Проверено заново: 41 из 52.\r\n",
		"wrong.csv":   "id;verdict\r\nosh-2025-a1-f02;неясно\r\n",
		"nothing.csv": "id,verdict\nosh-2025-a1-f02,partly\n",
		"turned.csv":  "id,delivered\nosh-2025-a1-report,2025-12-20\n",
		"unknown.csv": "a,b\n1,2\n",
	} {
		t.Run(name, func(t *testing.T) {
			page, command, p := said(t, tab, r, "osh", name, []byte(text), desk.Options{}, locale.Ky)
			if page != command {
				t.Errorf("the browser says\n%s\nthe command\n%s", page, command)
			}
			got := do(t, tab, []step{bringing(name, text), because("Каталар оңдолду")})
			if csv, _ := base64.StdEncoding.DecodeString(got.Files[p.Path]); string(csv) != string(p.CSV) && len(p.Changes) > 0 {
				t.Errorf("the page offers\n%q\nnot\n%q", csv, p.CSV)
			}
			for _, d := range p.Problems {
				what := strings.ReplaceAll(report.What(&d, locale.For(locale.Ky)), "`", "") // which pages show as code
				if !strings.Contains(got.Said, what) || !strings.Contains(got.Said, d.Cell.String()) {
					t.Errorf("the page does not say %q at %s: %q", what, d.Cell, got.Said)
				}
			}
			if name == "turned.csv" && len(p.Turned) == 0 || len(p.Turned) != got.Turned {
				t.Errorf("%d outcomes turn, the page shows %d", len(p.Turned), got.Turned)
			}
		})
	}
}

// compareCorpus brings all sheets of the tests of package desk to the records of these tests, in a page and in
// Go, in each language.
func compareCorpus(t *testing.T, tab browsertest.Tab) {
	dir := filepath.Join(towntest.Root(), "internal", "desk", "testdata")
	files := fstest.MapFS{}
	for name, text := range towntest.Files {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	read := func(name string) *txtar.Archive {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	for _, f := range read(filepath.Join(dir, "base.txtar")).Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	r, err := desk.Open(files, sitetest.Today)
	if err != nil {
		t.Fatal(err)
	}
	var bundled bytes.Buffer
	if err := bundle.Write(&bundled, files); err != nil {
		t.Fatal(err)
	}
	browsertest.In[string](t, tab, "achyk.open("+bytesOf(bundled.Bytes())+`, "`+sitetest.Today.Format(time.DateOnly)+`")`)
	names, err := filepath.Glob(filepath.Join(dir, "*.txtar"))
	if err != nil || len(names) < 10 {
		t.Fatal(err, names)
	}
	for i, name := range names {
		if filepath.Base(name) == "base.txtar" {
			continue
		}
		a := read(name)
		o := desk.Options{Delete: strings.Contains(string(a.Comment), "delete"), Clear: strings.Contains(string(a.Comment), "clear:")}
		if page, command, _ := said(t, tab, r, "town", a.Files[0].Name, a.Files[0].Data, o, locale.Langs[i%len(locale.Langs)]); page != command {
			t.Errorf("%s: the browser says\n%s\nthe command\n%s", name, page, command)
		}
	}
}

// TestDeskWithoutNetwork opens the desk in one file, as from a stick.
func TestDeskWithoutNetwork(t *testing.T) {
	t.Parallel()
	_, r := sampleDesk(t)
	text := "id,delivered\nosh-2025-a1-report,2025-12-20\n"
	p, err := r.Take(r.Data.Municipality("osh"), &source.File{Path: "reports.csv", Data: []byte(text)}, desk.Options{})
	if err != nil {
		t.Fatal(err)
	}
	tab := browsertest.Visit(t, "file://"+filepath.Join(builtSample(t), "desk", "achyk-desk.ky.html"), browsertest.Phone)
	browsertest.In[any](t, tab, play)
	got := do(t, tab, []step{bringing("reports.csv", text), because("Күнү туура эмес жазылган")})
	if csv, _ := base64.StdEncoding.DecodeString(got.Files[p.Path]); string(csv) != string(p.CSV) || len(p.Turned) != got.Turned || len(p.Turned) == 0 {
		t.Errorf("%d outcomes turn, not %d; the file is\n%s", got.Turned, len(p.Turned), csv)
	}
}

// TestDeskIsKept visits the page of the desk once. When the server is gone, the page still opens
// and takes a sheet.
func TestDeskIsKept(t *testing.T) {
	t.Parallel()
	sampleDesk(t) // skips where there is none
	server := httptest.NewServer(http.FileServer(http.Dir(builtSample(t))))
	defer server.Close()
	tab := browsertest.Visit(t, server.URL+"/ky/desk/", browsertest.Phone)
	browsertest.In[any](t, tab, "navigator.serviceWorker.ready.then(() => null)")
	server.Close()
	browsertest.In[any](t, tab, "void (window.before = true, setTimeout(() => location.reload(), 100))")
	until(t, tab, `!window.before && document.readyState === "complete"`)
	browsertest.In[any](t, tab, play)
	got := do(t, tab, []step{bringing("fine.csv", "id,verdict\nosh-2025-a1-f02,compliant\n"), because("Каталар оңдолду")})
	if browsertest.In[bool](t, tab, "!!window.before") || len(got.Files) == 0 {
		t.Errorf("without network the page says %s: %s", got.Verdict, got.Said)
	}
}
