// Package load reads a repository into a Dataset and lists everything that is wrong with it.
// The repository is any fs.FS: the work tree, or the tree of a commit. These files are read:
//
//	data/site.toml  data/calendar.csv  data/allowed_signers  data/<anything>.asc
//	data/<municipality>/municipality.toml  regulation.toml  <register>.csv  <register>.schema.toml
//	content/languages/<lang>.toml
//	content/pages/<slug>.<lang>.md
//	content/<municipality>/letters/<id>.<lang>.md  news/<slug>.<lang>.md
//	content/<municipality>/regulation/<version>.<lang>.md  files/…
//
// Reading does not stop at a mistake. A wrong file, row or cell is reported once and left
// out, and so is what cannot be judged without it. The rest is read and checked as if the
// mistake had been corrected. Each file is read by itself first; then package consistency
// compares what the records say of each other.
package load

import (
	"io/fs"
	"path"
	"slices"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/load/consistency"
	"achyk/internal/load/personal"
	"achyk/internal/settings"
	"achyk/internal/source"
	"achyk/internal/table"
)

// Roots are the top folders of a repository. Load reads data and content. Of layouts it only
// looks whether they can be read, and at their characters; package layouts reads them.
var Roots = []string{"data", "content", "layouts"}

// Load reads the repository. If the list holds an error, the Dataset is what could be read.
// The error that Load returns is no mistake in the repository: the disk failed, or the
// program is wrong. Each of also checks files of which this package knows nothing: the keys of
// signatures, which the desk in a browser does without.
func Load(fsys fs.FS, also ...func(fs.FS) (diag.List, error)) (*jme.Dataset, diag.List, error) {
	return new(Cache).Load(fsys, also...)
}

func newLoader(fsys fs.FS) *loader {
	l := &loader{
		fsys: fsys, folders: map[string][]fs.DirEntry{}, readable: map[string]bool{}, unread: map[string]bool{}, data: &jme.Dataset{Files: map[string]int64{}},
		named: map[string]bool{}, after: Cache{map[key]*register{}, map[key]*article{}},
	}
	l.personal = personal.New(&l.problems)
	return l
}

func (l *loader) load(also []func(fs.FS) (diag.List, error)) (*jme.Dataset, diag.List, error) {
	l.walk(".")
	for _, e := range l.folders["layouts"] {
		f := l.file("layouts/" + e.Name()) // for what git has left half done in it
		if f != nil && slices.Contains([]string{".html", ".css", ".js"}, path.Ext(f.Path)) {
			problems, _ := written(f)
			l.problems.AddAll(problems)
		}
	}
	l.site()
	l.data.Pages = l.articles("content/pages")
	slices.SortStableFunc(l.data.Pages, func(a, b *jme.Article) int { return a.Order - b.Order })
	l.municipalities(l.sharedRegisters())
	l.zones()
	l.reportClashes()
	for _, check := range also {
		problems, err := check(l.fsys)
		l.keepError(err)
		l.problems.AddAll(problems)
	}
	if l.err != nil {
		return nil, nil, l.err
	}
	for _, m := range l.data.Municipalities {
		if err := m.Link(); err != nil {
			return nil, nil, err
		}
		consistency.Check(m, consistency.Documents{Files: l.data.Files, Unread: l.unreadable, Named: l.named}, &l.problems, &l.speller)
	}
	l.personalData()
	l.unnamed()
	l.problems.List.Sort()
	return l.data, l.problems.List, nil
}

type loader struct {
	fsys          fs.FS
	folders       map[string][]fs.DirEntry // the files and folders that may be read, by the path of their folder
	readable      map[string]bool          // the paths of the files in folders
	files         int                      // number of files in folders
	bytes         int64                    // of the files that are read into memory
	configBytes   int64                    // of those that are TOML
	textBytes     int64                    // of those that are Markdown
	cells         int64                    // of the registers, at most
	documentBytes int64                    // of all documents
	drawingBytes  int64                    // of all documents that are drawings
	plainBytes    int64                    // of all documents that are texts or tables; see personal.Whole
	points        int64                    // of all pictures that a build unpacks
	inspected     int64                    // the work that documents have taken; see attachment.Reader
	unread        map[string]bool          // the paths of links, and of other things that cannot be read as they are
	before, after Cache                    // what the last Load read, and what this one has used
	data          *jme.Dataset
	texts         []personal.Text  // the files of TOML, Markdown and layouts that were read
	searched      []*register      // the registers that were read
	personal      *personal.Search // for what nobody may publish about people
	named         map[string]bool  // the documents that records name
	clashes       diag.List        // see reportClashes
	problems      diag.Collector
	speller       table.Speller
	err           error // the first failure of the disk
}

// keepError keeps the first failure of the disk, which Load returns at its end.
func (l *loader) keepError(err error) {
	if l.err == nil {
		l.err = err
	}
}

// requireTOML reads a TOML file that must exist into v. It returns nil if the file does not
// exist or could not be read: then that has been reported, and its keys are not judged.
func (l *loader) requireTOML(name string, v any) *settings.Places {
	f := l.file(name)
	if f == nil {
		l.reportName(diag.FileMissing, name, name)
		return nil
	}
	if !l.legible(f) {
		return nil
	}
	places, problems := settings.Decode(f, source.Span{End: len(f.Data)}, v, l.data.Site.Further...)
	l.problems.AddAll(problems)
	l.dates(places)
	return places
}

// dates keeps the dates of a TOML text.
func (l *loader) dates(places *settings.Places) {
	if places == nil {
		return
	}
	places.Dates(func(date string, at source.Span) {
		l.data.Dates = append(l.data.Dates, jme.WrittenDate{Value: date, File: places.File(), Span: at})
	})
}

// personalData reports personal data in the files that are published as they are written: texts, settings
// and schemas; in the names of files and folders; and in registers, cell by cell.
func (l *loader) personalData() {
	for _, t := range l.texts {
		l.personal.Text(t)
	}
	for _, r := range l.searched {
		l.personal.Register(r.table, r.personal)
	}
	for dir, entries := range l.folders {
		for _, e := range entries {
			l.personal.Name(path.Join(dir, e.Name()))
		}
	}
}
