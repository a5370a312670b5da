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
// The tools are not part of the program and need not be there: a test that needs
// one which is not found is skipped and says how to get it. Where ACHYK_REQUIRE
// is "all", as in .ci/run, the same test fails instead.
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
	"os"
	"os/exec"
	"path/filepath"
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

// tool returns the path of a file named by an environment variable, or else of the
// npm package's file where .ci/run installs it.
func tool(t testing.TB, variable, npmFile string) string {
	t.Helper()
	path := os.Getenv(variable)
	if path == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			missing(t, variable+" is not set, and there is no cache folder to look in: "+err.Error())
		}
		path = filepath.Join(cache, "achyk-ci", "node_modules", filepath.FromSlash(npmFile))
	}
	if _, err := os.Stat(path); err != nil {
		missing(t, npmFile+" is not found: run .ci/run once, or name the file in "+variable)
	}
	return path
}

// program returns the path of the first of some names that is in PATH.
func program(t testing.TB, names ...string) string {
	t.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	missing(t, names[0]+" is not in PATH: install the package of that name")
	return ""
}

// missing ends the test: skipped on a person's machine, failed where nothing may be
// skipped.
func missing(t testing.TB, why string) {
	t.Helper()
	if os.Getenv("ACHYK_REQUIRE") == "all" {
		t.Fatal(why)
	}
	t.Skip(why)
}
