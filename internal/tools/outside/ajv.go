package outside

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// Document is a JSON document for a validator of JSON Schema.
type Document struct {
	Name   string // for messages
	Schema string // the address of its schema
	Data   any
	Wrong  bool // the validator must refuse it
}

// judge prints the errors that Ajv finds in each document, as an array of texts.
const judge = `
	const fs = require("node:fs");
	const near = require("node:module").createRequire(process.argv[1]);
	const {Class, Schemas, Documents} = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
	const ajv = new (near(Class).default)({strict: false, allErrors: true});
	near("ajv-formats").default(ajv);
	for (const address in Schemas) ajv.addSchema(Schemas[address], address);
	console.log(JSON.stringify(Documents.map(d => ajv.validate(d.Schema, d.Data) ? "" : ajv.errorsText())));`

// Ajv validates documents with Ajv, which shares no code with the validator in Go that other
// tests use. class is the npm module with the Ajv class for the draft of the schemas: "ajv" or
// "ajv-draft-04". schemas are named by their addresses. There must be right and wrong
// documents, so that a validator that accepts everything, or nothing, fails the test.
func Ajv(t *testing.T, class string, schemas map[string]any, documents []Document) {
	t.Helper()
	node, near := Program(t, "node"), NPM(t, "ACHYK_AJV", "ajv/package.json")
	input, err := json.Marshal(map[string]any{"Class": class, "Schemas": schemas, "Documents": documents})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "documents.json")
	if err := os.WriteFile(file, input, 0o666); err != nil {
		t.Fatal(err)
	}
	var faults []string
	if err := json.Unmarshal(Run(t, nil, node, "-e", judge, near, file), &faults); err != nil {
		t.Fatal(err)
	}
	wrong := 0
	for i, d := range documents {
		if d.Wrong {
			wrong++
		}
		if d.Wrong == (faults[i] == "") {
			t.Errorf("%s by %s: %q", d.Name, d.Schema, faults[i])
		}
	}
	if wrong == 0 || wrong == len(documents) {
		t.Errorf("of %d documents %d are wrong; there must be both kinds", len(documents), wrong)
	}
}

// JSON reads a JSON file; the parts of path are joined.
func JSON(t testing.TB, path ...string) any {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	var x any
	if err := json.Unmarshal(data, &x); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return x
}
