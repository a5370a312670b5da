package charts

import (
	"fmt"
	"strings"
	"testing"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/page"
	"achyk/internal/tools/jmetest"
)

// TestSilenceIsNoCount has a service and a place with complaints. A year is a plain sum, and told beside the one before, only
// where each of its months is recorded; of a place it never is, as small counts are not published.
func TestSilenceIsNoCount(t *testing.T) {
	for _, test := range []struct {
		explains   string
		months     func(i int) bool // is recorded, of 24, the oldest first
		of         string           // the service or the place
		want, mark string
	}{
		{"all is recorded", func(int) bool { return true }, "service",
			"November 2025 – October 2026: 60 complaints. November 2024 – October 2025: 60 complaints.", ""},
		{"months of the last year are missing", func(i int) bool { return i < 14 }, "service",
			"November 2025 – October 2026: at least 10 complaints; 2 of 12 months are recorded.", "not recorded"},
		{"months of the year before are missing", func(i int) bool { return i == 0 || i >= 12 }, "service",
			"November 2025 – October 2026: 60 complaints.", "not recorded"},
		{"nothing of the last year", func(i int) bool { return i < 12 }, "place", "November 2025 – October 2026: no month is recorded.", "not recorded, or not published (below 5)"},
		{"all of a place", func(int) bool { return true }, "place", "November 2025 – October 2026: at least 60 complaints; 12 of 12 months are recorded.", ""},
	} {
		// The other service has a record of each month, so these months are counted.
		var rows []map[string]string
		for i := range 24 {
			month := fmt.Sprintf("%d-%02d", 2024+(i+10)/12, (i+10)%12+1)
			rows = append(rows, map[string]string{"id": "o" + month, "period": month, "service": "other", "kind": "complaint", "count": "9"})
			if test.months(i) {
				rows = append(rows, map[string]string{"id": "a" + month, "period": month, "service": "water", "territory": "north", "kind": "complaint", "count": "5"})
			}
		}
		m := jmetest.Linked(t, jme.ByContest,
			jmetest.BuiltIn("services", map[string]string{"id": "water"}, map[string]string{"id": "other"}),
			jmetest.BuiltIn("territories", map[string]string{"id": "north"}), jmetest.BuiltIn(jme.Appeals, rows...))
		m.Settings.SmallCell = 5
		town := &page.Town{Municipality: m}
		p := &page.Place{Edition: &page.Edition{Site: &page.Site{Options: page.Options{Data: &jme.Dataset{}}}, Printer: locale.For(locale.En)}, Town: town}
		c := ComplaintsAbout(town, jme.Get[jme.Service](m, "water"))
		if test.of == "place" {
			c = ComplaintsFrom(town, m.Territories[0])
			test.want += " Counts of a place below 5 are not published, so an empty month does not mean that nobody complained."
		}
		d := c.data(p)
		if d.Says != test.want {
			t.Errorf("%s: %q, want %q", test.explains, d.Says, test.want)
		}
		for i, row := range d.Rows {
			if mark := row[2].Raw; test.months(i) != (mark == "") || mark != "" && mark != test.mark {
				t.Errorf("%s: the month %s says %q", test.explains, row[0].Raw, mark)
			}
		}
		if by := Complaints(town, m.Territories[0]).data(p); test.of == "place" && by != nil && !strings.HasPrefix(by.Says, "November 2025 – October 2026: at least ") {
			t.Errorf("%s: by service it says %q", test.explains, by.Says)
		}
	}
}
