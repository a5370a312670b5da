package load

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/locale"
	"achyk/internal/output"
	"achyk/internal/source"
)

// walk notes the files and folders of the repository. Nothing is read that it has not
// met: a symbolic link could lead out of the repository, and what it leads to would be
// published. Names with a leading dot are the system's or an editor's, not the
// repository's, as is Excel's ~$ lock file.
func (l *loader) walk(dir string) {
	entries, err := fs.ReadDir(l.fsys, dir)
	if err != nil {
		l.fail(err)
	}
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		switch {
		case dir == "." && !slices.Contains(Roots, name), strings.HasPrefix(e.Name(), "."), strings.HasPrefix(e.Name(), "~$"):
		case e.Type()&fs.ModeSymlink != 0:
			l.name(diag.SymbolicLink, name, name)
			l.links[name] = true
		case output.Portable(e.Name()) != nil: // nor could what is made of it be published
			l.name(diag.BadFileName, name, e.Name())
		case e.IsDir():
			l.folders[dir] = append(l.folders[dir], e)
			l.walk(name)
		case e.Type().IsRegular():
			l.folders[dir] = append(l.folders[dir], e)
		}
	}
}

// file reads a file, or returns nil where there is none.
func (l *loader) file(name string) *source.File {
	if !slices.ContainsFunc(l.folders[path.Dir(name)], func(e fs.DirEntry) bool { return e.Name() == path.Base(name) && !e.IsDir() }) {
		return nil
	}
	data, err := fs.ReadFile(l.fsys, name)
	if err != nil {
		l.fail(err)
	}
	return &source.File{Path: name, Data: data}
}

// linked tells whether a path is, or lies behind, a symbolic link: then that has been
// reported, and not that nothing is there.
func (l *loader) linked(name string) bool {
	for ; name != "."; name = path.Dir(name) {
		if l.links[name] {
			return true
		}
	}
	return false
}

// name reports on the name of a file or folder rather than on what is in it.
func (l *loader) name(code diag.Code, path, value string) {
	if l.linked(path) {
		return
	}
	l.problems.Add(diag.Diagnostic{Code: code, Path: path, Value: value, Args: diag.Args{"value": value}})
}

// files notes what is published as it lies in the repository.
func (l *loader) files(dir string) {
	for _, e := range l.folders[dir] {
		name := dir + "/" + e.Name()
		if e.IsDir() {
			l.files(name)
			continue
		}
		info, err := e.Info()
		if err != nil {
			l.fail(err)
			return
		}
		l.set.Files[name] = info.Size()
	}
}

// langOf splits "osh-2025.ru.md" into slug and language.
func langOf(name string) (slug string, lang locale.Lang, ok bool) {
	base, isMarkdown := strings.CutSuffix(name, ".md")
	i := strings.LastIndexByte(base, '.')
	if !isMarkdown || i < 0 || !folderName.MatchString(base[:i]) {
		return "", 0, false
	}
	lang, ok = locale.ParseLang(base[i+1:])
	return base[:i], lang, ok
}
