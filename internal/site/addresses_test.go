package site_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/load"
	"achyk/internal/tools/sitetest"
	"achyk/internal/tools/towntest"
	"achyk/layouts"
)

// TestAddressesAreReserved checks that package load refuses each name under which a register,
// a page of texts or a municipality would take the address of another page or file. Package
// load has lists of these names of its own, because it does not know the pages.
func TestAddressesAreReserved(t *testing.T) {
	data, _, err := load.Load(os.DirFS(towntest.Sample(t)))
	if err != nil {
		t.Fatal(err)
	}
	osh, dir := data.Municipality("osh"), sitetest.Sample(t)
	refused := func(address, file string) {
		if !isReserved(t, file) {
			t.Errorf("%s would take the address %s: add its name to reservedNames (a page of the site) or reservedRegister (of a municipality) in internal/load/municipality.go", file, address)
		}
	}
	for _, folder := range []string{"en/osh", "data/osh"} {
		for _, name := range names(t, dir, folder) {
			if osh.Table(name) == nil && name[0] > '9' { // the name of a register begins with a letter
				refused(folder+"/"+name, "data/osh/"+name+".csv")
			}
		}
	}
	for _, name := range names(t, dir, "en") {
		text := slices.ContainsFunc(data.Pages, func(p *jme.Article) bool { return p.Slug == name })
		if !text && data.Municipality(name) == nil {
			refused("en/"+name, "content/pages/"+name+".ky.md")
			refused("en/"+name, "data/"+name+"/municipality.toml")
		}
	}
}

// names lists the folders and files of a folder of the site, without the ends of their names.
func names(t *testing.T, dir, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(dir, filepath.FromSlash(folder)))
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		if name, _, _ := strings.Cut(e.Name(), "."); name != "" && e.Name() != "index.html" {
			list = append(list, name)
		}
	}
	return slices.Compact(list)
}

// isReserved tells whether a file that is added to a repository is refused for its name.
func isReserved(t *testing.T, file string) bool {
	t.Helper()
	fsys := fstest.MapFS{}
	for _, name := range []string{"data/site.toml", "data/osh/municipality.toml", "data/osh/regulation.toml"} {
		text, err := os.ReadFile(filepath.Join(towntest.Sample(t), filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		fsys[name] = &fstest.MapFile{Data: text}
	}
	fsys[file] = &fstest.MapFile{Data: []byte("+++\ntitle = \"x\"\n+++\n")}
	_, problems, err := load.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(problems, func(d diag.Diagnostic) bool {
		return d.Code == diag.ReservedName && (d.Name() == file || strings.HasPrefix(file, d.Name()+"/"))
	})
}

// TestBrowserOpensEveryKind checks that the tests in a browser open a page of each kind that
// a template makes, and that the site has this page. A browser takes a missing page for an empty
// one.
func TestBrowserOpensEveryKind(t *testing.T) {
	apart := []string{
		"banner", "menu", "foot", "cell", // pieces of pages
		"chart",                        // an image, which other kinds show
		"chooser", "notfound", "short", // of no edition; the tests name them
		"changes",                                    // only where the sample has a history
		"deskfile",                                   // which TestDeskWithoutNetwork opens
		"offline", "offlineregister", "offlinestart", // inside the ZIP, which TestOfflineInBrowser opens
	}
	templates, err := fs.Glob(layouts.Files, "*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range templates {
		kind := strings.TrimSuffix(file, ".html")
		_, opened := sitetest.Kinds[kind]
		if !opened && !strings.HasPrefix(kind, "_") && !slices.Contains(apart, kind) {
			t.Errorf("no page of layouts/%s is opened in a browser: add the address of one to Kinds in internal/tools/sitetest", file)
		}
	}
	dir := sitetest.Sample(t)
	for kind, address := range sitetest.Kinds {
		if _, err := os.Stat(filepath.Join(dir, "ky", filepath.FromSlash(address), "index.html")); err != nil {
			t.Errorf("the site has no page ky/%s of the kind %s: is it in the list kinds in internal/site/site.go?", address, kind)
		}
	}
}

// TestContactSheet holds the kinds of pages and their headings against those in docs/pages.png.
func TestContactSheet(t *testing.T) {
	was, err := os.ReadFile("browsing/testdata/pages.txt")
	if is := sitetest.Headings(t, sitetest.Sample(t)); err != nil || string(was) != is {
		t.Errorf("docs/pages.png shows other pages: go test ./internal/site/browsing -run ContactSheet -update, and look at it: %v\n%s\nnow\n%s", err, was, is)
	}
}
