package opendata

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dlclark/regexp2/v2"
	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"achyk/internal/dataset"
	"achyk/internal/files"
	"achyk/internal/jme"
	"achyk/internal/load"
	"achyk/internal/locale"
	"achyk/internal/table"
	"achyk/internal/tableschema"
	"achyk/internal/tools/outside"
	"achyk/internal/tools/towntest"
)

const commit = "4f1c2e70aa11bb22cc33dd44ee55ff6600112233"

// sample returns the project's own repository and all its files of open data, which are made
// once for all tests.
func sample(t testing.TB) (dataset.Snapshot, map[string][]byte) {
	t.Helper()
	root := towntest.Sample(t)
	once.Do(func() {
		data, problems, err := load.Load(os.DirFS(root))
		if err != nil {
			t.Fatal(err)
		}
		if problems.HasErrors() {
			return
		}
		data = dataset.Kept(data, func(*table.Table) bool { return false }) // as the site publishes it
		snapshot = dataset.Snapshot{Data: data, AsOf: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC), Commit: commit}
		published = publish(t, snapshot)
	})
	if published == nil {
		t.Skip("the sample has errors, which achyk check reports")
	}
	return snapshot, maps.Clone(published)
}

var (
	once      sync.Once
	snapshot  dataset.Snapshot
	published map[string][]byte
)

// publish makes all files except those with some extensions.
func publish(t testing.TB, s dataset.Snapshot, without ...string) map[string][]byte {
	t.Helper()
	index, published := files.New(), map[string][]byte{}
	if err := Add(index, s, nil); err != nil {
		t.Fatal(err)
	}
	for _, f := range index.All() {
		if !slices.Contains(without, filepath.Ext(f.Path)) {
			published[f.Path] = made(t, f.CopyTo)
		}
	}
	return published
}

// planned returns a register of a municipality, with its files on an index.
func planned(t testing.TB, s dataset.Snapshot, m *jme.Municipality, name string) *register {
	t.Helper()
	w := newWhole(s, m)
	if err := w.add(files.New()); err != nil {
		t.Fatal(err)
	}
	return w.registers[slices.IndexFunc(w.registers, func(r *register) bool { return r.Schema.Name == name })]
}

func unzip(t testing.TB, data []byte) map[string][]byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range r.File {
		entry, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[f.Name], err = io.ReadAll(entry); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// TestCSVEqualsJSON reads every CSV with encoding/csv and compares its cells with the JSON, by
// the types in the Table Schema.
func TestCSVEqualsJSON(t *testing.T) {
	o, files := sample(t)
	for _, m := range o.Data.Municipalities {
		for _, register := range m.Tables {
			path := "data/" + m.ID + "/" + register.Schema.Name
			rows, err := csv.NewReader(bytes.NewReader(files[path+".csv"])).ReadAll()
			if err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			var objects []json.RawMessage
			if err := json.Unmarshal(files[path+".json"], &objects); err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			var s tableschema.Schema
			if err := json.Unmarshal(files[path+".schema.json"], &s); err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			if len(rows) != len(register.Rows)+1 || len(objects) != len(register.Rows) || len(rows[0]) != len(s.Fields) {
				t.Fatalf("%s: %d rows, %d objects, %d columns, %d fields of %d records", path, len(rows)-1, len(objects), len(rows[0]), len(s.Fields), len(register.Rows))
			}
			for i, object := range objects {
				var want bytes.Buffer
				for j, cell := range rows[i+1] {
					text, _ := json.Marshal(cell)
					switch kind := s.Fields[j].Type; {
					case cell == "":
						text = []byte("null")
					case kind == "integer" || kind == "number" || kind == "boolean":
						text = []byte(cell)
					}
					want.WriteString(map[bool]string{true: "{", false: ","}[j == 0])
					name, _ := json.Marshal(rows[0][j])
					want.Write(slices.Concat(name, []byte(":"), text))
				}
				want.WriteByte('}')
				var compact bytes.Buffer // with < and > escaped, as Marshal does
				json.HTMLEscape(&compact, object)
				if diff := cmp.Diff(want.String(), compact.String()); diff != "" {
					t.Fatalf("%s, record %d (-CSV +JSON):\n%s", path, i, diff)
				}
			}
		}
	}
}

// TestDescriptorsAgree checks what the profiles cannot check: that paths exist, bytes and hashes
// are right, foreign keys lead to keys, and names are unique.
func TestDescriptorsAgree(t *testing.T) {
	o, files := sample(t)
	packages := map[string]map[string][]byte{"": files}
	for _, m := range o.Data.Municipalities {
		packages[m.ID] = unzip(t, files["data/"+m.ID+"/"+m.ID+".zip"])
	}
	for id, files := range packages {
		var p pkg
		if err := json.Unmarshal(files["datapackage.json"], &p); err != nil {
			t.Fatalf("%q: %v", id, err)
		}
		if p.Demonstration != o.Data.Site.Demonstration || p.Licenses[0].Name != o.Data.Site.Licence || p.Sources[0].Version != commit {
			t.Errorf("%q: demonstration, licence or commit is wrong", id)
		}
		byName := map[string]resource{}
		for _, r := range p.Resources {
			if _, twice := byName[r.Name]; twice || !regexp.MustCompile(`^[-a-z0-9._]+$`).MatchString(r.Name) {
				t.Errorf("%q: resource name %q is not unique or not allowed", id, r.Name)
			}
			byName[r.Name] = r
			sum := sha256.Sum256(files[r.Path])
			if r.Bytes != int64(len(files[r.Path])) || r.Hash != "sha256:"+hex.EncodeToString(sum[:]) {
				t.Errorf("%q: bytes or hash of %s is wrong", id, r.Path)
			}
		}
		for _, r := range p.Resources {
			for _, key := range r.Schema.ForeignKeys {
				to, ok := byName[key.Reference.Resource]
				if !ok || !slices.Equal(key.Reference.Fields, to.Schema.PrimaryKey) {
					t.Errorf("%q: %s %v refers to %s %v, which is no key", id, r.Name, key.Fields, key.Reference.Resource, key.Reference.Fields)
				}
			}
		}
	}
}

// TestDemonstration checks that every file says so if the data is invented, and that no file
// does if it is not.
func TestDemonstration(t *testing.T) {
	o, _ := sample(t)
	for _, invented := range []bool{true, false} {
		data := *o.Data
		data.Site.Demonstration = invented
		o.Data = &data
		files := publish(t, o, ".xlsx", ".parquet", ".sqlite") // which the tests of nasty read
		for _, m := range o.Data.Municipalities {
			zip := "data/" + m.ID + "/" + m.ID + ".zip"
			for name, data := range unzip(t, files[zip]) {
				files[zip+"/"+name] = data
			}
			delete(files, zip)
		}
		for path, data := range files {
			word := table.Demonstration
			if strings.HasSuffix(path, "README.md") {
				word = "demonstration data"
			}
			if lines := bytes.Count(data, []byte("\n")); strings.HasSuffix(path, ".json") && lines <= 2 || len(data) == 0 {
				continue // a register without records
			}
			if bytes.Contains(data, []byte(word)) != invented {
				t.Errorf("%s: the word %q is there: %v, want %v", path, word, !invented, invented)
			}
			if invented && strings.HasSuffix(path, ".csv") {
				r := csv.NewReader(bytes.NewReader(data))
				if strings.HasSuffix(path, ".excel.csv") {
					r.Comma, r.LazyQuotes = ';', true // for the quote after the byte order mark
				}
				rows, err := r.ReadAll()
				if err != nil {
					t.Fatalf("%s: %v", path, err)
				}
				for i, row := range rows[1:] {
					if row[len(row)-1] != "true" {
						t.Errorf("%s: row %d does not say that it is invented", path, i+2)
					}
				}
			}
		}
	}
}

// TestShallow checks that the README says so if older changes are missing.
func TestShallow(t *testing.T) {
	r, o := nasty(t)
	for _, o.Shallow = range []bool{false, true} {
		readme := string(made(t, newWhole(o, r.m).readme))
		for _, l := range locale.Langs {
			if strings.Contains(readme, locale.For(l).T("site.changes.shallow")) != o.Shallow {
				t.Errorf("%s, shallow %v:\n%s", l, o.Shallow, readme)
			}
		}
	}
}

func TestPublishIsDeterministic(t *testing.T) {
	o, first := sample(t)
	for path, data := range publish(t, o) {
		if !bytes.Equal(data, first[path]) {
			t.Errorf("%s has other bytes when it is made again", path)
		}
	}
}

// TestProfiles validates the descriptors against the official profiles of Data Package
// v2.
func TestProfiles(t *testing.T) {
	folder := outside.Conformance(t, "datapackage/profiles/2.0")
	o, files := sample(t)
	for _, m := range o.Data.Municipalities {
		files["data/"+m.ID+"/datapackage.json"] = unzip(t, files["data/"+m.ID+"/"+m.ID+".zip"])["datapackage.json"]
	}
	packageProfile, schemaProfile := profile(t, filepath.Join(folder, "datapackage.json")), profile(t, filepath.Join(folder, "tableschema.json"))
	for _, path := range slices.Sorted(maps.Keys(files)) {
		against := schemaProfile
		switch {
		case strings.HasSuffix(path, "datapackage.json"):
			against = packageProfile
		case !strings.HasSuffix(path, ".schema.json"):
			continue
		}
		descriptor, err := jsonschema.UnmarshalJSON(bytes.NewReader(files[path]))
		if err != nil {
			t.Fatal(err)
		}
		if err := against.Validate(descriptor); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
	broken, _ := jsonschema.UnmarshalJSON(strings.NewReader(`{"resources": [{"name": "x", "path": "../x.csv"}]}`))
	if packageProfile.Validate(broken) == nil {
		t.Error("the profile accepts a path outside the package, so it checks nothing")
	}
}

func profile(t *testing.T, file string) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	c.UseRegexpEngine(func(s string) (jsonschema.Regexp, error) {
		re, err := regexp2.Compile(s, regexp2.ECMAScript) // the profiles use lookahead, which package regexp lacks
		return (*lookahead)(re), err
	})
	s, err := c.Compile(file)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

type lookahead regexp2.Regexp

func (r *lookahead) MatchString(s string) bool {
	ok, err := (*regexp2.Regexp)(r).MatchString(s)
	return ok && err == nil
}

func (r *lookahead) String() string { return (*regexp2.Regexp)(r).String() }

func BenchmarkFiles(b *testing.B) {
	o, _ := sample(b)
	for b.Loop() {
		publish(b, o)
	}
}
