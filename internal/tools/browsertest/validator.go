package browsertest

import (
	"bytes"
	"errors"
	"io/fs"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"achyk/internal/tools/outside"
)

// Valid runs the Nu HTML checker on all HTML files below a folder and on the CSS in them. It
// returns the errors and warnings as "file:line.column-line.column: kind: message"; file is
// relative to the folder. A folder without HTML files fails the test, because nothing would
// be checked.
func Valid(t testing.TB, dir string) []string {
	t.Helper()
	java, jar := outside.Program(t, "java"), outside.NPM(t, "ACHYK_VNU", "vnu-jar/build/dist/vnu.jar")

	dir, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	if !hasHTML(t, dir) {
		t.Fatalf("no HTML file below %s", dir)
	}

	// Info messages are advice on style, such as an unnecessary slash, so they are left out.
	// Warnings are kept: one of them compares a page's lang attribute with the language that
	// the checker recognizes in the text, and it recognizes Kyrgyz.
	cmd := exec.Command(java, "-jar", jar,
		"--format", "gnu", "--stdout", "--asciiquotes", "--skip-info-messages", "--skip-non-html", dir)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err = cmd.Run()
	var exit *exec.ExitError
	if err != nil && !(errors.As(err, &exit) && exit.ExitCode() == 1 && stdout.Len() > 0) {
		t.Fatalf("the HTML checker failed: %v\n%s%s", err, &stdout, &stderr)
	}

	var messages []string
	base := "\"file:" + filepath.ToSlash(dir) + "/"
	for line := range strings.Lines(stdout.String()) {
		if line = strings.TrimSpace(line); line != "" {
			// "file:/dir/a.html":3.1-3.9: error: …
			messages = append(messages, strings.Replace(strings.TrimPrefix(line, base), "\":", ":", 1))
		}
	}
	return messages
}

// hasHTML reports whether there is an HTML file below a folder.
func hasHTML(t testing.TB, dir string) (found bool) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if filepath.Ext(path) == ".html" {
			found = true
			return fs.SkipAll
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
