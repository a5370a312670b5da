package internal_test

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"

	"achyk/internal/locale"
)

// limitNamed is a limit that code names for the message diag.OverLimit.
var limitNamed = regexp.MustCompile(`"limit\.([a-z-]*[a-z])"|overLimit\([^\n]*?, "([a-z-]+)"|\.within\(&[^\n]*"([a-z-]+)"\)`)

// TestLimitsHaveWords: each limit that a finding can name has words, and no words are left of a limit that is gone.
func TestLimitsHaveWords(t *testing.T) {
	var code strings.Builder
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return err
		}
		text, err := os.ReadFile(name)
		code.Write(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, match := range limitNamed.FindAllStringSubmatch(code.String(), -1) {
		name := match[1] + match[2] + match[3]
		if !locale.For(locale.Ky).Has("diagnostics.limit." + name) {
			t.Errorf("no message says what the limit %q counts: add it below [diagnostics.limit] in internal/locale/messages/diagnostics.<lang>.toml", name)
		}
		found++
	}
	if found < 25 {
		t.Errorf("only %d limits were found: the test does not see them", found)
	}
	for _, key := range locale.Keys(locale.Ky) {
		name, is := strings.CutPrefix(key, "diagnostics.limit.")
		if is && !strings.Contains(code.String(), `"`+name+`"`) && !strings.Contains(code.String(), `"limit.`+name+`"`) && !strings.Contains(code.String(), `"`+strings.TrimPrefix(name, "layout-")+`"`) {
			t.Errorf("no code names the limit %q: take its message out of internal/locale/messages/diagnostics.<lang>.toml", name)
		}
	}
}
