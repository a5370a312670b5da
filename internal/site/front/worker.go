package front

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"

	"achyk/internal/jme"
	"achyk/internal/site/page"
)

// Workers are the scripts that keep the main pages of each municipality in the reader's browser, for
// use without network. A worker sees only what is below its own address, so each front page has one
// beside it.
var Workers = page.Files(func(e *page.Edition) (pages []page.Page) {
	for _, t := range e.Towns {
		pages = append(pages, page.Page{
			Path:   e.Lang.String() + "/" + t.Path() + "worker.js",
			Render: func(b *bytes.Buffer) error { return worker(e.At(t, t.Path()), b) },
		})
	}
	return pages
})

// worker writes the script of a municipality. The name of its cache changes with every build, so that a
// browser never shows pages of two builds beside each other.
func worker(p *page.Place, b *bytes.Buffer) error {
	build := sha256.New()
	fmt.Fprintln(build, p.Build, p.Today)
	name := fmt.Sprintf("achyk-%s-%s-%x", strings.Trim(p.Town.Path(), "/"), p.Lang, build.Sum(nil)[:8])
	absent := fmt.Sprintf(`<!DOCTYPE html><html lang="%s"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>%s</title><h1>%s</h1><p>%s`,
		p.Lang, p.T("site.away.title"), p.T("site.away.title"), p.T("site.away.text"))
	for _, c := range []struct {
		name  string
		value any
	}{{"kept", name}, {"parts", mainPages(p)}, {"absent", absent}} {
		said, err := json.Marshal(c.value)
		if err != nil {
			return err
		}
		fmt.Fprintf(b, "const %s = %s;\n", c.name, said)
	}
	b.Write(p.Templates.KeepWorker)
	return nil
}

// mostKept is how many pages a worker fetches at the first visit, at most 14 KB each and 7 KB in the middle. A town with
// hundreds of places would otherwise cost its readers megabytes. Further pages are kept when they are
// looked at.
const mostKept = 60

// mainPages returns the addresses of the main pages of a municipality, from its front page: those of the
// menu, how to subscribe, the steps of the year, the newest results, those who owe something, services,
// providers and places.
func mainPages(p *page.Place) []string {
	t := p.Town
	paths := []string{t.Path(), t.DeadlinesPath(), t.RegulationPath(), t.SubscribePath()}
	cycles := []*jme.Cycle{t.Current()}
	if latest := t.LatestResults(); latest != cycles[0] {
		cycles = append(cycles, latest)
	}
	for _, c := range cycles {
		if c == nil {
			continue
		}
		paths = append(paths, t.YearPath(c.Year))
		for _, s := range t.Steps(c) {
			paths = append(paths, t.StepPath(c.Year, s.Name))
		}
	}
	for _, body := range t.Bodies() {
		paths = append(paths, t.BodyPath(body))
	}
	for _, register := range []string{"services", "providers", "territories"} {
		if reg := t.Table(register); reg != nil {
			for i := range reg.Rows {
				paths = append(paths, t.RecordPath(jme.Record{Table: reg, Row: &reg.Rows[i]}))
			}
		}
	}
	paths = paths[:min(len(paths), mostKept)]
	for i, path := range paths {
		paths[i] = "./" + strings.TrimPrefix(path, t.Path())
	}
	return paths
}
