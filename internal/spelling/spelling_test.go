package spelling

import "testing"

func TestNearest(t *testing.T) {
	words := []string{"compliant", "partly", "non-compliant", "not-checked"}
	for word, want := range map[string]string{"complient": "compliant", "partialy": "partly", "xyz": "", "": "", "partly": "partly", "not_checked": "not-checked"} {
		if got := Nearest(word, words); got != want {
			t.Errorf("%q is nearest to %q, want %q", word, got, want)
		}
	}
}
