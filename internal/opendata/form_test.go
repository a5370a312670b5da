package opendata

import (
	"slices"
	"strings"
	"testing"

	"achyk/internal/files"
)

// TestForms checks that no two forms of a list have the same name, key or place, that a form
// which catalogues list has a title and a name in every language, and that the index lists the forms that
// have a title in the order of their places.
func TestForms(t *testing.T) {
	distinct(t, registerForms)
	distinct(t, wholeForms)
	r, s := nasty(t)
	index := files.New()
	if err := Add(index, s, nil); err != nil {
		t.Fatal(err)
	}
	for _, e := range index.All() {
		k := e.Kind
		if !e.Dataset {
			continue
		}
		if name := k.Name(); strings.Contains(strings.Join(name.All(), " "), "opendata.form") {
			t.Errorf("a catalogue calls the form %v: add the message opendata.form.%s to internal/locale/messages/opendata.<lang>.toml", name, k.Key)
		}
	}
	listed(t, index, registerForms, r.m.ID, "nasty")
	listed(t, index, wholeForms, r.m.ID, "")
}

// listed checks that the index lists the files of those forms that have a title, by place.
func listed[T any](t *testing.T, index *files.Index, forms []form[T], municipality, register string) {
	t.Helper()
	forms = slices.DeleteFunc(slices.Clone(forms), func(f form[T]) bool { return f.title == nil })
	slices.SortFunc(forms, func(a, b form[T]) int { return a.Place - b.Place })
	var want, got []string
	for _, f := range forms {
		want = append(want, f.path(municipality, register))
	}
	for _, e := range index.Of(municipality, register) {
		got = append(got, e.Path)
	}
	if !slices.Equal(got, want) || len(want) == 0 {
		t.Errorf("the files %q are listed, want %q", got, want)
	}
}

func distinct[T any](t *testing.T, forms []form[T]) {
	t.Helper()
	keys, names, places := map[string]bool{}, map[string]bool{}, map[int]bool{}
	for _, f := range forms {
		if f.Key == "" || f.Media == "" || keys[f.Key] || names[f.file] || f.title != nil && (f.Place == 0 || places[f.Place]) {
			t.Errorf("%s %s: the key, the name or the place is missing or another form's", f.Key, f.file)
		}
		if f.dataset && f.title == nil {
			t.Errorf("%s %s holds a dataset and has no title, so neither pages nor catalogues list it", f.Key, f.file)
		}
		keys[f.Key], names[f.file], places[f.Place] = true, true, true
	}
}

// readers are the tests that read the register of nasty back from a form, by the key of the form.
var readers = map[string]func(*testing.T){
	"csv": TestNastyCSV, "excelcsv": TestNastyExcelCSV, "json": TestNastyJSON, "jsonl": TestNastyJSON,
	"xlsx": TestNastyExcel, "parquet": TestNastyParquet, "sqlite": TestNastySQLite,
}

// TestEveryFormIsRead checks that each form that holds records has such a test. A ZIP holds CSV.
func TestEveryFormIsRead(t *testing.T) {
	unread(t, registerForms)
	unread(t, wholeForms)
}

func unread[T any](t *testing.T, forms []form[T]) {
	t.Helper()
	for _, f := range forms {
		if f.dataset && readers[f.Key] == nil && f.Kind != zipForm.Kind {
			t.Errorf("no test reads the form %s: add one to nasty_test.go, and its name to readers", f.Key)
		}
	}
}
