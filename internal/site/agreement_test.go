package site_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"achyk/internal/locale"
	"achyk/internal/tools/sitetest"
)

// TestAgreement asks the pages, calendars and files of the sample the same questions, and wants
// one answer: what is owed, by whom and since when; and how many clauses were kept or not in a
// year. What is owed is also worked out from the records, as simply as can be.
func TestAgreement(t *testing.T) {
	w := witness{dir: sitetest.Sample(t), pages: map[string]*html.Node{}}
	for _, difference := range w.all(t) {
		t.Error(difference)
	}
}

// TestAgreementIsNotTrivial makes one page or file at a time say something else, and wants that to
// be noticed.
func TestAgreementIsNotTrivial(t *testing.T) {
	pages := map[string]*html.Node{}
	for _, test := range []struct{ file, old, new string }{
		{"data/osh/deadlines.csv", "2026-06-01", "2026-12-31"},
		{"data/osh/recommendations.csv", "2026-06-01", "2026-12-31"},
		{"data/osh/compliance.csv", ",kept,", ",broken,"},
		{"ky/osh/deadlines/index.html", "172 күн", "173 күн"},
		{"en/osh/deadlines/index.html", "31 December 2026", "30 December 2026"},
		{"calendar/osh.ru.ics", "20260601", "20261231"},
		{"en/osh/index.html", "456 days late", "40 days left"},
		{"en/index.html", "dates have passed with nothing recorded", "dates have passed"},
		{"ru/osh/recommendations/rec-2025-03/index.html", "172", "171"},
		{"ru/osh/measures/mea-2025-03/index.html", "1 июня 2026", "31 декабря 2026"},
		{"en/osh/2025/answers/index.html", "passed 172 days ago", "passed 1 day ago"},
		{"ky/kochkorbaev/2025/regulation/index.html", "Сакталды <b>", "Сакталды <b>1"},
		{"en/osh/regulation/index.html", "Kept <b>", "Kept <b>1"},
	} {
		w := witness{dir: sitetest.Sample(t), pages: pages, file: test.file, old: test.old, new: test.new}
		switch found := w.all(t); {
		case !w.altered:
			t.Errorf("%s does not have %q", test.file, test.old)
		case len(found) == 0:
			t.Errorf("%s may say %q in place of %q", test.file, test.new, test.old)
		}
	}
}

// witness reads a built site. In one file it puts new in the place of old.
type witness struct {
	dir, file, old, new string
	pages               map[string]*html.Node // that were read, but for the altered one
	altered             bool
	differences         []string
}

func (w *witness) read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(w.dir, filepath.FromSlash(name)))
	data = bytes.ReplaceAll(data, []byte("\u2060"), nil) // word joiners, which nobody sees
	if err != nil {
		t.Fatal(err)
	}
	text := strings.TrimPrefix(string(data), "\ufeff")
	if name == w.file {
		w.altered = strings.Contains(text, w.old)
		text = strings.ReplaceAll(text, w.old, w.new)
	}
	return text
}

func (w *witness) page(t *testing.T, address string) *html.Node {
	t.Helper()
	name := address + "index.html"
	if main := w.pages[name]; main != nil && name != w.file {
		return main
	}
	doc, err := html.Parse(strings.NewReader(w.read(t, name)))
	if err != nil {
		t.Fatal(err)
	}
	main := sitetest.All(doc, "main")[0]
	if name != w.file {
		w.pages[name] = main
	}
	return main
}

func (w *witness) records(t *testing.T, m, register string) (records []map[string]string) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(w.read(t, "data/"+m+"/"+register+".csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		record := map[string]string{}
		for i, name := range rows[0] {
			record[name] = row[i]
		}
		records = append(records, record)
	}
	return records
}

// same notes a difference between what two places say.
func (w *witness) same(where string, want, got any) {
	if diff := cmp.Diff(want, got); diff != "" {
		w.differences = append(w.differences, fmt.Sprintf("%s (-register +%s):\n%s", where, where, diff))
	}
}

func (w *witness) all(t *testing.T) []string {
	t.Helper()
	for m := range municipalities {
		w.owedByRecords(t, m)
		for _, l := range locale.Langs {
			passed := w.owed(t, m, l)
			home := sitetest.Text(w.page(t, l.String()+"/"))
			if said := locale.For(l).N("site.overdue", passed); passed > 0 && !strings.Contains(home, said) {
				w.differences = append(w.differences, l.String()+"/ does not say: "+said)
			}
			w.clauses(t, m, l)
		}
	}
	return w.differences
}

// owedByRecords works out the days of which recommendations are shown: of those of which nobody
// says that they are done, or a check found that they are not.
func (w *witness) owedByRecords(t *testing.T, m string) {
	status, last := map[string][]string{}, map[string]map[string]string{}
	of := map[string]string{}
	for _, x := range w.records(t, m, "measures") {
		of[x["id"]] = x["recommendation"]
		status[x["recommendation"]] = append(status[x["recommendation"]], x["status"])
	}
	for _, x := range w.records(t, m, "verifications") {
		if r := of[x["measure"]]; last[r] == nil || last[r]["date"] < x["date"] {
			last[r] = x
		}
	}
	var want, got []string
	for _, r := range w.records(t, m, "recommendations") {
		found := last[r["id"]]
		ended := slices.Contains(status[r["id"]], "done")
		if !ended || found != nil && found["result"] != "eliminated" {
			want = append(want, r["id"]+" "+r["due"])
		}
	}
	for _, d := range w.records(t, m, "deadlines") {
		if d["basis"] == "suggestion" {
			got = append(got, d["subject"]+" "+d["due"])
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	w.same(m+"/deadlines.csv", want, got)
}

// owing is what a page or a calendar says of a deadline.
type owing struct{ Subject, Due, Count, Who, Otherwise string }

// owed compares what is said of deadlines. It returns how many that bind somebody have passed.
func (w *witness) owed(t *testing.T, m string, l locale.Lang) (passed int) {
	words, lang := locale.For(l), l.String()
	town := lang + "/" + m + "/"
	var all []owing
	asked := 0          // how many days that bind nobody have passed
	proposed := 0       // how many days are ahead that were only suggested or promised
	var others []string // all that is said of other days
	for _, d := range w.records(t, m, "deadlines") {
		x := owing{Subject: town + d["subject_register"] + "/" + d["subject"] + "/", Due: d["due"], Who: d["who_"+lang], Count: words.T("site.days.today")}
		if d["subject"] == "" {
			x.Subject = town + d["year"] + "/regulation/#clause-" + d["clause"]
		}
		gone, _ := strconv.Atoi(d["days_passed"])
		wished := d["basis"] == "suggestion" || d["basis"] == "promise"
		voluntary := wished || d["basis"] == "plan"
		if late, _ := strconv.Atoi(d["days_late"]); late != gone && !voluntary || late > 0 && voluntary {
			w.differences = append(w.differences, fmt.Sprintf("%s: %s is %d days late, and %d have passed", m, d["id"], late, gone))
		}
		last, _ := time.Parse(time.DateOnly, max(d["due"], d["latest"]))
		left := int(last.Sub(sitetest.Today).Hours() / 24)
		switch {
		case gone > 0 && voluntary:
			asked++
			x.Count = words.N("site.days."+d["basis"], gone)
		case gone > 0:
			passed++
			x.Count = words.N("site.days.late", gone)
		case left > 0:
			x.Count = words.N("site.days.left", left)
		}
		for key, basis := range map[string]string{"promised": "suggestion", "suggested": "promise"} {
			if day, err := time.Parse(time.DateOnly, d[key]); err == nil && d["basis"] == basis {
				x.Otherwise = words.F("judgement.otherwise."+key, locale.Args{"Day": day})
				others = append(others, x.Otherwise)
			}
		}
		all = append(all, x)
		if wished && gone == 0 {
			proposed++
		}
		if wished {
			w.record(t, x, words, "site.status."+d["basis"], gone, left, last)
		}
	}
	slices.SortFunc(all, func(a, b owing) int { return strings.Compare(a.Due+a.Subject, b.Due+b.Subject) })
	w.same(town+"deadlines/", all, w.dues(t, town+"deadlines/", others))
	w.same("calendar/"+m+"."+lang, all, w.events(t, m, lang, all, others))

	// The front page has the first of those that have passed and the next of the others, of those that bind nobody the first that have
	// passed and the next, and says how many more there are of each.
	front := w.dues(t, town, others)
	rest := slices.Clone(front) // two duties of one contest, with one day, look the same
	shown := slices.DeleteFunc(slices.Clone(all), func(x owing) bool {
		i := slices.Index(rest, x)
		if i >= 0 {
			rest = slices.Delete(rest, i, i+1)
		}
		return i < 0
	})
	w.same(town, shown, front)
	for _, rest := range []int{passed - 3, max(0, asked-3) + max(0, proposed-3), len(all) - passed - asked - proposed - 4} {
		if more := words.N("site.record.more", rest); rest > 0 && !strings.Contains(sitetest.Text(w.page(t, town)), more) {
			w.differences = append(w.differences, town+" does not say: "+more)
		}
	}
	w.answers(t, m, l, all)
	return passed
}

// dues reads the deadlines of a page.
func (w *witness) dues(t *testing.T, address string, others []string) (all []owing) {
	main := w.page(t, address)
	for _, item := range append(sitetest.All(main, "div.due"), sitetest.All(main, "li")...) {
		days, left := sitetest.All(item, "time"), sitetest.All(item, ".left")
		if len(days) == 0 || len(left) == 0 {
			continue
		}
		x := owing{Due: sitetest.Attr(days[0], "datetime"), Count: sitetest.Text(left[0]), Who: sitetest.Text(sitetest.All(item, ".whom")[0])}
		x.Otherwise = oneOf(others, sitetest.Text(item))
		links := slices.DeleteFunc(sitetest.All(item, "a"), func(a *html.Node) bool { return sitetest.Attr(a.Parent, "class") == "whom" })
		for _, a := range links[:min(1, len(links))] { // others lead to explanations
			name, fragment, _ := strings.Cut(sitetest.Attr(a, "href"), "#")
			x.Subject = path.Join(address, name) + "/"
			if fragment != "" {
				x.Subject += "#" + fragment
			}
		}
		all = append(all, x)
	}
	slices.SortFunc(all, func(a, b owing) int { return strings.Compare(a.Due+a.Subject, b.Due+b.Subject) })
	return all
}

// oneOf returns the first of some texts that a text contains.
func oneOf(texts []string, text string) string {
	if i := slices.IndexFunc(texts, func(s string) bool { return strings.Contains(text, s) }); i >= 0 {
		return texts[i]
	}
	return ""
}

// events reads a calendar. It does not count days, so those of all are taken.
func (w *witness) events(t *testing.T, m, lang string, all []owing, others []string) (events []owing) {
	text := strings.ReplaceAll(w.read(t, "calendar/"+m+"."+lang+".ics"), "\r\n ", "")
	unescape := strings.NewReplacer(`\n`, "\n", `\,`, ",", `\;`, ";", `\\`, `\`)
	for _, event := range strings.Split(text, "BEGIN:VEVENT")[1:] {
		var x owing
		for line := range strings.SplitSeq(event, "\r\n") {
			name, value, _ := strings.Cut(line, ":")
			switch name, _, _ := strings.Cut(name, ";"); name {
			case "DTSTART":
				day, _ := time.Parse("20060102", value)
				x.Due = day.Format(time.DateOnly)
			case "URL":
				x.Subject = strings.TrimPrefix(value, siteBase)
			case "DESCRIPTION":
				x.Otherwise = oneOf(others, unescape.Replace(value))
				x.Who, _, _ = strings.Cut(unescape.Replace(value), "\n")
			}
		}
		if i := slices.IndexFunc(all, func(y owing) bool { return y.Subject == x.Subject && y.Due == x.Due }); i >= 0 {
			x.Count = all[i].Count
		}
		events = append(events, x)
	}
	slices.SortFunc(events, func(a, b owing) int { return strings.Compare(a.Due+a.Subject, b.Due+b.Subject) })
	return events
}

// record checks that the page of a recommendation or measure says the same of its days.
func (w *witness) record(t *testing.T, x owing, words *locale.Printer, key string, gone, left int, day time.Time) {
	args := locale.Args{"Day": day}
	want := words.T(key + ".today")
	switch {
	case gone > 0:
		want = words.NF(key+".passed", gone, args)
	case left > 0:
		want = words.NF(key+".left", left, args)
	}
	said := sitetest.Text(w.page(t, x.Subject))
	for _, s := range []string{want, x.Otherwise} {
		if !strings.Contains(said, s) {
			w.differences = append(w.differences, x.Subject+" does not say: "+s)
		}
	}
}

// answers checks that the pages of answers say of each recommendation how many days have passed
// since the day that the report suggested, that none is called late, and of each open measure by when it was promised.
func (w *witness) answers(t *testing.T, m string, l locale.Lang, all []owing) {
	words := locale.For(l)
	owed := map[string]owing{}
	for _, x := range all {
		owed[x.Subject] = x
	}
	for _, y := range years {
		address := l.String() + "/" + m + "/" + y + "/answers/"
		for _, section := range sitetest.All(w.page(t, address), "section") {
			if late := len(sitetest.All(section, ".late")); late > 0 {
				w.differences = append(w.differences, fmt.Sprintf("%s has %d that are late among %s", address, late, sitetest.Attr(section, "id")))
			}
		}
		for _, card := range sitetest.All(w.page(t, address), "article.answer") {
			said := sitetest.Text(card)
			for _, a := range sitetest.All(card, "a") {
				subject := path.Join(address, sitetest.Attr(a, "href")) + "/"
				x, due := owed[subject]
				switch {
				case strings.Contains(subject, "/recommendations/"):
					if !due || x.Due >= sitetest.Today.Format(time.DateOnly) {
						continue
					}
					got := ""
					for _, left := range sitetest.All(card, ".left") {
						got = sitetest.Text(left)
					}
					w.same(address+" of "+subject, x.Count, got)
				case due && strings.Contains(subject, "/measures/"):
					day, _ := time.Parse(time.DateOnly, x.Due)
					if promised := words.T("site.answers.promised") + " " + words.Date(day); !strings.Contains(said, promised) {
						w.differences = append(w.differences, address+" does not say: "+promised)
					}
				}
			}
		}
	}
}
