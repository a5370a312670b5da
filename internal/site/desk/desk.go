// Package desk makes the page on which clerks check a spreadsheet before they propose it, and lists
// the files that the page loads. The page runs the desk (package internal/desk, command cmd/desk) in
// the browser, so no spreadsheet leaves the computer.
//
// The program has to be compiled for browsers first: `go generate ./internal/site/desk`, which takes a
// minute. Without that, the page says that the desk is not part of this site, and what to do.
package desk

//go:generate go run achyk/internal/tools/wasm

import (
	"embed"
	"io"
	"io/fs"
	"net/url"
	"strings"
	"time"

	"achyk/internal/files"
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

// Files are the files of the program that the page loads. script is that of the layouts.
func Files(script []byte) (all []files.File) {
	add := func(name string, data []byte) {
		all = append(all, files.File{Path: Path + name, Write: func(w io.Writer) error {
			_, err := w.Write(data)
			return err
		}})
	}
	if !Built() {
		return nil
	}
	for _, name := range []string{"desk.wasm.gz", "wasm_exec.js"} {
		if data, err := built.ReadFile("built/" + name); err == nil {
			add(name, data)
		}
	}
	add("desk.js", script)
	return all
}

// View is the page.
type View struct {
	page.Base
	Built  bool
	Folder string // of the files that the page loads
	AsOf   string // the day by which regulations are judged
	Words  []Word
	Upload string // address of the repository's page on which files are proposed, with {path}; empty if it is not known
}

// Word is a text that the script of the page shows.
type Word struct{ Key, Text string }

// words are the keys of the texts below "site.desk.word".
var words = []string{"loading", "ready", "failed", "reading", "clean", "errors", "nothing", "added", "changed", "removed", "empty", "more", "auto"}

// Pages is the page of the desk.
var Pages = page.Kind[View]{Template: "desk", Style: page.Desk, Pages: func(e *page.Edition, add page.Add[View]) {
	add(nil, Path, view)
}}

func view(p *page.Place) View {
	v := View{
		Base: p.Base(p.T("site.desk.title"), p.T("site.desk.lead")), Built: Built(),
		Folder: p.FromTop(Path), AsOf: p.Today.Format(time.DateOnly), Upload: upload(p.Data.Site.Repository),
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
