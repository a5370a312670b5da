package site_test

import (
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"achyk/internal/locale"
	"achyk/internal/tools/sitetest"
)

// clauses compares how many outcomes of each kind a year has.
func (w *witness) clauses(t *testing.T, m string, l locale.Lang) {
	words := locale.For(l)
	town := l.String() + "/" + m + "/"
	want := map[string]map[string]int{}
	for _, r := range w.records(t, m, "compliance") {
		if want[r["year"]] == nil {
			want[r["year"]] = map[string]int{}
		}
		want[r["year"]][words.T("site.outcome."+r["outcome"])]++
	}
	for y, counts := range want {
		page := w.page(t, town+y+"/regulation/")
		w.same(town+y+"/regulation/", counts, kindsOf(sitetest.All(page, "ul.counts")[:1]))
		listed := map[string]int{}
		for _, clauses := range sitetest.All(page, "div.clauses") {
			kind := ""
			for _, e := range sitetest.All(clauses, "p.status", ".case") {
				if sitetest.Attr(e, "class") != "case" {
					kind = sitetest.Text(e)
				} else {
					listed[kind]++
				}
			}
		}
		w.same(town+y+"/regulation/ (outcomes)", counts, listed)
		w.same(town+y+"/", counts, kindsOf(sitetest.All(w.page(t, town+y+"/"), "ul.counts")))
	}
	clauses := map[string]map[string]int{}
	for _, ul := range sitetest.All(w.page(t, town+"regulation/"), "ul.counts") {
		for _, li := range sitetest.All(ul, "li") {
			if y := sitetest.Text(sitetest.All(li, "a")[0]); clauses[y] == nil {
				clauses[y] = map[string]int{}
			}
			count(clauses[sitetest.Text(sitetest.All(li, "a")[0])], li)
		}
	}
	w.same(town+"regulation/", want, clauses)
}

// kindsOf reads lists of kinds with their numbers.
func kindsOf(lists []*html.Node) map[string]int {
	counts := map[string]int{}
	for _, ul := range lists {
		for _, li := range sitetest.All(ul, "li") {
			count(counts, li)
		}
	}
	return counts
}

// count reads an item with one or more kinds, after each its number. A link is no part of a kind.
func count(counts map[string]int, li *html.Node) {
	kind := ""
	for n := range li.ChildNodes() {
		switch text := sitetest.Text(n); {
		case n.Data == "b":
			i, _ := strconv.Atoi(text)
			counts[strings.TrimSpace(kind)], kind = counts[strings.TrimSpace(kind)]+i, ""
		case n.Data == "span":
			count(counts, n)
		case n.Type == html.TextNode:
			kind += n.Data
		}
	}
}
