package browsing_test

import (
	"fmt"
	"strings"
	"testing"

	"achyk/internal/tools/browsertest"
	"achyk/internal/tools/sitetest"
)

// phoneHeight is how much of a page a phone shows at once.
const phoneHeight = 740

// tasks are what citizens come for: from the top of the site, the links that they follow, and what
// the last page must show. The limits are in clicks and in screens that have to be looked through: on each page
// before the last as far as the link is below the first screen, on the last one as far as its answer ends.
var tasks = []struct {
	name   string
	links  []string // addresses within an edition; with a query, the form that leads there
	answer string   // selects the answer
	clicks int
	high   float64 // screens
}{
	{"my water: who must act, by when, did they", []string{"osh/", "osh/services/drinking-water/"}, "#answers .answer", 2, 3},
	{"everything about a provider", []string{"osh/", "osh/providers/taza-kocho/"}, ".record .big", 2, 5},
	{"everything about a place", []string{"osh/", "osh/territories/miste/"}, "#measured tbody tr, #complaints p", 2, 3},
	{"find a word", []string{"", "search/?q=%D1%81%D1%83%D1%83"}, "#found li", 2, 2},
	{"what was found this year", []string{"osh/", "osh/2025/findings/"}, ".tally, .counts", 2, 7},
	{"what comes next, and when", []string{"osh/"}, ".hero time", 1, 2},
	{"was what was recommended done", []string{"osh/", "osh/2025/answers/#no-answer"}, "main .counts", 2, 3},
	{"what the mayor’s office owes", []string{"osh/", "osh/bodies/executive/"}, "#owes li", 2, 5},
	{"how to complain or suggest", []string{"", "about/"}, "main h2:nth-of-type(2) + ul", 2, 7},
	{"download the data", []string{"osh/", "osh/data/"}, "main a[download], main a.file", 2, 3},
	{"subscribe", []string{"osh/", "osh/subscribe/"}, "main a.file", 2, 4},
}

// TestTasks does what citizens come for on a phone, in each language, and counts clicks and screens.
func TestTasks(t *testing.T) {
	t.Parallel()
	url := browsertest.Serve(t, builtSample(t))
	bottom := func(t *testing.T, address, selects string) float64 {
		at := browsertest.Eval[float64](t, address, browsertest.Phone, fmt.Sprintf(`(async () => {
			const find = () => [...document.querySelectorAll(%q)].filter(e => e.checkVisibility({checkVisibilityCSS: true, contentVisibilityAuto: true}));
			let seen = find();
			for (let i = 0; i < 60 && !seen.length; i++) {
				await new Promise(r => setTimeout(r, 50));
				seen = find();
			}
			return Math.min(...seen.map(e => e.getBoundingClientRect().bottom + scrollY), 1e6) })()`, selects))
		if at == 1e6 {
			t.Errorf("%s does not show %s", address, selects)
		}
		return at / phoneHeight
	}
	for _, task := range tasks {
		for _, l := range sitetest.Langs {
			t.Run(l+"/"+task.name, func(t *testing.T) {
				high, address := 0.0, url+"/"
				for i, link := range task.links {
					href := l + "/" + link
					leads := `a[href$="/` + href + `"]`
					if form, _, ok := strings.Cut(href, "?q="); ok {
						leads = `form[action$="/` + form + `"] button`
					}
					high += max(bottom(t, address, leads)-1, 0)
					address = url + "/" + href
					if i+1 == len(task.links) {
						high += bottom(t, address, task.answer)
					}
				}
				t.Logf("%d clicks, %.1f screens", len(task.links), high)
				if len(task.links) > task.clicks || high > task.high {
					t.Errorf("%d clicks and %.1f screens, want at most %d and %.1f", len(task.links), high, task.clicks, task.high)
				}
			})
		}
	}
}
