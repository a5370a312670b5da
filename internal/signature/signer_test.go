package signature

import (
	"fmt"
	"strings"
	"testing"
)

// Signers names every key once, with a sum that changes with whatever is said of the key, and
// never with an address.
func TestSigners(t *testing.T) {
	a, b, pgp := ed(t), ed(t), newPGP(t, "Бакыт", "bakyt@osh.example", nil)
	signers := func(keys, armored string) map[string]Signer {
		k, _ := read(t, map[string]string{"data/allowed_signers": keys, "data/bakyt.asc": armored})
		by := map[string]Signer{}
		for _, s := range k.Signers() {
			by[s.Name+" "+s.Path] = s
			if strings.Contains(fmt.Sprint(s), "@") {
				t.Error(s)
			}
		}
		return by
	}
	for _, other := range []string{"a", "b", "c", "d", "e"} { // the library keeps them in no order
		if err := pgp.AddUserId(other, "", other+"@osh.example", nil); err != nil {
			t.Fatal(err)
		}
	}
	first := signers(line(a, "a@osh.example,Айгүл")+line(b, "b@osh.example"), public(t, pgp))
	for _, name := range []string{"Айгүл data/allowed_signers", " data/allowed_signers", "Бакыт data/bakyt.asc"} {
		if first[name].Fingerprint == "" {
			t.Errorf("%q is not among %v", name, first)
		}
	}
	again := signers("# a comment\n"+line(b, "b@osh.example")+line(a, "c@osh.example,Айгүл"), public(t, pgp))
	if first[" data/allowed_signers"] != again[" data/allowed_signers"] || first["Бакыт data/bakyt.asc"] != again["Бакыт data/bakyt.asc"] {
		t.Error("a comment or another order counts")
	}
	if name := "Айгүл data/allowed_signers"; first[name].Sum == again[name].Sum || first[name].Fingerprint != again[name].Fingerprint {
		t.Error("another address does not count")
	}
	if (*Keys)(nil).Signers() != nil {
		t.Error("no keys have signers")
	}
}
