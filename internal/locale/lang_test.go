package locale

import (
	"slices"
	"testing"
)

// TestChosen checks that a site has the languages that it names, whatever their order.
func TestChosen(t *testing.T) {
	for _, test := range []struct {
		codes []string
		want  []Lang
	}{{nil, Langs[:]}, {[]string{"ru", "ky"}, []Lang{Ky, Ru}}, {[]string{"ky", "de"}, []Lang{Ky}}} {
		if got := Chosen(test.codes, Langs[:]); !slices.Equal(got, test.want) {
			t.Errorf("%v: %v, want %v", test.codes, got, test.want)
		}
	}
}

// TestLanguagesAreWhole checks that each built-in language has all facts, and a field of Text of its
// own.
func TestLanguagesAreWhole(t *testing.T) {
	for _, l := range Langs {
		if missing := l.Facts().Missing(); len(missing) > 0 {
			t.Errorf("languages/%s.toml has no %v", l, missing)
		}
		var text Text
		text.Set(l, "x")
		for _, other := range Langs {
			if got := text.Get(other) == "x"; got != (other == l) {
				t.Errorf("Text.in gives %v the field of %v", l, other)
			}
		}
	}
}

func TestParseLang(t *testing.T) {
	for _, l := range Langs {
		if got, ok := ParseLang(l.String()); got != l || !ok {
			t.Errorf("ParseLang(%q) = %v, %v", l, got, ok)
		}
	}
	for _, code := range []string{"", "KY", "kg", "ru-RU"} {
		if _, ok := ParseLang(code); ok {
			t.Errorf("ParseLang(%q) should not know it", code)
		}
	}
}

func TestFromEnvironment(t *testing.T) {
	tests := []struct {
		env  map[string]string
		want Lang
	}{
		{map[string]string{"LANG": "ky_KG.UTF-8"}, Ky},
		{map[string]string{"LANG": "ky"}, Ky},
		{map[string]string{"LANG": "ru_KG.UTF-8"}, Ru},
		{map[string]string{"LANG": "RU-ru"}, Ru},
		{map[string]string{"LANG": "ky_KG", "LC_MESSAGES": "ru_RU"}, Ru},
		{map[string]string{"LANG": "ky_KG", "LC_MESSAGES": "ru_RU", "LC_ALL": "C.UTF-8"}, En},
		{map[string]string{"LANG": "de_DE@euro"}, En},
		{nil, En},
	}
	for _, test := range tests {
		if got := FromEnvironment(func(name string) string { return test.env[name] }); got != test.want {
			t.Errorf("%v: %v, want %v", test.env, got, test.want)
		}
	}
}

func TestText(t *testing.T) {
	tests := []struct {
		text Text
		lang Lang
		want string
		in   Lang
	}{
		{Text{Ky: "суу", Ru: "вода", En: "water"}, Ru, "вода", Ru},
		{Text{Ky: "суу", Ru: "вода"}, En, "суу", Ky},
		{Text{Ru: "вода", En: "water"}, Ky, "вода", Ru},
		{Text{En: "water"}, Ru, "water", En},
		{Text{}, Ru, "", Ru},
	}
	for _, test := range tests {
		if s, l := test.text.Resolve(test.lang); s != test.want || l != test.in {
			t.Errorf("%+v.Resolve(%v) = %q, %v", test.text, test.lang, s, l)
		}
		if s := test.text.In(test.lang); s != test.want {
			t.Errorf("%+v.In(%v) = %q", test.text, test.lang, s)
		}
	}
	if !(Text{}).IsZero() || (Text{En: "water"}).IsZero() {
		t.Error("IsZero")
	}
}
