package site_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"achyk/internal/locale"
	"achyk/internal/tools/outside"
	"achyk/internal/tools/sitetest"
)

// TestCalendars checks the calendars of the sample.
func TestCalendars(t *testing.T) {
	checkCalendars(t, sitetest.Sample(t), "osh", "kochkorbaev")
}

// checkCalendars checks that the lines of calendars end in CRLF and have at most 75 octets (RFC
// 5545, 3.1), and that ical.js reads what the registers and pages say.
func checkCalendars(t *testing.T, dir string, towns ...string) {
	t.Helper()
	var files []string
	var want []calendar
	for _, m := range towns {
		for _, l := range locale.Langs {
			name := filepath.Join(dir, "calendar", m+"."+l.String()+".ics")
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			lines, ok := strings.CutSuffix(string(data), "\r\n")
			for line := range strings.SplitSeq(lines, "\r\n") {
				if !ok || len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") {
					t.Errorf("%s: %d octets, more than 75, half a letter, or a line end that is not CRLF: %q", name, len(line), line)
				}
			}
			files, want = append(files, name), append(want, calendarOf(t, dir, m, l))
		}
	}
	for i, got := range parseCalendars(t, files) {
		if diff := cmp.Diff(want[i], got); diff != "" {
			t.Errorf("%s (-registers +ical.js):\n%s", files[i], diff)
		}
	}
}

// calendar is a calendar as ical.js reads it.
type calendar struct {
	Properties []property
	Events     [][]property
}

type property struct{ Name, Type, Value string }

// readCalendars is a script that prints calendars as JSON. It uses ical.js, the library of
// Thunderbird.
const readCalendars = `
	import {pathToFileURL} from "node:url";
	import fs from "node:fs";
	const [module, ...files] = process.argv.slice(1);
	const {default: ICAL} = await import(pathToFileURL(module));
	const list = properties => properties.map(([Name, , Type, Value]) => ({Name, Type, Value}));
	console.log(JSON.stringify(files.map(f => {
		const [, properties, events] = ICAL.parse(fs.readFileSync(f, "utf8"));
		return {Properties: list(properties), Events: events.map(([, properties]) => list(properties))};
	})));`

// parseCalendars reads calendars with ical.js.
func parseCalendars(t *testing.T, files []string) (calendars []calendar) {
	t.Helper()
	node, module := outside.Program(t, "node"), outside.NPM(t, "ACHYK_ICAL", "ical.js/dist/ical.js")
	cmd := exec.Command(node, append([]string{"--input-type=module", "-e", readCalendars, module}, files...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err == nil {
		err = json.Unmarshal(out, &calendars)
	}
	if err != nil {
		t.Fatal(err)
	}
	return calendars
}

// calendarOf returns the calendar that a municipality should have. It takes deadlines from the
// register, sentences from the register of outcomes, and names of records and hours from the
// page of deadlines, and names of assumptions too.
func calendarOf(t *testing.T, dir, m string, l locale.Lang) calendar {
	t.Helper()
	const base = "https://achyk.example/"
	words, lang := locale.For(l), "_"+l.String()
	address := l.String() + "/" + m + "/deadlines/"
	p := sitetest.Read(t, dir, address)
	called, when, assumed := map[string]string{}, map[string]string{}, map[string]string{}
	for _, ul := range sitetest.All(p.Doc, "ul.dues") {
		for _, li := range sitetest.All(ul, "li") {
			subject := "no page"
			for _, a := range sitetest.All(li, "a") {
				if _, code, ok := strings.Cut(sitetest.Attr(a, "href"), "#assumption-"); ok {
					assumed[code] = sitetest.Text(a)
					continue
				}
				subject = base + strings.TrimPrefix(sitetest.Attr(a, "href"), "../../../")
				called[subject] = sitetest.Text(a)
			}
			when[subject] = sitetest.Text(sitetest.All(li, "time")[0])
		}
	}
	sentences := map[string]string{}
	for _, r := range sitetest.Records(t, dir, m, "compliance") {
		sentences[r["id"]] = r["sentence"+lang]
	}
	refused := declined(t, dir, m)
	explained := map[string]locale.Text{}
	for _, r := range sitetest.Records(t, dir, m, "explanations") {
		explained[r["id"]] = locale.Text{Ky: r["text_ky"], Ru: r["text_ru"], En: r["text_en"]}
	}
	title, _, _ := strings.Cut(sitetest.Text(sitetest.All(p.Doc, "title")[0]), " · ")
	c := calendar{Properties: []property{
		{"version", "text", "2.0"},
		{"prodid", "text", "-//Achyk//" + m + "//" + strings.ToUpper(l.String())},
		{"method", "text", "PUBLISH"},
		{"name", "unknown", title}, // ical.js does not know this property of RFC 7986
		{"x-wr-calname", "unknown", title},
		{"description", "text", sitetest.Text(sitetest.All(p.Doc, "p.lead")[0])},
		{"refresh-interval", "duration", "P1D"},
		{"x-published-ttl", "unknown", "P1D"},
	}}
	uids := map[string]bool{}
	deadlines := sitetest.Records(t, dir, m, "deadlines")
	slices.SortStableFunc(deadlines, func(a, b map[string]string) int { return strings.Compare(a["due"], b["due"]) })
	for _, r := range deadlines {
		uids[r["id"]] = true
		about := base + l.String() + "/" + m + "/" + r["subject_register"] + "/" + r["subject"] + "/"
		if r["subject"] == "" {
			about = base + l.String() + "/" + m + "/" + r["year"] + "/regulation/#clause-" + r["clause"]
		}
		description := []string{r["who"+lang]}
		if strings.HasPrefix(r["id"], "contest-closes-") {
			description = append(description, when[about])
		}
		if r["basis"] == "clause" {
			description = append(description, sentences[r["id"]])
			for _, id := range strings.Fields(r["explanations"]) {
				head := called[base+l.String()+"/"+m+"/explanations/"+id+"/"]
				description = append(description, head+": "+locale.Quoted(explained[id]).Parts(l).String()+".")
			}
		}
		description = append(description, r["counted"+lang])
		if r["basis"] == "suggestion" && refused[r["subject"]] {
			description = append(description, words.T("judgement.otherwise.declined"))
		}
		for key, basis := range map[string]string{"promised": "suggestion", "suggested": "promise"} {
			if day, err := time.Parse(time.DateOnly, r[key]); err == nil && r["basis"] == basis {
				description = append(description, words.F("judgement.otherwise."+key, locale.Args{"Day": day}))
			}
		}
		for _, code := range strings.Fields(r["assumptions"]) {
			description = append(description, words.T("site.kept.assumed")+" "+assumed[code])
		}
		description = append(description, words.T("site.demo"), about)
		c.Events = append(c.Events, []property{
			{"uid", "text", m + "." + r["id"] + "@achyk.example"},
			{"dtstamp", "date-time", "2026-11-20T00:00:00Z"},
			{"dtstart", "date", r["due"]},
			{"transp", "text", "TRANSPARENT"},
			{"summary", "text", r["what"+lang] + ": " + called[about]},
			{"description", "text", strings.Join(description, "\n")},
			{"url", "uri", about},
		})
	}
	if len(uids) != len(c.Events) || len(uids) == 0 {
		t.Errorf("%s: %d events have %d different ids", address, len(c.Events), len(uids))
	}
	return c
}

// declined are the recommendations of which every measure was declined.
func declined(t *testing.T, dir, m string) map[string]bool {
	t.Helper()
	all, other := map[string]bool{}, map[string]bool{}
	for _, r := range sitetest.Records(t, dir, m, "measures") {
		of := all
		if r["status"] != "declined" {
			of = other
		}
		of[r["recommendation"]] = true
	}
	for id := range other {
		delete(all, id)
	}
	return all
}
