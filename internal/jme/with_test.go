package jme_test

import (
	"slices"
	"sync"
	"testing"

	"achyk/internal/jme"
	"achyk/internal/table"
)

// wells is a municipality with two registers. Each well is in a district.
func wells(t *testing.T) *jme.Municipality {
	t.Helper()
	m := &jme.Municipality{ID: "town", Tables: []*table.Table{
		register(t, "districts", `{ name = "id", type = "id" }`, "id\nd-1\nd-2\n"),
		register(t, "wells", `{ name = "id", type = "id" }, { name = "district", type = "ref", register = "districts" }`,
			"id,district\nw-1,d-1\nw-2,d-1\nw-3,d-1\n"),
	}}
	if err := m.Link(); err != nil {
		t.Fatal(err)
	}
	return m
}

// warning makes a register as it could be derived from the wells, with one record that
// refers to d-1.
func warning(t *testing.T, id string) *table.Table {
	t.Helper()
	return register(t, "warnings", `{ name = "id", type = "id" }, { name = "district", type = "ref", register = "districts" }`, "id,district\n"+id+",d-1\n")
}

// referrers returns the keys of the records that refer to d-1.
func referrers(t *testing.T, m *jme.Municipality) (keys []string) {
	t.Helper()
	district, ok := m.Record("districts", "d-1")
	if !ok {
		t.Fatal("there is no d-1")
	}
	for _, l := range m.Down(district) {
		keys = append(keys, l.Record.Row.Key)
	}
	return keys
}

// With makes a new Dataset and leaves the one it is called on as it was.
func TestWith(t *testing.T) {
	old := &jme.Dataset{Municipalities: []*jme.Municipality{wells(t)}}
	set := old.With(map[string][]*table.Table{"town": {warning(t, "x-1")}})
	m := set.Municipality("town")
	if _, ok := m.Record("warnings", "x-1"); !ok || m.Table("warnings") == nil || len(m.Tables) != 3 || set.Rows() != 6 {
		t.Error("the derived register is not in the new Dataset")
	}
	if got, want := referrers(t, m), []string{"w-1", "w-2", "w-3", "x-1"}; !slices.Equal(got, want) {
		t.Errorf("in the new Dataset %v refer to the district, want %v", got, want)
	}
	before := old.Municipality("town")
	if before.Table("warnings") != nil || len(before.Tables) != 2 || old.Rows() != 5 {
		t.Error("the derived register is in the old Dataset")
	}
	if got, want := referrers(t, before), []string{"w-1", "w-2", "w-3"}; !slices.Equal(got, want) {
		t.Errorf("in the old Dataset %v refer to the district, want %v", got, want)
	}
	if one, _ := before.Record("wells", "w-1"); one.Row == nil {
		t.Error("the old Dataset lost a record")
	}
}

// Several goroutines may call With on one value while others read it. This fails also
// without the race detector if two of the new values share a list of referrers.
func TestWithFromSeveralGoroutines(t *testing.T) {
	m := wells(t)
	ids := []string{"x-1", "x-2", "x-3", "x-4", "x-5", "x-6", "x-7", "x-8"}
	derived := make([]*table.Table, len(ids))
	for i, id := range ids {
		derived[i] = warning(t, id)
	}
	with := make([]*jme.Municipality, len(ids))
	var group sync.WaitGroup
	for i := range ids {
		group.Go(func() {
			with[i] = m.With(derived[i])
			m.Down(jme.Record{Table: m.Tables[0], Row: &m.Tables[0].Rows[0]})
		})
	}
	group.Wait()
	for i, id := range ids {
		if got, want := referrers(t, with[i]), []string{"w-1", "w-2", "w-3", id}; !slices.Equal(got, want) {
			t.Errorf("%v refer to the district, want %v", got, want)
		}
	}
}
