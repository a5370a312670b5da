package label_test

import (
	"testing"
	"testing/fstest"

	"achyk/internal/label"
	"achyk/internal/load"
	"achyk/internal/locale"
	"achyk/internal/tools/towntest"
)

// TestOf: people read labels and names, and ids where nobody knows a name.
func TestOf(t *testing.T) {
	files := fstest.MapFS{}
	for name, text := range towntest.Files {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	files["data/town/providers.csv"] = &fstest.MapFile{Data: []byte("id,name_ky,name_ru,name_en,kind\np-1,Таза  Суу,Чистая вода,,contractor\n")}
	data, _, err := load.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	m := data.Municipalities[0]
	for _, c := range []struct{ register, field, value, want string }{
		{"providers", "kind", "contractor", "Подрядчик"},
		{"providers", "kind", "unknown", "unknown"},
		{"providers", "name_ru", "contractor", "contractor"},
		{"providers", "nothing", "a", "a"},
		{"letters", "provider", "p-1", "Чистая вода [p-1]"},
		{"letters", "provider", "p-2", "p-2"},
		{"letters", "provider", "", ""},
	} {
		if got := label.Of(m, m.Table(c.register).Schema, c.field, c.value).In(locale.Ru); got != c.want {
			t.Errorf("%s.%s %q: %q, not %q", c.register, c.field, c.value, got, c.want)
		}
	}
}
