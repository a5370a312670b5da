package page

import "testing"

// TestJoined checks that lists are found one after another, with empty ones at every place.
func TestJoined(t *testing.T) {
	list := func(paths ...string) Pages {
		var pages []Page
		for _, p := range paths {
			pages = append(pages, Page{Path: p})
		}
		return Made(pages)
	}
	got := ""
	for i, p := range Joined(Pages{}, list("a", "b"), Pages{}, list("c"), Joined(), list("d", "e"), Pages{}).All() {
		if got += p.Path; len(got) != i+1 {
			t.Errorf("page %s has index %d", p.Path, i)
		}
	}
	if got != "abcde" {
		t.Errorf("the pages are %q", got)
	}
}
