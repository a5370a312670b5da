package catalogue

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"achyk/internal/dataset"
	"achyk/internal/files"
	"achyk/internal/load"
	"achyk/internal/opendata"
	"achyk/internal/tools/towntest"
)

// catalogued returns the sample with its catalogue and one version, and all their files. They
// are made once for all tests.
func catalogued(t testing.TB) (Catalogue, map[string][]byte) {
	t.Helper()
	towntest.Sample(t)
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
	data, problems, err := load.Load(os.DirFS(towntest.Sample(t)))
	if err != nil {
		t.Fatal(err)
	}
	if problems.HasErrors() {
		return Catalogue{}, nil
	}
	s := dataset.Snapshot{Data: data, AsOf: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC), Commit: commit}
	c := Catalogue{s, []Version{{"v2026.1", time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC)}}, files.New()}
	err = errors.Join(opendata.Add(c.Index, s, nil), opendata.AddFrozen(c.Index, s, "data/v/v2026.1/", func(string) []byte { return nil }))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range c.Files() {
		if _, err := c.Index.Add(f); err != nil {
			t.Fatal(err)
		}
	}
	published := map[string][]byte{}
	for _, f := range c.Index.All() {
		published[f.Path] = written(t, f.CopyTo)
	}
	return c, published
}

func written(t testing.TB, write func(io.Writer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// object is a node of a JSON-LD graph.
type object map[string]any

// graphOf returns the nodes of a graph that have an IRI, also those nested in others.
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

// of returns the first value or IRI of a property.
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

// TestCatalogueTellsAll checks that every download with all records of a register or a
// municipality is a distribution with the size and checksum of its file, and that a version
// names its dataset. Descriptions, files of single records and popolo.json are no
// distributions.
func TestCatalogueTellsAll(t *testing.T) {
	c, published := catalogued(t)
	things := graphOf(t, published["catalog.jsonld"])
	for path, data := range published {
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
		whole, version := things[c.node(m.ID)], things[c.node(m.ID+"/v2026.1")]
		if whole.of("dcat:hasVersion") != c.node(m.ID+"/v2026.1") || version.of("dcat:isVersionOf") != c.node(m.ID) || version.of("dcat:version") != "v2026.1" || version.of("dcterms:issued") != "2026-01-31" {
			t.Errorf("%s: the version is %v", m.ID, version)
		}
		if n := len(whole.values("dcterms:hasPart")); n != len(m.Tables) {
			t.Errorf("%s has %d parts, of %d", m.ID, n, len(m.Tables))
		}
	}
	c.Index = files.New()
	if c.Files()[0].Write(io.Discard) == nil {
		t.Error("a catalogue is made although its files are not on the index")
	}
}
