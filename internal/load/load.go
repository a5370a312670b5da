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
	"path"
	"regexp"
	"slices"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/output"
	"achyk/internal/settings"
	"achyk/internal/signature"
	"achyk/internal/source"
	"achyk/internal/table"
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

var folderName = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)

// Names that municipalities may not have, nor pages: others stand at their addresses.
var reservedNames = []string{"changes", "data", "pages", "rules", "search", "v"}

// shared reads the registers that all municipalities have in common, by name.
func (l *loader) shared() map[string]*table.Table {
	tables := map[string]*table.Table{}
	for _, r := range jme.BuiltIn() {
		if f := l.file("data/" + r.Name + ".csv"); r.Shared && f != nil {
			tables[r.Name] = l.table(f, jme.Schema(r.Name))
		}
	}
	return tables
}

func (l *loader) municipalities(shared map[string]*table.Table) {
	none := true
	for _, e := range l.folders["data"] {
		id := e.Name()
		if !e.IsDir() {
			continue
		}
		none = false
		if !folderName.MatchString(id) {
			l.name(diag.BadFileName, "data/"+id, id)
			continue
		}
		if slices.Contains(reservedNames, id) {
			l.name(diag.ReservedName, "data/"+id, id)
		}
		l.set.Municipalities = append(l.set.Municipalities, l.municipality(id, shared))
	}
	if none {
		l.name(diag.NoMunicipality, "data", "data")
	}
	// Texts of a municipality that is not there, its folder misspelt perhaps, would
	// otherwise be left out in silence.
	for _, e := range l.folders["content"] {
		if id := e.Name(); e.IsDir() && id != "pages" && !none && l.set.Municipality(id) == nil {
			missing := "data/" + id + "/municipality.toml"
			l.name(diag.FileMissing, missing, missing)
		}
	}
	for _, p := range l.set.Pages {
		if slices.Contains(reservedNames, p.Slug) || l.set.Municipality(p.Slug) != nil {
			l.name(diag.ReservedName, "content/pages/"+p.Slug+".ky.md", p.Slug)
		}
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

// table reads a register. A nil schema makes every column a string.
func (l *loader) table(f *source.File, schema *table.Schema) *table.Table {
	t, problems := table.Read(f, registerLabel(f), schema)
	l.problems = append(l.problems, problems...)
	return t
}

// registerLabel is how reports call the register of a file: "osh/findings".
func registerLabel(f *source.File) string {
	return strings.TrimPrefix(strings.TrimSuffix(f.Path, ".csv"), "data/")
}

func (l *loader) municipality(id string, shared map[string]*table.Table) *jme.Municipality {
	m := &jme.Municipality{ID: id}
	dir := "data/" + id
	l.settings(dir, m)
	l.regulation(dir, m)

	csvs, schemas := map[string]*source.File{}, map[string]*source.File{}
	for _, e := range l.folders[dir] {
		name, files := strings.ToLower(e.Name()), csvs
		register, ok := strings.CutSuffix(name, ".csv")
		if !ok {
			register, ok = strings.CutSuffix(name, ".schema.toml")
			files = schemas
		}
		switch {
		case !ok || e.IsDir():
		case name != e.Name() || !registerName.MatchString(register):
			l.name(diag.BadFileName, dir+"/"+e.Name(), e.Name())
		case register == id || reservedRegister(register):
			l.name(diag.ReservedName, dir+"/"+name, register)
		default:
			files[register] = l.file(dir + "/" + name)
		}
	}
	var own []string
	for register := range csvs {
		if jme.Schema(register) == nil {
			own = append(own, register)
		}
	}
	for register, f := range schemas {
		if jme.Schema(register) != nil {
			l.problems.Add(diag.Diagnostic{Code: diag.SchemaInvalid, File: f, Value: register, Args: diag.Args{"key": "", "value": register, "detail": diag.Phrase("schema.built-in")}})
		} else if csvs[register] == nil {
			name := strings.TrimSuffix(f.Path, ".schema.toml") + ".csv"
			l.name(diag.FileMissing, name, name)
		}
	}
	slices.Sort(own)
	for _, r := range jme.BuiltIn() {
		switch f := csvs[r.Name]; {
		case r.Shared && shared[r.Name] != nil:
			m.Tables = append(m.Tables, shared[r.Name])
		case r.Origin == jme.FromMarkdown: // there is one
			m.Tables = append(m.Tables, l.letters(m))
		case f != nil:
			m.Tables = append(m.Tables, l.table(f, jme.Schema(r.Name)))
		default: // a register not kept is an empty one
			t, _ := table.New(jme.Schema(r.Name), id+"/"+r.Name, nil)
			t.Whole = !l.linked(dir + "/" + r.Name + ".csv")
			m.Tables = append(m.Tables, t)
		}
	}
	for _, register := range own {
		m.Tables = append(m.Tables, l.own(csvs[register], schemas[register], own))
	}
	m.News = l.articles("content/" + id + "/news")
	slices.SortStableFunc(m.News, func(a, b *jme.Article) int { return b.Date.Compare(a.Date) })
	l.files("content/" + id + "/files")
	return m
}

var registerName = regexp.MustCompile(`^[a-z][a-z0-9_-]*$`)

// reservedRegister tells whether a municipality may have no file of that name: another page
// or file stands at its address, on the site or in the ZIP; SQLite keeps names that begin
// with sqlite_ for itself; or the register does not come from a file of a municipality.
func reservedRegister(name string) bool {
	switch name {
	case "csv-metadata", "data", "index", "missing", "news", "ocds", "popolo", "regulation":
		return true
	}
	r, known := jme.Find(name)
	return strings.HasPrefix(name, "sqlite_") || known && (r.Shared || r.Origin != jme.FromCSV)
}

// own reads a register of the municipality's own.
func (l *loader) own(f, schemaFile *source.File, own []string) *table.Table {
	label := registerLabel(f)
	register := path.Base(label)
	var schema *table.Schema
	if schemaFile == nil {
		l.problems.Add(diag.Diagnostic{Code: diag.SchemaMissing, File: f, Register: label, Value: register, Args: diag.Args{"value": register}})
	} else if l.encoded(schemaFile) {
		var problems diag.List
		schema, problems = table.ParseSchema(register, schemaFile, jme.Allowed(own...))
		l.problems = append(l.problems, problems...)
	}
	if schema == nil && schemaFile != nil { // judged by no schema, the file would only seem full of mistakes
		t, _ := table.New(table.PlainSchema(register, []string{"id"}), label, nil)
		t.Schema.Own, t.Whole = true, false
		return t
	}
	t := l.table(f, schema)
	t.Schema.Own = true
	return t
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
