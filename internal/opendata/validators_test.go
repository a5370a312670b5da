package opendata

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"achyk/internal/tools/outside"
)

// TestAnotherValidator validates with Ajv what other tests validate in Go.
func TestAnotherValidator(t *testing.T) {
	_, files := sample(t)
	schemas, documents := dataPackages(t, files)
	outside.Ajv(t, "ajv", schemas, documents)
}

// dataPackages returns the schemas of Data Package, and the descriptors of all packages, also
// those in ZIPs, and of registers.
func dataPackages(t *testing.T, files map[string][]byte) (map[string]any, []outside.Document) {
	t.Helper()
	const at = "https://datapackage.org/profiles/2.0/"
	schemas := map[string]any{}
	var documents []outside.Document
	for _, name := range []string{"datapackage.json", "tableschema.json"} {
		schemas[at+name] = outside.JSON(t, outside.Conformance(t, "datapackage/profiles/2.0"), name)
	}
	add := func(path string, data []byte) {
		name := filepath.Base(path)
		if strings.HasSuffix(name, ".schema.json") {
			name = "tableschema.json"
		}
		if schemas[at+name] != nil {
			documents = append(documents, outside.Document{Name: path, Schema: at + name, Data: json.RawMessage(data)})
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
		documents = append(documents, outside.Document{Name: path, Schema: at + path, Data: json.RawMessage(broken), Wrong: true})
	}
	return schemas, documents
}
