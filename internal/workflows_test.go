package internal_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rhysd/actionlint"
)

// workflows are the files of .github/workflows, as paths from this folder.
func workflows(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../.github/workflows/*.y*ml")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatal("there are no workflows")
	}
	return files
}

func TestWorkflows(t *testing.T) {
	linter, err := actionlint.NewLinter(io.Discard, &actionlint.LinterOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range workflows(t) {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		faults, err := linter.Lint(file, content, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, fault := range faults {
			t.Error(fault)
		}
		for _, fault := range habits(content) {
			t.Errorf("%s: %s", file, fault)
		}
	}
}

// pinned is an action at one commit, and the comment that tells people its version.
var pinned = regexp.MustCompile(`^\s*(- )?uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$`)

// habits checks what the linter leaves to taste and we do not: actions are pinned by
// hash, since a tag can be moved to other code; nothing is permitted that a job does
// not ask for; and a checkout brings the whole history, which is part of the data, but
// leaves no token behind.
func habits(content []byte) (faults []string) {
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }

	for i, line := range bytes.Split(content, []byte("\n")) {
		if bytes.Contains(line, []byte("uses:")) && !pinned.Match(line) {
			fault("line %d: an action is named as owner/name@<40 hex digits> # vX.Y.Z, not as %s", i+1, bytes.TrimSpace(line))
		}
	}

	workflow, syntax := actionlint.Parse(content)
	if workflow == nil {
		return append(faults, fmt.Sprint(syntax))
	}
	if p := workflow.Permissions; p == nil || p.All != nil || len(p.Scopes) > 0 {
		fault("the workflow as a whole has permissions: {}")
	}
	for name, job := range workflow.Jobs {
		if job.Permissions == nil || job.Permissions.All != nil {
			fault("the job %s names its permissions one by one", name)
		}
		if job.TimeoutMinutes == nil {
			fault("the job %s has timeout-minutes", name)
		}
		for _, step := range job.Steps {
			action, ok := step.Exec.(*actionlint.ExecAction)
			if !ok || !strings.HasPrefix(action.Uses.Value, "actions/checkout@") {
				continue
			}
			for input, want := range map[string]string{"fetch-depth": "0", "persist-credentials": "false"} {
				if got := action.Inputs[input]; got == nil || got.Value.Value != want {
					fault("line %d: a checkout has %s: %s", step.Pos.Line, input, want)
				}
			}
		}
	}
	return faults
}

// TestHabits shows the checks a workflow that breaks them all.
func TestHabits(t *testing.T) {
	faults := strings.Join(habits([]byte(`on: push
permissions: read-all
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
      - run: echo
`)), "\n")
	for _, want := range []string{"line 7: an action", "permissions: {}", "job a names", "timeout-minutes", "fetch-depth: 0", "persist-credentials: false"} {
		if !strings.Contains(faults, want) {
			t.Errorf("no word about %q in\n%s", want, faults)
		}
	}
}
