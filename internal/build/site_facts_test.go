package build_test

import (
	"encoding/csv"
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

	"achyk/internal/locale"

	"achyk/internal/jme"
)

// What the pages say is what the data says: a reader with the published CSV and a pencil
// comes to the same numbers.

var municipalities = map[string]string{"osh": "contest", "kochkorbaev": "group"}

var years = []string{"2025", "2026"}

// records reads a published register, each row by the names of its columns.
func records(t *testing.T, dir, municipality, register string) []map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, "data", municipality, register+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var list []map[string]string
	for _, row := range rows[1:] {
		record := map[string]string{}
		for i, name := range rows[0] {
			record[strings.TrimPrefix(name, "\ufeff")] = row[i]
		}
		list = append(list, record)
	}
	return list
}

// number reads a whole number as a page writes it.
func number(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(strings.NewReplacer("\u00a0", "", "\u202f", "", ",", "").Replace(strings.TrimSpace(s)))
	if err != nil {
		t.Errorf("%q is no number", s)
	}
	return n
}

// cells are the texts of a table's body, row by row.
func cells(table *html.Node) [][]string {
	var rows [][]string
	for _, body := range all(table, "tbody") {
		for _, tr := range all(body, "tr") {
			var row []string
			for _, c := range all(tr, "th", "td") {
				row = append(row, text(c))
			}
			rows = append(rows, row)
		}
	}
	return rows
}

func TestAddresses(t *testing.T) {
	dir := sample(t)
	want := []string{"", "404.html", "datapackage.json", "catalog.jsonld", "catalog.ttl", "CITATION.cff", "sitemap.xml", "robots.txt", "SHA256SUMS", "build.json"}
	for m, step := range municipalities {
		for _, register := range []string{"findings", "appeals", "calendar"} {
			for _, suffix := range []string{".csv", ".excel.csv", ".json", ".jsonl", ".xlsx", ".parquet", ".schema.json", ".csv-metadata.json"} {
				want = append(want, "data/"+m+"/"+register+suffix)
			}
		}
		want = append(want, "data/"+m+"/"+m+".zip", "data/"+m+"/"+m+".xlsx", "data/"+m+"/"+m+".sqlite", "data/"+m+"/deadlines.csv", "data/"+m+"/compliance.csv",
			"data/"+m+"/popolo.json", "data/"+m+"/findings/"+records(t, dir, m, "findings")[0]["id"]+".json")
		for _, l := range langs {
			top := l + "/" + m + "/"
			want = append(want, l+"/", l+"/about/", top, top+"regulation/", top+"deadlines/", top+"missing/", top+"data/", top+"data/findings/", top+"compliance/", top+"news/",
				top+"findings/", top+"findings/"+records(t, dir, m, "findings")[0]["id"]+"/", top+"appeals/", top+"analytic_letters/")
			for _, y := range years {
				for _, s := range []string{"", "why/", step + "/", "findings/", "letter/", "answers/", "regulation/"} {
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

// TestRecordsByThemselves: the page of a record leads to its JSON, which leads back.
func TestRecordsByThemselves(t *testing.T) {
	dir := sample(t)
	for m := range municipalities {
		for _, register := range []string{"findings", "service_providers", "compliance"} {
			for i, row := range records(t, dir, m, register) {
				if i%20 != 0 {
					continue
				}
				key := row["id"]
				if register == "service_providers" {
					key = row["service"] + "_" + row["provider"] + "_" + row["valid_from"]
				}
				p := read(t, dir, "ru/"+m+"/"+register+"/"+key+"/")
				link := all(all(p.doc, "p.key")[0], "a.file")[0]
				data, err := os.ReadFile(filepath.Join(dir, "ru", m, register, key, filepath.FromSlash(attr(link, "href"))))
				if err != nil {
					t.Fatal(err)
				}
				var x struct {
					ID    string
					Pages map[string]string
				}
				if err := json.Unmarshal(data, &x); err != nil || x.ID != key || !strings.HasSuffix(x.Pages["ru"], "/ru/"+m+"/"+register+"/"+key+"/") {
					t.Errorf("%s leads to %s at %s (%v)", p.path, x.ID, x.Pages["ru"], err)
				}
			}
		}
	}
}

func TestCounts(t *testing.T) {
	dir := sample(t)
	for m := range municipalities {
		for _, l := range langs {
			p := read(t, dir, l+"/"+m+"/data/")
			sum := 0
			for _, table := range all(p.doc, "table.registers") {
				for _, tr := range all(all(table, "tbody")[0], "tr") {
					register := ""
					for _, a := range all(tr, "a.file") {
						if name, ok := strings.CutSuffix(path.Base(attr(a, "href")), ".csv"); ok && !strings.Contains(name, ".") {
							register = name
						}
					}
					rows := records(t, dir, m, register)
					said := number(t, text(all(tr, "td.num")[0]))
					if said != len(rows) {
						t.Errorf("%s: %s has %d records, of %d", p.path, register, said, len(rows))
					}
					if !jme.Derived(register) { // what is made of the others is no record more
						sum += said
					}
					switch {
					case register == "deadlines": // has a page of its own kind
						n := 0
						for _, ul := range all(read(t, dir, l+"/"+m+"/deadlines/").doc, "ul.dues") {
							n += len(all(ul, "time"))
						}
						if n != said {
							t.Errorf("%s: the page of deadlines has %d", m, n)
						}
					case register == "changes": // likewise; it tells of commits what its rows tell of cells
					case l == "ky":
						checkList(t, dir, "ky/"+m+"/"+register+"/", len(rows))
					}
				}
			}
			words := strings.Fields(strings.NewReplacer("\u00a0", "", ",", "").Replace(text(all(p.doc, "p.big")[0])))
			if got := number(t, words[0]); got != sum || sum == 0 {
				t.Errorf("%s: %d records in all, the registers have %d", p.path, got, sum)
			}
		}
	}
}

// checkList checks that the pages of a list lead to so many records.
func checkList(t *testing.T, dir, address string, want int) {
	t.Helper()
	got := map[string]bool{}
	for number := 1; number == 1 || (number-1)*100 < want; number++ {
		at := address
		if number > 1 {
			at += fmt.Sprintf("p/%d/", number)
		}
		p := read(t, dir, at)
		rows := 0
		for _, body := range all(p.doc, "tbody") {
			for _, th := range all(body, "th") {
				got[path.Join(at, attr(all(th, "a")[0], "href"))] = true
				rows++
			}
		}
		if rows > 100 {
			t.Errorf("%s has %d rows", at, rows)
		}
	}
	if len(got) != want {
		t.Errorf("%s leads to %d records, of %d", address, len(got), want)
	}
}

func TestDemand(t *testing.T) {
	dir := sample(t)
	for m := range municipalities {
		names := map[string]string{}
		for _, s := range records(t, dir, m, "services") {
			names[s["name_en"]] = s["id"]
		}
		for _, y := range years {
			p := read(t, dir, "en/"+m+"/"+y+"/why/")
			table := all(p.doc, "table.demand")[0]

			// "Appeals are counted for November 2024 – January 2025; …"
			window := strings.TrimPrefix(text(all(p.doc, "p.by")[0]), "Appeals are counted for ")
			window, _, _ = strings.Cut(window, ";")
			from, to, _ := strings.Cut(window, " – ")
			first, err1 := time.Parse("January 2006", from)
			last, err2 := time.Parse("January 2006", to)
			if err1 != nil || err2 != nil {
				t.Fatalf("%s: %q is no span of months", p.path, window)
			}
			want := map[string]int{}
			for _, a := range records(t, dir, m, "appeals") {
				if month, err := time.Parse("2006-01", a["period"]); err == nil && !month.Before(first) && !month.After(last) {
					want[a["service"]] += number(t, a["count"])
				}
			}
			chosen := map[string]bool{}
			for _, entry := range records(t, dir, m, "annual_list") {
				if entry["year"] == y {
					chosen[entry["service"]] = true
				}
			}
			if len(chosen) == 0 { // a group's regulation asks for no list: what was examined was chosen
				for _, a := range records(t, dir, m, "assessments") {
					if a["year"] == y && a["service"] != "" {
						chosen[a["service"]] = true
					}
				}
			}

			before := 1 << 30
			for _, row := range cells(table) {
				id := names[row[0]]
				got := number(t, row[1])
				if got != want[id] {
					t.Errorf("%s: %s has %d appeals, the register %d", p.path, row[0], got, want[id])
				}
				if got > before {
					t.Errorf("%s: %s stands too low", p.path, row[0])
				}
				if strings.HasPrefix(row[4], "Chosen") != chosen[id] {
					t.Errorf("%s: %s: %q", p.path, row[0], row[4])
				}
				before = got
				delete(want, id)
				delete(chosen, id)
			}
			for id, n := range want {
				if n > 0 {
					t.Errorf("%s: %s, with %d appeals, is not there", p.path, id, n)
				}
			}
			if len(chosen) > 0 {
				t.Errorf("%s: of the list, %v are not there", p.path, chosen)
			}
		}
	}
}

func TestTallies(t *testing.T) {
	dir := sample(t)
	for m := range municipalities {
		year := map[string]string{}
		for _, a := range records(t, dir, m, "assessments") {
			year[a["id"]] = a["year"]
		}
		for _, y := range years {
			want := map[string]int{}
			for _, f := range records(t, dir, m, "findings") {
				if year[f["assessment"]] == y {
					want[f["verdict"]]++
				}
			}
			p := read(t, dir, "ky/"+m+"/"+y+"/findings/")
			got := map[string]int{}
			for _, a := range all(p.doc, "article.finding") {
				got[map[string]string{"Сакталды": "compliant", "Жарым-жартылай сакталды": "partly", "Сакталган жок": "non-compliant", "Текшерилген жок": "not-checked"}[text(all(a, "h3")[0])]]++
			}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%s lists %v, the register has %v", p.path, got, want)
			}
			if len(want) == 0 {
				continue
			}
			words := text(all(p.doc, "p.big")[0]) // "29 талаптын ичинен 10 талап сакталган эмес"
			total := want["compliant"] + want["partly"] + want["non-compliant"] + want["not-checked"]
			if say := fmt.Sprintf("%d талаптын ичинен %d талап сакталган эмес", total, want["non-compliant"]); words != say {
				t.Errorf("%s says %q, the register %q", p.path, words, say)
			}
		}
	}
}

// TestWording looks at dates, plurals, numbers and units where they meet a reader.
func TestWording(t *testing.T) {
	dir := sample(t)
	for address, sentences := range map[string][]string{
		"ky/osh/": {"2026-жылдын 25-ноябры", "5 күн калды", "265 күн кечикти", "2026-жылдын 25-ноябрына чейин", "5 кадамдын 2-кадамы"},
		"ru/osh/": {"25 ноября 2026 года", "осталось 5 дней", "просрочено на 265 дней", "до 25 ноября 2026 года", "Шаг 2 из 5"},
		"en/osh/": {"25 November 2026", "5 days left", "265 days late", "until 25 November 2026", "Step 2 of 5"},

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

		"ru/osh/annual_list/":       {"8 записей"},
		"ru/osh/contests/":          {"2 записи"},
		"ru/osh/recusals/":          {"1 запись"},
		"en/osh/recusals/":          {"1 record"},
		"ru/osh/2025/why/":          {"148 участников, из них 71 женщина"},
		"ky/osh/2025/findings/":     {"29 талаптын ичинен 10 талап сакталган эмес"},
		"ru/osh/2025/findings/":     {"Из 29 требований не соблюдено: 10"},
		"ru/osh/indicators/":        {"дн.", "мг/л"},
		"ky/osh/2025/answers/":      {"Ош шаарынын мэриясы · 2026-жылдын 1-декабрына чейин"},
		"en/kochkorbaev/2026/":      {"Step 3 of 5"},
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
		p := read(t, dir, address)
		said := text(all(p.doc, "main")[0])
		for _, s := range sentences {
			if !strings.Contains(said, s) {
				t.Errorf("%s does not say %q", address, s)
			}
		}
	}
}

// TestFallback looks up texts that nobody has translated yet: the page shows the original
// and says in which language it is.
func TestFallback(t *testing.T) {
	dir := sample(t)
	found := 0
	for m := range municipalities {
		for register, column := range map[string]string{"findings": "finding", "replies": "text", "measures": "title", "events": "summary", "annual_list": "reason", "recommendations": "text"} {
			for _, r := range records(t, dir, m, register) {
				for _, l := range []string{"ru", "en"} {
					original := r[column+"_ky"]
					if original == "" || r[column+"_"+l] != "" {
						continue
					}
					found++
					p := read(t, dir, l+"/"+m+"/"+register+"/"+r["id"]+"/")
					if !slices.ContainsFunc(all(p.doc, "span"), func(n *html.Node) bool { return attr(n, "lang") == "ky" && text(n) == original }) {
						t.Errorf("%s: %q is not marked as Kyrgyz", p.path, original)
					}
				}
			}
		}
	}
	if found == 0 {
		t.Error("the sample has no text without a translation; this test proves nothing")
	}
}

// The totals of the score sheets are those a reader counts from the registers.
func TestScores(t *testing.T) {
	dir := sample(t)
	rows := func(register string) []map[string]string { return records(t, dir, "osh", register) }
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
	for _, table := range all(read(t, dir, "en/osh/2025/contest/").doc, "table.stack") {
		for _, row := range cells(table) {
			if len(row) == 5 { // organisation, place, total, members, decision
				got = append(got, row[2])
			}
		}
	}
	if slices.Sort(got); !slices.Equal(got, want) || len(want) == 0 {
		t.Errorf("the page has the totals %v, the registers give %v", got, want)
	}
}

// What is said of a whole year is the same wherever it is said, and is what the register
// of outcomes adds up to.
func TestKeptIsTheSameEverywhere(t *testing.T) {
	dir := sample(t)
	for m := range municipalities {
		for _, l := range langs {
			pages, want := []string{l + "/", l + "/" + m + "/"}, map[string]string{}
			for _, y := range years {
				pages = append(pages, l+"/"+m+"/"+y+"/", l+"/"+m+"/"+y+"/regulation/")
				want[y] = kept(t, dir, m, y, l)
			}
			for _, page := range pages {
				p, said := read(t, dir, page), 0
				for _, n := range all(p.doc, "a", "p.big") {
					for _, y := range years {
						link := attr(n, "hreflang") == "" && strings.HasSuffix(attr(n, "href"), "/"+m+"/"+y+"/regulation/")
						if link || n.Data == "p" && strings.HasSuffix(page, y+"/regulation/") {
							switch s := text(n); {
							case s == want[y]:
								said++
							case s != y: // the choice of another year
								t.Errorf("%s says %q of %s", page, s, y)
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

// kept is the sentence on a year, from the register of outcomes.
func kept(t *testing.T, dir, municipality, year, lang string) string {
	t.Helper()
	n, judged := 0, 0
	for _, r := range records(t, dir, municipality, "compliance") {
		if r["year"] == year {
			switch r["outcome"] {
			case "kept":
				n, judged = n+1, judged+1
			case "broken", "overdue", "unknown":
				judged++
			}
		}
	}
	l, _ := locale.ParseLang(lang)
	p := locale.For(l)
	return p.NF("site.kept.sentence", judged, locale.Args{"kept": p.Int(n)})
}
