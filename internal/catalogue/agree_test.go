package catalogue

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/tableschema"
)

// facts are what every standard says of a register, each with its own names.
type facts struct {
	Title, Description, Licence, Version, Date, Hash string
	Bytes                                            int64
	Rows                                             int
}

// TestStandardsAgree checks that the title, description, licence, version, date, checksum,
// bytes and rows of a register are the same in Data Package, CSVW, DCAT, schema.org and
// CITATION.cff, and are those of its CSV.
func TestStandardsAgree(t *testing.T) {
	c, published := catalogued(t)
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
	parse(t, published["datapackage.json"], &p)
	dcat := graphOf(t, published["catalog.jsonld"])
	i := 0
	for _, m := range c.Data.Municipalities {
		var group tables
		parse(t, published["data/"+m.ID+"/csv-metadata.json"], &group)
		for j, table := range m.Tables {
			s, path := table.Schema, "data/"+m.ID+"/"+table.Schema.Name+".csv"
			sum := sha256.Sum256(published[path])
			want := facts{
				s.Title.Ru + " — " + m.Settings.Name.Ru, "", "https://creativecommons.org/licenses/by/4.0/", "2026.11.20+4f1c2e7", "2026-11-20",
				hex.EncodeToString(sum[:]), int64(len(published[path])), len(table.Rows),
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
			parse(t, published[path+"-metadata.json"], &own)
			for _, d := range []csvw{own.Tables[0], group.Tables[j]} {
				agree(t, path+" in CSVW", want, facts{inRussian(d.Title), inRussian(d.Description), d.Licence.ID, d.Version, d.Modified.Value,
					d.SHA256, number[int64](d.Bytes.Value), number[int](d.Rows.Value)})
			}

			set, file := dcat[c.node(tableschema.ResourceName(m, s.Name))], dcat[c.Address("catalog.jsonld#"+path)]
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
	if err := yaml.Unmarshal(published["CITATION.cff"], &cff); err != nil {
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

// tables is the part of CSVW that other standards have too.
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
