package site_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"achyk/internal/locale"
	"achyk/internal/tools/sitetest"
)

// TestComplaints checks that the pages of services and places have each month's complaints as the register of
// appeals counts them. TestChartsSayWhatTheirTablesSay compares the columns of the charts with these.
func TestComplaints(t *testing.T) {
	dir, all := sitetest.Sample(t), 0
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
			gaps, unknown := 0, "not recorded"
			if strings.HasPrefix(page, "territories/") {
				unknown = "not recorded, or not published (below 5)"
			}
			for i, row := range rows {
				n, recorded := months[row[0]]
				if !recorded { // which is not the same as none
					if i >= len(rows)-12 {
						gaps++ // in the last year, of which the sentence is
					}
					if row[1] != "" || row[2] != unknown {
						t.Errorf("%s: %s says %q of %s, the register says nothing", m, page, row[1:], row[0])
					}
				} else if row[1] != locale.For(locale.En).Int(n) || row[2] != "" {
					t.Errorf("%s: %s says %q of %s, the register has %d", m, page, row[1:], row[0], n)
				}
			}
			said := strings.Contains(sitetest.Text(section), ": at least ") || strings.Contains(sitetest.Text(section), ": no month is recorded")
			if said != (gaps > 0 || strings.HasPrefix(page, "territories/")) {
				t.Errorf("%s: %s says that months are not recorded: %t; there are %d", m, page, said, gaps)
			}
			all += gaps
		}
	}
	if all == 0 {
		t.Error("no month is without a record, so nothing was checked")
	}
}

// TestSharesAreCounts checks that the page of a place writes a percentage of a few as people say it.
func TestSharesAreCounts(t *testing.T) {
	dir := sitetest.Sample(t)
	for address, want := range map[string][]string{
		"ky/osh/territories/miste/": {"13төн 8 (61,54\u00a0%)", "13төн 10–12 (76,92–92,31\u00a0%)", "65тен 18 (27,69\u00a0%)"},
		"ru/osh/territories/miste/": {"8 из 13 (61,54\u00a0%)", "10–12 из 13 (76,92–92,31\u00a0%)"},
		"en/osh/2025/findings/":     {"8 of 13 (61.54\u00a0%)"},
	} {
		said := sitetest.Text(sitetest.Read(t, dir, address).Doc)
		for _, s := range want {
			if !strings.Contains(said, s) {
				t.Errorf("%s does not say %q", address, s)
			}
		}
	}
}

// TestUnderway checks that the pages of a service and of its provider show what an assessment that goes on has measured, beside
// the earlier values, and say that it is not finished.
func TestUnderway(t *testing.T) {
	dir := sitetest.Sample(t)
	for _, address := range []string{"services/drinking-water/", "providers/tunuk-suu/"} {
		p := sitetest.Read(t, dir, "ky/osh/"+address)
		section := byID(p.Doc, "underway")
		if section == nil {
			t.Fatalf("%s shows nothing of 2026", p.Path)
		}
		for _, want := range []string{"2026-жылдын текшерүүсү бүтө элек", "7,9\u00a0м", "7,2\u00a0м", "40тан 24 (60\u00a0%)"} {
			if said := sitetest.Text(section); !strings.Contains(said, want) {
				t.Errorf("%s does not say %q: %s", p.Path, want, said)
			}
		}
	}
	if byID(sitetest.Read(t, dir, "ky/osh/services/waste/").Doc, "underway") != nil {
		t.Error("nothing goes on about waste")
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

// TestSilences checks that wherever a finding against a provider is shown, its reply stands beside it, or who has not replied since
// when: on the finding's own page, among the findings of the year, on the pages of the service and the provider.
func TestSilences(t *testing.T) {
	dir := sitetest.Sample(t)
	silent := 0
	for m := range municipalities {
		of, names, replied := map[string]map[string]string{}, map[string]string{}, map[string]bool{}
		for _, a := range sitetest.Records(t, dir, m, "assessments") {
			of[a["id"]] = a
		}
		for _, x := range sitetest.Records(t, dir, m, "providers") {
			names[x["id"]] = x["name_ky"]
		}
		for _, x := range sitetest.Records(t, dir, m, "replies") {
			replied[x["finding"]] = true
		}
		for _, f := range sitetest.Records(t, dir, m, "findings") {
			if f["verdict"] != "partly" && f["verdict"] != "non-compliant" || replied[f["id"]] {
				continue
			}
			silent++
			a := of[f["assessment"]]
			who := names[a["provider"]] + ": "
			own := sitetest.Read(t, dir, "ky/"+m+"/findings/"+f["id"]+"/")
			at := slices.IndexFunc(sitetest.All(own.Doc, "p.status"), func(n *html.Node) bool {
				said := sitetest.Text(n)
				return strings.HasPrefix(said, who) && strings.Contains(said, "жообу катталган эмес")
			})
			if at < 0 {
				t.Errorf("%s does not say that %s has not replied", own.Path, who)
				continue
			}
			want := sitetest.Text(sitetest.All(own.Doc, "p.status")[at])
			for _, page := range []string{"missing/", a["year"] + "/missing/"} {
				if section := byID(sitetest.Read(t, dir, "ky/"+m+"/"+page).Doc, "no-reply"); section == nil || !linksTo(section, "/"+f["id"]+"/") {
					t.Errorf("%s: %s does not list that %s has no reply", m, page, f["id"])
				}
			}
			for _, page := range []string{a["year"] + "/findings/", "services/" + a["service"] + "/", "providers/" + a["provider"] + "/"} {
				for _, card := range sitetest.All(sitetest.Read(t, dir, "ky/"+m+"/"+page).Doc, "article.finding") {
					if strings.Contains(sitetest.Attr(sitetest.All(card, "a")[0], "href"), "/"+f["id"]+"/") && !strings.Contains(sitetest.Text(card), want) {
						t.Errorf("%s: %s does not say %q of %s", m, page, want, f["id"])
					}
				}
			}
		}
	}
	if silent == 0 {
		t.Error("every finding has a reply, so nothing was checked")
	}
}

// linksTo reports whether a part of a page has a link whose address ends so.
func linksTo(n *html.Node, end string) bool {
	return slices.ContainsFunc(sitetest.All(n, "a"), func(a *html.Node) bool { return strings.HasSuffix(sitetest.Attr(a, "href"), end) })
}

// TestUnansweredIsOneCount checks that each recommendation without a measure is among those without a reply of its year, in the lists of
// what is missing and in the number on the town's front page, be its day ahead or its year long ago.
func TestUnansweredIsOneCount(t *testing.T) {
	dir := sitetest.Sample(t)
	for m, top := range map[string]string{"osh": "en/osh/", "kochkorbaev": "en/kochkorbaev/"} {
		answered, all, silent := map[string]bool{}, 0, 0
		for _, x := range sitetest.Records(t, dir, m, "measures") {
			answered[x["recommendation"]] = true
		}
		missing := byID(sitetest.Read(t, dir, top+"missing/").Doc, "no-answer")
		for _, r := range sitetest.Records(t, dir, m, "recommendations") {
			all++
			if answered[r["id"]] {
				continue
			}
			silent++
			if missing == nil || !linksTo(missing, "/"+r["id"]+"/") {
				t.Errorf("%s: %s is not among what is missing", m, r["id"])
			}
			listed := 0
			for _, y := range years {
				group := byID(sitetest.Read(t, dir, top+y+"/answers/").Doc, "no-answer")
				if group != nil && linksTo(group, "/"+r["id"]+"/") {
					listed++
				}
			}
			if listed != 1 {
				t.Errorf("%s: %s is in %d groups of recommendations without a reply", m, r["id"], listed)
			}
		}
		want := locale.For(locale.En).NF("site.silence", silent, locale.Args{"all": all})
		if !strings.Contains(sitetest.Text(sitetest.Read(t, dir, top).Doc), want) || silent == 0 {
			t.Errorf("%s does not say %q", top, want)
		}
	}
}

// TestWordsOfAnAnswerAgree checks that what stands above a recommendation does not contradict what stands in its card: a problem that
// a check found mended in part is not called unmended, and what was declined is called so by one word.
func TestWordsOfAnAnswerAgree(t *testing.T) {
	dir := sitetest.Sample(t)
	for l, words := range map[string][4]string{
		"ky": {"Текшерилди: жоюлган жок", "Текшерилди: жарым-жартылай жоюлду", "Жарым-жартылай жоюлду", "Четке кагылды"},
		"ru": {"Проверено: не устранено", "Проверено: устранено частично", "Устранено частично", "Отклонена"},
		"en": {"Checked: not fixed", "Checked: partly fixed", "Partly fixed", "Declined"},
	} {
		partly, declined := 0, 0
		for m := range municipalities {
			for _, y := range years {
				for _, section := range sitetest.All(sitetest.Read(t, dir, l+"/"+m+"/"+y+"/answers/").Doc, "section") {
					for _, card := range sitetest.All(section, "article.answer") {
						head, said := sitetest.Text(sitetest.All(section, "h2")[0]), sitetest.Text(card)
						switch id := sitetest.Attr(section, "id"); {
						case id == "partly-fixed":
							if partly++; head != words[1] || !strings.Contains(said, words[2]) {
								t.Errorf("%s %s: %q stands over %q", m, l, head, said)
							}
						case id == "not-fixed" && (head != words[0] || strings.Contains(said, words[2])):
							t.Errorf("%s %s: %q stands over %q", m, l, head, said)
						case id == "declined":
							if declined++; head != words[3] || !strings.Contains(said, words[3]) {
								t.Errorf("%s %s: %q stands over %q", m, l, head, said)
							}
						}
					}
				}
			}
		}
		if partly == 0 || declined == 0 {
			t.Errorf("%s: %d in part, %d declined: nothing was checked", l, partly, declined)
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
