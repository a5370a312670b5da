package site_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/tools/sitetest"
)

// The tests of this file count and compute from the published CSV files what pages say.
//
// municipalities are those of the sample, with the step by which each chooses who monitors.
var municipalities = map[string]string{"osh": "contest", "kochkorbaev": "group"}

// years are the years of the sample.
var years = []string{"2025", "2026"}

// number reads a whole number as a page writes it.
func number(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(strings.NewReplacer("\u00a0", "", "\u202f", "", ",", "").Replace(strings.TrimSpace(s)))
	if err != nil {
		t.Errorf("%q is not a number", s)
	}
	return n
}

// TestAddresses checks that pages and files have the addresses that people may have linked to.
func TestAddresses(t *testing.T) {
	dir := sitetest.Sample(t)
	want := []string{"", "404.html", "datapackage.json", "catalog.jsonld", "catalog.ttl", "CITATION.cff", "sitemap.xml", "robots.txt", "SHA256SUMS", "build.json"}
	for m, step := range municipalities {
		for _, register := range []string{"findings", "appeals", "calendar"} {
			for _, suffix := range []string{".csv", ".excel.csv", ".json", ".jsonl", ".xlsx", ".parquet", ".schema.json", ".csv-metadata.json"} {
				want = append(want, "data/"+m+"/"+register+suffix)
			}
		}
		want = append(want, "data/"+m+"/"+m+".zip", "data/"+m+"/"+m+".xlsx", "data/"+m+"/"+m+".sqlite", "data/"+m+"/deadlines.csv", "data/"+m+"/compliance.csv",
			"data/"+m+"/popolo.json", "data/"+m+"/findings/"+sitetest.Records(t, dir, m, "findings")[0]["id"]+".json")
		for _, l := range sitetest.Langs {
			top := l + "/" + m + "/"
			want = append(want, l+"/", l+"/about/", top, top+"regulation/", top+"deadlines/", top+"missing/", top+"data/", top+"data/findings/", top+"compliance/", top+"news/",
				top+"findings/", top+"findings/"+sitetest.Records(t, dir, m, "findings")[0]["id"]+"/", top+"appeals/", top+"analytic_letters/")
			for _, y := range years {
				for _, s := range []string{"", "why/", step + "/", "findings/", "letter/", "answers/", "regulation/", "missing/"} {
					want = append(want, top+y+"/"+s)
				}
			}
		}
	}
	for _, address := range want {
		if address == "" || strings.HasSuffix(address, "/") {
			address += "index.html"
		}
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(address))); err != nil {
			t.Error(err)
		}
	}
}

// TestRecordsByThemselves checks that the page of a record links to its JSON, and that the JSON
// links back.
func TestRecordsByThemselves(t *testing.T) {
	dir := sitetest.Sample(t)
	for m := range municipalities {
		for _, register := range []string{"findings", "service_providers", "compliance"} {
			for i, row := range sitetest.Records(t, dir, m, register) {
				if i%20 != 0 {
					continue
				}
				key := row["id"]
				if register == "service_providers" {
					key = row["service"] + "_" + row["provider"] + "_" + row["valid_from"]
				}
				p := sitetest.Read(t, dir, "ru/"+m+"/"+register+"/"+key+"/")
				link := sitetest.All(sitetest.All(p.Doc, "p.key")[0], "a.file")[0]
				data, err := os.ReadFile(filepath.Join(dir, "ru", m, register, key, filepath.FromSlash(sitetest.Attr(link, "href"))))
				if err != nil {
					t.Fatal(err)
				}
				var x struct {
					ID    string
					Pages map[string]string
				}
				if err := json.Unmarshal(data, &x); err != nil || x.ID != key || !strings.HasSuffix(x.Pages["ru"], "/ru/"+m+"/"+register+"/"+key+"/") {
					t.Errorf("%s links to the JSON of %s with the page %s (%v)", p.Path, x.ID, x.Pages["ru"], err)
				}
			}
		}
	}
}

// TestCounts checks that the page of data gives the right numbers of records, and that lists
// show as many.
func TestCounts(t *testing.T) {
	dir := sitetest.Sample(t)
	for m := range municipalities {
		for _, l := range sitetest.Langs {
			p := sitetest.Read(t, dir, l+"/"+m+"/data/")
			sum := 0
			for _, table := range sitetest.All(p.Doc, "table.registers") {
				for _, tr := range sitetest.All(sitetest.All(table, "tbody")[0], "tr") {
					register := ""
					for _, a := range sitetest.All(tr, "a.file") {
						if name, ok := strings.CutSuffix(path.Base(sitetest.Attr(a, "href")), ".csv"); ok && !strings.Contains(name, ".") {
							register = name
						}
					}
					rows := sitetest.Records(t, dir, m, register)
					said := number(t, sitetest.Text(sitetest.All(tr, "td.num")[0]))
					if said != len(rows) {
						t.Errorf("%s: %s has %d records, want %d", p.Path, register, said, len(rows))
					}
					if !jme.Derived(register) { // registers that the program makes do not count
						sum += said
					}
					switch {
					case register == "deadlines": // has a page of another kind
						n := 0
						for _, ul := range sitetest.All(sitetest.Read(t, dir, l+"/"+m+"/deadlines/").Doc, "ul.dues") {
							n += len(sitetest.All(ul, "time"))
						}
						if n != said {
							t.Errorf("%s: the page of deadlines has %d, want %d", m, n, said)
						}
					case register == "changes": // has pages of another kind, which list commits and not cells
					case l == "ky":
						checkList(t, dir, "ky/"+m+"/"+register+"/", len(rows))
					}
				}
			}
			words := strings.Fields(strings.NewReplacer("\u00a0", "", ",", "").Replace(sitetest.Text(sitetest.All(p.Doc, "p.big")[0])))
			if got := number(t, words[0]); got != sum || sum == 0 {
				t.Errorf("%s: %d records in all, want %d as in the registers", p.Path, got, sum)
			}
		}
	}
}

// checkList checks that the pages of a list link to the wanted number of records, at most 100
// each.
func checkList(t *testing.T, dir, address string, want int) {
	t.Helper()
	got := map[string]bool{}
	for number := 1; number == 1 || (number-1)*100 < want; number++ {
		at := address
		if number > 1 {
			at += fmt.Sprintf("p/%d/", number)
		}
		p := sitetest.Read(t, dir, at)
		rows := 0
		for _, body := range sitetest.All(p.Doc, "tbody") {
			for _, th := range sitetest.All(body, "th") {
				got[path.Join(at, sitetest.Attr(sitetest.All(th, "a")[0], "href"))] = true
				rows++
			}
		}
		if rows > 100 {
			t.Errorf("%s has %d rows, more than 100", at, rows)
		}
	}
	if len(got) != want {
		t.Errorf("%s links to %d records, want %d", address, len(got), want)
	}
}

// TestDemand counts appeals from the registers and compares them with the ranking of services.
func TestDemand(t *testing.T) {
	dir := sitetest.Sample(t)
	for m := range municipalities {
		names := map[string]string{}
		for _, s := range sitetest.Records(t, dir, m, "services") {
			names[s["name_en"]] = s["id"]
		}
		for _, y := range years {
			p := sitetest.Read(t, dir, "en/"+m+"/"+y+"/why/")
			table := sitetest.All(p.Doc, "table.demand")[0]

			// "Appeals are counted for November 2024 – January 2025; …"
			window := strings.TrimPrefix(sitetest.Text(sitetest.All(p.Doc, "p.by")[0]), "Appeals are counted for ")
			window, _, _ = strings.Cut(window, ";")
			from, to, _ := strings.Cut(window, " – ")
			first, err1 := time.Parse("January 2006", from)
			last, err2 := time.Parse("January 2006", to)
			if err1 != nil || err2 != nil {
				t.Fatalf("%s: %q is not a span of months", p.Path, window)
			}
			want := map[string]int{}
			for _, a := range sitetest.Records(t, dir, m, "appeals") {
				if month, err := time.Parse("2006-01", a["period"]); err == nil && !month.Before(first) && !month.After(last) {
					want[a["service"]] += number(t, a["count"])
				}
			}
			chosen := map[string]bool{}
			for _, entry := range sitetest.Records(t, dir, m, "annual_list") {
				if entry["year"] == y {
					chosen[entry["service"]] = true
				}
			}
			if len(chosen) == 0 { // the regulation by group asks for no list; services that were assessed count as chosen
				for _, a := range sitetest.Records(t, dir, m, "assessments") {
					if a["year"] == y && a["service"] != "" {
						chosen[a["service"]] = true
					}
				}
			}

			before := 1 << 30
			for _, row := range sitetest.Cells(table) {
				id := names[row[0]]
				got := number(t, row[1])
				if got != want[id] {
					t.Errorf("%s: %s has %d appeals, want %d as in the register", p.Path, row[0], got, want[id])
				}
				if got > before {
					t.Errorf("%s: %s has more appeals than the service above it", p.Path, row[0])
				}
				if strings.HasPrefix(row[4], "Chosen") != chosen[id] {
					t.Errorf("%s: the decision on %s is %q, but chosen is %t in the register", p.Path, row[0], row[4], chosen[id])
				}
				before = got
				delete(want, id)
				delete(chosen, id)
			}
			for id, n := range want {
				if n > 0 {
					t.Errorf("%s: %s is not listed, although it has %d appeals", p.Path, id, n)
				}
			}
			if len(chosen) > 0 {
				t.Errorf("%s: the chosen services %v are not listed", p.Path, chosen)
			}
		}
	}
}

// TestTallies counts findings by verdict from the registers and compares them with the page of
// findings.
func TestTallies(t *testing.T) {
	dir := sitetest.Sample(t)
	for m := range municipalities {
		year := map[string]string{}
		for _, a := range sitetest.Records(t, dir, m, "assessments") {
			year[a["id"]] = a["year"]
		}
		for _, y := range years {
			want := map[string]int{}
			for _, f := range sitetest.Records(t, dir, m, "findings") {
				if year[f["assessment"]] == y {
					want[f["verdict"]]++
				}
			}
			p := sitetest.Read(t, dir, "ky/"+m+"/"+y+"/findings/")
			got := map[string]int{}
			for _, a := range sitetest.All(p.Doc, "article.finding") {
				got[map[string]string{"Сакталды": "compliant", "Жарым-жартылай сакталды": "partly", "Сакталган жок": "non-compliant", "Текшерилген жок": "not-checked"}[sitetest.Text(sitetest.All(a, "h3")[0])]]++
			}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%s lists %v, want %v as in the register", p.Path, got, want)
			}
			if len(want) == 0 {
				continue
			}
			words := sitetest.Text(sitetest.All(p.Doc, "p.big")[0])
			if say := tally(locale.For(locale.Ky), want, false); words != say {
				t.Errorf("%s says %q, want %q as in the register", p.Path, words, say)
			}
		}
	}
}

// TestWording checks dates, plurals, numbers and units in sentences of pages.
func TestWording(t *testing.T) {
	dir := sitetest.Sample(t)
	for address, sentences := range map[string][]string{
		"ky/osh/": {"2026-жылдын 25-ноябры", "5 күн калды", "456 күн кечикти", "2026-жылдын 25-ноябрына чейин (ошол күндү кошо)", "Жүрүп жаткан кадамдар: 2, 3 (баары 5)"},
		"ru/osh/": {"25 ноября 2026 года", "осталось 5 дней", "просрочено на 456 дней", "до 25 ноября 2026 года включительно", "Идут шаги 2, 3 (всего 5)"},
		"en/osh/": {"25 November 2026", "5 days left", "456 days late", "up to and including 25 November 2026", "Steps 2, 3 are under way (5 in all)"},

		"ky/osh/2025/contest/": {"1\u00a0200\u00a0000\u00a0сом", "2025-жылдын 16-апрели, саат 18:00"},
		"ru/osh/2025/contest/": {"1\u00a0200\u00a0000\u00a0сом", "16 апреля 2025 года, 18:00"},
		"en/osh/2025/contest/": {"1,200,000\u00a0som", "16 April 2025, 18:00"},

		"ky/osh/playgrounds/pg-02/": {"412,5\u00a0м²", "2026-жылдын 18-августу"},
		"ru/osh/playgrounds/pg-02/": {"412,5\u00a0м²", "18 августа 2026 года"},
		"en/osh/playgrounds/pg-02/": {"412.5\u00a0m²", "18 August 2026"},

		"ky/osh/findings/osh-2025-a1-f03/": {"Кызмат көрсөтүүчү 2025-жылдын 12-августунда жооп берген."},
		"ru/osh/findings/osh-2025-a1-f03/": {"Поставщик услуги ответил 12 августа 2025 года."},
		"en/osh/findings/osh-2025-a1-f03/": {"The provider replied on 12 August 2025."},

		"ky/osh/measurements/": {"116 жазуу", "84,62\u00a0%"},
		"ru/osh/measurements/": {"116 записей", "84,62\u00a0%"},
		"en/osh/measurements/": {"116 records", "84.62\u00a0%"},

		"ky/osh/appeals/": {"1\u00a0529 жазуу"},
		"ru/osh/appeals/": {"1\u00a0529 записей"},
		"en/osh/appeals/": {"1,529 records"},

		"en/osh/2026/":                            {"Direct contract — Ak Niet public foundation (sample)"},
		"ky/osh/measures/mea-2025-06/":            {"Аткарылганын өздөрү гана текшеришкен."},
		"ru/osh/recommendations/rec-2025-03/":     {"Получившие рекомендацию обещали другой день: 31 декабря 2026 года."},
		"ky/kochkorbaev/services/drinking-water/": {"5 талап: 2си жарым-жартылай, 3ү сакталды"}, // none is said not to be met alone
		"en/kochkorbaev/2026/answers/":            {"No reply 4"},

		"ru/osh/annual_list/":       {"8 записей"},
		"ru/osh/contests/":          {"2 записи"},
		"ru/osh/recusals/":          {"1 запись"},
		"en/osh/recusals/":          {"1 record"},
		"ru/osh/2025/why/":          {"148 участников, из них 71 женщина"},
		"ky/osh/2025/findings/":     {"29 талап: 10у сакталган жок, 8и жарым-жартылай, 9у сакталды, 2си текшерилген жок"},
		"ru/osh/2025/findings/":     {"29 требований: не соблюдено 10, частично 8, соблюдено 9, не проверено 2"},
		"ru/osh/indicators/":        {"дн.", "мг/л"},
		"ky/osh/2025/answers/":      {"Ош шаарынын мэриясы · сунушталган күн: 2026-жылдын 1-декабры", "Жарым-жартылай жоюлду. Текшерген: Комиссия же топ, 2026-жылдын 18-марты"},
		"en/kochkorbaev/2026/":      {"Steps 3, 5 are under way (5 in all)"},
		"ky/osh/regulation/":        {"Бардык 28 пункт колубузда бар."},
		"ru/osh/panel_members/":     {"Үлгүбек Мисалов"},
		"en/osh/2025/findings/":     {"Monitoring · Temporary"},
		"ky/kochkorbaev/2025/":      {"2025-жыл"},
		"ru/kochkorbaev/2025/":      {"2025 год"},
		"ky/osh/2025/letter/":       {"45 нуска"},
		"ru/osh/2025/letter/":       {"45 экземпляров"},
		"en/osh/2025/letter/":       {"45 copies"},
		"ru/osh/data/publications/": {"100\u00a0%"},
	} {
		p := sitetest.Read(t, dir, address)
		said := sitetest.Text(sitetest.All(p.Doc, "main")[0])
		for _, s := range sentences {
			if !strings.Contains(said, s) {
				t.Errorf("%s does not say %q", address, s)
			}
		}
	}
}

// TestFallback looks for texts that are not translated. The page of the record must show the
// original and mark its language.
func TestFallback(t *testing.T) {
	dir := sitetest.Sample(t)
	found := 0
	for m := range municipalities {
		for register, column := range map[string]string{"findings": "finding", "replies": "text", "measures": "title", "events": "summary", "annual_list": "reason", "recommendations": "text"} {
			for _, r := range sitetest.Records(t, dir, m, register) {
				for _, l := range sitetest.Langs[1:] {
					original := r[column+"_ky"]
					if original == "" || r[column+"_"+l] != "" {
						continue
					}
					found++
					p := sitetest.Read(t, dir, l+"/"+m+"/"+register+"/"+r["id"]+"/")
					if !slices.ContainsFunc(sitetest.All(p.Doc, "span"), func(n *html.Node) bool { return sitetest.Attr(n, "lang") == "ky" && sitetest.Text(n) == original }) {
						t.Errorf("%s: %q is not marked as Kyrgyz", p.Path, original)
					}
				}
			}
		}
	}
	if found == 0 {
		t.Error("the sample has no text without a translation, so nothing was checked")
	}
}
