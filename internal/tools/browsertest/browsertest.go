// Package browsertest lets tests open pages in a browser, check their accessibility and
// validate their HTML. It is for tests only: internal/binary_test.go fails if the program
// depends on it.
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
// # Programs it needs
//
// A test that needs a missing program is skipped or fails; package outside says when.
//
//   - Chromium (or Chrome), found in PATH; chromium-headless-shell takes two thirds of the time,
//     because it has no windows;
//   - axe-core, the file axe.min.js named by ACHYK_AXE;
//   - the Nu HTML checker, the file vnu.jar named by ACHYK_VNU, and java in PATH.
//
// Without the two variables, the files are looked for where .ci/run installs them.
//
// # One browser
//
// All tests of a test binary share one browser process with a new profile. Every call opens
// a tab and closes it, so tests may run in parallel. The first call starts the browser; [M]
// stops it and removes the profile.
package browsertest

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// Serve serves the files of a folder over HTTP until the test ends. It returns the address
// without a slash at its end.
func Serve(t testing.TB, dir string) string {
	t.Helper()
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	t.Cleanup(server.Close)
	return server.URL
}
