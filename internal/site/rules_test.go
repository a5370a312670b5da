package site_test

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

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
		if got := linksOf(sitetest.All(section, "dd")); !slices.Equal(got, []string{"../../en/osh/regulation/otherwise/#assumption-application-window-starts", "../../en/osh/regulation/otherwise/#assumption-deadline-on-day-off", "../../en/osh/regulation/otherwise/#assumption-last-day-ends"}) {
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
			for i, a := range m.Regulation.Assumptions {
				said := sitetest.Text(sections[i])
				if !strings.Contains(said, a.Text.In(l)) {
					t.Errorf("%v: %s lacks its text: %q", l, a.Code, said)
				}
				if a.Code == wording.InForceFrom {
					continue
				}
				turned += len(sitetest.All(sections[i], "li"))
				convention := rules.All.Convention(a.Code)
				if convention == nil {
					if !strings.Contains(said, p.T("site.otherwise.wording")) {
						t.Errorf("%v: %s does not say that nothing follows from it: %q", l, a.Code, said)
					}
					continue
				}
				// People write the text, who may alter the value and leave the text: the page says by which reading it is judged.
				if here := p.T("site.otherwise.here") + " " + convention.Reading(a.Value, p) + "."; !strings.Contains(said, here) {
					t.Errorf("%v: %s does not say %q: %q", l, a.Code, here, said)
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

// TestAssumptionsOfClauses checks that an assumption is linked from every clause whose outcomes rest on it, and from no other
// but that for which the municipality names it, and links back.
func TestAssumptionsOfClauses(t *testing.T) {
	dir, several := sitetest.Sample(t), 0
	set, _, err := load.Load(os.DirFS(towntest.Sample(t)))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range set.Municipalities {
		rest := map[[2]string]bool{} // clause and assumption
		for _, r := range sitetest.Records(t, dir, m.ID, "compliance") {
			for code := range strings.FieldsSeq(r["assumptions"]) {
				rest[[2]string{r["clause"], code}] = true
			}
		}
		for _, a := range m.Regulation.Assumptions {
			if a.Clause != "" {
				rest[[2]string{a.Clause, a.Code}] = true
			}
		}
		for _, l := range locale.Langs {
			open := sitetest.Read(t, dir, l.String()+"/"+m.ID+"/regulation/otherwise/").Doc
			back := map[[2]string]bool{}
			for _, section := range sitetest.All(open, "section") {
				for _, href := range linksOf(sitetest.All(section, "p.by")) {
					if _, clause, ok := strings.Cut(href, "#clause-"); ok {
						back[[2]string{clause, strings.TrimPrefix(sitetest.Attr(section, "id"), "assumption-")}] = true
					}
				}
			}
			linked := map[[2]string]bool{}
			for _, section := range sitetest.All(sitetest.Read(t, dir, l.String()+"/"+m.ID+"/regulation/").Doc, "section") {
				for _, href := range linksOf([]*html.Node{section}) {
					clause, of := strings.CutPrefix(sitetest.Attr(section, "id"), "clause-")
					if _, code, ok := strings.Cut(href, "#assumption-"); of && ok {
						linked[[2]string{clause, code}] = true
					}
				}
			}
			if !maps.Equal(linked, rest) || !maps.Equal(back, rest) {
				t.Errorf("%v %s: clauses rest on\n%v\nlink to\n%v\nand are linked from\n%v", l, m.ID, rest, linked, back)
			}
			several += len(rest)
		}
	}
	if several < 60 {
		t.Errorf("only %d links of clauses to assumptions", several)
	}
}
