// Package outside finds programs that other people wrote, and official schemas and test
// suites. Tests use them to read what we write: browsers, validators, spreadsheets, databases.
// The package is for tests only: internal/binary_test.go fails if the program depends on it.
//
// The programs need not be installed. If one is missing, the test is skipped and says how to
// get it. If the environment variable ACHYK_REQUIRE is "all", the test fails instead; .ci/run
// sets it after it has installed all programs.
package outside

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Program returns the path of a program in PATH: of the first of the names that is there.
func Program(t testing.TB, names ...string) string {
	t.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	Missing(t, names[0]+" is not in PATH: install it, or run .ci/run once")
	return ""
}

// NPM returns the path of a file or folder of an npm package, such as "axe-core/axe.min.js".
// It is the value of an environment variable, or if that is not set, the place where .ci/run
// installs the package.
func NPM(t testing.TB, variable, file string) string {
	t.Helper()
	path := os.Getenv(variable)
	if path == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			Missing(t, variable+" is not set, and there is no cache folder to look in: "+err.Error())
		}
		path = filepath.Join(cache, "achyk-ci", "node_modules", filepath.FromSlash(file))
	}
	if _, err := os.Stat(path); err != nil {
		Missing(t, file+" is not found: run .ci/run once, or name it in "+variable)
	}
	return path
}

// Conformance returns the path of a folder of official schemas and test suites, such as
// "csvw/tests". They are not part of the project: they are looked for in
// ../shared/conformance, seen from the folder of go.mod.
func Conformance(t testing.TB, folder string) string {
	t.Helper()
	path := filepath.Join(moduleRoot(t), "..", "shared", "conformance", filepath.FromSlash(folder))
	if _, err := os.Stat(path); err != nil {
		Missing(t, folder+" of the conformance suites is not here")
	}
	return path
}

// moduleRoot returns the nearest folder above the test's own that has a go.mod. The go
// command runs each test in the folder of its package.
func moduleRoot(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("no folder above the test has a go.mod")
		}
		dir = parent
	}
}

// Run runs a program with additional environment variables ("NAME=value") and returns its
// standard output. A program that fails fails the test.
func Run(t testing.TB, environment []string, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), environment...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s%s", filepath.Base(name), err, out, &stderr)
	}
	return out
}

// Missing ends a test that needs something which is not there: it fails the test if
// ACHYK_REQUIRE is "all", and skips it otherwise.
func Missing(t testing.TB, why string) {
	t.Helper()
	if os.Getenv("ACHYK_REQUIRE") == "all" {
		t.Fatal(why)
	}
	t.Skip(why)
}
