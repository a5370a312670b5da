package ocds

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"achyk/internal/jme"
	"achyk/internal/tools/outside"
)

// mistakes maps what is right to what the schemas must refuse in its place.
var mistakes = map[string]string{
	`"status": "disqualified"`: `"status": "refused"`, `"currency": "KGS"`: `"currency": "сом"`, `"tag": [`: `"tags": [`,
	`T00:00:00+06:00"`: `"`,
}

const at = "https://standard.open-contracting.org/schema/1__1__5/"

// schemas returns the official schemas by their addresses, with the bids extension merged in.
func schemas(t *testing.T) map[string]any {
	t.Helper()
	folder, all := outside.Conformance(t, "ocds"), map[string]any{}
	for _, name := range []string{"release-schema.json", "release-package-schema.json", "record-package-schema.json", "versioned-release-validation-schema.json"} {
		all[at+name] = outside.JSON(t, folder, "1.1", "schema", name)
	}
	const release = at + "release-schema.json"
	all[release] = mergePatch(all[release], outside.JSON(t, folder, "extensions", "bids-v1.1.5", "release-schema.json"))
	return all
}

// TestAnotherValidator validates with Ajv what TestContractingIsValid validates in Go.
func TestAnotherValidator(t *testing.T) {
	schema := func(path string) string {
		return at + strings.TrimSuffix(filepath.Base(path), "s.json") + "-package-schema.json"
	}
	var documents []outside.Document
	var files map[string][]byte
	for _, day := range days {
		files = contracted(t, day)
		for path, data := range files {
			documents = append(documents, outside.Document{Name: path + " as of " + day, Schema: schema(path), Data: json.RawMessage(data)})
		}
	}
	for path, data := range files {
		for right, wrong := range mistakes {
			documents = append(documents, outside.Document{Name: path + " with " + wrong, Schema: schema(path), Data: json.RawMessage(strings.ReplaceAll(string(data), right, wrong)), Wrong: true})
		}
	}
	outside.Ajv(t, "ajv-draft-04", schemas(t), documents)
}

// TestContractingIsValid validates both packages, at several stages of a contest, against the
// official schemas with the bids extension merged in.
func TestContractingIsValid(t *testing.T) {
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	for address, schema := range schemas(t) {
		if err := c.AddResource(address, schema); err != nil {
			t.Fatal(err)
		}
	}
	compiled := map[string]*jsonschema.Schema{
		"data/osh/ocds/releases.json": c.MustCompile(at + "release-package-schema.json"),
		"data/osh/ocds/records.json":  c.MustCompile(at + "record-package-schema.json"),
	}
	for _, day := range days {
		files := contracted(t, day)
		for path, schema := range compiled {
			x, err := jsonschema.UnmarshalJSON(bytes.NewReader(files[path]))
			if err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			if err := schema.Validate(x); err != nil {
				t.Errorf("%s as of %s: %v", path, day, err)
			}
		}
	}
	releases := contracted(t, "2026-11-20")["data/osh/ocds/releases.json"]
	for from, to := range mistakes {
		x, err := jsonschema.UnmarshalJSON(bytes.NewReader(bytes.ReplaceAll(releases, []byte(from), []byte(to))))
		if err != nil {
			t.Fatal(err)
		}
		if compiled["data/osh/ocds/releases.json"].Validate(x) == nil {
			t.Errorf("the schema accepts %s, so it checks nothing", to)
		}
	}
}

// mergePatch applies a JSON Merge Patch (RFC 7396).
func mergePatch(target, patch any) any {
	p, ok := patch.(map[string]any)
	if !ok {
		return patch
	}
	merged := map[string]any{}
	if t, ok := target.(map[string]any); ok {
		merged = maps.Clone(t)
	}
	for name, value := range p {
		if value == nil {
			delete(merged, name)
		} else {
			merged[name] = mergePatch(merged[name], value)
		}
	}
	return merged
}

// TestContractingWords checks that every code of the registers has one of the standard, and
// that every code in the packages is in the standard's codelists, open ones included.
func TestContractingWords(t *testing.T) {
	for _, x := range []struct {
		register, column string
		words            map[string]string
	}{{"applications", "status", bidStatus}, {"contracts", "route", tenderMethod}} {
		values := jme.Schema(x.register).Column(x.column).Values
		for _, v := range values {
			if x.words[v.Code] == "" {
				t.Errorf("%s.%s: %q has no word in the standard", x.register, x.column, v.Code)
			}
		}
		if len(values) != len(x.words) {
			t.Errorf("%s.%s has %d words, its table %d", x.register, x.column, len(values), len(x.words))
		}
	}
	for _, d := range tenderDocument {
		if jme.Schema("contests").Column(d.column) == nil {
			t.Errorf("contests have no column %q", d.column)
		}
	}

	folder := outside.Conformance(t, "ocds")
	codes := func(list string) (codes []string) {
		file, _ := filepath.Glob(filepath.Join(folder, "*", "*", "codelists", list+".csv"))
		data, err := os.ReadFile(file[0])
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		i := slices.Index(rows[0], "Code")
		for _, row := range rows[1:] {
			codes = append(codes, row[i])
		}
		return codes
	}
	lists := map[string][]string{
		"documentType": codes("documentType"), "roles": codes("partyRole"), "measure": codes("bidStatistics"), "type": codes("milestoneType"),
		"tag": codes("releaseTag"), "awardCriteria": codes("awardCriteria"), "procurementMethod": codes("method"), "mainProcurementCategory": codes("procurementCategory"),
		"bids.status": codes("bidStatus"), "tender.status": codes("tenderStatus"), "awards.status": codes("awardStatus"),
		"contracts.status": codes("contractStatus"), "milestones.status": codes("milestoneStatus"),
	}
	met := map[string]bool{}
	var look func(list, name string, x any)
	look = func(list, name string, x any) {
		switch x := x.(type) {
		case map[string]any:
			for member, value := range x {
				inside := list
				if lists[member+".status"] != nil {
					inside = member
				}
				look(inside, member, value)
			}
		case []any:
			for _, value := range x {
				look(list, name, value)
			}
		case string:
			if name == "status" {
				name = list + ".status"
			}
			if known := lists[name]; known != nil {
				if met[name] = true; !slices.Contains(known, x) {
					t.Errorf("%s: %q is not in the codelist", name, x)
				}
			}
		}
	}
	for _, data := range contracted(t, "2026-11-20") {
		var x any
		if err := json.Unmarshal(data, &x); err != nil {
			t.Fatal(err)
		}
		look("", "", x)
	}
	for name := range lists {
		if !met[name] {
			t.Errorf("no %s was met", name)
		}
	}
}
