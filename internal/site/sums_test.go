package site_test

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"achyk/internal/locale"
	"achyk/internal/tools/sitetest"
)

// TestVerdictsNameWhatIsBad checks that a verdict on the regulation names what is broken, overdue or unknown, that it does not
// count what was set aside among what was judged, and that the page of a body begins with what the body is late with.
func TestVerdictsNameWhatIsBad(t *testing.T) {
	dir := sitetest.Sample(t)
	for address, want := range map[string]string{
		"ky/osh/2025/":             "Жобонун пункттары 50 учурда текшерилди: 2 учурда мөөнөтү өткөн, 48 учурда сакталган; дагы 2 учурда чечим менен аткаруудан бошотулган",
		"ru/osh/2025/":             "По положению проверено 50 случаев: в 2 срок прошёл, в 48 соблюдено; ещё в 2 случаях от исполнения освободили решением",
		"en/osh/2025/":             "Of 50 cases judged by the regulation: 2 overdue, 48 kept; in 2 more a decision set the rule aside",
		"ky/kochkorbaev/2026/":     "Жобо текшерилген 12 учурдун баарында сакталган; дагы 1 учурда чечим менен аткаруудан бошотулган",
		"ky/osh/bodies/executive/": "Жобо текшерилген 4 учурдун баарында сакталган.",
		"ru/osh/bodies/executive/": "По пунктам положения соблюдено во всех 4 проверенных случаях.",
		"en/osh/bodies/executive/": "The regulation was kept in all 4 cases judged.",
		"en/osh/bodies/council/":   "1 date has passed with nothing recorded; the longest delay is 324 days.",
	} {
		p := sitetest.Read(t, dir, address)
		if said := sitetest.Text(sitetest.All(p.Doc, "main")[0]); !strings.Contains(said, want) {
			t.Errorf("%s does not say %q", address, want)
		}
		if !strings.Contains(address, "/bodies/") {
			continue
		}
		for _, a := range sitetest.All(byID(p.Doc, "bodies"), "a") {
			if path.Base(sitetest.Attr(a, "href")) == path.Base(address) {
				t.Errorf("%s links to itself", address)
			}
		}
	}
}

// TestScores adds up the scores of the registers and compares the totals with those on the page
// of the contest.
func TestScores(t *testing.T) {
	dir := sitetest.Sample(t)
	rows := func(register string) []map[string]string { return sitetest.Records(t, dir, "osh", register) }
	value := func(s string) float64 {
		f, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	aside := map[string]bool{}
	for _, r := range rows("recusals") {
		aside[r["application"]+" "+r["member"]] = true
	}
	criteria := map[string]map[string]string{}
	for _, r := range rows("criteria") {
		criteria[r["id"]] = r
	}
	total, members := map[string]float64{}, map[string]map[string]bool{}
	for _, r := range rows("scores") {
		if a := r["application"]; !aside[a+" "+r["member"]] {
			if members[a] == nil {
				members[a] = map[string]bool{}
			}
			members[a][r["member"]] = true
			total[a] += value(r["points"]) / value(criteria[r["criterion"]]["max_points"]) * value(criteria[r["criterion"]]["weight"])
		}
	}
	var want []string
	for a := range total {
		want = append(want, fmt.Sprintf("%.2f", total[a]/float64(len(members[a]))))
	}
	slices.Sort(want)
	var got []string
	for _, table := range sitetest.All(sitetest.Read(t, dir, "en/osh/2025/contest/").Doc, "table.stack") {
		for _, row := range sitetest.Cells(table) {
			if len(row) == 5 { // organisation, place, total, members, decision
				got = append(got, row[2])
			}
		}
	}
	if slices.Sort(got); !slices.Equal(got, want) || len(want) == 0 {
		t.Errorf("the page has the totals %v, want %v as the registers give them", got, want)
	}
}

// TestKeptIsTheSameEverywhere checks that all pages say the same about how a year was kept, and
// that the register of outcomes gives the same numbers.
func TestKeptIsTheSameEverywhere(t *testing.T) {
	dir := sitetest.Sample(t)
	for m := range municipalities {
		for _, l := range sitetest.Langs {
			pages, want := []string{l + "/", l + "/" + m + "/"}, map[string]string{}
			for _, y := range years {
				pages = append(pages, l+"/"+m+"/"+y+"/", l+"/"+m+"/"+y+"/regulation/")
				want[y] = kept(t, dir, m, y, l)
			}
			for _, page := range pages {
				p, said := sitetest.Read(t, dir, page), 0
				for _, n := range sitetest.All(p.Doc, "a", "p.big") {
					for _, y := range years {
						link := sitetest.Attr(n, "hreflang") == "" && strings.HasSuffix(sitetest.Attr(n, "href"), "/"+m+"/"+y+"/regulation/")
						if link || n.Data == "p" && strings.HasSuffix(page, y+"/regulation/") {
							switch s := sitetest.Text(n); {
							case s == want[y]:
								said++
							case s != y: // a link to another year has the year as its text
								t.Errorf("%s says %q about %s, want %q", page, s, y, want[y])
							}
						}
					}
				}
				if said == 0 {
					t.Errorf("%s does not say how a year was kept", page)
				}
			}
		}
	}
}

// kept returns the sentence on a year, computed from the register of outcomes. What is bad comes first.
func kept(t *testing.T, dir, municipality, year, lang string) string {
	t.Helper()
	counts, judged := map[string]int{}, 0
	for _, r := range sitetest.Records(t, dir, municipality, "compliance") {
		if r["year"] == year {
			counts[r["outcome"]]++
		}
	}
	l, _ := locale.ParseLang(lang)
	p := locale.For(l)
	var parts locale.List
	for _, kind := range []string{"broken", "overdue", "unknown", "kept"} {
		if n := counts[kind]; n > 0 {
			judged, parts = judged+n, append(parts, p.N("site.kept.of."+kind, n))
		}
	}
	sentence := p.NF("site.kept.sentence", judged, locale.Args{"parts": parts})
	switch judged {
	case 0:
		sentence = p.T("site.kept.none")
	case counts["kept"]:
		sentence = p.N("site.kept.all", judged)
	}
	if n := counts["set-aside"]; n > 0 {
		sentence += p.N("site.kept.aside", n)
	}
	return sentence
}

// TestMeasurements checks that the page of findings has every measurement of its year, or says how
// many it leaves out.
func TestMeasurements(t *testing.T) {
	dir := sitetest.Sample(t)
	for m := range municipalities {
		year := map[string]string{}
		for _, a := range sitetest.Records(t, dir, m, "assessments") {
			year[a["id"]] = a["year"]
		}
		want, got := map[string]int{}, map[string]int{}
		for _, x := range sitetest.Records(t, dir, m, "measurements") {
			want[year[x["assessment"]]]++
		}
		for y := range want {
			for _, section := range sitetest.All(sitetest.Read(t, dir, "en/"+m+"/"+y+"/findings/").Doc, "section.assessment") {
				for _, table := range sitetest.All(section, "table") {
					got[y] += len(sitetest.Cells(table))
				}
				for _, a := range sitetest.All(section, "a") {
					if said := sitetest.Text(a); leftOut.MatchString(said) {
						got[y] += number(t, strings.TrimSuffix(strings.TrimPrefix(said, "and "), " more"))
					}
				}
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(want) || len(want) == 0 {
			t.Errorf("%s: the pages of findings have %v measurements, want %v as in the register", m, got, want)
		}
	}
}

// TestClausesAreNamed checks that pages of providers and services say nothing of clauses, and that
// other records name the clause, below what the record itself says.
func TestClausesAreNamed(t *testing.T) {
	dir := sitetest.Sample(t)
	named := 0
	for m := range municipalities {
		for _, register := range []string{"providers", "services", "findings"} {
			for _, r := range sitetest.Records(t, dir, m, register) {
				p := sitetest.Read(t, dir, "en/"+m+"/"+register+"/"+r["id"]+"/")
				for i, status := range sitetest.All(p.Doc, "p.status") {
					if !slices.ContainsFunc(linksOf([]*html.Node{status}), func(to string) bool { return strings.Contains(to, "/regulation/") }) {
						continue
					}
					named++
					if register != "findings" || i == 0 || !strings.Contains(strings.ToLower(sitetest.Text(status)), "clause") {
						t.Errorf("%s says: %s", p.Path, sitetest.Text(status))
					}
				}
			}
		}
	}
	if named == 0 {
		t.Error("no finding names a clause")
	}
}

// TestMissingOfYears checks that pages of a year count what that year lacks, and link the page that lists it. What the
// years lack is part of what the page of all years lists.
func TestMissingOfYears(t *testing.T) {
	dir := sitetest.Sample(t)
	lines := func(address string) (said []string) {
		for _, list := range sitetest.All(sitetest.Read(t, dir, address).Doc, "div.clauses") {
			for line := range list.ChildNodes() {
				if line.Type == html.ElementNode {
					said = append(said, sitetest.Text(line))
				}
			}
		}
		return said
	}
	for m := range municipalities {
		for _, l := range locale.Langs {
			town := l.String() + "/" + m + "/"
			all, found := lines(town+"missing/"), 0
			for _, y := range years {
				of := lines(town + y + "/missing/")
				found += len(of)
				for _, line := range of {
					if !slices.Contains(all, line) {
						t.Errorf("%smissing/ does not list %q of %s", town, line, y)
					}
				}
				want := locale.For(l).NF("site.missing.of", len(of), locale.Args{"Year": y})
				for _, page := range []string{town + y + "/", town + y + "/regulation/"} {
					got := ""
					for _, a := range sitetest.All(sitetest.Read(t, dir, page).Doc, "a") {
						if strings.HasSuffix(sitetest.Attr(a, "href"), "missing/") {
							got += sitetest.Text(a)
						}
					}
					if got != want {
						t.Errorf("%s says %q, want %q", page, got, want)
					}
				}
			}
			if found == 0 || found > len(all) {
				t.Errorf("%s: %d records are missing of years, %d in all", town, found, len(all))
			}
		}
	}
}
