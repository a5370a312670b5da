package site_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"achyk/internal/locale"
	"achyk/internal/pipeline"
	"achyk/internal/tools/sitetest"
)

// TestAhead checks that pages do not tell as done what is dated after the day of the site: the record says that its day has
// not come, and the year does not count it.
func TestAhead(t *testing.T) {
	t.Parallel()
	r := newRepository(t, map[string]string{"odd": "osh"})
	r.register("services", map[string]string{"id": "water", "name_ky": "Суу", "level": "municipal", "valid_from": "2020-01-01"})
	r.register("decisions", map[string]string{"id": "d", "issuer": "council", "kind": "annual-list", "number": "1", "date": "2027-02-01", "title_ky": "Чечим"})
	r.register("annual_list", map[string]string{"id": "l", "year": "2026", "service": "water", "decision": "d"})
	dest := filepath.Join(t.TempDir(), "site")
	if _, problems, err := pipeline.Build(context.Background(), pipeline.Options{Source: r.dir, Dest: dest, AsOf: sitetest.Today}); err != nil || problems.HasErrors() {
		t.Fatal(problems, err)
	}
	ky := locale.For(locale.Ky)
	if said := sitetest.Text(sitetest.Read(t, dest, "ky/odd/decisions/d/").Doc); !strings.Contains(said, ky.T("site.status.ahead")) {
		t.Error("the decision does not say that its day has not come")
	}
	if said := sitetest.Text(sitetest.Read(t, dest, "ky/odd/2026/").Doc); strings.Contains(said, "2027") || strings.Contains(said, ky.N("site.count.entries", 1)) {
		t.Errorf("the year tells of the decision to come:\n%s", said)
	}
	if said := sitetest.Text(sitetest.Read(t, dest, "ky/odd/decisions/").Doc); !strings.Contains(said, "2027") {
		t.Error("the list of decisions lacks it")
	}
}
