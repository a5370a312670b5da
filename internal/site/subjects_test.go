package site_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"achyk/internal/tools/sitetest"
)

// TestComplaints checks that the pages of services and places have each month's complaints as the register of
// appeals counts them. TestChartsSayWhatTheirTablesSay compares the columns of the charts with these.
func TestComplaints(t *testing.T) {
	dir := sitetest.Sample(t)
	for m := range municipalities {
		want := map[string]map[string]int{} // by page and month
		for _, r := range sitetest.Records(t, dir, m, "appeals") {
			n, err := strconv.Atoi(r["count"])
			if err != nil || r["kind"] != "complaint" {
				continue
			}
			month, err := time.Parse("2006-01", r["period"])
			if err != nil {
				t.Fatal(err)
			}
			for _, page := range []string{"services/" + r["service"] + "/", "territories/" + r["territory"] + "/"} {
				if strings.Contains(page, "//") { // the row names no territory
					continue
				}
				if want[page] == nil {
					want[page] = map[string]int{}
				}
				want[page][month.Format("January 2006")] += n
			}
		}
		if len(want) == 0 {
			t.Errorf("%s: no complaints", m)
		}
		for page, months := range want {
			section := byID(sitetest.Read(t, dir, "en/"+m+"/"+page).Doc, "complaints")
			if section == nil {
				t.Errorf("%s: %s shows no complaints", m, page)
				continue
			}
			details := sitetest.All(section, "details") // the last is that of the months
			rows := sitetest.Cells(sitetest.All(details[len(details)-1], "table")[0])
			if len(rows) == 0 || len(rows) > 24 {
				t.Errorf("%s: %s has %d rows", m, page, len(rows))
			}
			for _, row := range rows {
				if n, _ := strconv.Atoi(strings.ReplaceAll(row[1], ",", "")); n != months[row[0]] {
					t.Errorf("%s: %s has %d complaints in %s, the register has %d", m, page, n, row[0], months[row[0]])
				}
			}
		}
	}
}

// TestNorms checks that the pages of services and providers have each verdict of the register, under its
// year.
func TestNorms(t *testing.T) {
	dir := sitetest.Sample(t)
	for m := range municipalities {
		of := map[string]map[string]string{}
		for _, a := range sitetest.Records(t, dir, m, "assessments") {
			of[a["id"]] = a
		}
		want := map[string][]string{} // by page: the year and the id of each finding
		for _, f := range sitetest.Records(t, dir, m, "findings") {
			a := of[f["assessment"]]
			for _, page := range []string{"services/" + a["service"] + "/", "providers/" + a["provider"] + "/"} {
				want[page] = append(want[page], a["year"]+" "+f["id"])
			}
		}
		for page, findings := range want {
			if strings.Contains(page, "//") {
				continue
			}
			var got []string
			for _, cell := range sitetest.All(byID(sitetest.Read(t, dir, "ky/"+m+"/"+page).Doc, "norms"), "td") {
				for _, a := range sitetest.All(cell, "a") {
					parts := strings.Split(strings.Trim(sitetest.Attr(a, "href"), "/"), "/")
					got = append(got, sitetest.Attr(cell, "data-label")+" "+parts[len(parts)-1])
				}
			}
			slices.Sort(got)
			if slices.Sort(findings); !slices.Equal(got, findings) {
				t.Errorf("%s: %s has\n%s, the register has\n%s", m, page, got, findings)
			}
		}
	}
}

// byID returns the element with an id, or nil.
func byID(n *html.Node, id string) *html.Node {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && sitetest.Attr(d, "id") == id {
			return d
		}
	}
	return nil
}
