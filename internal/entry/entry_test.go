package entry_test

import (
	"slices"
	"testing"

	"golang.org/x/tools/txtar"

	"achyk/internal/entry"
	"achyk/internal/locale"
	"achyk/internal/tools/casetest"
)

// TestBeside: points are offered only members of the contest's commission, whatever words name the application.
func TestBeside(t *testing.T) {
	m := casetest.Parse(t, txtar.Parse([]byte(`as of 2026-11-20
-- panels --
id,kind
p1,working-commission
p2,working-commission
-- panel_members --
id,panel,name
m1,p1,Айкөл Үлгүева
m2,p2,Айкөл Үлгүева
-- contests --
id,panel
c1,p1
-- applications --
id,contest,number
a1,c1,1
-- scores --
application,member,criterion,points
`))).Town
	fields := entry.New(m, m.Table("scores"), []locale.Lang{locale.Ky}, locale.For(locale.Ky))
	member, application := m.Table("scores").Schema.Field("member"), m.Table("scores").Schema.Field("application")
	all := fields.Offered(member)
	if len(all) != 2 {
		t.Fatal("all members:", all)
	}
	got := fields.Beside(member, func(field int) string {
		if field == application {
			return fields.Offered(application)[0]
		}
		return ""
	})
	if !slices.Equal(got, all[:1]) {
		t.Errorf("of %q the commission has %q", all, got)
	}
}
