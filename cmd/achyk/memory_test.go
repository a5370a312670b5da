package main

import (
	"runtime/debug"
	"testing"
)

// setGC sets the program's own value only if neither variable is in the environment.
func TestSetGC(t *testing.T) {
	for _, test := range []struct {
		gogc, limit string
		want        int
	}{
		{"", "", gcPercent},
		{"300", "", 55},
		{"", "1GiB", 55},
	} {
		t.Setenv("GOGC", test.gogc)
		t.Setenv("GOMEMLIMIT", test.limit)
		before := debug.SetGCPercent(55) // as if the runtime had read it from the environment
		setGC()
		if got := debug.SetGCPercent(before); got != test.want {
			t.Errorf("with GOGC=%q and GOMEMLIMIT=%q it is %d, want %d", test.gogc, test.limit, got, test.want)
		}
	}
}
