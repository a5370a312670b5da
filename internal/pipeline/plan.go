package pipeline

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"achyk/internal/catalogue"
	"achyk/internal/dataset"
	"achyk/internal/files"
	"achyk/internal/jme"
	"achyk/internal/links"
	"achyk/internal/ocds"
	"achyk/internal/opendata"
	"achyk/internal/output"
	"achyk/internal/popolo"
	"achyk/internal/site"
	"achyk/internal/site/offline"
	"achyk/internal/site/page"
	"achyk/internal/table"
)

// Extend returns the records with the registers that the program makes: outcomes and
// deadlines of the regulations and, where there is a history, changes. From here on they are
// listed, linked and published like the others.
func (j *Judged) Extend(h *History) *jme.Dataset {
	derived := map[string][]*table.Table{}
	for i, m := range j.Data.Municipalities {
		derived[m.ID] = j.Judgements[i].Tables()
		if h.Records != nil {
			derived[m.ID] = append(derived[m.ID], h.Records.Table(m.ID, m.Settings.Zone()))
		}
	}
	return j.Data.With(derived)
}

// Plan is everything a site will consist of but build.json. Nothing of it is made yet: a
// build makes all of it, a preview what is asked for.
type Plan struct {
	// Record tells what the site is made from. It reads all files of the source when it is
	// first called.
	Record func() (*Record, error)

	pages   []page.Page
	files   *files.Index
	paths   map[string]int // every path of the site: of a page its index, of anything else noPage
	baseURL string
	limit   HistoryLimit
}

// noPage stands in Plan.paths for what is not a page.
const noPage = -1

// Plan lists the files and the pages of extended records.
func (j *Judged) Plan(h *History, data *jme.Dataset) (*Plan, error) {
	templates, err := j.templates()
	if err != nil {
		return nil, err
	}
	p := &Plan{files: files.New(), baseURL: data.Site.BaseURL}
	if p.limit, err = j.HistoryLimit(); err != nil {
		return nil, err
	}
	published := dataset.Snapshot{Data: data, AsOf: j.Today, Commit: j.commit.Hash, Dirty: j.dirty(), Shallow: h.Shallow()}
	described := &catalogue.Catalogue{Snapshot: published, Index: p.files}
	all := page.New(templates, page.Options{
		Data: data, Today: j.Today, Judgements: j.Judgements, History: h.Records, Pending: h.Pending, After: h.After,
		Build:       page.Build{Version: j.options.Version, Commit: j.commit.Hash, CommitTime: j.commit.Time, Dirty: j.dirty()},
		DataVersion: published.Version(), Files: p.files, Catalogue: described,
	})
	if err := opendata.Add(p.files, published, enclosed(all, published)); err != nil {
		return nil, err
	}
	rest := slices.Concat(ocds.Files(published), popolo.Files(published), j.documents(data))
	for i := range h.Versions {
		v := &h.Versions[i]
		rest = append(rest, v.plan()...)
		all.Versions = append(all.Versions, page.Version{Tag: v.tag.Name, Commit: v.tag.Commit.Hash, Date: v.asOf})
		described.Versions = append(described.Versions, catalogue.Version{Tag: v.tag.Name, Date: v.asOf})
	}
	p.pages = site.Plan(all)
	rest = slices.Concat(rest, described.Files(), sitemap(p.baseURL, p.pages))
	if err := p.add(rest); err != nil {
		return nil, err
	}
	p.Record = sync.OnceValues(func() (*Record, error) { return j.newRecord(h, data, p) })
	return p, p.claim()
}

// enclosed returns what goes into the ZIP of each municipality beside its data: how to cite
// it, and pages to read it by.
func enclosed(site *page.Site, published dataset.Snapshot) map[string][]files.File {
	all := map[string][]files.File{}
	for _, t := range site.Towns {
		inside := []files.File{catalogue.Citation(published, t.Municipality)}
		for _, page := range offline.Pages(site, t) {
			inside = append(inside, files.File{Path: page.Path, Write: func(w io.Writer) error {
				var b bytes.Buffer
				if err := page.Render(&b); err != nil {
					return err
				}
				_, err := w.Write(b.Bytes())
				return err
			}})
		}
		all[t.ID] = inside
	}
	return all
}

// documents are the files of content/<municipality>/files.
func (s *Source) documents(data *jme.Dataset) (all []files.File) {
	for _, name := range slices.Sorted(maps.Keys(data.Files)) {
		all = append(all, files.File{Path: documentPath(name), Write: func(w io.Writer) error {
			content, err := fs.ReadFile(s.files, name)
			if err != nil {
				return err
			}
			_, err = w.Write(content)
			return err
		}})
	}
	return all
}

// add adds files to the index.
func (p *Plan) add(all []files.File) error {
	for _, f := range all {
		if _, err := p.files.Add(f); err != nil {
			return err
		}
	}
	return nil
}

// claim notes the path of every page and file, and refuses one that is taken.
func (p *Plan) claim() error {
	p.paths = map[string]int{"build.json": noPage, output.SumsName: noPage}
	claim := func(path string, page int) error {
		if _, taken := p.paths[path]; taken {
			return fmt.Errorf("plan %s: two pages or files claim this path", path)
		}
		p.paths[path] = page
		return nil
	}
	for i := range p.pages {
		if err := claim(p.pages[i].Path, i); err != nil {
			return err
		}
	}
	for _, f := range p.files.All() {
		if err := claim(f.Path, noPage); err != nil {
			return err
		}
	}
	return nil
}

// documentPath is where a file of content/<municipality>/files is found on the site.
func documentPath(name string) string {
	rest := strings.TrimPrefix(name, "content/")
	municipality, file, _ := strings.Cut(rest, "/files/")
	return "files/" + municipality + "/" + file
}

// PageCount counts the pages people read.
func (p *Plan) PageCount() int {
	n := 0
	for i := range p.pages {
		if strings.HasSuffix(p.pages[i].Path, ".html") {
			n++
		}
	}
	return n
}

// Page renders one page, and tells whether there is such a page.
func (p *Plan) Page(path string, page *bytes.Buffer) (bool, error) {
	i, ok := p.paths[path]
	if !ok || i < 0 {
		return false, nil
	}
	return true, p.pages[i].Render(page)
}

// Has tells whether the site has a page or file of that path.
func (p *Plan) Has(path string) bool {
	_, ok := p.paths[path]
	return ok
}

// File makes a file that is no page, and tells whether there is one of that path.
func (p *Plan) File(path string) ([]byte, bool, error) {
	e := p.files.At(path)
	if e == nil {
		return nil, false, nil
	}
	var b bytes.Buffer
	err := e.CopyTo(&b)
	return b.Bytes(), true, err
}

// Links returns a checker that knows all paths of the plan.
func (p *Plan) Links() *links.Checker {
	return links.New(p.baseURL, func(path []byte) bool {
		_, ok := p.paths[string(path)]
		return ok
	})
}
