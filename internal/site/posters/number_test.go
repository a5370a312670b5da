package posters

import "testing"

// TestNumbers holds numbers of the sample. They may be on paper: if this fails, posters that hang on
// boards lead elsewhere. Do not write other numbers here.
func TestNumbers(t *testing.T) {
	for key, want := range map[string]string{
		"osh/analytic_letters/osh-2025":                 "453688",
		"osh/services/waste/2025":                       "716888",
		"kochkorbaev/analytic_letters/kochkorbaev-2025": "755893",
	} {
		if got := numberOf(key); got != want {
			t.Errorf("%s has the number %s, and had %s", key, got, want)
		}
	}
}
