package site_test

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"achyk/internal/tools/sitetest"
)

// TestExplanations checks that what those who are judged say stands beside the outcome wherever that is
// shown: their words with its sentence, elsewhere a link to them.
func TestExplanations(t *testing.T) {
	dir := sitetest.Sample(t)
	for m := range municipalities {
		words, of := map[string]string{}, map[string][]map[string]string{} // by id
		for _, x := range sitetest.Records(t, dir, m, "explanations") {
			words[x["id"]] = x["text_ky"]
		}
		for _, o := range sitetest.Records(t, dir, m, "compliance") {
			for _, id := range strings.Fields(o["explanations"]) {
				of[id] = append(of[id], o)
			}
		}
		if len(words) == 0 || len(of) != len(words) {
			t.Errorf("%s: %d explanations, %d with an outcome", m, len(words), len(of))
		}
		pages := townPages(t, dir, m)
		for id, outcomes := range of {
			for _, o := range outcomes {
				explainedOnPages(t, dir, pages, m, id, words[id], o)
			}
		}
	}
}

// townPage is a page with what readers see of it.
type townPage struct {
	address, said string
	links         map[string]bool // to addresses
}

// townPages reads the Kyrgyz pages of a municipality, once for all of its outcomes.
func townPages(t *testing.T, dir, m string) (pages []townPage) {
	t.Helper()
	for _, name := range sitetest.Pages(t, dir) {
		if !strings.HasPrefix(name, "ky/"+m+"/") {
			continue
		}
		p, err := sitetest.ReadPage(dir, name)
		if err != nil {
			t.Fatal(err)
		}
		page := townPage{address: strings.TrimSuffix(name, "index.html"), said: sitetest.Text(p.Doc), links: map[string]bool{}}
		for _, a := range sitetest.All(p.Doc, "a") {
			page.links[path.Join(page.address, sitetest.Attr(a, "href"))+"/"] = true
		}
		pages = append(pages, page)
	}
	return pages
}

// explainedOnPages checks the Kyrgyz pages and the calendar that show an outcome.
func explainedOnPages(t *testing.T, dir string, pages []townPage, m, id, words string, o map[string]string) {
	t.Helper()
	town := "ky/" + m + "/"
	home := town + "explanations/" + id + "/"
	need := []string{
		town + o["year"] + "/regulation/", town + "regulation/", town + "compliance/" + o["id"] + "/", town + o["subject_register"] + "/" + o["subject"] + "/",
	}
	if o["outcome"] == "overdue" {
		need = append(need, town+o["year"]+"/", town+"missing/")
		if o["due"] != "" {
			need = append(need, town, town+"deadlines/")
			ics, err := os.ReadFile(filepath.Join(dir, "calendar", m+".ky.ics"))
			if text := strings.ReplaceAll(strings.ReplaceAll(string(ics), "\r\n ", ""), `\,`, ","); err != nil || !strings.Contains(text, strings.TrimSuffix(words, ".")) {
				t.Errorf("the calendar of %s lacks %s (%v)", m, id, err)
			}
		}
	}
	if o["otherwise"] != "" && o["outcome"] != "set-aside" {
		need = append(need, town+"regulation/otherwise/")
	}
	sentences := 0
	for _, p := range pages {
		if p.address == home {
			continue
		}
		if strings.Contains(p.said, o["sentence_ky"]) {
			if sentences++; !strings.Contains(p.said, words) {
				t.Errorf("%s shows %s without the words of %s", p.address, o["id"], id)
			}
		} else if !slices.Contains(need, p.address) {
			continue
		}
		if !p.links[home] {
			t.Errorf("%s has no link to %s", p.address, id)
		}
	}
	if sentences < 2 {
		t.Errorf("%d pages show the sentence of %s: is it written otherwise?", sentences, o["id"])
	}
}
