package csvw

import (
	"cmp"
	"encoding/json"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"achyk/internal/outside"
)

const suite = "http://www.w3.org/2013/csvw/tests/"

// failing are the tests of the suite that do not pass, with the reason.
var failing = map[string]string{}

// TestSuite runs the validation tests of the CSV on the Web working group
// (w3c/csvw, tests/manifest-validation.jsonld), without a network: a negative test has to
// give an error, one with a warning warnings alone, and a positive one nothing.
func TestSuite(t *testing.T) {
	folder := filepath.Join("..", "..", "..", "shared", "conformance", "csvw", "tests")
	data, err := os.ReadFile(filepath.Join(folder, "manifest-validation.jsonld"))
	if err != nil {
		outside.Missing(t, "the test suite of CSV on the Web is not here")
	}
	var manifest struct {
		Entries []struct {
			ID, Type, Name, Action, HTTPLink, ContentType string
			Option                                        struct{ Metadata string }
		}
	}
	if err := json.Unmarshal(data, &manifest); err != nil {
		t.Fatal(err)
	}
	passed := map[string]int{}
	for _, e := range manifest.Entries {
		name := path.Base(strings.TrimPrefix(e.ID, "manifest-validation#"))
		t.Run(name, func(t *testing.T) {
			_, problems := Validate(func(address string) (File, bool) {
				if address == "http://www.w3.org/.well-known/csvm" {
					return File{Data: []byte("{+url}-metadata.json\ncsv-metadata.json\n{+url}.json\ncsvm.json\n")}, true
				}
				file, inSuite := strings.CutPrefix(strings.TrimSuffix(address, "?query"), suite)
				data, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(file)))
				f := File{Data: data}
				if address == suite+e.Action {
					f.Link, f.ContentType = e.HTTPLink, e.ContentType
				}
				return f, inSuite && err == nil
			}, suite+cmp.Or(e.Option.Metadata, e.Action))
			severest := Severity("")
			for _, p := range problems {
				if severest != Error {
					severest = p.Severity
				}
			}
			want := map[string]Severity{"csvt:PositiveValidationTest": "", "csvt:WarningValidationTest": Warning, "csvt:NegativeValidationTest": Error}
			ok := severest == want[e.Type]
			switch reason := failing[name]; {
			case ok && reason != "":
				t.Errorf("passes, though %s: strike it from the list", reason)
			case !ok && reason == "":
				t.Errorf("%s: %s: has %q: %v", e.Type, e.Name, severest, problems)
			case ok:
				passed[e.Type]++
			}
		})
	}
	t.Log(passed)
}
