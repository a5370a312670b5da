package build_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"achyk/internal/csvw"
)

// TestDescribed: what CSV on the Web says of all CSV of a municipality holds, of those too
// that are made of the others: compliance, deadlines, changes.
func TestDescribed(t *testing.T) {
	const site = "https://site.example/" // addresses within a site are relative
	dir := sample(t)
	for m := range municipalities {
		tables, problems := csvw.Validate(func(address string) (csvw.File, bool) {
			path, ours := strings.CutPrefix(address, site)
			data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(path)))
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
			if want := len(records(t, dir, m, register)); rows[register+".csv"] != want || want == 0 {
				t.Errorf("%s/%s: %d rows are described, of %d", m, register, rows[register+".csv"], want)
			}
		}
	}
}
