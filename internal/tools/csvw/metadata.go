package csvw

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// Metadata documents: groups of tables, tables, schemas, columns (Metadata, 5.2 to 5.7).

// inherited are the properties that a column takes from its schema, table or group, unless it
// has them itself.
var inherited = map[string]rule{
	"aboutUrl": uriTemplate, "datatype": dataType, "default": text, "lang": language, "null": texts, "ordered": boolean, "propertyUrl": uriTemplate,
	"required": boolean, "separator": separator, "textDirection": one("ltr", "rtl", "auto", "inherit"), "valueUrl": uriTemplate,
}

// Which properties each kind of object may have.
var (
	groupRules = with(inherited, map[string]rule{
		"tables": list, "dialect": object, "notes": notes, "tableDirection": one("rtl", "ltr", "auto"), "tableSchema": object, "transformations": list,
	})
	tableRules = with(inherited, map[string]rule{
		"url": link, "dialect": object, "notes": notes, "suppressOutput": boolean, "tableDirection": one("rtl", "ltr", "auto"),
		"tableSchema": object, "transformations": list,
	})
	schemaRules = with(inherited, map[string]rule{"columns": list, "foreignKeys": list, "primaryKey": names, "rowTitles": names})
	columnRules = with(inherited, map[string]rule{"name": columnName, "suppressOutput": boolean, "titles": natural, "virtual": boolean})

	transformationRules = map[string]rule{
		"url": link, "scriptFormat": link, "targetFormat": link, "source": one("json", "rdf", nil), "titles": natural,
	}
	foreignKeyRules = map[string]rule{"columnReference": names, "reference": object}
	referenceRules  = map[string]rule{"resource": link, "schemaReference": link, "columnReference": names}
)

// with returns the rules of both.
func with(a, b map[string]rule) map[string]rule {
	both := maps.Clone(a)
	maps.Copy(both, b)
	return both
}

// wholeName matches the name of a column.
var wholeName = regexp.MustCompile(`^` + variableName + `$`)

// document is a metadata document, or a schema or dialect that a metadata document refers to.
type document struct {
	v     *validator
	base  string // the address that its links are relative to
	lang  string // the language of its texts
	where string // the place of the root, for problems
	root  map[string]any
}

// document reads the document at an address. It reports whether there is a file; d is nil
// and an error is noted if the file is not a JSON object.
func (v *validator) document(address string) (d *document, found bool) {
	address = resolve(address, "")
	file, found := v.open(address)
	if !found {
		return nil, false
	}
	d = &document{v: v, base: address, lang: "und", where: address + "#"}
	decoder := json.NewDecoder(bytes.NewReader(file.Data))
	decoder.UseNumber()
	if err := decoder.Decode(&d.root); err != nil || d.root == nil {
		v.errorf(address, "is not a JSON object: %v", err)
		return nil, true
	}
	if _, err := decoder.Token(); err != io.EOF {
		v.errorf(address, "goes on after the object")
	}
	context, isList := d.root["@context"].([]any)
	if !isList {
		context = []any{d.root["@context"]}
	}
	delete(d.root, "@context")
	if len(context) == 0 || context[0] != "http://www.w3.org/ns/csvw" || isList != (len(context) == 2) {
		v.errorf(d.where+"/@context", "is not that of CSV on the Web")
	}
	if len(context) == 2 {
		at := d.where + "/@context/1"
		local, ok := context[1].(map[string]any)
		if !ok {
			v.errorf(at, "is not an object")
		}
		p := d.object(at, "", local, map[string]rule{"@base": link, "@language": language})
		set(p, "@base", &d.base)
		set(p, "@language", &d.lang)
	}
	return d, true
}

// group is a group of tables; a document of one table is a group of one.
type group struct{ tables []*table }

// table is a table as described; validator.table fills in its rows.
type table struct {
	url, where  string
	lang        string // of the heading
	dialect     dialect
	plain       bool   // no schema describes the columns
	schema      string // the @id of the schema
	columns     []*column
	primaryKey  []string
	foreignKeys []foreignKey
	rows        []row
}

// column is a column as described.
type column struct {
	name              string // for URI templates, see annotated
	declared          string // the property name; "" without one
	titles            []title
	virtual, required bool
	datatype          *datatype
	absent            string // the property default: what an empty cell is read as
	null              []string
	separator         string // between the values of a cell; "" for a single value
	about, value      template
}

// foreignKey says that columns refer to columns of another table, which is named by its
// address (resource) or by the address of its schema.
type foreignKey struct {
	where            string
	columns, to      []string
	resource, schema string
}

// group is the group of tables that the document describes.
func (d *document) group() *group {
	if _, many := d.root["tables"]; !many && d.root["@type"] != "TableGroup" {
		return &group{[]*table{d.table(entry{d, d.where, d.root}, properties{})}}
	}
	p := d.object(d.where, "TableGroup", d.root, groupRules)
	d.transformations(p)
	g := &group{}
	entries, _ := p["tables"].([]entry)
	for _, e := range entries {
		g.tables = append(g.tables, d.table(e, p))
	}
	if len(g.tables) == 0 {
		d.v.errorf(d.where+"/tables", "there is no table")
	}
	return g
}

// table reads the description of a table.
func (d *document) table(e entry, group properties) *table {
	p := d.object(e.where, "Table", e.raw, tableRules)
	d.transformations(p)
	t := &table{where: e.where, dialect: defaultDialect}
	if t.url, _ = p["url"].(string); e.raw["url"] == nil || t.url == "" {
		d.v.errorf(e.where, "has no url, which a table must have")
	}
	for _, from := range []properties{p, group} {
		if x, ok := from["dialect"].(entry); ok {
			t.dialect = x.dialect(x.where, x.raw)
			break
		}
	}
	t.lang, _ = first("lang", p, group).(string)
	schema, ok := first("tableSchema", p, group).(entry)
	if !ok {
		t.plain = true
		return t
	}
	schema.schemaOf(t, schema, p, group)
	return t
}

// first returns a property of the first object that has it; nil if none has it.
func first(name string, of ...properties) any {
	for _, p := range of {
		if x, there := p[name]; there {
			return x
		}
	}
	return nil
}

// schemaOf reads the schema of a table. outer are the objects that columns inherit from.
func (d *document) schemaOf(t *table, e entry, outer ...properties) {
	p := d.object(e.where, "Schema", e.raw, schemaRules)
	t.schema, _ = p["@id"].(string)
	columns, _ := p["columns"].([]entry)
	seen := map[string]bool{}
	for i, c := range columns {
		column := d.column(c, i+1, append([]properties{p}, outer...)...)
		if column.declared != "" && seen[column.declared] {
			d.v.errorf(c.where+"/name", "%q is the name of another column too", column.declared)
		}
		if !column.virtual && i > 0 && t.columns[i-1].virtual {
			d.v.errorf(c.where, "comes after a virtual column")
		}
		seen[column.declared] = true
		t.columns = append(t.columns, column)
	}
	for _, property := range []string{"primaryKey", "rowTitles"} {
		names, _ := p[property].([]string)
		if i := slices.IndexFunc(names, t.unknown); i >= 0 {
			d.v.warnf(e.where+"/"+property, "there is no column %q", names[i])
		} else if property == "primaryKey" {
			t.primaryKey = names
		}
	}
	keys, _ := p["foreignKeys"].([]entry)
	d.foreignKeys(t, keys)
}

// foreignKeys reads the foreign keys of a schema.
func (d *document) foreignKeys(t *table, keys []entry) {
	for _, k := range keys {
		p, to := d.object(k.where, "", k.raw, foreignKeyRules), properties{}
		if reference, ok := p["reference"].(entry); ok {
			to = reference.object(reference.where, "", reference.raw, referenceRules)
		}
		key := foreignKey{where: k.where}
		key.columns, _ = p["columnReference"].([]string)
		key.to, _ = to["columnReference"].([]string)
		key.resource, _ = to["resource"].(string)
		key.schema, _ = to["schemaReference"].(string)
		switch i := slices.IndexFunc(key.columns, t.unknown); {
		case i >= 0:
			d.v.errorf(k.where+"/columnReference", "there is no column %q", key.columns[i])
		case len(key.columns) == 0 || len(key.columns) != len(key.to) || (key.resource == "") == (key.schema == ""):
			d.v.errorf(k.where, "does not say what refers to what")
		default:
			t.foreignKeys = append(t.foreignKeys, key)
		}
	}
}

// unknown reports whether no column is declared with a name.
func (t *table) unknown(name string) bool { return t.declared(name) < 0 }

// declared returns the index of the column that is declared with a name; -1 without one.
func (t *table) declared(name string) int {
	return slices.IndexFunc(t.columns, func(c *column) bool { return c.declared == name && name != "" })
}

// column reads the description of the column with a number, counted from 1.
func (d *document) column(e entry, number int, outer ...properties) *column {
	p := d.object(e.where, "Column", e.raw, columnRules)
	of := append([]properties{p}, outer...)
	c := &column{null: []string{""}, datatype: &datatype{builtin: types["string"]}}
	c.declared, _ = p["name"].(string)
	c.titles, _ = p["titles"].([]title)
	c.virtual, _ = p["virtual"].(bool)
	c.required, _ = first("required", of...).(bool)
	c.absent, _ = first("default", of...).(string)
	c.separator, _ = first("separator", of...).(string)
	c.about, _ = first("aboutUrl", of...).(template)
	c.value, _ = first("valueUrl", of...).(template)
	if null, ok := first("null", of...).([]string); ok {
		c.null = null
	}
	if t, ok := first("datatype", of...).(*datatype); ok {
		c.datatype = t
	}
	c.name = annotated(c.declared, c.titles, d.lang, number)
	return c
}

// annotated returns the name by which URI templates refer to a column (Metadata, 5.6): the
// declared name, otherwise the encoded first title, otherwise "_col." and the number.
func annotated(name string, titles []title, lang string, number int) string {
	if name != "" {
		return name
	}
	for _, t := range titles {
		if t.lang == lang || t.lang == "und" {
			return strings.ReplaceAll(url.QueryEscape(t.text), "+", "%20")
		}
	}
	return fmt.Sprintf("_col.%d", number)
}

// transformations checks the descriptions of transformations, which are never run.
func (d *document) transformations(p properties) {
	entries, _ := p["transformations"].([]entry)
	for _, e := range entries {
		p := d.object(e.where, "Template", e.raw, transformationRules)
		for _, name := range []string{"url", "scriptFormat", "targetFormat"} {
			if p[name] == nil {
				d.v.errorf(e.where, "has no %s, which a transformation must have", name)
			}
		}
	}
}
