package site_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"achyk/internal/tools/sitetest"
)

// TestFeedsHaveEvents checks that the feed of a town has each event of the newest year, and its contest, and that of a
// service the events at which something was suggested of it.
func TestFeedsHaveEvents(t *testing.T) {
	dir := sitetest.Sample(t)
	read := func(name string) string {
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	feed, n := read("feeds/osh/events.ky.atom"), 0
	for _, e := range sitetest.Records(t, dir, "osh", "events") {
		if e["date"] >= "2026-11-01" && e["date"] <= "2026-12-01" {
			if n++; !strings.Contains(feed, "events/"+e["id"]+"/") {
				t.Errorf("the feed lacks %s", e["id"])
			}
		}
	}
	if n == 0 || !strings.Contains(feed, "contests/contest-2026/") {
		t.Errorf("%d events; the feed lacks the contest", n)
	}
	// Roads are on the list of 2026, and nobody has begun to check them: the day by which it must be done is in the calendar.
	if calendar := read("calendar/osh/services/roads.ky.ics"); !strings.Contains(calendar, "20261231") {
		t.Errorf("the calendar of roads lacks the day by which they must be checked: %s", calendar)
	}
}
