package site_test

import (
	"strings"
	"testing"

	"achyk/internal/tools/sitetest"
)

// TestTitlesStandForIds checks that pages call a record by its title: where it is cited, where an outcome is explained,
// and in the table of a chart. No two outcomes in a list are called the same.
func TestTitlesStandForIds(t *testing.T) {
	dir := sitetest.Sample(t)
	for _, l := range sitetest.Langs {
		for _, address := range []string{
			"osh/services/drinking-water/", "osh/providers/taza-kocho/", "osh/findings/osh-2025-a1-f03/", "osh/territories/miste/",
			"osh/bodies/executive/", "osh/measures/mea-2025-07/",
		} {
			page := sitetest.Read(t, dir, l+"/"+address)
			title := strings.TrimSuffix(sitetest.Text(sitetest.All(page.Doc, "h1")[0]), ".")
			cited := false
			for _, p := range sitetest.All(page.Doc, "p.by") {
				text := sitetest.Text(p)
				cited = cited || strings.Contains(text, title) && strings.Contains(text, siteBase+l+"/"+address)
			}
			if !cited {
				t.Errorf("%s is not cited by its title %q", page.Path, title)
			}
		}
		titles := map[string]bool{}
		for _, row := range sitetest.Cells(sitetest.All(sitetest.Read(t, dir, l+"/osh/compliance/").Doc, "table")[0]) {
			if titles[row[0]] {
				t.Errorf("%s: two outcomes are called %q", l, row[0])
			}
			titles[row[0]] = true
			if text := strings.Join(row, " "); strings.Contains(text, "osh-2025-e") {
				t.Errorf("%s: an explanation is shown by its id: %s", l, text)
			}
		}
		for _, x := range sitetest.Records(t, dir, "kochkorbaev", "compliance") {
			if text := sitetest.Text(sitetest.Read(t, dir, l+"/embed/kochkorbaev/2026/line/").Doc); strings.Contains(text, x["id"]) {
				t.Errorf("%s: a chart shows the id %s", l, x["id"])
			}
		}
		letter := sitetest.Records(t, dir, "osh", "analytic_letters")[0]
		text := sitetest.Text(sitetest.Read(t, dir, l+"/osh/analytic_letters/"+letter["id"]+"/").Doc)
		for _, report := range strings.Fields(letter["reports"]) {
			if strings.Contains(text, report) {
				t.Errorf("%s: a letter shows the id %s of a report", l, report)
			}
		}
	}
}
