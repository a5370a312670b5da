// Package desk makes the page on which clerks check a spreadsheet before they propose it, and lists
// the files that the page loads. The page runs the desk (package internal/desk, command cmd/desk) in
// the browser, so no spreadsheet leaves the computer.
//
// The program has to be compiled for browsers first: `go generate ./internal/site/desk`, which takes a
// minute. Without that, the page says that the desk is not part of this site, and what to do.
package desk

//go:generate go run achyk/internal/tools/wasm

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"net/url"
	"slices"
	"strings"
	"time"

	"achyk/internal/files"
	"achyk/internal/locale"
	"achyk/internal/site/page"
)

// Path is the folder of the site with the files that the page loads. The page has the same address
// within each edition.
const Path = page.DeskPath

//go:embed all:built
var built embed.FS

// Built tells whether the desk is part of the program.
func Built() bool {
	_, err := fs.Stat(built, "built/desk.wasm.gz")
	return err == nil
}

// Files are the files that the page loads, and the desk in one file for each language. bundle writes
// the records that the desk compares spreadsheets with.
func Files(s *page.Site, bundle func(io.Writer) error) (all []files.File) {
	if !Built() {
		return nil
	}
	all = append(all, files.File{Path: Path + "repository.zip", Write: bundle})
	for name, data := range parts(s) {
		all = append(all, files.File{Path: Path + name, Write: func(w io.Writer) error {
			_, err := w.Write(data)
			return err
		}})
	}
	slices.SortFunc(all, func(a, b files.File) int { return strings.Compare(a.Path, b.Path) })
	for _, l := range s.Data.Site.Langs() {
		all = append(all, files.File{Path: l.String() + "/" + Path + worker, Write: func(w io.Writer) error { return keeper(s, l, w) }})
		e := s.EditionIn(l)
		all = append(all, files.File{Path: Path + fileName(e), Write: func(w io.Writer) error {
			var records bytes.Buffer
			if err := bundle(&records); err != nil {
				return err
			}
			v := view(e.At(nil, Path))
			v.Style, v.Inside = template.CSS(s.Templates.DeskStyle), template.HTML(hole)
			var page bytes.Buffer
			if err := File.Write(s.Templates, &page, v); err != nil {
				return err
			}
			return fill(w, page.Bytes(), parts(s), records.Bytes())
		}})
	}
	return all
}

// keeper writes the script that keeps the page in a language, and what it loads, for use without network. The
// name of its cache changes with each of them.
func keeper(s *page.Site, l locale.Lang, w io.Writer) error {
	addresses, sum := []string{"./"}, sha256.New()
	fmt.Fprintln(sum, s.Build, s.Today, s.Templates.DeskStyle)
	for _, name := range []string{program, "repository.zip", script, starter} {
		made, err := s.Files.At(Path + name).Sum()
		if err != nil {
			return err
		}
		fmt.Fprintln(sum, made.SHA256)
		addresses = append(addresses, "../../"+Path+name)
	}
	list, err := json.Marshal(addresses)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "const kept = \"achyk-desk-%s-%x\";\nconst parts = %s;\n%s", l, sum.Sum(nil)[:8], list, s.Templates.DeskWorker)
	return err
}

// parts are the files of the program that the page loads.
func parts(s *page.Site) map[string][]byte {
	all := map[string][]byte{script: s.Templates.DeskScript}
	for _, name := range []string{program, starter} {
		if data, err := built.ReadFile("built/" + name); err == nil {
			all[name] = data
		}
	}
	return all
}

// The names of the files that the page loads.
const (
	program = "desk.wasm.gz"
	starter = "wasm_exec.js"
	script  = "desk.js"
	worker  = "worker.js" // beside the page, for a worker sees only what is below it
)

// hole is where a page has the files inside. They are put there once the template is executed: they are
// 5 MB, which would be copied several times.
const hole = "<!--inside-->"

// fill writes a page with the files in its hole. A municipality's own layout may have none.
func fill(w io.Writer, page []byte, parts map[string][]byte, records []byte) error {
	before, after, found := bytes.Cut(page, []byte(hole))
	_, err := w.Write(before)
	if found && err == nil {
		err = inside(w, parts, records)
	}
	if err == nil {
		_, err = w.Write(after)
	}
	return err
}

// inside writes the files into a page: the script finds data by their ids. The scripts have no
// "</script" that would end them.
func inside(w io.Writer, parts map[string][]byte, records []byte) error {
	data := func(name string, data []byte) error {
		fmt.Fprintf(w, `<script type="application/octet-stream" id="inside-%s">`, name)
		text := base64.NewEncoder(base64.StdEncoding, w)
		_, err := text.Write(data)
		err = errors.Join(err, text.Close())
		fmt.Fprintln(w, "</script>")
		return err
	}
	err := errors.Join(data(program, parts[program]), data("repository.zip", records))
	for _, name := range []string{starter, script} {
		_, wrong := fmt.Fprintf(w, "<script>%s</script>\n", parts[name])
		err = errors.Join(err, wrong)
	}
	return err
}

// fileName is the name of the file that has everything in it.
func fileName(e *page.Edition) string { return "achyk-desk." + e.Lang.String() + ".html" }

// View is the page.
type View struct {
	page.Base
	Built    bool
	Demo     bool   // the records are a sample
	Folder   string // of the files that the page loads
	AsOf     string // the day by which regulations are judged
	Words    []Word
	Editions []Edition   // the languages in which texts are
	Sheets   []page.Link // to the pages with the registers of each municipality as workbooks
	File     string      // address of the file that has everything in it
	FileName string
	Made     string       // of that file: from which records
	Style    template.CSS // of that file
	Inside   template.HTML
	Upload   string // address of the repository's page on which files are proposed, with {path}; empty if it is not known
}

// Edition is a language of the site.
type Edition struct {
	Code, Name string
	Original   bool // texts are first written in it
}

// Word is a text that the script of the page shows.
type Word struct{ Key, Text string }

// words are the keys of the texts below "site.desk.word".
var words = []string{
	"loading", "ready", "failed", "reading", "clean", "errors", "nothing", "added", "changed", "removed", "empty", "more",
	"auto", "choose", "form", "drop", "edit", "marked", "document", "correct", "taken", "unknown", "leave", "trailer",
	"images", "links", "raised", "deleted", "merged", "nested", "replaced",
	"new", "overwrite",
}

// Pages is the page of the desk.
var Pages = page.Kind[View]{Template: "desk", Style: page.Desk, Pages: func(s *page.Site, add page.Add[View]) {
	add(nil, Path, view)
}}

// File is the desk in one file.
var File = page.Kind[View]{Template: "deskfile"}

func view(p *page.Place) View {
	v := View{
		Base: p.Base(p.T("site.desk.title"), p.T("site.desk.lead")), Built: Built(), Demo: p.Data.Site.Demonstration,
		Folder: p.FromTop(Path), AsOf: p.Today.Format(time.DateOnly), Upload: upload(p.Data.Site.Repository),
		File: p.FromTop(Path + fileName(p.Edition)), FileName: fileName(p.Edition),
		Made: p.F("site.desk.made", locale.Args{"day": p.AsOf(p.Today)}),
	}
	for _, l := range p.Data.Site.Langs() {
		v.Editions = append(v.Editions, Edition{l.String(), l.Name(), l == p.Data.Site.Original()})
	}
	for _, t := range p.Towns {
		v.Sheets = append(v.Sheets, page.Link{Text: page.Phrase{p.Text(t.Settings.Name)}, Href: p.To(t.DataPath())})
	}
	for _, key := range words {
		v.Words = append(v.Words, Word{key, p.T("site.desk.word." + key)})
	}
	return v
}

// upload returns the address at which a host of repositories takes files for a folder, {path}, and
// proposes them to the maintainers.
func upload(repository string) string {
	u, err := url.Parse(repository)
	if err != nil || u.Host == "" {
		return ""
	}
	base := strings.TrimSuffix(strings.TrimSuffix(repository, "/"), ".git")
	if strings.Contains(u.Host, "gitlab") {
		return base + "/-/tree/HEAD/{path}"
	}
	return base + "/upload/HEAD/{path}"
}
