package internal_test

import (
	"os/exec"
	"strings"
	"testing"
)

// TestBinaryHasNoTools checks that neither a package of internal/tools nor a package that
// only tests need is compiled into the program. The table in rooms_test.go shows direct
// imports only; this test looks at everything that cmd/achyk depends on.
func TestBinaryHasNoTools(t *testing.T) {
	cmd := exec.Command("go", "list", "-deps", "achyk/cmd/achyk")
	cmd.Dir = ".." // the module's root
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	dependencies := strings.Fields(string(out))
	for _, path := range dependencies {
		for _, forbidden := range []string{"achyk/internal/tools", "testing", "github.com/chromedp"} {
			if path == forbidden || strings.HasPrefix(path, forbidden+"/") {
				t.Errorf("cmd/achyk depends on %s, which is for tests only", path)
			}
		}
	}
	if len(dependencies) < 100 {
		t.Errorf("go list names only %d dependencies: the test looks at the wrong package", len(dependencies))
	}
}
