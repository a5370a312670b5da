package jme_test

import (
	"strings"
	"testing"

	"achyk/internal/jme"
	"achyk/internal/table"
)

// These addresses must never change, since others link to them.
func TestAddress(t *testing.T) {
	m, long := &jme.Municipality{ID: "town"}, strings.Repeat("a", 200)
	trees := table.PlainSchema("trees", []string{"name"})
	for key, want := range map[string]string{
		"oak-1":          "town/trees/oak-1",
		"oak_2026-03-01": "town/trees/oak_2026-03-01",
		"Чынар":          "town/trees/k-f8281147b10f",
		"oak/../../etc":  "town/trees/k-ef073b1f9eba",
		"-oak":           "town/trees/k-614243760b85",
		"aux":            "town/trees/k-321f68140efc",
		"aux-1":          "town/trees/aux-1",
		"Oak":            "town/trees/k-cfed998f07b3",
		"oak 1":          "town/trees/k-bacf0bf01b27",
		"_oak":           "town/trees/k-f701403b2139",
		long:             "town/trees/" + long,
		long + "a":       "town/trees/k-a92efd821093",
		"":               "town/trees/k-e3b0c44298fc",
	} {
		got := m.Address(jme.Record{Table: &table.Table{Schema: trees}, Row: &table.Row{Key: key}})
		if got != want {
			t.Errorf("%q has the address %s, want %s", key, got, want)
		}
	}
	if got, want := m.FileAddress("жыл 2026/a?.pdf"), "files/town/%D0%B6%D1%8B%D0%BB%202026/a%3F.pdf"; got != want {
		t.Errorf("the file has the address %s, want %s", got, want)
	}
}
