// Package load reads a repository: any fs.FS, be it the work tree or the tree of a
// commit, becomes a Dataset and the list of everything that is wrong with it.
//
//	data/site.toml  data/calendar.csv  data/allowed_signers  data/<anything>.asc
//	data/<municipality>/municipality.toml  regulation.toml  <register>.csv  <register>.schema.toml
//	content/pages/<slug>.<lang>.md
//	content/<municipality>/letters/<id>.<lang>.md  news/<slug>.<lang>.md  files/…
//
// Reading never stops at a mistake. A file, a row or a cell that is wrong is reported
// once and left out, together with what cannot be judged without it; the rest is read
// and checked as if the mistake were mended. First each file is read by itself, then
// what files say of each other is checked (see check.go).
package load

import (
	"io/fs"
	"slices"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/settings"
	"achyk/internal/signature"
	"achyk/internal/source"
)

// Roots are the folders that make up a repository's content.
var Roots = []string{"data", "content"}

// Load reads the repository. The Dataset is whole where the list has no errors, and
// otherwise what could be read. The error is ours: a disk that fails.
func Load(fsys fs.FS) (*jme.Dataset, diag.List, error) {
	l := &loader{fsys: fsys, folders: map[string][]fs.DirEntry{}, links: map[string]bool{}, set: &jme.Dataset{Files: map[string]int64{}}}
	l.walk(".")
	l.site()
	l.set.Pages = l.articles("content/pages")
	slices.SortStableFunc(l.set.Pages, func(a, b *jme.Article) int { return a.Order - b.Order })
	l.municipalities(l.shared())
	l.zones()
	_, problems, err := signature.Read(fsys) // what they verify is for the history to say
	l.fail(err)
	l.problems = append(l.problems, problems...)
	if l.err != nil {
		return nil, nil, l.err
	}
	for _, m := range l.set.Municipalities {
		if err := m.Link(); err != nil {
			return nil, nil, err
		}
		l.check(m)
	}
	l.problems.Sort()
	return l.set, l.problems, nil
}

type loader struct {
	fsys     fs.FS
	folders  map[string][]fs.DirEntry // what there is to read, by the path of its folder
	links    map[string]bool          // symbolic links, by path
	set      *jme.Dataset
	problems diag.List
	err      error // the first failure of the disk
}

func (l *loader) fail(err error) {
	if l.err == nil {
		l.err = err
	}
}

// required reads a TOML file that must be there. The places are nil where it is not or
// where it could not be read: then nothing more is said about it.
func (l *loader) required(name string, v any) *settings.Places {
	f := l.file(name)
	if f == nil {
		l.name(diag.FileMissing, name, name)
		return nil
	}
	if !l.encoded(f) {
		return nil
	}
	places, problems := settings.Decode(f, source.Span{End: len(f.Data)}, v)
	l.problems = append(l.problems, problems...)
	return places
}
