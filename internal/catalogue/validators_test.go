package catalogue

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"achyk/internal/locale"
	"achyk/internal/tools/outside"
)

// readGraphs is a script that reads both notations of the catalogue with libraries of others.
// It prints whether they have the same statements, with all blank nodes taken as one, then the
// violations of each file of shapes.
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

// TestShapes validates the catalogue with the official SHACL shapes of DCAT-AP and of its
// vocabularies, and compares its two notations. A catalogue without titles must not pass.
func TestShapes(t *testing.T) {
	shapes := outside.Conformance(t, "dcat-ap/3.0.1")
	node, near := outside.Program(t, "node"), outside.NPM(t, "ACHYK_SHACL", "rdf-validate-shacl/package.json")
	_, published := catalogued(t)
	judge := func(change func([]byte) []byte) []string {
		dir := t.TempDir()
		for _, name := range []string{"catalog.ttl", "catalog.jsonld"} {
			if err := os.WriteFile(filepath.Join(dir, name), change(published[name]), 0o666); err != nil {
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
		t.Error("a catalogue without titles passes, so the shapes check nothing")
	}
}

// TestCitation validates CITATION.cff against the official schema.
func TestCitation(t *testing.T) {
	c, published := catalogued(t)
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
	if err := check(published["CITATION.cff"]); err != nil {
		t.Error(err)
	}
	data := *c.Data
	data.Site.Licence = "LicenseRef-ours" // not in SPDX's list
	c.Data, c.Commit = &data, ""
	if err := check(written(t, c.Files()[2].Write)); err != nil {
		t.Errorf("with a licence of our own, without a commit: %v", err)
	}
	if check([]byte("cff-version: 1.2.0\ntitle: x\n")) == nil {
		t.Error("the schema accepts a citation without authors, so it checks nothing")
	}

	t.Run("another validator", func(t *testing.T) {
		const at = "https://citation-file-format.github.io/1.2.0/schema.json"
		var cff any
		if err := yaml.Unmarshal(published["CITATION.cff"], &cff); err != nil {
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
