package changes

import (
	"slices"
	"testing"
	"time"

	"achyk/internal/history"
	"achyk/internal/jme"
	"achyk/internal/judgement"
	"achyk/internal/locale"
	"achyk/internal/site/page"
	"achyk/internal/table"
)

// TestSharedRegisters has a commit that changes a register of all towns, and one of a single town. The first is among
// the changes of each town and in its feed, with links to the pages of that town.
func TestSharedRegisters(t *testing.T) {
	made := func(label, name string) *table.Table { return table.Made(jme.Schema(name), label, nil) }
	data := &jme.Dataset{}
	data.Site.BaseURL, data.Site.Languages = "https://sample.example/", []string{"en"}
	for _, id := range []string{"east", "west"} {
		data.Municipalities = append(data.Municipalities, &jme.Municipality{ID: id, Tables: []*table.Table{
			made(jme.Calendar, jme.Calendar), made(id+"/services", "services"),
		}})
	}
	created := []history.Record{{Key: "a", Kind: history.Created}}
	commit := &history.Commit{Touches: []history.Touch{{Register: jme.Calendar, Records: created}, {Register: "west/services", Records: created}, {Register: "gone/services", Records: created}}}
	commit.Hash, commit.Subject, commit.Time = "0123456789abcdef", "All", time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	s := page.New(nil, page.Options{Data: data, Judgements: []*judgement.Judgement{{Told: data.Municipalities[0]}, {Told: data.Municipalities[1]}}, History: &history.History{Commits: []*history.Commit{commit}}})
	ids := map[string]bool{}
	for i, want := range [][]string{
		{"https://sample.example/en/east/changes/calendar/"},
		{"https://sample.example/en/west/changes/calendar/", "https://sample.example/en/west/changes/services/"},
	} {
		p := s.EditionIn(locale.En).WithRoot(s.Towns[i], s.Towns[i].ChangesPath(""), data.Site.BaseURL)
		var links []string
		for _, x := range feed(p).Entries {
			if links = append(links, x.Link.Href); ids[x.ID] {
				t.Errorf("%s: the id %s stands in another feed, with another link", p.Town.ID, x.ID)
			}
			ids[x.ID] = true
		}
		if !slices.Equal(links, want) {
			t.Errorf("%s: the feed leads to %q, want %q", p.Town.ID, links, want)
		}
		budget := mostOfFeed
		if got := changedRegister(p, p.Town.Entries[0], &budget).Register.Href; got != "https://sample.example/en/"+p.Town.ID+"/calendar/" {
			t.Errorf("%s: the changes of the calendar lead to %s", p.Town.ID, got)
		}
	}
}
