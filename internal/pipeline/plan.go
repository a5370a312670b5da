package pipeline

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"io"
	"io/fs"
	"slices"
	"sync"

	"achyk/internal/catalogue"
	"achyk/internal/dataset"
	"achyk/internal/desk/bundle"
	"achyk/internal/diag"
	"achyk/internal/files"
	"achyk/internal/jme"
	"achyk/internal/limits"
	"achyk/internal/links"
	"achyk/internal/locale"
	"achyk/internal/ocds"
	"achyk/internal/opendata"
	"achyk/internal/output"
	"achyk/internal/papers"
	"achyk/internal/popolo"
	"achyk/internal/site"
	"achyk/internal/site/charts"
	deskpage "achyk/internal/site/desk"
	"achyk/internal/site/guide"
	"achyk/internal/site/linkcards"
	"achyk/internal/site/offline"
	"achyk/internal/site/page"
	"achyk/internal/site/posters"
	"achyk/internal/site/search"
	"achyk/internal/site/sitemap"
	"achyk/internal/table"
)

// Extend returns the records together with the registers that the program makes: the outcomes
// and deadlines of the regulations and, if there is a history, the changes. Later stages list,
// link and publish these registers like all others. They do not get the built-in registers that
// never had a record; see [dataset.Kept].
func (j *Judged) Extend(h *History) *jme.Dataset {
	derived := map[string][]*table.Table{}
	for i, m := range j.Data.Municipalities {
		derived[m.ID] = j.Judgements[i].Tables()
		if h.Records != nil {
			derived[m.ID] = append(derived[m.ID], h.Records.Table(m.ID, m.Settings.Zone()))
		}
	}
	return dataset.Kept(j.Data, h.had).With(derived)
}

// Plan is everything that a site will consist of, except build.json. A plan makes nothing by
// itself: a build makes all of it, the preview only what a browser asks for.
type Plan struct {
	pages   page.Pages
	texts   []site.Text
	files   *files.Index
	kept    *files.Index // files that Open made; nil before Keep
	paths   *paths
	baseURL string
	langs   []locale.Lang // of the pages
	limit   HistoryLimit
	data    *jme.Dataset                 // with the registers that the program makes
	most    int                          // files; see Options
	whole   bool                         // the history was read, so that all paths are known
	record  func() (*BuildRecord, error) // reads all files of the source when it is first called
	zipped  []page.Page                  // within ZIPs
	layouts fs.FS
}

// Plan lists the files and the pages of a site. data is what Extend returned.
func (j *Judged) Plan(h *History, data *jme.Dataset) (*Plan, error) {
	err := j.broken
	if err != nil {
		return nil, err
	}
	p := &Plan{layouts: j.layouts(), files: files.New(), baseURL: data.Site.BaseURL, langs: data.Site.Langs(), data: data, most: j.options.most}
	if p.limit, err = j.HistoryLimit(); err != nil {
		return nil, err
	}
	p.record = sync.OnceValues(func() (*BuildRecord, error) { return j.newBuildRecord(h, data, p) })

	snapshot := dataset.Snapshot{Data: data, AsOf: j.Today, Commit: j.commit.Hash, Dirty: j.dirty(), Shallow: h.Shallow()}
	descriptions := &catalogue.Catalogue{Snapshot: snapshot, Index: p.files, Versions: h.catalogueVersions()}
	documents := papers.New(j.files, data)
	pages := page.New(j.templates, page.Options{
		Data: data, Today: j.Today, Judgements: j.Judgements, History: h.Records, Pending: h.Pending,
		Versions: h.pageVersions(), After: h.After,
		Build:       page.Build{Version: j.options.Version, Commit: j.commit.Hash, CommitTime: j.commit.Time, Dirty: j.dirty()},
		DataVersion: snapshot.Version(), Files: p.files, Papers: documents, Catalogue: descriptions,
	})
	if p.pages, err = site.Plan(pages); err != nil {
		return nil, err
	}
	p.texts, p.whole = site.Texts(pages), h.Records != nil || j.commit.Hash == ""
	if j.options.Offline {
		p.pages = site.FromFolder(p.pages)
	}

	if err := opendata.Add(p.files, snapshot, p.zipExtras(pages, snapshot)); err != nil {
		return nil, err
	}
	if err := p.add(slices.Concat(
		ocds.Files(snapshot), popolo.Files(snapshot), documents.Files(), h.versionFiles(),
		deskpage.Sheets(pages), deskpage.Files(pages, func(w io.Writer) error { return bundle.Write(w, j.files) }),
		guide.Files(pages), charts.Files(pages), posters.Files(pages), linkcards.Files(pages), search.Files(pages), descriptions.Files(),
		sitemap.Files(p.baseURL, p.langs, p.pages),
	)); err != nil {
		return nil, err
	}
	p.paths, err = newPaths(p.pages, func(path string) bool { return p.files.At(path) != nil }, buildRecordName, output.SumsName)
	return p, err
}

// BuildRecord returns the content of build.json. The first call reads all files of the source.
func (p *Plan) BuildRecord() (*BuildRecord, error) { return p.record() }

// zipExtras returns, by the id of a municipality, the files of its ZIP beside the data: a file
// that says how to cite the data, and pages to read it.
func (p *Plan) zipExtras(site *page.Site, published dataset.Snapshot) map[string][]files.File {
	all := map[string][]files.File{}
	for _, t := range site.Towns {
		inside := []files.File{catalogue.Citation(published, t.Municipality)}
		for _, page := range offline.Pages(site, t) {
			p.zipped = append(p.zipped, page)
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

// add adds files to the index.
func (p *Plan) add(all []files.File) error {
	for _, f := range all {
		if _, err := p.files.Add(f); err != nil {
			return err
		}
	}
	return nil
}

// Problems returns what only a plan shows to be wrong: registers that the program makes and that a format cannot hold, a site that
// is too large, and links of texts that lead nowhere. All are errors: such a site is not published.
func (p *Plan) Problems() diag.List {
	return slices.Concat(opendata.CheckMade(p.data), p.tooLarge(), p.brokenLinks())
}

// tooLarge returns a finding if the site has more files than limits.Published, or a longer list of them than verify reads: nobody could verify such a site.
func (p *Plan) tooLarge() (findings diag.List) {
	const line = 2*sha256.Size + len("  \n") // of SHA256SUMS, without the path
	files := len(p.paths.at) + len(p.files.All())
	list := files*line + p.paths.bytes
	for _, e := range p.files.All() {
		list += len(e.Path)
	}
	for _, of := range []struct {
		what        string
		have, limit int
	}{{"site-files", files, cmp.Or(p.most, limits.Published)}, {"site-list", list, limits.Sums}} {
		if of.have > of.limit {
			findings.Add(diag.Diagnostic{Code: diag.OverLimit, Path: "data", Args: diag.Args{
				"what": diag.Phrase("limit." + of.what), "have": of.have, "limit": of.limit, "key": "", "kind": "site",
			}})
		}
	}
	return findings
}

// PageCount counts the HTML pages.
func (p *Plan) PageCount() int { return p.paths.html }

// Page renders the page of a path. It returns false if the path belongs to no page.
func (p *Plan) Page(path string, to *bytes.Buffer) (bool, error) {
	page, ok := p.paths.page(path)
	if !ok {
		return false, nil
	}
	return true, page.Render(to)
}

// Has reports whether the site has a page or file of that path.
func (p *Plan) Has(path string) bool { return p.has([]byte(path)) }

func (p *Plan) has(path []byte) bool { return p.paths.have(path) || p.files.At(string(path)) != nil }

// Keep says in which folder Open keeps files.
func (p *Plan) Keep(dir string) error {
	p.kept = files.New()
	p.kept.Into(&output.Folder{Dir: dir})
	for _, e := range p.files.All() {
		if _, err := p.kept.Add(files.File{Path: e.Path, Write: e.CopyTo}); err != nil {
			return err
		}
	}
	return nil
}

// Open makes the file of a path, unless it was opened before, and opens it. If the context ends
// and nobody else waits for the file, making it is broken off. Open returns false if the path
// belongs to no file, or to a page.
func (p *Plan) Open(ctx context.Context, path string) (io.ReadSeekCloser, bool, error) {
	e := p.kept.At(path)
	if e == nil {
		return nil, false, nil
	}
	f, err := e.Open(ctx)
	return f, true, err
}

// Links returns a link checker that knows all paths of the plan.
func (p *Plan) Links() *links.Checker {
	return links.New(p.baseURL, p.langs, p.has)
}
