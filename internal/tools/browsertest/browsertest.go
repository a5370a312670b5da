// Package browsertest lets tests look at pages as a browser, a screen reader's
// auditor and an HTML validator see them. It is for tests only: nothing that is
// shipped may import it, and internal/imports_test.go keeps it so.
//
//	func TestMain(m *testing.M) { os.Exit(browsertest.M{Runner: m}.Run()) }
//
//	func TestSite(t *testing.T) {
//		url := browsertest.Serve(t, dir)
//		for _, v := range browsertest.Axe(t, url+"/ky/") {
//			t.Error(v)
//		}
//	}
//
// # Tools
//
// The tools are not part of the program and need not be there; package outside says
// what happens then.
//
//   - Chromium (or Chrome), found in PATH;
//   - axe-core, the file axe.min.js named by ACHYK_AXE;
//   - the Nu HTML checker, the file vnu.jar named by ACHYK_VNU, and java in PATH.
//
// Without the two variables the places where .ci/run installs are looked at.
//
// # One browser
//
// All tests of a binary share one browser process with a new profile; every call
// opens a tab of its own and closes it, so tests may run in parallel. The first
// call starts the browser; [M] stops it and removes the profile.
package browsertest

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// Serve serves the files of a folder until the test ends and returns the address,
// without a slash at its end.
func Serve(t testing.TB, dir string) string {
	t.Helper()
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	t.Cleanup(server.Close)
	return server.URL
}
