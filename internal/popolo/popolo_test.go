package popolo

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"achyk/internal/dataset"
	"achyk/internal/files"
	"achyk/internal/jme"
	"achyk/internal/load"
	"achyk/internal/opendata"
	"achyk/internal/tools/outside"
	"achyk/internal/tools/towntest"
)

// sample returns the project's own repository, with the files of its records and of its panels.
func sample(t *testing.T) (dataset.Snapshot, map[string][]byte) {
	t.Helper()
	data, problems, err := load.Load(os.DirFS(towntest.Sample(t)))
	if err != nil {
		t.Fatal(err)
	}
	if problems.HasErrors() {
		t.Skip("the sample has errors, which achyk check reports")
	}
	s := dataset.Snapshot{Data: data, AsOf: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)}
	index := files.New()
	if err := opendata.Add(index, s, nil); err != nil {
		t.Fatal(err)
	}
	all := Files(s)
	for _, e := range index.All() {
		if strings.Contains(e.Path, "/panels/") || strings.Contains(e.Path, "/panel_members/") {
			all = append(all, files.File{Path: e.Path, Write: e.Write})
		}
	}
	made := map[string][]byte{}
	for _, f := range all {
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		made[f.Path] = b.Bytes()
	}
	return s, made
}

// TestPanels compares the file with the registers. Every id must be that of an object in the
// file, and the file must have no field about people that is not expected.
func TestPanels(t *testing.T) {
	s, files := sample(t)
	for _, m := range s.Data.Municipalities {
		path := "data/" + m.ID + "/popolo.json"
		var p document
		d := json.NewDecoder(bytes.NewReader(files[path]))
		d.DisallowUnknownFields()
		if err := d.Decode(&p); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		organizations, posts, persons := map[string]organization{}, map[string]post{}, map[string]string{}
		for _, x := range p.Organizations {
			if _, twice := organizations[x.ID]; twice || !x.Demonstration {
				t.Errorf("%s: %+v", path, x)
			}
			organizations[x.ID] = x
		}
		for _, x := range p.Posts {
			posts[x.ID] = x
		}
		for _, x := range p.Persons {
			persons[x.ID] = x.Name
		}
		if len(p.Memberships) != len(m.Members) || len(persons) != len(m.Members) {
			t.Errorf("%s: %d memberships and %d persons of %d members", path, len(p.Memberships), len(persons), len(m.Members))
		}
		for _, x := range p.Memberships {
			member := jme.Get[jme.Member](m, strings.TrimPrefix(x.ID, m.ID+".panel_members."))
			if member == nil || persons[x.PersonID] != member.Name || posts[x.PostID].Role != member.Side || x.Start != day(member.ValidFrom) ||
				x.End != day(member.ValidTo) || (x.Role == "chair") != member.Chair || !x.Demonstration {
				t.Errorf("%s: %+v is not %+v", path, x, member)
				continue
			}
			panel := organizations[x.OrganizationID]
			if panel.ID != m.ID+".panels."+member.Panel.ID || posts[x.PostID].OrganizationID != panel.ID || organizations[panel.ParentID].ID == "" {
				t.Errorf("%s: %s sits on %+v", path, x.ID, panel)
			}
			if name := organizations[x.OnBehalfOfID].Name; name != member.Organisation.Ky {
				t.Errorf("%s: %s was sent by %q, not %q", path, x.ID, name, member.Organisation.Ky)
			}
			if at := strings.TrimPrefix(x.Sources[0].URL, s.Data.Site.BaseURL); files[at] == nil {
				t.Errorf("%s: there is no %s", path, at)
			}
		}
	}
}

const at = "http://www.popoloproject.com/schemas/"

// schemasOfPopolo returns the schemas of Popolo by their addresses. They are written in draft 3 of
// JSON Schema, which validators no longer support, and are converted to draft 4.
func schemasOfPopolo(t *testing.T) map[string]any {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(outside.Conformance(t, "popolo/schemas"), "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	schemas := map[string]any{}
	for _, name := range names {
		schemas[at+filepath.Base(name)] = draft4(outside.JSON(t, name))
	}
	return schemas
}

// collections maps the collections of a file to the schemas of their items.
var collections = map[string]string{"organizations": "organization", "posts": "post", "persons": "person", "memberships": "membership"}

// TestPanelsAreValid validates the four collections against the schemas of Popolo.
func TestPanelsAreValid(t *testing.T) {
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	for address, schema := range schemasOfPopolo(t) {
		if err := c.AddResource(address, schema); err != nil {
			t.Fatal(err)
		}
	}
	schemas := map[string]*jsonschema.Schema{}
	for collection, name := range collections {
		schemas[collection] = c.MustCompile(at + name + ".json")
	}
	s, files := sample(t)
	for _, m := range s.Data.Municipalities {
		x, err := jsonschema.UnmarshalJSON(bytes.NewReader(files["data/"+m.ID+"/popolo.json"]))
		if err != nil {
			t.Fatal(err)
		}
		for collection, schema := range schemas {
			items := x.(map[string]any)[collection].([]any)
			if len(items) == 0 {
				t.Errorf("%s has no %s", m.ID, collection)
			}
			for _, item := range items {
				if err := schema.Validate(item); err != nil {
					t.Errorf("%s: %v", m.ID, err)
				}
			}
		}
	}
	for _, broken := range []map[string]any{{"start_date": "27.02.2025"}, {"sources": []any{map[string]any{}}}} {
		if schemas["memberships"].Validate(broken) == nil {
			t.Errorf("the schema accepts %v, so it checks nothing", broken)
		}
	}
}

// draft4 converts a schema of draft 3. In draft 3 "required" stands in each property, in draft 4
// it is a list in the object.
func draft4(x any) any {
	switch x := x.(type) {
	case map[string]any:
		if x["$schema"] != nil {
			x["$schema"] = "http://json-schema.org/draft-04/schema#"
			delete(x, "id") // schemas are found by their addresses
		}
		var required []any
		if properties, ok := x["properties"].(map[string]any); ok {
			for name, property := range properties {
				if p := property.(map[string]any); p["required"] == true {
					required = append(required, name)
					delete(p, "required")
				}
			}
		}
		for name, inside := range x {
			x[name] = draft4(inside)
		}
		if required != nil {
			slices.SortFunc(required, func(a, b any) int { return strings.Compare(a.(string), b.(string)) })
			x["required"] = required
		}
	case []any:
		for i := range x {
			x[i] = draft4(x[i])
		}
	}
	return x
}

// TestAnotherValidator validates with Ajv what TestPanelsAreValid validates in Go.
func TestAnotherValidator(t *testing.T) {
	_, files := sample(t)
	outside.Ajv(t, "ajv-draft-04", schemasOfPopolo(t), panelsOf(t, files))
}

// panelsOf returns the items of all collections of Popolo.
func panelsOf(t *testing.T, files map[string][]byte) (documents []outside.Document) {
	t.Helper()
	for path, data := range files {
		if !strings.HasSuffix(path, "/popolo.json") {
			continue
		}
		var whole map[string]any
		if err := json.Unmarshal(data, &whole); err != nil {
			t.Fatal(err)
		}
		for collection, name := range collections {
			for _, item := range whole[collection].([]any) {
				documents = append(documents, outside.Document{Name: path, Schema: at + name + ".json", Data: item})
			}
		}
	}
	wrong := map[string]any{"start_date": "27.02.2025"}
	return append(documents, outside.Document{Name: "a day", Schema: at + "membership.json", Data: wrong, Wrong: true})
}
