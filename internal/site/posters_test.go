package site_test

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"achyk/internal/locale"
	"achyk/internal/tools/pdftest"
	"achyk/internal/tools/sitetest"
)

// posterLangs are the languages of the two sides of a poster of the sample.
var posterLangs = []locale.Lang{locale.Ky, locale.Ru}

// TestPostersTellWhatPagesTell compares the poster and the flyer of each service in each year, and of each
// letter, with the registers and with the pages.
func TestPostersTellWhatPagesTell(t *testing.T) {
	dir := sitetest.Sample(t)
	made := 0
	for m := range municipalities {
		assessments := map[string][]map[string]string{} // by service and year
		for _, a := range sitetest.Records(t, dir, m, "assessments") {
			key := a["service"] + "-" + a["year"]
			assessments[key] = append(assessments[key], a)
		}
		for key, all := range assessments {
			made++
			comparePoster(t, dir, m, "services/"+key, all, "")
		}
		for _, l := range sitetest.Records(t, dir, m, "analytic_letters") {
			made++
			var all []map[string]string
			for _, a := range sitetest.Records(t, dir, m, "assessments") {
				if a["year"] == l["year"] {
					all = append(all, a)
				}
			}
			comparePoster(t, dir, m, "analytic_letters/"+l["id"], all, l["year"]+"/letter/")
		}
	}
	if made < 15 {
		t.Errorf("only %d posters were compared", made)
	}
}

// comparePoster compares a poster and a flyer with the findings of assessments, and their verdict with a
// page. The pages of services show one year; other tests compare their verdicts with the registers.
func comparePoster(t *testing.T, dir, m, name string, assessments []map[string]string, page string) {
	t.Helper()
	counts := map[string]int{}
	var unmet []map[string]string
	for _, f := range sitetest.Records(t, dir, m, "findings") {
		if slices.ContainsFunc(assessments, func(a map[string]string) bool { return a["id"] == f["assessment"] }) {
			counts[f["verdict"]]++
			if f["verdict"] == "partly" || f["verdict"] == "non-compliant" {
				unmet = append(unmet, f)
			}
		}
	}
	for _, form := range []string{"poster", "flyer"} {
		data, err := os.ReadFile(filepath.Join(dir, "posters", m, filepath.FromSlash(name)+"-"+form+".pdf"))
		if err != nil {
			t.Error(err)
			continue
		}
		if len(data) > 60_000 {
			t.Errorf("%s %s has %d bytes", name, form, len(data))
		}
		sides := pdftest.Read(t, data)
		if len(sides) != len(posterLangs) {
			t.Fatalf("%s %s has %d pages", name, form, len(sides))
		}
		var sets [][]string // the findings on each side
		for i, lang := range posterLangs {
			text, say := sides[i].Text(), locale.For(lang)
			var set []string
			for verdict, mark := range map[string]string{"compliant": "met", "partly": "partly", "non-compliant": "not-met", "not-checked": "not-checked"} {
				count := fmt.Sprintf("%s: %d", say.T("site.mark."+mark), counts[verdict])
				if shown := strings.Contains(text, count); shown != (counts[verdict] > 0) {
					t.Errorf("%s %s: %q is shown: %v", name, form, count, shown)
				}
			}
			shown := 0
			for _, f := range unmet {
				if said := cmp.Or(f["finding_"+lang.String()], f["finding_ky"]); strings.Contains(text, strings.Join(strings.Fields(said), " ")) {
					shown++
					set = append(set, f["id"])
				}
			}
			sets = append(sets, set)
			if shown < min(len(unmet), 1) || form == "poster" && shown < min(len(unmet), 3) {
				t.Errorf("%s %s %s shows %d of %d findings: %s", name, form, lang, shown, len(unmet), text)
			}
			if rest := len(unmet) - shown; rest > 0 && !strings.Contains(text, say.N("site.poster.rest", rest)) {
				t.Errorf("%s %s %s does not say that %d findings are missing: %s", name, form, lang, rest, text)
			}
			if len(counts) == 0 {
				continue
			}
			verdict := tally(say, counts, counts["non-compliant"]+counts["partly"] > 0) // the counts stand below it
			text = strings.ReplaceAll(text, "- ", "-")                                  // a line that was broken after a hyphen
			if !strings.Contains(text, verdict) {
				t.Errorf("%s %s %s does not say %q: %s", name, form, lang, verdict, text)
			}
			if page != "" && !strings.Contains(sitetest.Text(sitetest.Read(t, dir, lang.String()+"/"+m+"/"+page).Doc), tally(say, counts, false)) {
				t.Errorf("%s does not say %q, as %s does", page, tally(say, counts, false), name)
			}
		}
		if !slices.Equal(sets[0], sets[1]) {
			t.Errorf("%s %s: the sides tell different findings: %v", name, form, sets)
		}
	}
}

// TestWorstComesFirst checks that a letter for which there is little room names a finding of the service with the most
// requirements not met. Four of the eight of this letter are of drinking water, which came fifth.
func TestWorstComesFirst(t *testing.T) {
	dir := sitetest.Sample(t)
	data, err := os.ReadFile(filepath.Join(dir, "posters/kochkorbaev/analytic_letters/kochkorbaev-2025-flyer.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	for i, lang := range posterLangs {
		text, words := pdftest.Read(t, data)[i].Text(), locale.For(lang)
		_, points, found := strings.Cut(text, words.T("site.poster.found_worst"))
		water := map[locale.Lang]string{locale.Ky: "Ичүүчү суу:", locale.Ru: "Питьевая вода:"}[lang]
		if !found || !strings.HasPrefix(strings.TrimSpace(points), water) {
			t.Errorf("%s: water is not first: %s", lang, text)
		}
	}
}

// TestPosterOfPastYear checks that posters of a year after which the service was judged again say what was found then,
// and not that no next day is recorded.
func TestPosterOfPastYear(t *testing.T) {
	dir := sitetest.Sample(t)
	for name, days := range map[string][]string{
		"services/drinking-water-2025-poster":     {"12.05.2026 – 29.05.2026"},
		"analytic_letters/kochkorbaev-2025-flyer": {"12.05.2026 – 29.05.2026", "01.04.2026 – 29.10.2026"},
	} {
		data, err := os.ReadFile(filepath.Join(dir, "posters/kochkorbaev", name+".pdf"))
		if err != nil {
			t.Fatal(err)
		}
		for i, lang := range posterLangs {
			text, words := pdftest.Read(t, data)[i].Text(), locale.For(lang)
			for _, want := range append(days, words.T("site.poster.since")) {
				if !strings.Contains(text, want) {
					t.Errorf("%s %s does not say %q: %s", name, lang, want, text)
				}
			}
			if strings.Contains(text, words.T("site.poster.no_date")) {
				t.Errorf("%s %s says that nothing is recorded: %s", name, lang, text)
			}
		}
	}
}

// TestWithheldReport checks that all that tells of a report which an exemption keeps from the site says so in the same
// words, and where it can be read, and that nothing leads to its document.
func TestWithheldReport(t *testing.T) {
	dir := sitetest.Sample(t)
	data, err := os.ReadFile(filepath.Join(dir, "posters/kochkorbaev/services/fuel-supply-2026-poster.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	for i, lang := range posterLangs {
		words := locale.For(lang)
		place := map[locale.Lang]string{locale.Ky: "Айыл өкмөтү, кабылдама", locale.Ru: "Айыл окмоту, приёмная"}[lang]
		say := func(where, text string) {
			for _, want := range []string{words.T("site.withheld.not"), words.T("site.withheld.read"), "№ 16/1", place} {
				if !strings.Contains(text, want) {
					t.Errorf("%s does not say %q: %s", where, want, text)
				}
			}
			if strings.Contains(text, words.T("site.poster.invite")) {
				t.Errorf("%s says that all can be read", where)
			}
		}
		say("the poster", pdftest.Read(t, data)[i].Text())
		for _, address := range []string{"services/fuel-supply/", "2026/findings/", "reports/rep-2026-fuel/"} {
			page := sitetest.Read(t, dir, lang.String()+"/kochkorbaev/"+address)
			for _, a := range sitetest.All(page.Doc, "a") {
				if strings.HasSuffix(sitetest.Attr(a, "href"), "rep-2026-fuel.txt") {
					t.Errorf("%s leads to the document", page.Path)
				}
			}
			say(page.Path, sitetest.Text(page.Doc))
		}
	}
}

// TestShortAddresses follows the short address of each poster: from the pages that offer it, to the
// page that says the same in each language.
func TestShortAddresses(t *testing.T) {
	dir := sitetest.Sample(t)
	short, err := filepath.Glob(filepath.Join(dir, "t", "*", "index.html"))
	if err != nil || len(short) < 15 {
		t.Fatalf("%d short addresses, %v", len(short), err)
	}
	for _, name := range short {
		number := filepath.Base(filepath.Dir(name))
		if len(number) != 6 {
			t.Errorf("%s has not six digits", number)
		}
		page := sitetest.Read(t, dir, "t/"+number+"/")
		var langs []string
		for _, a := range sitetest.All(page.Doc, "a") {
			href := sitetest.Attr(a, "href")
			if a.Parent.Data == "li" && sitetest.Attr(a, "hreflang") != "" {
				langs = append(langs, sitetest.Attr(a, "hreflang"))
				target, _, _ := strings.Cut(strings.TrimPrefix(href, "../../"), "#")
				sitetest.Read(t, dir, target)
			}
			if strings.HasSuffix(href, ".pdf") {
				data, err := os.ReadFile(filepath.Join(filepath.Dir(name), filepath.FromSlash(href)))
				if err != nil {
					t.Fatal(err)
				}
				if text := pdftest.Read(t, data)[0].Text(); !strings.Contains(text, "achyk.example/t/"+number+"/") || !strings.Contains(text, "№ "+number) {
					t.Errorf("%s does not say %s: %s", href, number, text)
				}
			}
		}
		if !slices.Equal(langs, sitetest.Langs) {
			t.Errorf("%s leads to %v", page.Path, langs)
		}
	}
	for address, want := range map[string]string{"ky/osh/2025/letter/": "t/453688/", "ky/osh/services/waste/": "t/716888/"} {
		found := false
		for _, a := range sitetest.All(sitetest.Read(t, dir, address).Doc, "a") {
			found = found || strings.HasSuffix(sitetest.Attr(a, "href"), want)
		}
		if !found {
			t.Errorf("%s does not lead to %s, which stands on paper", address, want)
		}
	}
}

// tally says how many requirements have each verdict, or in short how many were not met, or in part only.
func tally(say *locale.Printer, counts map[string]int, short bool) string {
	parts, all := locale.List{}, 0
	for _, v := range [][2]string{{"non-compliant", "not-met"}, {"partly", "partly"}, {"compliant", "met"}, {"not-checked", "not-checked"}} {
		n := counts[v[0]]
		if all += n; n > 0 && (!short || v[1] == "not-met" || v[1] == "partly") {
			parts = append(parts, say.F("site.tallied."+v[1], locale.Args{"n": n}))
		}
	}
	return say.NF("site.tally", all, locale.Args{"parts": parts})
}

// TestPosterOfRunningYear checks that the poster of a service in whose year nothing was found yet says what is known:
// who provides and who checks the service, what was found the last time, what is due next and by whom.
func TestPosterOfRunningYear(t *testing.T) {
	dir := sitetest.Sample(t)
	data, err := os.ReadFile(filepath.Join(dir, "posters/osh/services/drinking-water-2026-poster.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for _, f := range sitetest.Records(t, dir, "osh", "findings") {
		if f["assessment"] == "osh-2025-a3" {
			counts[f["verdict"]]++
		}
	}
	for i, lang := range posterLangs {
		text, words := pdftest.Read(t, data)[i].Text(), locale.For(lang)
		want := []string{
			"Ү-ТК-1/2026", "18.12.2026", "2026", "«Тунук", "«Ак Ниет»", words.T("site.poster.duty"),
			words.F("site.results.title", locale.Args{"Year": "2025"}) + ". " + tally(words, counts, false),
			words.Date(time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)), "Кызгалдак",
		}
		for _, what := range want {
			if !strings.Contains(text, what) {
				t.Errorf("%s: the poster does not say %q: %s", lang, what, text)
			}
		}
		if strings.Contains(text, words.T("site.poster.no_date")) {
			t.Errorf("%s: the poster knows of no day: %s", lang, text)
		}
	}
}
