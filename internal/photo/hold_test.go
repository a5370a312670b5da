package photo

import (
	"image"
	"testing"
	"time"

	"achyk/internal/limits"
)

// TestHold: two pictures that are as large as may be are not unpacked at once, and small ones are.
func TestHold(t *testing.T) {
	hold(image.Config{Width: 1000, Height: 1000})()
	half := image.Config{Width: limits.Pixels / 1000 / 2, Height: 1000}
	first, second := hold(half), hold(half)
	third := make(chan func())
	go func() { third <- hold(half) }()
	select {
	case <-third:
		t.Error("a third one does not wait")
	case <-time.After(50 * time.Millisecond):
	}
	first()
	(<-third)()
	second()
	hold(image.Config{Width: limits.Pixels, Height: 1})()
}
