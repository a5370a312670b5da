package load

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/source"
	"achyk/internal/table"
)

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
