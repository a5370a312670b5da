package subjects

import "testing"

// A place is named where its name begins a word: endings follow it in Kyrgyz, but nothing goes before it.
func TestNames(t *testing.T) {
	for text, want := range map[string]bool{
		"Талда контейнер жок": true, "Акталда контейнер жок": false, "Акталда, Талда": true, "«Тал» аймагы": true, "": false,
	} {
		if got := names(text, "Тал"); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
	if !names("Контейнер «Тал» аймагында", "«Тал»") {
		t.Error("a name between quotation marks is not found")
	}
}
