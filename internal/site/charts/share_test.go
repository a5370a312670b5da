package charts

import (
	"testing"

	"github.com/shopspring/decimal"

	"achyk/internal/jme"
)

// TestShare checks that a percentage is told as a count only where it is one.
func TestShare(t *testing.T) {
	number := func(s string) (n jme.Number) {
		if s != "" {
			n.Decimal, n.Valid = decimal.RequireFromString(s), true
		}
		return n
	}
	for _, test := range []struct {
		unit, value, sample string
		part, whole         int
		ok                  bool
	}{
		{"%", "61.54", "13", 8, 13, true}, {"%", "27.5", "40", 11, 40, true}, {"%", "100", "48", 48, 48, true}, {"%", "0", "10", 0, 10, true},
		{"%", "61.5", "13", 8, 13, true}, {"%", "62.54", "13", 0, 0, false}, {"%", "61.54", "", 0, 0, false}, {"m", "50", "10", 0, 0, false},
	} {
		part, whole, ok := share(&jme.Indicator{Unit: test.unit}, &jme.Measurement{Value: number(test.value), Sample: number(test.sample)})
		if part != test.part || whole != test.whole || ok != test.ok {
			t.Errorf("%s %s of %s: %d of %d, %t", test.value, test.unit, test.sample, part, whole, ok)
		}
	}
}
