package load

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"achyk/internal/attachment"
	"achyk/internal/characters"
	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/limits"
	"achyk/internal/load/personal"
	"achyk/internal/locale"
	"achyk/internal/photo"
	"achyk/internal/regular"
	"achyk/internal/source"
	"achyk/internal/table"
	"achyk/internal/translation"
	"achyk/internal/worktree"
)

// walk lists the files and folders below a folder. Only what it lists is read later. It
// leaves out symbolic links, because what they lead to could lie outside of the repository
// and would be published. It leaves out names that package regular ignores.
func (l *loader) walk(dir string) {
	entries, err := fs.ReadDir(l.fsys, dir)
	if err != nil {
		l.keepError(err)
	}
	if n := len(entries); n > limits.Entries && dir != "." {
		l.overLimit(dir, "entries", n, limits.Entries)
		return
	}
	names := map[string]string{} // by the form in which file systems compare them
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		switch {
		case e.Name() == attributesFile && e.Type().IsRegular():
			l.attributes(name, e)
		case dir == "." && !slices.Contains(Roots, name), regular.Ignored(e.Name()):
			if dir == "." && !e.IsDir() && !regular.Ignored(name) {
				l.misplaced(name)
			}
			continue
		case e.Type()&fs.ModeSymlink != 0:
			l.reportName(diag.SymbolicLink, name, name)
			l.unread[name] = true
		case len(e.Name()) > limits.Name:
			l.overLimit(name, "name", len(e.Name()), limits.Name)
		case l.unseen(name, e.Name()):
		case !l.portable(name, e.Name()):
		case e.IsDir() && slices.Contains(extensions, path.Ext(name)), !e.IsDir() && !e.Type().IsRegular():
			l.reportName(diag.NotRegular, name, name)
			l.unread[name] = true
		case e.IsDir() && strings.Count(name, "/") == limits.Depth:
			l.overLimit(name, "depth", 0, limits.Depth)
		default:
			same := characters.Fold(norm.NFC.String(e.Name()))
			if first, taken := names[same]; taken {
				l.clashes.Add(clash(name, path.Join(dir, first)))
			}
			names[same] = e.Name()
			l.list(dir, name, e)
		}
	}
}

// extensions are the endings of files that the program reads. A folder with such a name is a
// mistake: nobody would notice that the register of that name is empty.
var extensions = []string{".csv", ".toml", ".md", ".asc", ".html", ".css"}

// list lists a file, or a folder and what is in it. It lists nothing more beyond limits.Files: a
// commit of 100 KB may have more files than anybody can count.
func (l *loader) list(dir, name string, e fs.DirEntry) {
	if l.files++; l.files == limits.Files+1 {
		l.overLimit(name, "files", 0, limits.Files)
	}
	if l.files > limits.Files {
		return
	}
	if !e.IsDir() {
		l.misplaced(name)
	}
	if e.IsDir() {
		l.folders[dir] = append(l.folders[dir], e)
		l.walk(name)
		return
	}
	info, err := e.Info()
	if err != nil {
		l.keepError(err)
		return
	}
	most := largest(name)
	if info.Size() > most {
		l.overLimit(name, "file-size", int(info.Size()+1023)>>10, int(most)>>10)
		l.unread[name] = true
		return
	}
	fits := true
	if most != limits.Document {
		fits = l.within(&l.bytes, info.Size(), limits.Total, name, "total-size")
	}
	if strings.HasSuffix(name, ".toml") {
		fits = l.within(&l.configBytes, info.Size(), limits.Configs, name, "configs-size") && fits
	}
	if most == limits.Text {
		fits = l.within(&l.textBytes, info.Size(), limits.Texts, name, "texts-size") && fits
	}
	if fits {
		l.folders[dir], l.readable[name] = append(l.folders[dir], e), true
	}
}

// within adds the size of a file to a total and tells whether that is within its limit. The first
// file beyond it is reported.
func (l *loader) within(total *int64, size, limit int64, name, what string) bool {
	before := *total
	if *total += size; *total > limit && before <= limit {
		l.overLimit(name, what, 0, int(limit))
	}
	return *total <= limit
}

// largest returns the most bytes that a file may have.
func largest(name string) int64 {
	switch root, _, _ := strings.Cut(name, "/"); {
	case root == "layouts" && (path.Ext(name) == ".js" || path.Ext(name) == ".css"):
		return limits.Script
	case root == "layouts":
		return limits.Layout
	case strings.HasSuffix(name, ".md"):
		return limits.Text
	case path.Dir(name) == translation.Folder:
		return limits.Catalogue
	case root == "content":
		return limits.Document
	case strings.HasSuffix(name, ".csv"):
		return limits.Register
	case strings.HasSuffix(name, ".toml"):
		return limits.Settings
	}
	return limits.Keys
}

// Whole tells whether Load reads a file as a whole, so that its bytes stay in memory: all but documents.
func Whole(name string) bool { return largest(name) != limits.Document }

// overLimit reports a file or folder that exceeds a limit. what is the key of a message below
// "diagnostics.limit". have is 0 if it was not counted.
func (l *loader) overLimit(name, what string, have, limit int) {
	args := diag.Args{"what": diag.Phrase("limit." + what), "have": have, "limit": limit, "key": ""}
	if have == 0 {
		args["have"] = ""
	}
	l.problems.Add(diag.Diagnostic{Code: diag.OverLimit, Path: name, Args: args})
}

// file reads a file. It returns nil if walk did not list it, or if git has left it half done.
func (l *loader) file(name string) *source.File {
	if !l.readable[name] {
		return nil
	}
	f, half, err := l.read(name)
	if !l.whole(name, half, err) {
		return nil
	}
	if !strings.HasSuffix(name, ".csv") {
		l.texts = append(l.texts, personal.InText(f))
	}
	return f
}

// read reads a file that walk listed. It reports nothing, so that files can be read many at a time; whole
// reports what git has left half done.
func (l *loader) read(name string) (*source.File, *diag.Diagnostic, error) {
	data, err := fs.ReadFile(l.fsys, name)
	f := &source.File{Path: name, Data: data}
	return f, worktree.Unfinished(f), err
}

// whole tells whether a file that was read is whole. It reports why it is not.
func (l *loader) whole(name string, half *diag.Diagnostic, err error) bool {
	l.keepError(err)
	if half != nil {
		l.problems.Add(*half)
		l.unread[name] = true
	}
	return half == nil
}

// legible tells whether the characters of a file can be read, and reports what is wrong with them.
func (l *loader) legible(f *source.File) bool {
	problems, ok := encoded(f)
	l.problems.AddAll(problems)
	return ok
}

// unreadable tells whether a path, or a folder that it lies in, was reported and not read. A
// file that is missing there is not reported as well.
func (l *loader) unreadable(name string) bool {
	for ; name != "."; name = path.Dir(name) {
		if l.unread[name] {
			return true
		}
	}
	return false
}

// reportName reports a finding about a file or folder itself rather than about its content.
func (l *loader) reportName(code diag.Code, path, value string) {
	if l.unreadable(path) {
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
		l.document(name, info.Size())
	}
}

// Judged is a file system that has just the names of some documents, which were judged elsewhere.
type Judged interface {
	fs.FS
	Judged(name string) bool
}

// document reports a document that must not be published as it is. Small commits can hold one
// document a thousand times, so all together have a limit, too.
func (l *loader) document(name string, size int64) {
	fits := l.within(&l.documentBytes, size, limits.Documents, name, "documents")
	switch k, ok := attachment.Of(name); {
	case ok && k.Drawing:
		fits = l.within(&l.drawingBytes, size, limits.Drawings, name, "drawings") && fits
	case personal.Whole(name):
		fits = l.within(&l.plainBytes, size, limits.Plain, name, "plain") && fits
	}
	if judged, ok := l.fsys.(Judged); !fits || l.inspected > limits.Inspected || ok && judged.Judged(name) {
		return
	}
	f, err := l.fsys.Open(name)
	if err != nil {
		l.keepError(err)
		return
	}
	defer f.Close()
	if head := make([]byte, len(worktree.Pointer)); size > int64(len(head)) {
		if n, _ := io.ReadFull(f, head); bytes.Equal(head[:n], worktree.Pointer) {
			l.file(name)
			return
		}
	}
	content, ok := f.(io.ReaderAt)
	if !ok { // a file of an archive, which package gitrepo does not have
		data, err := io.ReadAll(f)
		if err != nil {
			l.keepError(err)
			return
		}
		content = bytes.NewReader(data)
	}
	content = io.NewSectionReader(content, 0, size) // behind the end is an end, for any kind of file
	if k, ok := attachment.Of(name); ok && k.Image && !k.Drawing {
		l.within(&l.points, photo.Points(io.NewSectionReader(content, 0, size)), limits.AllPixels, name, "all-pixels")
	}
	var r attachment.Reader
	d, err := r.Judge(name, content, size)
	l.keepError(err)
	if d == nil {
		l.keepError(l.personal.Document(&r, name, content, size))
	} else {
		l.problems.Add(*d)
	}
	l.within(&l.inspected, r.Work, limits.Inspected, name, "inspected")
}

// splitArticleName splits "osh-2025.ru.md" into the slug "osh-2025" and the language ru.
func (l *loader) splitArticleName(name string) (slug string, lang locale.Lang, ok bool) {
	base, isMarkdown := strings.CutSuffix(name, ".md")
	i := strings.LastIndexByte(base, '.')
	if !isMarkdown || i < 0 || !folderName.MatchString(base[:i]) {
		return "", 0, false
	}
	lang, ok = locale.Find(base[i+1:], l.data.Site.Written())
	return base[:i], lang, ok
}

// unnamed reports documents that no record and no text names. What is wrong may be the name of one,
// so errors come first.
func (l *loader) unnamed() {
	if l.problems.List.HasErrors() {
		return
	}
	linked := map[string]bool{} // by the last part of the address
	note := func(articles []*jme.Article) {
		for _, a := range articles {
			for _, doc := range a.Bodies {
				if doc != nil {
					for _, link := range doc.Links {
						linked[path.Base(link.Address)] = true
					}
				}
			}
		}
	}
	note(l.data.Pages)
	whole := map[string]bool{}
	for _, m := range l.data.Municipalities {
		note(m.LetterTexts)
		note(m.News)
		note(m.Official)
		whole[m.ID] = !slices.ContainsFunc(m.Tables, func(t *table.Table) bool { return !t.Whole })
	}
	for name := range l.data.Files {
		if !l.named[name] && !linked[path.Base(name)] && whole[strings.Split(name, "/")[1]] {
			l.reportName(diag.DocumentUnnamed, name, path.Base(name))
		}
	}
}
