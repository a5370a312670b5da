package site_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"achyk/internal/jme"
	"achyk/internal/load"
	"achyk/internal/locale"
	"achyk/internal/regulation/rules"
	"achyk/internal/tools/sitetest"
	"achyk/internal/tools/towntest"
	"achyk/internal/wording"
)

// TestRulesPage checks that the page of the rules has every rule in order, with the kinds of
// its outcomes and links to the clauses that use it.
func TestRulesPage(t *testing.T) {
	set, _, err := load.Load(os.DirFS(towntest.Sample(t)))
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range locale.Langs {
		sections := sitetest.All(sitetest.Read(t, sitetest.Sample(t), l.String()+"/rules/").Doc, "section")
		if len(sections) != len(rules.All) {
			t.Fatalf("%v: %d rules, want %d", l, len(sections), len(rules.All))
		}
		for i, r := range rules.All {
			section := sections[i]
			if sitetest.Attr(section, "id") != r.Code || !strings.Contains(sitetest.Text(section), r.Help(locale.For(l))) || len(sitetest.All(section, ".m")) != len(r.Can()) {
				t.Errorf("%v: the section of %s is wrong:\n%s", l, r.Code, sitetest.Text(section))
			}
			var want []string
			for _, m := range set.Municipalities {
				for _, u := range r.Uses(m) {
					want = append(want, "../../"+l.String()+"/"+m.ID+"/regulation/#clause-"+u.Clause.Number)
				}
			}
			if got := linksOf(sitetest.All(section, "dt")); !slices.Equal(got, want) {
				t.Errorf("%v: %s links to the clauses %v, want %v", l, r.Code, got, want)
			}
		}
	}
}

// TestRuleWithItsNumbers checks that the page of the rules shows the numbers and readings of
// regulation.toml, that it links to the assumptions, and that the pages of clauses link back to
// it.
func TestRuleWithItsNumbers(t *testing.T) {
	dir := sitetest.Sample(t)
	for _, section := range sitetest.All(sitetest.Read(t, dir, "en/rules/").Doc, "section") {
		if sitetest.Attr(section, "id") != "application-window" {
			continue
		}
		var said []string
		for _, dd := range sitetest.All(section, "dd") {
			said = append(said, sitetest.Text(dd))
		}
		want := []string{
			"Thirty days to apply", "Days to apply: 30",
			"Which day of the term is the first: the day after the announcement", "When a deadline falls on a day off: it ends on the next working day",
			"At what hour the last day ends: at the hour named in the announcement",
		}
		if !slices.Equal(said, want) {
			t.Errorf("the rule says %q, want %q", said, want)
		}
		if got := linksOf(sitetest.All(section, "dd")); !slices.Equal(got, []string{"../../en/osh/regulation/#assumption-application-window-starts", "../../en/osh/regulation/#assumption-deadline-on-day-off", "../../en/osh/regulation/#assumption-last-day-ends"}) {
			t.Errorf("the readings link to %q", got)
		}
	}
	for _, section := range sitetest.All(sitetest.Read(t, dir, "en/osh/regulation/").Doc, "section") {
		to := func(href string) bool { return strings.HasSuffix(href, "/rules/#application-window") }
		if sitetest.Attr(section, "id") == "clause-14" != slices.ContainsFunc(linksOf([]*html.Node{section}), to) {
			t.Errorf("only clause 14 must link to the rule application-window: %s", sitetest.Text(section))
		}
	}
	method := linksOf(sitetest.All(sitetest.Read(t, dir, "ky/method/").Doc, "article"))
	if !slices.Contains(method, "../rules/") {
		t.Error("the article about the method does not link to the page of the rules")
	}
}

// linksOf returns the targets of all links below some elements.
func linksOf(nodes []*html.Node) []string {
	var links []string
	for _, n := range nodes {
		for _, a := range sitetest.All(n, "a") {
			links = append(links, sitetest.Attr(a, "href"))
		}
	}
	return links
}

// TestOtherwisePage checks that the page of other readings has every assumption, with the
// readings that there are, and lists what turns. An assumption without a second reading says why.
func TestOtherwisePage(t *testing.T) {
	set, _, err := load.Load(os.DirFS(towntest.Sample(t)))
	if err != nil {
		t.Fatal(err)
	}
	turned := 0
	for _, m := range set.Municipalities {
		for _, l := range locale.Langs {
			p := locale.For(l)
			sections := sitetest.All(sitetest.Read(t, sitetest.Sample(t), l.String()+"/"+m.ID+"/regulation/otherwise/").Doc, "section")
			assumptions := slices.DeleteFunc(slices.Clone(m.Regulation.Assumptions), func(a jme.Assumption) bool { return a.Code == wording.InForceFrom })
			for i, a := range assumptions {
				said := sitetest.Text(sections[i])
				turned += len(sitetest.All(sections[i], "li"))
				convention := rules.All.Convention(a.Code)
				if convention == nil {
					if !strings.Contains(said, p.T("site.otherwise.wording")) {
						t.Errorf("%v: %s does not say that nothing follows from it: %q", l, a.Code, said)
					}
					continue
				}
				for _, value := range convention.Values {
					if !strings.Contains(said, convention.Reading(value, p)) {
						t.Errorf("%v: %s lacks its reading %s: %q", l, a.Code, value, said)
					}
				}
			}
		}
	}
	if turned == 0 {
		t.Error("nothing turns")
	}
}

// TestReadingInForce checks that an assumption on the page of a regulation says by which reading clauses are judged, in the
// words of the rules, where it is not the first: its text is written by people, who may alter its value and not the text.
func TestReadingInForce(t *testing.T) {
	set, _, err := load.Load(os.DirFS(towntest.Sample(t)))
	if err != nil {
		t.Fatal(err)
	}
	said := 0
	for _, l := range locale.Langs {
		for _, m := range set.Municipalities {
			page := sitetest.Read(t, sitetest.Sample(t), l.String()+"/"+m.ID+"/regulation/")
			for _, shown := range sitetest.All(page.Doc, ".assumption") {
				code := strings.TrimPrefix(sitetest.Attr(shown, "id"), "assumption-")
				i := slices.IndexFunc(m.Regulation.Assumptions, func(a jme.Assumption) bool { return a.Code == code })
				if c := rules.All.Convention(code); i >= 0 && c != nil && m.Regulation.Assumptions[i].Value != c.Values[0] {
					if reading := c.Reading(m.Regulation.Assumptions[i].Value, locale.For(l)); !strings.HasSuffix(sitetest.Text(shown), ": "+reading+".") {
						t.Errorf("%v: the assumption %s of %s does not say %q:\n%s", l, code, m.ID, reading, sitetest.Text(shown))
					}
					said++
				}
			}
		}
	}
	if said == 0 {
		t.Error("no assumption is shown")
	}
}
