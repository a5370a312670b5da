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

// walk lists the files and folders below a folder. Only what it lists is read later. It
// leaves out symbolic links, because what they lead to could lie outside of the repository
// and would be published. It leaves out names with a leading dot, which belong to the system
// or an editor, and names with a leading ~$, which are Excel's lock files.
func (l *loader) walk(dir string) {
	entries, err := fs.ReadDir(l.fsys, dir)
	if err != nil {
		l.keepError(err)
	}
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		switch {
		case dir == "." && !slices.Contains(Roots, name), strings.HasPrefix(e.Name(), "."), strings.HasPrefix(e.Name(), "~$"):
		case e.Type()&fs.ModeSymlink != 0:
			l.reportName(diag.SymbolicLink, name, name)
			l.links[name] = true
		case output.Portable(e.Name()) != nil: // a file of the site could not have this name
			l.reportName(diag.BadFileName, name, e.Name())
		case e.IsDir():
			l.folders[dir] = append(l.folders[dir], e)
			l.walk(name)
		case e.Type().IsRegular():
			l.folders[dir] = append(l.folders[dir], e)
		}
	}
}

// file reads a file. It returns nil if walk did not list it.
func (l *loader) file(name string) *source.File {
	if !slices.ContainsFunc(l.folders[path.Dir(name)], func(e fs.DirEntry) bool { return e.Name() == path.Base(name) && !e.IsDir() }) {
		return nil
	}
	data, err := fs.ReadFile(l.fsys, name)
	if err != nil {
		l.keepError(err)
	}
	return &source.File{Path: name, Data: data}
}

// behindLink tells whether a path is a symbolic link or lies below one. The link has been
// reported then, so a file that is missing there is not reported as well.
func (l *loader) behindLink(name string) bool {
	for ; name != "."; name = path.Dir(name) {
		if l.links[name] {
			return true
		}
	}
	return false
}

// reportName reports a finding about a file or folder itself rather than about its content.
func (l *loader) reportName(code diag.Code, path, value string) {
	if l.behindLink(path) {
		return
	}
	l.problems.Add(diag.Diagnostic{Code: code, Path: path, Value: value, Args: diag.Args{"value": value}})
}

// documents lists the files below a folder, which are published as they are.
func (l *loader) documents(dir string) {
	for _, e := range l.folders[dir] {
		name := dir + "/" + e.Name()
		if e.IsDir() {
			l.documents(name)
			continue
		}
		info, err := e.Info()
		if err != nil {
			l.keepError(err)
			return
		}
		l.data.Files[name] = info.Size()
	}
}

// splitArticleName splits "osh-2025.ru.md" into the slug "osh-2025" and the language ru.
func splitArticleName(name string) (slug string, lang locale.Lang, ok bool) {
	base, isMarkdown := strings.CutSuffix(name, ".md")
	i := strings.LastIndexByte(base, '.')
	if !isMarkdown || i < 0 || !folderName.MatchString(base[:i]) {
		return "", 0, false
	}
	lang, ok = locale.ParseLang(base[i+1:])
	return base[:i], lang, ok
}
