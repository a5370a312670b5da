package desk_test

import (
	"strings"
	"testing"
	"time"

	"achyk/internal/desk"
)

// TestBombs takes sheets that once took minutes, or all memory: each row of numbers may be the sum of those
// above it, and a number with an exponent may have a gigabyte of digits.
func TestBombs(t *testing.T) {
	_, r := published(t)
	const head = "id,name_ky,count,share\n"
	for name, rows := range map[string]string{
		"sums":     strings.Repeat(",,5,\n", 50_000),
		"exponent": "a,Б,1e900000000,1e900000000\nb,Б,1e900000000,1e900000000%\n,,5,5\n,,5,5\n",
	} {
		begin := time.Now()
		take(t, r, "things.csv", []byte(head+rows), desk.Options{Register: "things"})
		if took := time.Since(begin); took > 20*time.Second {
			t.Errorf("%s: %v", name, took)
		}
	}
}
