package selection

import (
	"slices"
	"strings"
	"testing"

	"achyk/internal/jme"
	"achyk/internal/table"
)

// TestJoints: each path is one of references of the built-in registers, so that no pair is passed over in silence.
func TestJoints(t *testing.T) {
	m := town(t, "-- panels --\nid\np1\n")
	for register, all := range joints {
		for _, j := range all {
			for _, way := range [][2]string{{j.column, j.path}, {j.other, j.otherPath}} {
				at, column := m.Table(register), way[0]
				for _, step := range strings.Split(way[1], ".") {
					if step == "" {
						continue
					}
					of, ok := jme.Find(at.Schema.Column(column).Register)
					if !ok {
						t.Fatalf("%s: %s of %s is no reference", register, column, at.Label)
					}
					at, column = m.Table(of.Name), step
				}
				if !slices.ContainsFunc(at.Schema.Fields, func(f table.Field) bool { return f.Name == column }) {
					t.Errorf("%s: %v has no %s", register, way, column)
				}
			}
		}
	}
}

// TestBeside narrows what a row may name by what it has.
func TestBeside(t *testing.T) {
	m := town(t, `-- panels --
id
p1
p2
-- panel_members --
id,panel
m1,p1
m2,p2
-- contests --
id,panel
c1,p1
c2,p2
c3,
-- criteria --
id,contest
k1,c1
k2,c2
-- applications --
id,contest
a1,c1
a3,c3
-- services --
id
water
waste
-- requirements --
id,service
r1,water
r2,waste
-- indicators --
id,requirement
i1,r1
i2,r2
-- assessments --
id,service
s1,water
`)
	for _, x := range []struct{ register, column, key, has, want string }{
		{"scores", "member", "m1", "application=a1", "fits"},
		{"scores", "member", "m2", "application=a1", ""},
		{"scores", "member", "m2", "application=a3", "fits"}, // nobody knows whose contest that is
		{"scores", "member", "m2", "", "fits"},
		{"scores", "criterion", "k1", "member=m2", "fits"}, // one of the two is wrong, and the application does not tell which
		{"scores", "criterion", "k2", "application=a1", ""},
		{"scores", "application", "a1", "criterion=k2", ""},
		{"scores", "application", "a1", "criterion=wrong", "fits"},
		{"recusals", "member", "m2", "application=a1", ""},
		{"findings", "requirement", "r2", "assessment=s1", ""},
		{"findings", "requirement", "r1", "assessment=s1", "fits"},
		{"measurements", "indicator", "i2", "assessment=s1", ""},
		{"measurements", "indicator", "i1", "assessment=s1", "fits"},
		{"panels", "decision", "d", "", "fits"},
	} {
		has := func(column string) string {
			value, _ := strings.CutPrefix(x.has, column+"=")
			if value == x.has {
				return ""
			}
			return value
		}
		if got := Beside(m.Table, x.register, x.column, x.key, has); got != (x.want != "") {
			t.Errorf("%v: %t", x, got)
		}
	}
}
