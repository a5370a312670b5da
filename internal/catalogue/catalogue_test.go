package catalogue

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"achyk/internal/jme"
	"achyk/internal/load"
	"achyk/internal/locale"
	"achyk/internal/opendata"
	"achyk/internal/tools/outside"
)

// catalogued is the sample with its catalogue, and with a version of it that is published
// for good.
func catalogued(t testing.TB) (Catalogue, map[string][]byte) {
	t.Helper()
	once.Do(func() { whole, published = catalogue(t) })
	if published == nil {
		t.Skip("the sample has errors, which achyk check reports")
	}
	return whole, maps.Clone(published)
}

var (
	once      sync.Once
	whole     Catalogue
	published map[string][]byte
)

const commit = "4f1c2e70aa11bb22cc33dd44ee55ff6600112233"

func catalogue(t testing.TB) (Catalogue, map[string][]byte) {
	data, problems, err := load.Load(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	if problems.HasErrors() {
		return Catalogue{}, nil
	}
	o := opendata.Options{Data: data, AsOf: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC), Commit: commit}
	files := map[string][]byte{}
	for _, f := range opendata.Files(o) {
		files[f.Path] = written(t, f)
	}
	for _, f := range opendata.Frozen(o, "data/v/v2026.1/", func(string) []byte { return nil }) {
		files[f.Path] = written(t, f)
	}
	c := Catalogue{o, []Version{{"v2026.1", time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC)}}, func(path string) (opendata.Sum, bool) {
		data, ok := files[path]
		sum := sha256.Sum256(data)
		return opendata.Sum{Bytes: int64(len(data)), SHA256: hex.EncodeToString(sum[:])}, ok
	}}
	for _, f := range c.Files() {
		files[f.Path] = written(t, f)
	}
	return c, files
}

func written(t testing.TB, f opendata.File) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// facts are what every standard says of a register, each in its own words.
type facts struct {
	Title, Description, Licence, Version, Date, Hash string
	Bytes                                            int64
	Rows                                             int
}

// TestStandardsAgree: a register's title, description, licence, version, date, checksum,
// bytes and rows are the same in Data Package, CSVW, DCAT, schema.org and CITATION.cff,
// and are those of its CSV.
func TestStandardsAgree(t *testing.T) {
	c, files := catalogued(t)
	var p struct {
		Version, Created string
		Licenses         []struct{ Path string }
		Resources        []struct {
			Path, Hash           string
			Titles, Descriptions locale.Text
			Bytes                int64
			Rows                 int
		}
	}
	parse(t, files["datapackage.json"], &p)
	dcat := graphOf(t, files["catalog.jsonld"])
	i := 0
	for _, m := range c.Data.Municipalities {
		var group tables
		parse(t, files["data/"+m.ID+"/csv-metadata.json"], &group)
		for j, table := range m.Tables {
			s, path := table.Schema, "data/"+m.ID+"/"+table.Schema.Name+".csv"
			sum := sha256.Sum256(files[path])
			want := facts{
				s.Title.Ru + " — " + m.Settings.Name.Ru, "", "https://creativecommons.org/licenses/by/4.0/", "2026.11.20+4f1c2e7", "2026-11-20",
				hex.EncodeToString(sum[:]), int64(len(files[path])), len(table.Rows),
			}
			r := p.Resources[i]
			i++
			want.Description = r.Descriptions.Ru
			if !strings.HasPrefix(want.Description, s.Description.Ru) || len([]rune(want.Description)) < 50 {
				t.Errorf("%s: the description is %q", path, want.Description)
			}
			agree(t, path+" in Data Package", want, facts{r.Titles.Ru, r.Descriptions.Ru, p.Licenses[0].Path, p.Version, p.Created[:10],
				strings.TrimPrefix(r.Hash, "sha256:"), r.Bytes, r.Rows})

			var own tables
			parse(t, files[path+"-metadata.json"], &own)
			for _, d := range []csvw{own.Tables[0], group.Tables[j]} {
				agree(t, path+" in CSVW", want, facts{inRussian(d.Title), inRussian(d.Description), d.Licence.ID, d.Version, d.Modified.Value,
					d.SHA256, number[int64](d.Bytes.Value), number[int](d.Rows.Value)})
			}

			set, file := dcat[c.Node(opendata.ResourceName(m, s.Name))], dcat[c.Address("catalog.jsonld#"+path)]
			if file == nil || set == nil {
				t.Fatalf("%s is not in DCAT", path)
			}
			licence := dcat[file.of("dcterms:license")].of("rdfs:seeAlso")
			agree(t, path+" in DCAT", want, facts{set.in("dcterms:title", "ru"), set.in("dcterms:description", "ru"), licence, set.of("dcat:version"), file.of("dcterms:modified"),
				file.inner("spdx:checksum").of("spdx:checksumValue"), number[int64](file.of("dcat:byteSize")), number[int](set.inner("dcterms:extent").of("rdf:value"))})

			var d ldDataset
			parse(t, told(t, c, m, s.Name, locale.Ru), &d)
			csv := d.Files[slices.IndexFunc(d.Files, func(f ldFile) bool { return f.Address == c.Address(path) })]
			agree(t, path+" in schema.org", want, facts{d.Name, d.Description, d.Licence, d.Version, csv.Modified,
				csv.SHA256, number[int64](strings.TrimSuffix(csv.Size, " B")), d.Extent.Value})
		}
	}
	var cff map[string]any
	if err := yaml.Unmarshal(files["CITATION.cff"], &cff); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]any{
		"title": c.Data.Site.Title.Ky, "license": c.Data.Site.Licence, "version": p.Version, "date-released": p.Created[:10],
		"commit": commit, "url": c.Data.Site.BaseURL,
	} {
		if cff[key] != want {
			t.Errorf("CITATION.cff has the %s %v, want %v", key, cff[key], want)
		}
	}
}

func agree(t *testing.T, where string, want, have facts) {
	t.Helper()
	if have != want {
		t.Errorf("%s:\nhave %+v\nwant %+v", where, have, want)
	}
}

func parse(t *testing.T, data []byte, into any) {
	t.Helper()
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatal(err)
	}
}

func number[N int | int64](s string) (n N) {
	fmt.Sscan(s, &n)
	return n
}

// tables is what CSVW says of tables, as far as others say it too.
type tables struct {
	Tables []csvw `json:"tables"`
}

type csvw struct {
	Title       []csvwValue `json:"dc:title"`
	Description []csvwValue `json:"dc:description"`
	Licence     csvwValue   `json:"dc:license"`
	Modified    csvwValue   `json:"dc:modified"`
	Version     string      `json:"schema:version"`
	Rows        csvwValue   `json:"dc:extent"`
	Bytes       csvwValue   `json:"dcat:byteSize"`
	SHA256      string      `json:"schema:sha256"`
}

type csvwValue struct {
	ID       string `json:"@id"`
	Value    string `json:"@value"`
	Language string `json:"@language"`
}

func inRussian(values []csvwValue) string {
	return values[slices.IndexFunc(values, func(v csvwValue) bool { return v.Language == "ru" })].Value
}

func told(t *testing.T, c Catalogue, m *jme.Municipality, register string, l locale.Lang) []byte {
	t.Helper()
	data, err := c.Described(m, register, l)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// object is a thing of a JSON-LD graph.
type object map[string]any

// graphOf finds the things of a graph that have a name, wherever they stand.
func graphOf(t *testing.T, data []byte) map[string]object {
	t.Helper()
	var whole any
	parse(t, data, &whole)
	things := map[string]object{}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, x := range v {
				walk(x)
			}
		case map[string]any:
			if id, ok := v["@id"].(string); ok && v["@type"] != nil {
				things[id] = v
			}
			for _, x := range v {
				walk(x)
			}
		}
	}
	walk(whole)
	return things
}

func (o object) values(property string) (values []object) {
	list, _ := o[property].([]any)
	for _, v := range list {
		values = append(values, v.(map[string]any))
	}
	return values
}

// of is the first value or address of a property.
func (o object) of(property string) string {
	for _, v := range o.values(property) {
		for _, key := range []string{"@value", "@id"} {
			if s, ok := v[key].(string); ok {
				return s
			}
		}
	}
	return ""
}

func (o object) in(property, lang string) string {
	for _, v := range o.values(property) {
		if v["@language"] == lang {
			return v["@value"].(string)
		}
	}
	return ""
}

func (o object) inner(property string) object {
	for _, v := range o.values(property) {
		return v
	}
	return nil
}

// TestCatalogueTellsAll: every form of every register and municipality is a distribution
// whose size and checksum are those of its file, and a version says what it is one of. The
// files of single records, and part of the data told by another standard, are none.
func TestCatalogueTellsAll(t *testing.T) {
	c, files := catalogued(t)
	things := graphOf(t, files["catalog.jsonld"])
	for path, data := range files {
		top := strings.HasPrefix(path, "catalog.") || path == "CITATION.cff" || path == "datapackage.json"
		frozen := strings.HasPrefix(path, "data/v/") && !strings.HasSuffix(path, "datapackage.json")
		if top || frozen || strings.HasSuffix(path, ".schema.json") || strings.HasSuffix(path, "csv-metadata.json") ||
			strings.Count(path, "/") > 2 || strings.HasSuffix(path, "/popolo.json") {
			continue
		}
		d := things[c.Address("catalog.jsonld#"+path)]
		sum := sha256.Sum256(data)
		if d.of("dcat:downloadURL") != c.Address(path) || d.of("dcat:byteSize") != fmt.Sprint(len(data)) ||
			d.inner("spdx:checksum").of("spdx:checksumValue") != hex.EncodeToString(sum[:]) {
			t.Errorf("%s: the catalogue has %v", path, d)
		}
	}
	for _, m := range c.Data.Municipalities {
		whole, version := things[c.Node(m.ID)], things[c.Node(m.ID+"/v2026.1")]
		if whole.of("dcat:hasVersion") != c.Node(m.ID+"/v2026.1") || version.of("dcat:isVersionOf") != c.Node(m.ID) || version.of("dcat:version") != "v2026.1" || version.of("dcterms:issued") != "2026-01-31" {
			t.Errorf("%s: the version is %v", m.ID, version)
		}
		if n := len(whole.values("dcterms:hasPart")); n != len(m.Tables) {
			t.Errorf("%s has %d parts, of %d", m.ID, n, len(m.Tables))
		}
	}
	c.Sum = func(string) (opendata.Sum, bool) { return opendata.Sum{}, false }
	if c.Files()[0].Write(&bytes.Buffer{}) == nil {
		t.Error("a catalogue of files that are not there is made")
	}
}

// readGraphs has programs of others read both forms of the catalogue. It prints whether
// they say the same, things without a name not told apart, then what the shapes object to in each.
const readGraphs = `
	import {createRequire} from "node:module";
	import {pathToFileURL} from "node:url";
	import fs from "node:fs";
	const [near, folder, ...shapes] = process.argv.slice(1);
	const load = async name => (await import(pathToFileURL(createRequire(near).resolve(name)))).default;
	const [n3, jsonld, rdf, Validator] = await Promise.all(["n3", "jsonld", "@zazuko/env", "rdf-validate-shacl"].map(load));
	const turtle = f => new n3.Parser().parse(fs.readFileSync(f, "utf8"));
	const a = turtle(folder + "/catalog.ttl");
	const nquads = await jsonld.toRDF(JSON.parse(fs.readFileSync(folder + "/catalog.jsonld", "utf8")), {format: "application/n-quads"});
	const b = new n3.Parser({format: "N-Quads"}).parse(nquads);
	const lines = quads => new n3.Writer({format: "N-Quads"}).quadsToString(quads).replace(/_:\S+/g, "_:").split("\n").sort().join("\n");
	console.log(lines(a) === lines(b) ? "the same" : "different");
	for (const f of shapes) {
		const report = await new Validator(rdf.dataset(turtle(f)), {factory: rdf}).validate(rdf.dataset(a));
		const violations = report.results.filter(r => r.severity.value.endsWith("#Violation"));
		console.log(violations.length, "violations");
		for (const r of violations.slice(0, 5)) console.log(f, r.focusNode.value, r.path?.value, r.sourceConstraintComponent.value, r.message.map(m => m.value).join(" "));
	}`

// TestShapes has the official shapes of DCAT-AP judge the catalogue, with those of its
// vocabularies, and compares its two forms. A catalogue without titles must not pass.
func TestShapes(t *testing.T) {
	shapes := outside.Conformance(t, "dcat-ap/3.0.1")
	node, near := outside.Program(t, "node"), outside.NPM(t, "ACHYK_SHACL", "rdf-validate-shacl/package.json")
	_, files := catalogued(t)
	judge := func(change func([]byte) []byte) []string {
		dir := t.TempDir()
		for _, name := range []string{"catalog.ttl", "catalog.jsonld"} {
			if err := os.WriteFile(filepath.Join(dir, name), change(files[name]), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		args := []string{"--input-type=module", "-e", readGraphs, near, dir}
		for _, name := range []string{"shacl/dcat-ap-SHACL.ttl", "html/shacl/mdr-vocabularies.shape.ttl"} {
			args = append(args, filepath.Join(shapes, filepath.FromSlash(name)))
		}
		return strings.Split(strings.TrimSpace(string(outside.Run(t, nil, node, args...))), "\n")
	}
	got := judge(func(data []byte) []byte { return data })
	if want := []string{"the same", "0 violations", "0 violations"}; !slices.Equal(got, want) {
		t.Errorf("the shapes object:\n%s", strings.Join(got, "\n"))
	}
	untitled := judge(func(data []byte) []byte {
		return bytes.ReplaceAll(data, []byte("dcterms:title"), []byte("dcterms:subject"))
	})
	if untitled[1] == "0 violations" {
		t.Error("a catalogue without titles passes: the shapes are not in force")
	}
}

// TestCitation validates CITATION.cff against the official schema.
func TestCitation(t *testing.T) {
	c, files := catalogued(t)
	schema, err := jsonschema.NewCompiler().Compile(filepath.Join(outside.Conformance(t, "cff"), "schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	check := func(data []byte) error {
		var v any
		if err := yaml.Unmarshal(data, &v); err != nil {
			t.Fatal(err)
		}
		return schema.Validate(v)
	}
	if err := check(files["CITATION.cff"]); err != nil {
		t.Error(err)
	}
	data := *c.Data
	data.Site.Licence = "LicenseRef-ours" // on no list
	c.Data, c.Commit = &data, ""
	if err := check(written(t, c.Files()[2])); err != nil {
		t.Errorf("with a licence of our own, without a commit: %v", err)
	}
	if check([]byte("cff-version: 1.2.0\ntitle: x\n")) == nil {
		t.Error("the schema accepts a citation without authors: it is not in force")
	}

	t.Run("another validator", func(t *testing.T) {
		const at = "https://citation-file-format.github.io/1.2.0/schema.json"
		var cff any
		if err := yaml.Unmarshal(files["CITATION.cff"], &cff); err != nil {
			t.Fatal(err)
		}
		outside.Ajv(t, "ajv", map[string]any{at: outside.JSON(t, outside.Conformance(t, "cff"), "schema.json")}, []outside.Document{
			{Name: "CITATION.cff", Schema: at, Data: cff},
			{Name: "no authors", Schema: at, Data: map[string]any{"cff-version": "1.2.0", "title": "x"}, Wrong: true},
		})
	})
}

// TestSchemaOrg has the types of schema.org judge what pages tell search engines. Google
// wants a name, a description of 50 to 5000 characters, and addresses of files.
func TestSchemaOrg(t *testing.T) {
	c, _ := catalogued(t)
	var all []string
	for _, l := range locale.Langs {
		for _, m := range c.Data.Municipalities {
			names := []string{""}
			for _, table := range m.Tables {
				names = append(names, table.Schema.Name)
			}
			for _, name := range names {
				data := told(t, c, m, name, l)
				var d ldDataset
				parse(t, data, &d)
				if n := len([]rune(d.Description)); n < 50 || n > 5000 || d.Name == "" || d.Creator.Name == "" || d.Place.Name == "" || len(d.Files) < 3 {
					t.Errorf("%s/%s in %s lacks something: %s", m.ID, name, l, data)
				}
				if bytes.ContainsAny(data, "<>\u2028") {
					t.Errorf("%s/%s in %s could end the element it stands in", m.ID, name, l)
				}
				if l == locale.Ky { // properties are the same in all languages
					all = append(all, string(data))
				}
			}
		}
	}
	node, tsc, types := outside.Program(t, "node"), outside.NPM(t, "ACHYK_TSC", "typescript/bin/tsc"), outside.NPM(t, "ACHYK_SCHEMA_DTS", "schema-dts")
	dir := t.TempDir()
	compile := func(data []string) ([]byte, error) {
		var b strings.Builder
		fmt.Fprintf(&b, "import type {Dataset, WithContext} from %q;\n", filepath.ToSlash(filepath.Join(types, "dist", "schema")))
		for i, d := range data {
			fmt.Fprintf(&b, "export const d%d: WithContext<Dataset> = %s;\n", i, d)
		}
		file := filepath.Join(dir, "pages.ts")
		if err := os.WriteFile(file, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
		return exec.Command(node, tsc, "--noEmit", "--strict", "--skipLibCheck", "--ignoreConfig", file).CombinedOutput()
	}
	if out, err := compile(all); err != nil {
		t.Errorf("%v\n%.2000s", err, out)
	}
	if _, err := compile([]string{strings.Replace(all[0], `"keywords"`, `"keyword"`, 1)}); err == nil {
		t.Error("a property that is not of schema.org passes: the types are not in force")
	}
}
