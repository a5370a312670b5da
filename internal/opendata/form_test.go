package opendata

import (
	"slices"
	"strings"
	"testing"

	"achyk/internal/files"
)

// TestForms checks that no two forms of a list have the same name, key or place, that a form
// which catalogues list has a name in every language, and that the index lists the forms that
// have a title in the order of their places.
func TestForms(t *testing.T) {
	distinct(t, registerForms)
	distinct(t, wholeForms)
	for _, k := range Kinds() {
		if name := k.Name(); name.Ky == "" || name.Ru == "" || name.En == "" || strings.Contains(name.En, "opendata.form") {
			t.Errorf("the kind %s is called %v", k.Key, name)
		}
	}
	r, s := nasty(t)
	index := files.New()
	if err := Add(index, s, nil); err != nil {
		t.Fatal(err)
	}
	listed := func(register string) (titles []string) {
		for _, e := range index.Of(r.m.ID, register) {
			titles = append(titles, e.Title.En)
		}
		return titles
	}
	if got, want := listed("nasty"), []string{"CSV", "Excel", "JSON", "CSV for Excel", "JSONL", "Parquet", "Schema", "CSVW"}; !slices.Equal(got, want) {
		t.Errorf("a register has the files %q, want %q", got, want)
	}
	if got, want := listed(""), []string{"town.zip", "town.xlsx", "town.sqlite"}; !slices.Equal(got, want) {
		t.Errorf("a municipality has the files %q, want %q", got, want)
	}
}

func distinct[T any](t *testing.T, forms []form[T]) {
	t.Helper()
	keys, names, places := map[string]bool{}, map[string]bool{}, map[int]bool{}
	for _, f := range forms {
		if f.Key == "" || f.Media == "" || keys[f.Key] || names[f.file] || f.title != nil && (f.Place == 0 || places[f.Place]) {
			t.Errorf("%s %s: the key, the name or the place is missing or another form's", f.Key, f.file)
		}
		keys[f.Key], names[f.file], places[f.Place] = true, true, true
	}
}
