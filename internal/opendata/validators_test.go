package opendata

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"achyk/internal/outside"
)

// judged is a document for a validator of JSON Schema.
type judged struct {
	Name   string
	Schema string // its address
	Data   any
	Wrong  bool // it must not pass
}

// standard is what a standard has: its schemas by their addresses, and documents.
type standard struct {
	Class     string // of Ajv, for the draft that the schemas are of
	Schemas   map[string]any
	Documents []judged
}

// readStandards has Ajv, which shares no code with the validator of the other tests, judge
// the documents of all standards, and prints what it has against each.
const readStandards = `
	const fs = require("node:fs");
	const near = require("node:module").createRequire(process.argv[1]);
	console.log(JSON.stringify(JSON.parse(fs.readFileSync(process.argv[2], "utf8")).map(({Class, Schemas, Documents}) => {
		const ajv = new (near(Class).default)({strict: false, allErrors: true});
		near("ajv-formats").default(ajv);
		for (const address in Schemas) ajv.addSchema(Schemas[address], address);
		return Documents.map(d => ajv.validate(d.Schema, d.Data) ? "" : ajv.errorsText());
	})));`

// TestAnotherValidator: what the other tests find valid is valid for Ajv too.
func TestAnotherValidator(t *testing.T) {
	node, near := outside.Program(t, "node"), outside.NPM(t, "ACHYK_AJV", "ajv/package.json")
	_, files := catalogued(t)
	standards := []standard{dataPackages(t, files), citation(t, files), contracting(t), panels(t, files)}
	input, err := json.Marshal(standards)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "standards.json")
	if err := os.WriteFile(file, input, 0o666); err != nil {
		t.Fatal(err)
	}
	var faults [][]string
	parse(t, run(t, nil, node, "-e", readStandards, near, file), &faults)
	for i, s := range standards {
		right, wrong := 0, 0
		for j, d := range s.Documents {
			if d.Wrong {
				wrong++
			} else {
				right++
			}
			if d.Wrong == (faults[i][j] == "") {
				t.Errorf("%s by %s: %q", d.Name, d.Schema, faults[i][j])
			}
		}
		if right == 0 || wrong == 0 {
			t.Errorf("of %s, %d documents and %d that are wrong", s.Documents[0].Schema, right, wrong)
		}
	}
}

func readJSON(t *testing.T, path ...string) any {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	x, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// dataPackages are the descriptors of all packages, those within ZIPs too, and of registers.
func dataPackages(t *testing.T, files map[string][]byte) standard {
	t.Helper()
	const at = "https://datapackage.org/profiles/2.0/"
	s := standard{Class: "ajv", Schemas: map[string]any{}}
	for _, name := range []string{"datapackage.json", "tableschema.json"} {
		s.Schemas[at+name] = readJSON(t, conformance(t, "datapackage/profiles/2.0"), name)
	}
	add := func(path string, data []byte) {
		name := filepath.Base(path)
		if strings.HasSuffix(name, ".schema.json") {
			name = "tableschema.json"
		}
		if s.Schemas[at+name] != nil {
			s.Documents = append(s.Documents, judged{Name: path, Schema: at + name, Data: json.RawMessage(data)})
		}
	}
	for path, data := range files {
		add(path, data)
		if strings.HasSuffix(path, ".zip") {
			for inside, data := range unzip(t, data) {
				add(path+"/"+inside, data)
			}
		}
	}
	for path, broken := range map[string]string{"datapackage.json": `{"resources": [{"name": "x", "path": "../x.csv"}]}`, "tableschema.json": `{"fields": [{"type": "string"}]}`} {
		s.Documents = append(s.Documents, judged{path, at + path, json.RawMessage(broken), true})
	}
	return s
}

func citation(t *testing.T, files map[string][]byte) standard {
	t.Helper()
	const at = "https://citation-file-format.github.io/1.2.0/schema.json"
	var cff any
	if err := yaml.Unmarshal(files["CITATION.cff"], &cff); err != nil {
		t.Fatal(err)
	}
	return standard{"ajv", map[string]any{at: readJSON(t, conformance(t, "cff"), "schema.json")}, []judged{
		{"CITATION.cff", at, cff, false}, {"no authors", at, map[string]any{"cff-version": "1.2.0", "title": "x"}, true},
	}}
}

func contracting(t *testing.T) standard {
	t.Helper()
	s := standard{Class: "ajv-draft-04", Schemas: ocdsSchemas(t)}
	schema := func(path string) string {
		return ocdsAt + strings.TrimSuffix(filepath.Base(path), "s.json") + "-package-schema.json"
	}
	var files map[string][]byte
	for _, day := range ocdsDays {
		files = contracted(t, day)
		for path, data := range files {
			s.Documents = append(s.Documents, judged{path + " as of " + day, schema(path), json.RawMessage(data), false})
		}
	}
	for path, data := range files {
		for right, wrong := range ocdsMistakes {
			s.Documents = append(s.Documents, judged{path + " with " + wrong, schema(path), json.RawMessage(strings.ReplaceAll(string(data), right, wrong)), true})
		}
	}
	return s
}

func panels(t *testing.T, files map[string][]byte) standard {
	t.Helper()
	s := standard{Class: "ajv-draft-04", Schemas: popoloSchemas(t)}
	for path, data := range files {
		if !strings.HasSuffix(path, "/popolo.json") {
			continue
		}
		var whole map[string]any
		parse(t, data, &whole)
		for collection, name := range popoloCollections {
			for _, item := range whole[collection].([]any) {
				s.Documents = append(s.Documents, judged{path, popoloAt + name + ".json", item, false})
			}
		}
	}
	s.Documents = append(s.Documents, judged{"a day", popoloAt + "membership.json", map[string]any{"start_date": "27.02.2025"}, true})
	return s
}
