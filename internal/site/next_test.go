package site_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"achyk/internal/tools/sitetest"
)

// TestNext checks that what pages call the next date is the first day ahead of the register that is due, announced or planned, and
// never one that was only suggested or promised, however near that is.
func TestNext(t *testing.T) {
	dir := sitetest.Sample(t)
	passedOver, plans := 0, 0
	for m := range municipalities {
		var ahead []map[string]string
		proposed := 0
		for _, d := range sitetest.Records(t, dir, m, "deadlines") {
			switch {
			case d["state"] != "ahead":
			case d["basis"] == "suggestion" || d["basis"] == "promise":
				proposed++
			default:
				ahead = append(ahead, d)
			}
			if d["basis"] == "plan" {
				plans++
			}
		}
		if len(ahead) == 0 || proposed == 0 {
			t.Errorf("%s: %d dates are ahead, %d proposed, so nothing is checked", m, len(ahead), proposed)
			continue
		}
		first := slices.MinFunc(ahead, func(a, b map[string]string) int { return strings.Compare(a["due"], b["due"]) })
		for _, address := range []string{"en/" + m + "/", "en/" + m + "/2026/"} {
			due := sitetest.All(sitetest.Read(t, dir, address).Doc, "div.due")
			if len(due) != 1 {
				t.Errorf("%s shows %d next dates", address, len(due))
				continue
			}
			if day := sitetest.Attr(sitetest.All(due[0], "time")[0], "datetime"); day != first["due"] {
				t.Errorf("%s calls %s the next date, the register %s", address, day, first["due"])
			}
		}
		for _, d := range sitetest.Records(t, dir, m, "deadlines") {
			if d["state"] == "ahead" && d["due"] < first["due"] && d["due"] >= sitetest.Today.Format(time.DateOnly) {
				passedOver++
			}
		}
		list := byID(sitetest.Read(t, dir, "en/"+m+"/deadlines/").Doc, "not-due")
		if n := len(sitetest.All(list, "li")); n != len(ahead) {
			t.Errorf("%s: the page of deadlines lists %d days ahead, the register %d", m, n, len(ahead))
		}
	}
	if plans == 0 {
		t.Error("no planned day was checked")
	}
	t.Log(passedOver, "proposed days are nearer")
}
