package site_test

import (
	"image/png"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"

	"achyk/internal/atom"
	"achyk/internal/linkcard"
	"achyk/internal/locale"
	"achyk/internal/tools/sitetest"
)

// events lists the files of events of the sample in a folder that end with a suffix.
func events(t *testing.T, folder, suffix string) (names []string) {
	t.Helper()
	for _, pattern := range []string{"/*/*/*", "/*/events"} {
		found, err := filepath.Glob(filepath.Join(sitetest.Sample(t), folder+pattern+suffix))
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, found...)
	}
	if len(names) < 9 {
		t.Fatalf("%s has the events of %d subjects only", folder, len(names))
	}
	return names
}

// TestEvents checks that a feed says of each event what the page says to which it leads, and nothing twice; that the
// newest event comes first; and that none lies ahead.
func TestEvents(t *testing.T) {
	dir := sitetest.Sample(t)
	kinds := map[string]bool{}
	pages := map[string]string{}
	text := func(address string) string {
		if pages[address] == "" {
			pages[address] = plain(sitetest.Text(sitetest.Read(t, dir, strings.TrimPrefix(address, siteBase)).Doc))
		}
		return pages[address]
	}
	for _, l := range sitetest.Langs {
		for _, name := range events(t, "feeds", "."+l+".atom") {
			var feed atom.Feed
			readXML(t, name, &feed)
			if len(feed.Entries) == 0 || len(feed.Entries) > 100 || feed.Updated != feed.Entries[0].Updated.Format(time.RFC3339) {
				t.Errorf("%s has %d entries and the time %s", name, len(feed.Entries), feed.Updated)
			}
			ids, last := map[string]bool{}, sampleDay
			for _, x := range feed.Entries {
				if ids[x.ID] || x.Updated.After(last) || !leadsTo(dir, x.Link.Href) {
					t.Errorf("%s: %s stands twice, is out of order or leads nowhere: %s", name, x.ID, x.Link.Href)
				}
				ids[x.ID], last = true, x.Updated.Time
				kind := strings.Split(x.ID, "/")
				kinds[kind[len(kind)-2]] = true
				says := text(x.Link.Href)
				if kind[1] == "deadlines" {
					town := strings.Split(strings.TrimPrefix(x.Link.Href, siteBase), "/")[1]
					says = text(siteBase + l + "/" + town + "/deadlines/")
				}
				for line := range strings.SplitSeq(x.Summary, "\n") {
					if line = strings.TrimSuffix(plain(line), "…"); line == "" || !strings.Contains(says, line) {
						t.Errorf("%s: the page does not say %q", x.Link.Href, line)
					}
				}
			}
		}
	}
	for _, kind := range []string{"overdue", "reported", "replied", "answered", "done", "checked", "decided"} {
		if !kinds[kind] {
			t.Errorf("the sample has no event of the kind %s", kind)
		}
	}
}

// sampleDay is the day of the sample.
var sampleDay = time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC)

// plain is a text without the signs that keep words together.
func plain(s string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("\u2060", "", "\u00ad", "", "\u00a0", " ").Replace(s)), " ")
}

// TestEventCalendars checks that each calendar of events can be read, has the events of the feed, and no event twice.
func TestEventCalendars(t *testing.T) {
	for _, name := range events(t, "calendar", ".ky.ics")[:9] {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		c, err := ics.ParseCalendar(f)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var titles []string
		ids := map[string]bool{}
		for _, x := range c.Events() {
			if ids[x.Id()] {
				t.Errorf("%s has %s twice", name, x.Id())
			}
			ids[x.Id()], titles = true, append(titles, x.GetProperty(ics.ComponentPropertySummary).Value)
		}
		if len(titles) == 0 {
			t.Errorf("%s is empty", name)
		}
		var feed atom.Feed
		of := strings.Replace(strings.TrimSuffix(name, "ics")+"atom", "/calendar/", "/feeds/", 1)
		if _, err := os.Stat(of); err != nil {
			continue // it has only what is due
		}
		readXML(t, of, &feed)
		for _, x := range feed.Entries {
			if !slices.Contains(titles, strings.Join(strings.Fields(x.Title), " ")) {
				t.Errorf("%s lacks %q", name, x.Title)
			}
		}
	}
}

// TestSubscribe checks that what the page offers is there, and that its links to calendar programs lead to the same
// calendars as files do.
func TestSubscribe(t *testing.T) {
	dir := sitetest.Sample(t)
	for _, page := range []string{"ky/osh/subscribe/", "ru/osh/services/waste/", "en/osh/bodies/council/", "ky/osh/territories/miste/"} {
		found := 0
		for _, a := range sitetest.All(sitetest.Read(t, dir, page).Doc, "a.file") {
			if rest, ok := strings.CutPrefix(sitetest.Attr(a, "href"), "webcal://"); ok {
				found++
				if !leadsTo(dir, "https://"+rest) {
					t.Errorf("%s leads to no calendar: %s", page, rest)
				}
			}
		}
		if found == 0 {
			t.Errorf("%s offers no calendar", page)
		}
	}
}

// TestShared checks that messengers get the description of a page with its address.
func TestShared(t *testing.T) {
	dir := sitetest.Sample(t)
	for _, page := range []string{"ky/osh/2025/letter/", "ru/osh/2025/", "en/osh/services/waste/", "ky/osh/findings/osh-2025-a1-f03/", "ru/osh/providers/taza-kocho/", "ky/osh/bodies/council/", "en/osh/territories/miste/"} {
		doc := sitetest.Read(t, dir, page).Doc
		said := ""
		for _, meta := range sitetest.All(doc, "meta") {
			if sitetest.Attr(meta, "name") == "description" {
				said = sitetest.Attr(meta, "content")
			}
		}
		got := map[string]url.Values{}
		for _, a := range sitetest.All(doc, "a") {
			if link, err := url.Parse(sitetest.Attr(a, "href")); err == nil && link.Host != "" && !strings.Contains(link.RawQuery, "+") {
				got[link.Host] = link.Query()
			}
		}
		want := siteBase + page
		if got["wa.me"].Get("text") != said+" "+want || got["t.me"].Get("url") != want || got["t.me"].Get("text") != said {
			t.Errorf("%s tells messengers %v, want %q and its address", page, got, said)
		}
	}
}

// TestLinkCards checks that each page that names a picture for messengers has one of its size that is not too large,
// and says in words what is in it.
func TestLinkCards(t *testing.T) {
	dir := sitetest.Sample(t)
	for _, l := range locale.Langs {
		for _, page := range []string{
			"osh/", "osh/2025/", "osh/2026/", "osh/2025/letter/", "osh/services/waste/", "osh/services/drinking-water/", "osh/findings/osh-2025-a1-f03/",
			"osh/providers/taza-kocho/", "osh/bodies/council/", "kochkorbaev/", "kochkorbaev/services/street-lighting/",
		} {
			meta := map[string]string{}
			for _, m := range sitetest.All(sitetest.Read(t, dir, l.String()+"/"+page).Doc, "meta") {
				meta[sitetest.Attr(m, "property")] = sitetest.Attr(m, "content")
			}
			// The picture says what the description begins with: after its title or, of a finding, in its title.
			title, said, _ := strings.Cut(meta["og:image:alt"], ". ")
			if description := meta["og:description"]; !strings.HasPrefix(description, said) && !strings.HasPrefix(description, title+".") {
				t.Errorf("%s: the picture says %q, the description %q", page, meta["og:image:alt"], description)
			}
			for _, y := range years { // the picture of a year tells of no other
				if strings.HasSuffix(page, "/"+y+"/") && (strings.Count(meta["og:image:alt"], "202") == 0 || strings.Count(meta["og:image:alt"], "202") != strings.Count(meta["og:image:alt"], y)) {
					t.Errorf("%s: the picture of %s says %q", page, y, meta["og:image:alt"])
				}
			}
			name := filepath.Join(dir, filepath.FromSlash(strings.TrimPrefix(meta["og:image"], siteBase)))
			f, err := os.Open(name)
			if err != nil {
				t.Error(err)
				continue
			}
			defer f.Close()
			info, err := f.Stat()
			if err != nil {
				t.Fatal(err)
			}
			if m, err := png.DecodeConfig(f); err != nil || m.Width != linkcard.Width || m.Height != linkcard.Height || info.Size() > 100_000 {
				t.Errorf("%s: %v, %dx%d, %d bytes", name, err, m.Width, m.Height, info.Size())
			}
			if meta["og:image:width"] != "1200" || meta["og:image:height"] != "630" || meta["og:image:alt"] == "" {
				t.Errorf("%s describes its picture by %v", page, meta)
			}
		}
	}
}
