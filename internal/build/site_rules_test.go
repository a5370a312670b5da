package build_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"achyk/internal/load"
	"achyk/internal/locale"
	"achyk/internal/regulation"
)

// The page of the rules has every rule in order, and says of each which clauses ask it.
func TestRulesPage(t *testing.T) {
	set, _, err := load.Load(os.DirFS(source))
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range locale.Langs {
		sections := all(read(t, sample(t), l.String()+"/rules/").doc, "section")
		if len(sections) != len(regulation.All) {
			t.Fatalf("%v: %d rules, want %d", l, len(sections), len(regulation.All))
		}
		for i, r := range regulation.All {
			section := sections[i]
			if attr(section, "id") != r.Code || !strings.Contains(text(section), r.Help(locale.For(l))) || len(all(section, ".m")) != len(r.Can()) {
				t.Errorf("%v: instead of %s:\n%s", l, r.Code, text(section))
			}
			var want []string
			for _, m := range set.Municipalities {
				for _, u := range r.Uses(m) {
					want = append(want, "../../"+l.String()+"/"+m.ID+"/regulation/#clause-"+u.Clause.Number)
				}
			}
			if got := linksOf(all(section, "dt")); !slices.Equal(got, want) {
				t.Errorf("%v: %s serves %v, want %v", l, r.Code, got, want)
			}
		}
	}
}

// It shows the numbers of regulation.toml and the reading chosen, with the way there and
// back.
func TestRuleWithItsNumbers(t *testing.T) {
	dir := sample(t)
	for _, section := range all(read(t, dir, "en/rules/").doc, "section") {
		if attr(section, "id") != "application-window" {
			continue
		}
		var said []string
		for _, dd := range all(section, "dd") {
			said = append(said, text(dd))
		}
		want := []string{
			"Thirty days to apply", "Calendar days to apply: 30",
			"Which day of the term is the first: the day after the announcement", "When a deadline falls on a day off: it ends on the next working day",
			"At what hour the last day ends: at the hour named in the announcement",
		}
		if !slices.Equal(said, want) {
			t.Errorf("%q, want %q", said, want)
		}
		if got := linksOf(all(section, "dd")); !slices.Equal(got, []string{"../../en/osh/regulation/#assumption-application-window-starts", "../../en/osh/regulation/#assumption-deadline-on-day-off", "../../en/osh/regulation/#assumption-last-day-ends"}) {
			t.Error(got)
		}
	}
	for _, address := range []string{"en/osh/regulation/", "en/osh/2025/regulation/"} {
		for _, section := range all(read(t, dir, address).doc, "section") {
			to := func(href string) bool { return strings.HasSuffix(href, "/rules/#application-window") }
			if attr(section, "id") == "clause-14" != slices.ContainsFunc(linksOf([]*html.Node{section}), to) {
				t.Errorf("%s: %s", address, text(section))
			}
		}
	}
	method := linksOf(all(read(t, dir, "ky/method/").doc, "article"))
	if !slices.Contains(method, "../rules/") {
		t.Error("the page about the method does not lead to the rules")
	}
}

func linksOf(nodes []*html.Node) []string {
	var links []string
	for _, n := range nodes {
		for _, a := range all(n, "a") {
			links = append(links, attr(a, "href"))
		}
	}
	return links
}
