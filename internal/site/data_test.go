package site_test

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"achyk/internal/jme"
	"achyk/internal/tools/csvw"
	"achyk/internal/tools/sitetest"
)

// TestChecksums checks that a page of data shows the right checksum of each file that it
// offers.
func TestChecksums(t *testing.T) {
	dir := sitetest.Sample(t)
	for m := range municipalities {
		for address, offered := range map[string]string{"en/" + m + "/data/": ".downloads", "en/" + m + "/data/findings/": "main"} {
			p, files := sitetest.Read(t, dir, address), 0
			for _, a := range sitetest.All(sitetest.All(p.Doc, offered)[0], "a.file") {
				name := path.Join(address, sitetest.Attr(a, "href"))
				if !strings.HasPrefix(name, "data") {
					continue // descriptions of the whole site; no page shows their checksums
				}
				files++
				data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
				if err != nil || !strings.Contains(sitetest.Text(p.Doc), fmt.Sprintf("%x", sha256.Sum256(data))) {
					t.Errorf("%s does not show the checksum of %s: %v", address, name, err)
				}
			}
			if files < 5 {
				t.Errorf("%s offers only %d files", address, files)
			}
		}
	}
}

// TestEveryFormIsListed checks that each file that holds all records of a register or a municipality is on the page
// of data, in the dictionary of its register, in both catalogues and among the checksums.
func TestEveryFormIsListed(t *testing.T) {
	dir := sitetest.Sample(t)
	texts := map[string]string{}
	for _, name := range []string{"SHA256SUMS", "catalog.jsonld", "catalog.ttl"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = string(data)
	}
	linked := func(address, file string) bool {
		return slices.ContainsFunc(sitetest.All(sitetest.Read(t, dir, address).Doc, "a.file"), func(a *html.Node) bool {
			return path.Join(address, sitetest.Attr(a, "href")) == file
		})
	}
	for m := range municipalities {
		for page, holds := range map[string]string{"ky/" + m + "/data/findings/": "findings", "ky/" + m + "/data/": m} {
			downloads, err := fs.Glob(os.DirFS(dir), "data/"+m+"/"+holds+".*")
			downloads = slices.DeleteFunc(downloads, func(file string) bool { // descriptions, which hold no records
				return strings.HasSuffix(file, ".schema.json") || strings.HasSuffix(file, ".csv-metadata.json")
			})
			if len(downloads) < 3 || err != nil {
				t.Errorf("%s has %d downloads: %v", page, len(downloads), err)
			}
			for _, file := range downloads {
				for name, text := range texts {
					if !strings.Contains(text, file) {
						t.Errorf("%s does not name %s", name, file)
					}
				}
				for _, address := range []string{page, "ky/" + m + "/data/"} {
					if !linked(address, file) {
						t.Errorf("%s has no link to %s: has the form a title in internal/opendata?", address, file)
					}
				}
			}
		}
	}
}

// TestDescribed checks that the CSV files of a municipality are as their CSVW metadata
// describes them. That includes the registers that the program makes: compliance, deadlines,
// changes.
func TestDescribed(t *testing.T) {
	const site = "https://site.example/" // any address: those in the metadata are relative
	dir := sitetest.Sample(t)
	for m := range municipalities {
		tables, problems := csvw.Validate(func(address string) (csvw.File, bool) {
			name, ours := strings.CutPrefix(address, site)
			data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
			return csvw.File{Data: data}, ours && err == nil
		}, site+"data/"+m+"/csv-metadata.json")
		for _, p := range problems[:min(len(problems), 10)] {
			t.Error(p)
		}
		rows := map[string]int{}
		for _, table := range tables {
			rows[strings.TrimPrefix(table.URL, site+"data/"+m+"/")] = len(table.Rows)
		}
		for _, register := range []string{"findings", "compliance", "deadlines", "changes"} {
			if want := len(sitetest.Records(t, dir, m, register)); rows[register+".csv"] != want || want == 0 {
				t.Errorf("%s/%s: %d rows are described, want %d", m, register, rows[register+".csv"], want)
			}
		}
	}
}

// TestEveryRegisterSaysWhenItChanged checks that a page of data says of each register that has
// records when it was last changed, of those too that belong to all municipalities. It leaves out
// the analytic letters, whose records are texts: the history holds tables only.
func TestEveryRegisterSaysWhenItChanged(t *testing.T) {
	dir := sitetest.Sample(t)
	for m := range municipalities {
		p, days := sitetest.Read(t, dir, "en/"+m+"/data/"), map[string]string{}
		for _, row := range sitetest.All(p.Doc, "tr") {
			texts := map[string]string{}
			for _, cell := range sitetest.All(row, "td") {
				texts[sitetest.Attr(cell, "data-label")] = strings.TrimSpace(sitetest.Text(cell))
			}
			if day, ok := texts["Last changed"]; ok && texts["Records"] != "0" {
				days[path.Base(sitetest.Attr(sitetest.All(row, "a")[0], "href"))] = day
			}
		}
		if days["findings"] == "" {
			t.Skip("the data has no history, as in a copy without git")
		}
		for register, day := range days {
			if day == "" && register != jme.AnalyticLetters {
				t.Errorf("%s: the page of data does not say when %s was last changed", m, register)
			}
		}
		if days["calendar"] == "" || len(days) < 15 {
			t.Errorf("%s: the page of data names %d registers: %v", m, len(days), days)
		}
	}
}
