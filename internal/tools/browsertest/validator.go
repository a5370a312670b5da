package browsertest

import (
	"bytes"
	"errors"
	"io/fs"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"achyk/internal/tools/outside"
)

// Valid runs the Nu HTML checker on all HTML files below a folder and on the CSS in them, in a process for each
// processor. It returns the errors and warnings as "file:line.column-line.column: kind: message"; file is
// relative to the folder. A folder without HTML files fails the test, because nothing would
// be checked.
func Valid(t testing.TB, dir string) []string {
	t.Helper()
	java, jar := Checker(t)
	dir, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	pages := htmlFiles(t, dir)
	if len(pages) == 0 {
		t.Fatalf("no HTML file below %s", dir)
	}
	parts := slices.Collect(slices.Chunk(pages, max(few, len(pages)/runtime.GOMAXPROCS(0)+1)))
	found := make([][]string, len(parts))
	var all sync.WaitGroup
	for i, part := range parts {
		all.Go(func() { found[i] = checked(t, java, jar, dir, part) })
	}
	all.Wait()
	if t.Failed() {
		t.FailNow()
	}
	return slices.Concat(found...)
}

// Checker returns the paths of Java and of the checker. Where one is missing, it skips the test.
func Checker(t testing.TB) (java, jar string) {
	t.Helper()
	return outside.Program(t, "java"), outside.NPM(t, "ACHYK_VNU", "vnu-jar/build/dist/vnu.jar")
}

// few pages are checked in the time that starting the checker takes.
const few = 100

// brief are options of Java for few pages: compiling what runs often a second time, for speed, takes more time than it
// saves then. Code that is compiled once needs more stack than the checker asks for.
var brief = []string{"-XX:TieredStopAtLevel=1", "-Xss4m"}

// checked runs the checker on some files. If that fails, so does the test.
func checked(t testing.TB, java, jar, dir string, pages []string) (messages []string) {
	t.Helper()
	// Info messages are advice on style, such as an unnecessary slash, so they are left out.
	// Warnings are kept: one of them compares a page's lang attribute with the language that
	// the checker recognizes in the text, and it recognizes Kyrgyz.
	var options []string
	if len(pages) <= few {
		options = brief
	}
	cmd := exec.Command(java, slices.Concat(options, []string{"-jar", jar, "--format", "gnu", "--stdout", "--asciiquotes", "--skip-info-messages"}, pages)...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !(errors.As(err, &exit) && exit.ExitCode() == 1 && stdout.Len() > 0) {
		t.Errorf("the HTML checker failed: %v\n%s%s", err, &stdout, &stderr)
	}
	base := "\"file:" + filepath.ToSlash(dir) + "/"
	for line := range strings.Lines(stdout.String()) {
		if line = strings.TrimSpace(line); line != "" {
			// "file:/dir/a.html":3.1-3.9: error: …
			messages = append(messages, strings.Replace(strings.TrimPrefix(line, base), "\":", ":", 1))
		}
	}
	return messages
}

// htmlFiles returns the HTML files below a folder.
func htmlFiles(t testing.TB, dir string) (found []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if filepath.Ext(path) == ".html" {
			found = append(found, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
