package fault_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"achyk/internal/fault"
)

func TestCatch(t *testing.T) {
	do := func(f func() error) (err error) {
		defer fault.Catch(&err)
		return f()
	}
	usual := errors.New("usual")
	if err := do(func() error { return usual }); err != usual {
		t.Errorf("without a panic the error is %v", err)
	}
	if err := do(func() error { return []error{}[len(usual.Error())] }); err == nil || !strings.Contains(err.Error(), "index out of range") || !strings.Contains(err.Error(), "fault_test.go") {
		t.Errorf("the error is %v", err)
	}
}

func TestInParallel(t *testing.T) {
	done := make([]bool, 100)
	err := fault.InParallel(len(done), func(i int) {
		if done[i] = true; i == 7 {
			panic("seven")
		}
	})
	if err == nil || !strings.Contains(err.Error(), "seven") {
		t.Errorf("the error is %v", err)
	}
	if slices.Contains(done, false) {
		t.Error("after a panic the others were not called")
	}
}
