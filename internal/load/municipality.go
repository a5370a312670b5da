package load

import (
	"bytes"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/fault"
	"achyk/internal/jme"
	"achyk/internal/limits"
	"achyk/internal/load/personal"
	"achyk/internal/source"
	"achyk/internal/table"
	"achyk/internal/translation"
)

// folderName is the form of a municipality's id and of an article's slug.
var folderName = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)

// reservedNames may be the name of no municipality and no page, because other pages of the
// site have these addresses.
var reservedNames = []string{"changes", "data", "desk", "embed", "guide", "languages", "pages", "rules", "search", "v"}

// newName is the form of a new municipality's id: hyphens stand between letters and digits. An older one may have others,
// since an address that was published stays.
var newName = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// CanBeTown tells whether a new municipality may have a name as its id.
func CanBeTown(id string) bool {
	return newName.MatchString(id) && len(id) <= limits.ID && !takenFromTowns(id)
}

// takenFromTowns tells whether no municipality may have an id because something else has that address: another page, or
// the workbook of a built-in register, which is <register>.xlsx as that of all registers is <id>.xlsx.
func takenFromTowns(id string) bool {
	_, register := jme.Find(id)
	return register || slices.Contains(reservedNames, id)
}

// sharedRegisters reads the registers that all municipalities share, by name.
func (l *loader) sharedRegisters() map[string]*table.Table {
	tables := map[string]*table.Table{}
	for _, r := range jme.BuiltIn() {
		if f := l.file("data/" + r.Name + ".csv"); r.Shared && f != nil {
			tables[r.Name] = l.take(readRegister(f, l.schema(r.Name), false))
		}
	}
	return tables
}

// municipalities reads all municipalities. It also reports names that collide, and content
// of a municipality that has no registers.
func (l *loader) municipalities(shared map[string]*table.Table) {
	none := true
	for _, e := range l.folders["data"] {
		id := e.Name()
		if !e.IsDir() {
			continue
		}
		none = false
		if len(l.data.Municipalities) == limits.Towns {
			l.overLimit("data", "towns", 0, limits.Towns)
			break
		}
		if !folderName.MatchString(id) {
			l.badName("data/"+id, "municipality")
			continue
		}
		if takenFromTowns(id) {
			l.reportName(diag.ReservedName, "data/"+id, id)
		}
		if len(id) > limits.ID {
			l.overLimit("data/"+id, "name", len(id), limits.ID)
		}
		l.data.Municipalities = append(l.data.Municipalities, l.municipality(id, shared))
	}
	if none {
		l.reportName(diag.NoMunicipality, "data", "data")
	}
	// If a folder of content belongs to no municipality, its name may be misspelt, and its
	// texts would be missing from the site.
	for _, e := range l.folders["content"] {
		if id := e.Name(); e.IsDir() && id != "pages" && id != path.Base(translation.Folder) && !none && l.data.Municipality(id) == nil {
			missing := "data/" + id + "/municipality.toml"
			l.reportName(diag.FileMissing, missing, missing)
		}
	}
	for _, p := range l.data.Pages {
		if slices.Contains(reservedNames, p.Slug) || l.data.Municipality(p.Slug) != nil {
			l.reportName(diag.ReservedName, "content/pages/"+p.Slug+".ky.md", p.Slug)
		}
	}
}

// readRegister reads a register. With a nil schema every column is a string. own tells whether it is one of the
// municipality's own.
func readRegister(f *source.File, schema *table.Schema, own bool) *register {
	t, problems := table.Read(f, registerLabel(f), schema)
	if own { // the schemas of built-in registers are shared
		t.Schema.Own = true
	}
	return &register{t, problems, personal.InRegister(t)}
}

// take takes a register that was read.
func (l *loader) take(r *register) *table.Table {
	l.searched = append(l.searched, r)
	l.problems.AddAll(r.problems)
	return r.table
}

// schema returns the schema of a built-in register for texts in the original language of the site.
func (l *loader) schema(register string) *table.Schema {
	return jme.Schema(register).In(l.data.Site.Original(), l.data.Site.Written())
}

// registerLabel returns what reports call the register of a file: "osh/findings".
func registerLabel(f *source.File) string {
	return strings.TrimPrefix(strings.TrimSuffix(f.Path, ".csv"), "data/")
}

// municipality reads the folders of one municipality.
func (l *loader) municipality(id string, shared map[string]*table.Table) *jme.Municipality {
	m := &jme.Municipality{ID: id, Langs: l.data.Site.Written()}
	dir := "data/" + id
	l.settings(dir, m)
	l.regulation(dir, m)
	l.officialTexts(m)
	m.Tables = l.registers(m, shared)
	m.News = l.articles("content/" + id + "/news")
	slices.SortStableFunc(m.News, func(a, b *jme.Article) int { return b.Date.Compare(a.Date) })
	l.documents("content/" + id + "/files")
	return m
}

// registers reads the registers of a municipality: the built-in ones in their order, then
// its own by name.
func (l *loader) registers(m *jme.Municipality, shared map[string]*table.Table) (tables []*table.Table) {
	type unread struct {
		at     int // in tables
		file   *source.File
		schema *table.Schema
		own    bool
		key    key
	}
	var read []unread
	languages := fmt.Sprint(l.data.Site.Original(), l.data.Site.Written())
	dir := "data/" + m.ID
	csvs, schemas := l.registerFiles(m.ID)
	for _, r := range jme.BuiltIn() {
		switch f := csvs[r.Name]; {
		case r.Shared && shared[r.Name] != nil:
			tables = append(tables, shared[r.Name])
		case r.Origin == jme.FromMarkdown: // the analytic letters are the only one
			tables = append(tables, l.letters(m))
		case f != nil:
			read = append(read, unread{len(tables), f, l.schema(r.Name), false, keyOf(languages, f)})
			tables = append(tables, nil)
		default: // a register that is not kept is empty
			t, _ := table.New(l.schema(r.Name), m.ID+"/"+r.Name, nil)
			folder := dir
			if r.Shared {
				folder = "data"
			}
			t.Whole = !l.unreadable(folder + "/" + r.Name + ".csv")
			tables = append(tables, t)
		}
	}
	own := slices.DeleteFunc(slices.Sorted(maps.Keys(csvs)), func(register string) bool { return jme.Schema(register) != nil })
	if n := len(own); n > limits.Registers {
		l.overLimit(dir, "registers", n, limits.Registers)
		own = own[:limits.Registers]
	}
	for _, register := range own {
		_, described := schemas[register]
		t, schema := l.ownRegister(m.ID+"/"+register, csvs[register], schemas[register], described, own)
		if t == nil {
			read = append(read, unread{len(tables), csvs[register], schema, true, keyOf(fmt.Sprint(languages, own), csvs[register], schemas[register])})
		}
		tables = append(tables, t)
	}
	made := make([]*register, len(read))
	l.keepError(fault.InParallel(len(read), func(i int) {
		r := read[i]
		if made[i] = l.before.registers[r.key]; made[i] == nil {
			made[i] = readRegister(r.file, r.schema, r.own)
		}
	}))
	for i, r := range read {
		if made[i] != nil { // else the fault that Load returns
			tables[r.at], l.after.registers[r.key] = l.take(made[i]), made[i]
		}
	}
	return tables
}

// registerFiles reads the files of a municipality's registers and of their schemas, by the
// names of the registers; a file that was reported and not read is nil. It reports names that are
// not allowed, and schemas without a register.
func (l *loader) registerFiles(id string) (csvs, schemas map[string]*source.File) {
	dir := "data/" + id
	csvs, schemas = map[string]*source.File{}, map[string]*source.File{}
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
			l.badName(dir+"/"+e.Name(), "register")
		case register == id || reservedRegister(register): // <id>.xlsx is the workbook of all registers
			l.reportName(diag.ReservedName, dir+"/"+name, register)
		default:
			files[register] = l.file(dir + "/" + name)
			if f := csvs[register]; f != nil && f.Path == dir+"/"+name && !l.within(&l.cells, int64(bytes.Count(f.Data, comma)+bytes.Count(f.Data, lineEnd)), limits.AllCells, f.Path, "all-cells") {
				csvs[register], l.unread[f.Path] = nil, true
			}
		}
	}
	for register, f := range schemas {
		if jme.Schema(register) != nil && f != nil {
			l.problems.Add(diag.Diagnostic{Code: diag.SchemaInvalid, File: f, Value: register, Args: diag.Args{"key": "", "value": register, "detail": diag.Phrase("schema.built-in")}})
		} else if name := dir + "/" + register + ".csv"; csvs[register] == nil {
			l.reportName(diag.FileMissing, name, name)
		}
	}
	return csvs, schemas
}

var comma, lineEnd = []byte(","), []byte("\n")

// registerName is the form of a register's name.
var registerName = regexp.MustCompile(`^[a-z][a-z0-9_-]*$`)

// reservedRegister tells whether a municipality may not keep a register of that name: because
// another page or file has that address on the site or in the ZIP, because SQLite keeps names
// that begin with sqlite_ for itself, or because the register comes from elsewhere.
func reservedRegister(name string) bool {
	switch name {
	case "bodies", "csv-metadata", "data", "index", "missing", "news", "ocds", "papers", "popolo", "regulation", "subscribe", "worker":
		return true
	}
	r, known := jme.Find(name)
	return strings.HasPrefix(name, "sqlite_") || known && (r.Shared || r.Origin != jme.FromCSV)
}

// ownRegister returns the schema by which the file of a register of the municipality's own is read, or
// an empty register if it cannot be. described tells whether it has a file with its schema, own lists
// the names of all of them.
func (l *loader) ownRegister(label string, f, schemaFile *source.File, described bool, own []string) (*table.Table, *table.Schema) {
	register := path.Base(label)
	var schema *table.Schema
	if whole := partOf(register); f != nil && !described && whole != "" {
		l.problems.Add(diag.Diagnostic{Code: diag.Misplaced, File: f, Register: label, Value: register, Args: diag.Args{"value": f.Path, "form": false, "register": whole}})
	} else if f != nil && !described {
		l.problems.Add(diag.Diagnostic{Code: diag.SchemaMissing, File: f, Register: label, Value: register, Args: diag.Args{"value": register}})
	} else if schemaFile != nil && l.legible(schemaFile) {
		var problems diag.List
		schema, problems = table.ParseSchema(register, schemaFile, jme.Allowed(l.data.Site.Written(), own...))
		l.problems.AddAll(problems)
	}
	if f == nil || schema == nil && described { // without its schema, cells that are right would be reported
		t, _ := table.New(table.PlainSchema(register, []string{"id"}), label, nil)
		t.Schema.Own, t.Whole = true, false
		return t, nil
	}
	return nil, schema.In(l.data.Site.Original(), l.data.Site.Written())
}
