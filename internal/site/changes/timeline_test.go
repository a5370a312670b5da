package changes

import (
	"testing"

	"achyk/internal/gitrepo"
	"achyk/internal/history"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/page"
	"achyk/internal/table"
)

// TestFirstPublished checks that a record says whether it was there when the registers were first published, unless older
// commits are not known, and that the reason for a correction says in which language it is if the reader may not know it.
func TestFirstPublished(t *testing.T) {
	data := &jme.Dataset{}
	data.Site.Languages = []string{"ky"}
	later := &history.Commit{Commit: gitrepo.Commit{Hash: "b", Body: "Correction: the wrong year was typed"}}
	first := &history.Commit{Commit: gitrepo.Commit{Hash: "a"}}
	h := &history.History{Commits: []*history.Commit{later, first}}
	p := page.New(nil, page.Options{Data: data, History: h}).EditionIn(locale.Ky).At(nil, "")
	about := jme.Record{Table: table.Made(jme.Schema("services"), "services", nil)}
	said := func(c *history.Commit) RecordChange {
		return recordChange(p, about, history.Change{Commit: c, Record: &history.Record{Kind: history.Created}})
	}
	if got, want := said(first).Kind, "Реестрлер биринчи жолу жарыяланганда кошулду"; got != want {
		t.Errorf("the first commit: %q, want %q", got, want)
	}
	if got, want := said(later), "Кошулду"; got.Kind != want || len(got.Reason) != 1 || got.Reason[0].In != "англис тилинде" {
		t.Errorf("a later commit: %+v, want %q, and a reason in English", got, want)
	}
	if h.Shallow = true; said(first).Kind != "Кошулду" {
		t.Errorf("a part of a history: %q", said(first).Kind)
	}
}
