package internal_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rhysd/actionlint"
)

// workflows returns the paths of the workflows of this project, and of those that a new municipality
// gets, relative to this folder.
func workflows(t *testing.T) (all []string) {
	t.Helper()
	for _, folder := range []string{"../.github/workflows", "newtown/files/repository/dot-github/workflows"} {
		files, err := filepath.Glob(folder + "/*.y*ml")
		if err != nil {
			t.Fatal(err)
		}
		if len(files) == 0 {
			t.Fatalf("no workflow was found in %s", folder)
		}
		all = append(all, files...)
	}
	return all
}

// TestWorkflows checks the workflows with actionlint and by our own conventions.
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
		for _, fault := range conventions(content) {
			t.Errorf("%s: %s", file, fault)
		}
	}
}

// pinned is a line that names an action by its full commit hash, with the version in a comment.
var pinned = regexp.MustCompile(`^\s*(- )?uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$`)

// rights matches what a job must not have that a pull request starts.
var rights = regexp.MustCompile(`(?m)secrets\.|github\.token|environment:|uses: actions/cache|: write|id-token`)

// taken matches what brings code or other events into a workflow that runs after another one.
var taken = regexp.MustCompile(`uses:|git (clone|fetch|checkout)|gh (repo|pr) |push:|pull_request:`)

// conventions checks rules that actionlint does not have:
//
//   - Actions are named by commit hash, because a tag can be moved to other code.
//   - A workflow has no permissions; each job lists those it needs.
//   - A job has a time limit.
//   - A checkout fetches the whole history, which the program reads, and does not leave
//     the token in the work tree, where later steps could read it.
//   - A workflow is started by nothing that gives a stranger's text or code the rights of the
//     repository, as pull_request_target does.
//   - What a pull request starts may read the repository, and nothing else: it has no secret, no
//     environment, and no cache that it names itself.
//   - Records that are proposed are judged by the program of the branch that they are proposed for, which
//     is built without a cache that tests of a proposal can fill.
//   - What the result of another workflow starts runs with the rights of the repository, and a pull request can make that
//     result. So it uses no action, takes no code, and may write comments at most.
//   - What pull requests and pushes do to published records is judged.
//   - What publishes a site judges first, whatever starts it, by what the site shows.
//   - Expressions reach a script as environment variables: the name of a branch may hold a command.
func conventions(content []byte) (faults []string) {
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
		fault("the workflow lacks permissions: {}")
	}
	byStranger, byResult := false, false
	for _, event := range workflow.On {
		if !slices.Contains([]string{"push", "pull_request", "schedule", "workflow_dispatch", "workflow_run"}, event.EventName()) {
			fault("the workflow is started by %s", event.EventName())
		}
		byStranger = byStranger || strings.HasPrefix(event.EventName(), "pull_request")
		byResult = byResult || event.EventName() == "workflow_run"
		if e, ok := event.(*actionlint.WebhookEvent); ok && e.Tags == nil && !byResult && !bytes.Contains(content, []byte(" check --lang ky --since ")) {
			fault("what a %s does to published records is not judged", e.EventName())
		}
	}
	if byStranger && rights.Match(content) {
		fault("a pull request gets rights: %s", rights.Find(content))
	}
	if byResult {
		rest := bytes.ReplaceAll(bytes.ReplaceAll(content, []byte("pull-requests: write"), nil), []byte("github.token"), nil)
		if found := taken.Find(rest); found != nil || rights.Match(rest) {
			fault("the result of another workflow gets rights: %s", append(found, rights.Find(rest)...))
		}
	}
	for name, job := range workflow.Jobs {
		for _, step := range job.Steps {
			if script, ok := step.Exec.(*actionlint.ExecRun); ok && strings.Contains(script.Run.Value, "${{") {
				fault("line %d: an expression in a script", step.Pos.Line)
			}
		}
		if job.Permissions == nil || job.Permissions.All != nil {
			fault("the job %s does not list its permissions", name)
		}
		if job.TimeoutMinutes == nil {
			fault("the job %s lacks timeout-minutes", name)
		}
		if byStranger {
			for _, f := range ownJudge(job) {
				fault("the job %s %s", name, f)
			}
		}
		judged := false
		for _, step := range job.Steps {
			if script, ok := step.Exec.(*actionlint.ExecRun); ok && step.If == nil && strings.Contains(script.Run.Value, ` --since "$SITE" `) {
				judged = true
			}
			action, ok := step.Exec.(*actionlint.ExecAction)
			if ok && strings.HasPrefix(action.Uses.Value, "actions/upload-pages-artifact@") && !judged {
				fault("line %d: a site is published that was not judged by what is published", step.Pos.Line)
			}
			if !ok || !strings.HasPrefix(action.Uses.Value, "actions/checkout@") {
				continue
			}
			for input, want := range map[string]string{"fetch-depth": "0", "persist-credentials": "false"} {
				if got := action.Inputs[input]; got == nil || got.Value.Value != want {
					fault("line %d: the checkout lacks %s: %s", step.Pos.Line, input, want)
				}
			}
		}
	}
	return faults
}

// ownJudge finds out whether a job that checks a proposal does it by the program of the proposal.
func ownJudge(job *actionlint.Job) (faults []string) {
	checks, base, cached := false, false, false
	for _, step := range job.Steps {
		switch exec := step.Exec.(type) {
		case *actionlint.ExecRun:
			checks = checks || strings.Contains(exec.Run.Value, " check --lang")
		case *actionlint.ExecAction:
			input := func(name string) string {
				if in := exec.Inputs[name]; in != nil {
					return in.Value.Value
				}
				return ""
			}
			base = base || input("ref") == "${{ github.base_ref }}" && input("path") == "program"
			cached = cached || strings.HasPrefix(exec.Uses.Value, "actions/setup-go@") && input("cache") != "false"
		}
	}
	if checks && !base {
		faults = append(faults, "checks a proposal by the program of the proposal")
	}
	if checks && cached {
		faults = append(faults, "builds the program with a cache that a proposal can fill")
	}
	return faults
}

// TestConventions checks workflows that break all conventions.
func TestConventions(t *testing.T) {
	faults := strings.Join(conventions([]byte(`on: push
permissions: read-all
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
      - run: echo
`)), "\n")
	for _, want := range []string{"line 7: an action", "permissions: {}", "job a does not list", "timeout-minutes", "fetch-depth: 0", "persist-credentials: false", "what a push does"} {
		if !strings.Contains(faults, want) {
			t.Errorf("%q is not reported, only\n%s", want, faults)
		}
	}
	faults = strings.Join(conventions([]byte(`on: [pull_request, pull_request_target, issue_comment]
permissions: {}
jobs:
  a:
    runs-on: ubuntu-latest
    timeout-minutes: 1
    permissions: {contents: write}
    steps:
      - run: echo ${{ github.head_ref }}
`)), "\n")
	for _, want := range []string{"started by pull_request_target", "started by issue_comment", "gets rights: : write", "line 9: an expression"} {
		if !strings.Contains(faults, want) {
			t.Errorf("%q is not reported, only\n%s", want, faults)
		}
	}
	faults = strings.Join(conventions([]byte(`on: [pull_request]
permissions: {}
jobs:
  a:
    runs-on: ubuntu-latest
    timeout-minutes: 1
    permissions: {contents: read}
    steps:
      - uses: actions/setup-go@b7ad1dad31e06c5925ef5d2fc7ad053ef454303e # v7.0.0
      - run: go run ./cmd/achyk check --lang ky --since main
      - if: github.event_name == 'push'
        run: achyk check --lang ky --since "$SITE" --since x
      - uses: actions/upload-pages-artifact@b7ad1dad31e06c5925ef5d2fc7ad053ef454303e # v7.0.0
`)), "\n")
	for _, want := range []string{"job a checks a proposal by the program", "job a builds the program with a cache", "line 13: a site is published"} {
		if !strings.Contains(faults, want) {
			t.Errorf("%q is not reported, only\n%s", want, faults)
		}
	}
	for _, with := range []string{"permissions: {contents: write}", "uses: actions/checkout@b7ad1dad31e06c5925ef5d2fc7ad053ef454303e # v7.0.0", "run: gh pr checkout 1", "run: echo ${{ secrets.KEY }}"} {
		faults = strings.Join(conventions([]byte("on:\n  workflow_run:\n    workflows: [check]\npermissions: {}\njobs:\n  a:\n    permissions: {}\n    runs-on: x\n    timeout-minutes: 1\n    steps:\n      - "+with+"\n")), "\n")
		if !strings.Contains(faults, "the result of another workflow gets rights") {
			t.Errorf("%s is not reported, only\n%s", with, faults)
		}
	}
}
