package opendata

import (
	"bytes"
	"encoding/csv"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"achyk/internal/dataset"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/table"
	"achyk/internal/tools/csvw"
)

// judge validates a metadata document of a published site, or a CSV by the metadata that
// is found for it.
func judge(o dataset.Snapshot, files map[string][]byte, path string) ([]csvw.Table, []csvw.Problem) {
	return csvw.Validate(func(address string) (csvw.File, bool) {
		path, ours := strings.CutPrefix(address, o.Data.Site.BaseURL)
		data, ok := files[path]
		return csvw.File{Data: data}, ours && ok
	}, o.Data.Site.BaseURL+path)
}

// records returns the addresses of the Kyrgyz pages of all records, by the address of the
// register's CSV. They are "" if the records have no pages or their addresses are not the keys.
func records(o dataset.Snapshot) map[string][]string {
	addresses := map[string][]string{}
	for _, m := range o.Data.Municipalities {
		for _, of := range m.Tables {
			list := make([]string, len(of.Rows))
			if (&register{Table: of, town: newTown(o, m)}).pages() {
				for i := range list {
					list[i] = o.Address(locale.Ky.String() + "/" + m.Address(jme.Record{Table: of, Row: &of.Rows[i]}) + "/")
				}
			}
			addresses[o.Address("data/"+m.ID+"/"+of.Schema.Name+".csv")] = list
		}
	}
	return addresses
}

// valid validates a description and checks that rows and references lead to their records.
func valid(t *testing.T, o dataset.Snapshot, files map[string][]byte, path string, records map[string][]string) []csvw.Table {
	t.Helper()
	tables, problems := judge(o, files, path)
	if len(problems) > 0 {
		t.Errorf("%s: %d problems, first %v", path, len(problems), problems[:min(10, len(problems))])
	}
	known := map[string]bool{}
	for _, list := range records {
		for _, address := range list {
			known[address] = true
		}
	}
	for _, read := range tables {
		var about []string
		for _, row := range read.Rows {
			about = append(about, row.About)
			for _, link := range row.Links {
				if !known[link] {
					t.Errorf("%s: %s leads to %q, which is not the page of a record", path, row.About, link)
				}
			}
		}
		if diff := cmp.Diff(records[read.URL], about, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: %s is about other records (-register +described):\n%.2000s", path, read.URL, diff)
		}
	}
	return tables
}

// TestCSVW validates all CSV and descriptions, beginning with a CSV, with its description, and
// with the description of a municipality.
func TestCSVW(t *testing.T) {
	o, files := sample(t)
	records := records(o)
	for _, m := range o.Data.Municipalities {
		if tables := valid(t, o, files, "data/"+m.ID+"/csv-metadata.json", records); len(tables) != len(m.Tables) {
			t.Errorf("%s: %d tables, want %d", m.ID, len(tables), len(m.Tables))
		}
		for _, of := range m.Tables {
			path := "data/" + m.ID + "/" + of.Schema.Name + ".csv"
			if tables := valid(t, o, files, path, records); len(tables) == 0 || tables[0].URL != o.Address(path) {
				t.Errorf("%s is not described", path)
			}
			valid(t, o, files, path+"-metadata.json", records)
		}
	}
}

// TestCSVWNasty does the same with cells and headings that programs are likely to misread.
func TestCSVWNasty(t *testing.T) {
	r, o := nasty(t)
	numbered, problems := table.New(table.PlainSchema("numbered", []string{"#", "түрү, саны", "_x"}), "town/numbered", []table.Row{
		{Values: []string{"#1", "", "1"}}, {Values: []string{"2", "a", "#"}},
	})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	r.m.Tables = append(r.m.Tables, numbered)
	if err := r.m.Link(); err != nil {
		t.Fatal(err)
	}
	o.Data.Site.BaseURL = "https://achyk.example/sub/"
	files := publish(t, o, ".xlsx", ".parquet", ".sqlite", ".zip")
	if tables := valid(t, o, files, "data/town/csv-metadata.json", records(o)); len(tables) != 2 {
		t.Errorf("%d tables", len(tables))
	}
	valid(t, o, files, "data/town/nasty.csv", records(o))
	valid(t, o, files, "data/town/numbered.csv", records(o))
}

// TestCSVWJudges checks that the validator finds mistakes, so that the tests above can fail.
func TestCSVWJudges(t *testing.T) {
	o, files := sample(t)
	cell := func(row int, column, value string) func(t *testing.T, data []byte) []byte {
		return func(t *testing.T, data []byte) []byte {
			rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			rows[row][slices.Index(rows[0], column)] = value
			var b bytes.Buffer
			if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
				t.Fatal(err)
			}
			return b.Bytes()
		}
	}
	text := func(old, new string) func(t *testing.T, data []byte) []byte {
		return func(t *testing.T, data []byte) []byte {
			if !bytes.Contains(data, []byte(old)) {
				t.Fatalf("there is no %s", old)
			}
			return bytes.Replace(data, []byte(old), []byte(new), 1)
		}
	}
	const measurements, described = "measurements.csv", "measurements.csv-metadata.json"
	for _, c := range []struct {
		name, file string
		change     func(t *testing.T, data []byte) []byte
		want       string
	}{
		{"a date there is not", measurements, cell(1, "date", "2025-02-30"), `row 2 date: "2025-02-30" is not a valid date`},
		{"a word for a number", measurements, cell(1, "value", "many"), `row 2 value: "many" is not a valid decimal`},
		{"a number below the least", measurements, cell(1, "sample", "-1"), `row 2 sample: "-1" is beyond minimum 0`},
		{"nothing where there has to be something", measurements, cell(1, "assessment", ""), "row 2 assessment: is null, but required"},
		{"a word that is none of a list", "assessments.csv", cell(1, "mode", "guess"), `row 2 mode: "guess" is not in the format`},
		{"a key twice", measurements, cell(2, "id", "osh-2025-a1-m01"), "row 3: has the key of row 2"},
		{"a reference to nowhere", measurements, cell(1, "assessment", "osh-1999"), `row 2 assessment: ["osh-1999"] refers to 0 rows of https://achyk.example/data/osh/assessments.csv`},
		{"another heading", measurements, cell(0, "note_ru", "note"), `column 10 is called "note"`},
		{"a row too long", measurements, text("true\n", "true,true\n"), "has 13 cells, the table has 12 columns"},
		{"a quote that is not closed", measurements, text("\nosh", "\n\"osh"), "has a quote within a cell, or one that is not closed"},
		{"another title", described, text(`"und": "sample"`, `"und": "samples"`), `column 8 is called "sample"`},
		{"another order", described, text(`"primaryKey": [`+"\n"+`          "id"`, `"primaryKey": ["ident"`), `warning: https://achyk.example/data/osh/measurements.csv-metadata.json#/tables/0/tableSchema/primaryKey: there is no column "ident"`},
		{"a prefix that nobody knows", described, text(`"dc:title"`, `"dx:title"`), "/dx:title: has an unknown prefix"},
		{"another table", described, text(`"url": "measurements.csv"`, `"url": "measurement.csv"`), "there is no https://achyk.example/data/osh/measurement.csv"},
	} {
		t.Run(c.name, func(t *testing.T) {
			changed := maps.Clone(files)
			changed["data/osh/"+c.file] = c.change(t, files["data/osh/"+c.file])
			path := "data/osh/" + strings.TrimSuffix(c.file, "-metadata.json") + "-metadata.json"
			if _, problems := judge(o, changed, path); !slices.ContainsFunc(problems, func(p csvw.Problem) bool { return strings.Contains(p.String(), c.want) }) {
				t.Errorf("%v\nwant %s", problems, c.want)
			}
		})
	}
}
