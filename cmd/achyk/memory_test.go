package main

import (
	"runtime"
	"testing"
	"time"
)

// The bound is set anew after each collection, not only after the first.
func TestAfterEach(t *testing.T) {
	done := make(chan bool, 100)
	afterEach(func() { done <- true })
	for range 3 {
		runtime.GC()
		select {
		case <-done:
		case <-time.After(10 * time.Second):
			t.Fatal("a collection, and nothing was done")
		}
	}
}
