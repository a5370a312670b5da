package opendata

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestProcessors checks that the forms are the same on processors for which the libraries have
// no assembly. The test runs itself once more, built without assembly.
func TestProcessors(t *testing.T) {
	t.Parallel()
	sum := sha256.New()
	odd, o := nasty(t)
	long := large(t, 1000)
	for _, f := range registerForms {
		sum.Write(made(t, func(w io.Writer) error { return f.write(odd, w) }))
		sum.Write(made(t, func(w io.Writer) error { return f.write(long, w) }))
	}
	sum.Write(made(t, newWhole(o, odd.m).database))
	got := hex.EncodeToString(sum.Sum(nil))
	const again = "ACHYK_TEST_PROCESSORS"
	if os.Getenv(again) != "" {
		fmt.Println(got)
		return
	}
	plain := exec.CommandContext(t.Context(), "go", "test", "-tags=noasm,purego", "-count=1", "-v", "-run=^TestProcessors$", ".")
	plain.Env = append(os.Environ(), again+"=1")
	if said, err := plain.CombinedOutput(); err != nil || !strings.Contains(string(said), got) {
		t.Errorf("the sum is %s, without assembly: %v\n%s", got, err, said)
	}
}
