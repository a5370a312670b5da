package site_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"achyk/internal/pipeline"
	"achyk/internal/tools/casetest"
	"achyk/internal/tools/sitetest"
)

// amendedRegulation is a text with two amendments, and with an official text of which one clause
// is in hand. It is written for tests.
const amendedRegulation = `[act]
title         = { ky = "Жобо (сыноо)", ru = "Положение (проба)", en = "Regulation (test)" }
issuer        = { ky = "Кеңеш", ru = "Кенеш", en = "Council" }
procedure     = "contest"
number        = "1"
date          = 2024-12-20
in_force_from = 2025-01-01
copy          = "full"
source        = "https://text.example/"

[[assumption]]
code  = "in-force-from"
title = { ky = "Башталышы", ru = "Начало", en = "Its beginning" }
text  = { ky = "Күнү жазыла элек.", ru = "Дата ещё не внесена.", en = "The date is not entered yet." }
value = "2017"

[[amendment]]
id            = "seven"
number        = "5"
date          = 2025-12-20
in_force_from = 2026-01-01
source        = "https://seven.example/"

[[amendment]]
id            = "later"
title         = { ky = "Кийинки өзгөртүү", ru = "Позднее изменение", en = "The later amendment" }
in_force_from = 2027-01-01

[[clause]]
number  = "12"
title   = { ky = "Беш адамдык комиссия", ru = "Комиссия из пяти человек", en = "Commission of five" }
summary = { ky = "Уюмду беш адам тандайт.", ru = "Организацию выбирают пять человек.", en = "Five people select the organisation." }
duty    = { ky = "Кеңеш", ru = "Кенеш", en = "Council" }
status  = "in-hand"
[[clause.check]]
rule       = "panel-composition"
parameters = { members = 5 }
[[clause.version]]
amendment = "seven"
title     = { ky = "Жети адамдык комиссия", ru = "Комиссия из семи человек", en = "Commission of seven" }
summary   = { ky = "Уюмду жети адам тандайт.", ru = "Организацию выбирают семь человек.", en = "Seven people select the organisation." }
[[clause.version.check]]
rule       = "panel-composition"
parameters = { members = 7 }

[[clause]]
number  = "13"
title   = { ky = "Табыштамалар катталат", ru = "Заявки регистрируются", en = "Applications are registered" }
summary = { ky = "Табыштамалар катталат.", ru = "Заявки регистрируются.", en = "Applications are registered." }
status  = "in-hand"
[[clause.check]]
rule = "applications-registered"
[[clause.version]]
amendment = "seven"
repealed  = true

[[clause]]
number  = "14"
since   = "later"
title   = { ky = "Жаңы пункт", ru = "Новый пункт", en = "A new clause" }
summary = { ky = "Жаңы милдет.", ru = "Новая обязанность.", en = "A new duty." }
status  = "in-hand"
[[clause.check]]
rule = "criteria-before-opening"
`

// TestAmended builds a municipality whose regulation was amended. Each year is judged by the text
// of its day, which the page of its outcomes shows with what is different today; the page of the
// regulation shows today's text with the earlier ones, what is repealed, what is still to come,
// and the official text beside our own words.
func TestAmended(t *testing.T) {
	r := repository{t, t.TempDir()}
	r.put("site.toml", r.sample("site.toml"))
	r.put("calendar.csv", r.sample("calendar.csv"))
	r.put("odd/municipality.toml", r.sample("osh/municipality.toml"))
	r.put("odd/regulation.toml", amendedRegulation)
	r.register("panels", map[string]string{"id": "p", "kind": "working-commission", "decision": "d", "formed": "2025-01-10"})
	r.register("decisions", map[string]string{"id": "d", "issuer": "council", "kind": "form-panel", "number": "2", "date": "2025-01-09", "title_ky": "Комиссия"})
	var members []map[string]string
	for _, name := range []string{"А", "Б", "В", "Г", "Д"} {
		members = append(members, map[string]string{"id": "m" + string(rune('a'+len(members))), "panel": "p", "name": name + " Үлгүев", "side": "deputy", "valid_from": "2025-01-10"})
	}
	r.register("panel_members", members...)
	contest := func(id, year string) map[string]string {
		return map[string]string{"id": id, "year": year, "panel": "p", "title_ky": "Сынак " + year, "funding": "city-budget", "announced": year + "-03-02", "closes": year + "-04-06T17:00+06:00", "opened": year + "-04-07T10:00+06:00", "decided": year + "-04-10"}
	}
	r.register("contests", contest("k-25", "2025"), contest("k-26", "2026"))
	r.register("annual_list", map[string]string{"id": "al", "year": "2015", "service": "s"})
	r.register("services", map[string]string{"id": "s", "name_ky": "Суу", "level": "municipal"})
	official := filepath.Join(r.dir, "content/odd/regulation/seven.ky.md")
	if err := os.MkdirAll(filepath.Dir(official), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(official, []byte("+++\ntitle = \"Жобо\"\nsource = \"https://official.example/\"\n+++\n## 12. Комиссия\n\nКомиссия **жети** мүчөдөн турат.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	dest := filepath.Join(t.TempDir(), "site")
	_, problems, err := pipeline.Build(context.Background(), pipeline.Options{Source: r.dir, Dest: dest, AsOf: casetest.Day("2026-11-20")})
	if err != nil || problems.HasErrors() {
		t.Fatal(err, problems)
	}

	has := func(address, selector string, want ...string) {
		t.Helper()
		for _, node := range sitetest.All(sitetest.Read(t, dest, address).Doc, selector) {
			text := strings.Join(strings.Fields(sitetest.Text(node)), " ")
			for len(want) > 0 && strings.Contains(text, want[0]) {
				want = want[1:]
			}
		}
		if len(want) > 0 {
			t.Errorf("%s has no %q in %s", address, want[0], selector)
		}
	}
	has("en/odd/2025/regulation/", "section", "In force up to and including 31 December 2025, then changed: № 5, 20 December 2025", "Five people select the organisation.", "Kept",
		"Commission of five seven", "Five Seven people select the organisation.", "Members in all – 5 → Members in all – 7")
	has("en/odd/2025/regulation/", "del", "five", "Five")
	has("en/odd/2025/regulation/", "ins", "seven", "Seven")
	has("en/odd/2025/regulation/", "section", "Repealed on 1 January 2026")
	has("en/odd/2026/regulation/", "section", "In force since 1 January 2026", "Seven people select the organisation.", "Broken")
	has("en/odd/2015/regulation/", "p", "The regulation has been in force only since 2025")
	has("en/odd/regulation/", "section", "Commission of seven", "Seven people", "Комиссия жети мүчөдөн турат.", "https://official.example/", "In force since 1 January 2026: № 5, 20 December 2025",
		"How it read before", "Five Seven people", "Repealed on 1 January 2026: № 5", "Comes into force on 1 January 2027: The later amendment", "What changed the regulation", "№ 5, 20 December 2025")
	has("ky/odd/2025/regulation/", "section", "2025-жылдын 31-декабрына чейин (ошол күндү кошо) күчүндө болгон, анан өзгөртүлгөн: № 5, 2025-жылдын 20-декабры", "Беш Жети адамдык комиссия", "Уюмду беш жети адам тандайт.")
	has("ru/odd/regulation/", "section", "Действует с 1 января 2026 года: № 5, 20 декабря 2025 года", "Отменён 1 января 2026 года", "Вступит в силу 1 января 2027 года: Позднее изменение")
	if text := sitetest.Text(sitetest.Read(t, dest, "en/odd/regulation/").Doc); strings.Contains(text, "not in hand here") {
		t.Error("the official text is said not to be in hand")
	} else if strings.Contains(text, "The date is not entered yet") {
		t.Error("an assumption is shown that nothing uses")
	}
	for _, o := range sitetest.Records(t, dest, "odd", "compliance") {
		want := map[string]string{"2025": "adopted", "2026": "seven"}[o["year"]]
		if o["version"] != want || o["clause"] == "12" && (o["outcome"] == "kept") != (o["year"] == "2025") || o["clause"] == "14" {
			t.Errorf("%s is %s by the version %q", o["id"], o["outcome"], o["version"])
		}
	}
}
