package locale

import "testing"

// TestEndings holds the endings as they follow the numbers read aloud: үчтөн, кырктан, жүздөн.
func TestEndings(t *testing.T) {
	for n, want := range map[int][2]string{
		0: {"0дөн", "0ү"}, 1: {"1ден", "1и"}, 2: {"2ден", "2си"}, 3: {"3төн", "3ү"}, 4: {"4төн", "4ү"}, 5: {"5тен", "5и"}, 6: {"6дан", "6сы"},
		7: {"7ден", "7си"}, 8: {"8ден", "8и"}, 9: {"9дан", "9у"}, 10: {"10дон", "10у"}, 13: {"13төн", "13ү"}, 20: {"20дан", "20сы"},
		30: {"30дан", "30у"}, 40: {"40тан", "40ы"}, 42: {"42ден", "42си"}, 50: {"50дөн", "50сү"}, 60: {"60тан", "60ы"}, 70: {"70тен", "70и"},
		80: {"80ден", "80и"}, 90: {"90дон", "90у"}, 100: {"100дөн", "100ү"}, 110: {"110дон", "110у"}, 2000: {"2" + nbsp + "000ден", "2" + nbsp + "000и"},
		3000000: {"3" + nbsp + "000" + nbsp + "000дон", "3" + nbsp + "000" + nbsp + "000у"},
	} {
		if got := For(Ky).Ablative(n); got != want[0] {
			t.Errorf("%q, want %q", got, want[0])
		}
		if got := For(Ky).Possessive(n); got != want[1] {
			t.Errorf("%q, want %q", got, want[1])
		}
	}
	for l, want := range map[Lang][2]string{Ky: {"13төн 8", "13төн 10–12"}, Ru: {"8 из 13", "10–12 из 13"}, En: {"8 of 13", "10–12 of 13"}} {
		if one, span := For(l).Fraction(8, 8, 13), For(l).Fraction(10, 12, 13); one != want[0] || span != want[1] {
			t.Errorf("%q, %q, want %q", one, span, want)
		}
	}
	if got := For(Ru).Possessive(4); got != "4" {
		t.Errorf("%q has an ending in Russian", got)
	}
}
