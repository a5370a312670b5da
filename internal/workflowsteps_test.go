package internal_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rhysd/actionlint"

	"achyk/internal/diag"
	"achyk/internal/locale"
	"achyk/internal/report"
	"achyk/internal/tools/outside"
)

// scriptOf returns the script of a step of a workflow.
func scriptOf(t *testing.T, workflow, name string) string {
	t.Helper()
	content, err := os.ReadFile("../.github/workflows/" + workflow)
	if err != nil {
		t.Fatal(err)
	}
	parsed, _ := actionlint.Parse(content)
	for _, job := range parsed.Jobs {
		for _, s := range job.Steps {
			if run, ok := s.Exec.(*actionlint.ExecRun); ok && s.Name != nil && s.Name.Value == name {
				return run.Run.Value
			}
		}
	}
	t.Fatalf("%s has no step %q with a script", workflow, name)
	return ""
}

// step runs the script of a step of a workflow as a runner does, in a folder of its own with the files and
// programs that it is given, by name. It returns the exit code, what was printed, and the folder.
func step(t *testing.T, workflow, name string, files map[string]string, env ...string) (code int, printed, dir string) {
	t.Helper()
	script := scriptOf(t, workflow, name)
	dir = t.TempDir()
	for path, text := range files {
		path = filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	c := exec.Command(outside.Program(t, "bash"), "-eo", "pipefail", "-c", script)
	c.Dir = dir
	c.Env = append(os.Environ(), append(env, "RUNNER_TEMP="+dir, "GITHUB_OUTPUT="+dir+"/output", "GITHUB_STEP_SUMMARY="+dir+"/summary", "PATH="+dir+"/bin:"+os.Getenv("PATH"))...)
	out, err := c.CombinedOutput()
	if c.ProcessState == nil {
		t.Fatal(err)
	}
	return c.ProcessState.ExitCode(), string(out), dir
}

func read(t *testing.T, path ...string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(path...))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return string(text)
}

// A proposal with errors fails the check and has its reports all the same; a check that failed itself
// has none.
func TestCheckStep(t *testing.T) {
	const program = "#!/bin/sh\necho \"$@\"\nexit $CODE\n"
	for code, want := range map[string]int{"0": 0, "1": 1, "2": 1} {
		got, printed, dir := step(t, "check.yml", "Check", map[string]string{"achyk": program}, "CODE="+code, "BASE=origin/main")
		if got != want {
			t.Errorf("%s gives %d: %s", code, got, printed)
		}
		told := code != "2"
		if strings.Contains(printed, "--since origin/main --source proposal --format github\n") != told || strings.Contains(read(t, dir, "report/report.sarif"), "--format sarif") != told ||
			strings.Contains(read(t, dir, "summary"), "--format markdown") != told {
			t.Errorf("%s: %s", code, printed)
		}
	}
}

// Before a site is published it is judged by what is published, also if git no longer finds the commit before the
// push. What is refused is not published.
func TestJudgeStep(t *testing.T) {
	const git = "#!/bin/sh\necho git \"$@\"\n[ \"$2\" = -e ] && exit $HERE\nexit $FETCHED\n"
	const program = "#!/bin/sh\necho achyk \"$@\"\nexit $CODE\n"
	for _, c := range []struct {
		here, fetched, code string
		want                int
	}{{"0", "0", "0", 0}, {"1", "0", "0", 0}, {"1", "1", "0", 0}, {"0", "0", "1", 1}, {"0", "0", "2", 2}} {
		got, printed, _ := step(t, "publish.yml", "Judge", map[string]string{"bin/git": git, "achyk": program},
			"HERE="+c.here, "FETCHED="+c.fetched, "CODE="+c.code, "BEFORE=abc", "SITE=https://town.example/")
		if got != c.want || strings.Contains(printed, "git fetch origin abc\n") != (c.here == "1") ||
			!strings.Contains(printed, "achyk check --lang ky --since https://town.example/ --since abc\n") {
			t.Errorf("%+v: %d %s", c, got, printed)
		}
	}
}

// Only records and texts do not need the tests of the program.
func TestChangedStep(t *testing.T) {
	outside.Program(t, "git")
	for file, want := range map[string]string{"data/town/a.csv": "false", "content/town/a.md": "false", "internal/a.go": "true", "database.go": "true", ".github/workflows/check.yml": "true"} {
		setup := "#!/bin/sh\nexec " + outside.Program(t, "git") + ` -c user.name=x -c user.email=x@sample.example -c init.defaultBranch=main "$@"` + "\n"
		dir := t.TempDir()
		git := func(args ...string) {
			c := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=x", "-c", "user.email=x@sample.example", "-c", "commit.gpgsign=false"}, args...)...)
			if out, err := c.CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
		}
		git("init", "-q", "-b", "main")
		git("commit", "-q", "--allow-empty", "-m", "base")
		git("checkout", "-q", "-b", "topic")
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, file)), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, file), []byte("x"), 0o666); err != nil {
			t.Fatal(err)
		}
		git("add", "-A")
		git("commit", "-q", "-m", "topic")
		code, printed, at := step(t, "check.yml", "Is the program changed?", map[string]string{"bin/git": setup}, "BASE=main", "GIT_DIR="+filepath.Join(dir, ".git"), "GIT_WORK_TREE="+dir)
		if got := read(t, at, "output"); code != 0 || got != "program="+want+"\n" {
			t.Errorf("%s: %d %s%s", file, code, got, printed)
		}
	}
}

// gh answers as the program gh does, from files, and notes what it was asked to write.
const gh = `#!/bin/bash
filter=. previous= method=GET url=
for argument; do
  case "$previous" in
    --jq) filter="$argument" ;;
    --method) method="$argument" ;;
    -F) body="${argument#body=@}" ;;
    --dir) dir="$argument" ;;
  esac
  case "$argument" in repos/*) url="$argument" ;; esac
  previous="$argument"
done
if [[ $1 == run ]]; then mkdir -p "$dir"; cp "$RUNNER_TEMP/artifact" "$dir/report.md"; exit; fi
case "$method $url" in
  GET\ */pulls) jq -r "$filter" "$RUNNER_TEMP/pulls" ;;
  GET\ */artifacts) jq -r "$filter" <<<"{\"artifacts\": [{\"name\": \"achyk-check\", \"size_in_bytes\": $SIZE}, {\"name\": \"achyk-preview\", \"id\": $ARTIFACT}]}" ;;
  GET\ */compare/def...abc) jq -r "$filter" <<<"$COMPARED" ;;
  GET\ */comments*) jq -r "$filter" "$RUNNER_TEMP/comments" ;;
  *) echo "$method $url" >> "$RUNNER_TEMP/written"; cat "$body" >> "$RUNNER_TEMP/written" ;;
esac
`

// comment runs the step that writes a report into a pull request, and returns what it wrote.
func comment(t *testing.T, artifact string, env ...string) (code int, written string) {
	t.Helper()
	outside.Program(t, "jq")
	code, printed, dir := step(t, "comment.yml", "Comment", map[string]string{
		"bin/gh": gh, "artifact": artifact,
		"pulls":    `[{"number": 6, "head": {"sha": "old", "repo": {"full_name": "clerk/town"}}, "base": {"sha": "def"}}, {"number": 7, "head": {"sha": "abc", "repo": {"full_name": "clerk/town"}}, "base": {"sha": "def"}}]`,
		"comments": `[{"id": 1, "user": {"login": "stranger"}, "body": "<!-- achyk-check -->"}, {"id": 2, "user": {"login": "github-actions[bot]"}, "body": "<!-- achyk-check -->\nold"}, {"id": 3, "user": {"login": "github-actions[bot]"}, "body": "<!-- achyk-check -->\nolder"}]`,
	}, append([]string{"GITHUB_REPOSITORY=town/records", "RUN=5", "SHA=abc", "HEAD=clerk/town", "OWNER=clerk", "BRANCH=$(touch x)", "SIZE=1000",
		"ARTIFACT=null", `COMPARED={"files": []}`, "GITHUB_SERVER_URL=https://github.example", "PREVIEW=Site", "HOW=(unpack)"}, env...)...)
	t.Log(printed)
	return code, read(t, dir, "written")
}

// The report of the program is posted as it is, whatever a proposal holds.
func TestCommentStep(t *testing.T) {
	hostile := "@mayor #1 https://evil.example www.evil.example GH-1 <b> [a](b) &amp; $x$ *a* _b_ `c` ~d~ |e| !1 :smile: 50% \\ \u202e"
	c := &report.Check{Problems: diag.List{{Code: diag.FileMissing, Path: "data/" + hostile, Value: hostile, Args: diag.Args{"value": hostile}}}}
	for range 30 {
		c.Problems.Add(diag.Diagnostic{Code: diag.BadFileName, Path: strings.Repeat("x/", len(c.Problems)) + hostile})
	}
	for _, l := range locale.Langs {
		var b bytes.Buffer
		form, _ := report.FindForm("markdown")
		if err := form.Write(&b, c, locale.For(l)); err != nil {
			t.Fatal(err)
		}
		if code, written := comment(t, b.String()); code != 0 || written != "PATCH repos/town/records/issues/comments/2\n"+b.String() {
			t.Errorf("%d %s", code, written)
		}
	}
	if code, written := comment(t, report.Marker+"\nText\n", "SHA=other"); code != 0 || written != "" {
		t.Errorf("a report on a commit that is not proposed: %d %s", code, written)
	}
	if code, written := comment(t, report.Marker+"\nText\n", "HEAD=stranger/town"); code != 0 || written != "" {
		t.Errorf("a report from another repository: %d %s", code, written)
	}
}

// The site as it would be is linked if records and texts are all that is proposed: only then did this repository's
// own program make it.
func TestCommentStepLinksPreview(t *testing.T) {
	const report, link = report.Marker + "\nText\n", "\n\n[Site](https://github.example/town/records/actions/runs/5/artifacts/9) (unpack)\n"
	many := strings.Repeat(`{"filename": "data/a.csv"},`, 299) + `{"filename": "data/b.csv"}`
	for compared, want := range map[string]string{
		`{"files": [{"filename": "data/town/a.csv"}, {"filename": "content/town/a.md", "previous_filename": "content/a.md"}]}`: link,
		`{"files": [{"filename": "data/town/a.csv"}, {"filename": ".github/workflows/check.yml"}]}`:                            "",
		`{"files": [{"filename": "layouts/site.css"}]}`:                                                                        "",
		`{"files": [{"filename": "database.go"}]}`:                                                                             "",
		`{"files": [{"filename": "x\ndata/a.csv"}]}`:                                                                           "",
		`{"files": [{"filename": "data/a.csv", "previous_filename": ".github/workflows/check.yml"}]}`:                          "",
		`{"files": [` + many + `]}`:                                                                                            "",
		`{"message": "Not Found"}`:                                                                                             "",
		``:                                                                                                                     "",
	} {
		code, written := comment(t, report, "ARTIFACT=9", "COMPARED="+compared)
		if code != 0 || written != "PATCH repos/town/records/issues/comments/2\n"+report+want {
			t.Errorf("%.100s: %d %s", compared, code, written)
		}
	}
	for _, id := range []string{"null", `"9) [x](https://evil.example"`} {
		if code, written := comment(t, report, "ARTIFACT="+id); code != 0 || strings.Contains(written, "[") {
			t.Errorf("%s: %d %s", id, code, written)
		}
	}
}

// A report that a proposal made by itself is posted only if it is text.
func TestCommentStepRefuses(t *testing.T) {
	for _, body := range []string{
		"", "Text without the mark", "\n" + report.Marker + "\n",
		report.Marker + "\n@mayor", report.Marker + "\n&#64;mayor", report.Marker + "\n&commat;mayor", report.Marker + "\n&#x40;mayor", report.Marker + "\n[a](b)", report.Marker + "\n![a](b)",
		report.Marker + "\nhttps://evil.example", report.Marker + "\nWWW.evil.example", report.Marker + "\n<a href=x>", report.Marker + "\n<details open>", report.Marker + "\n#1", report.Marker + "\ngh-1",
		report.Marker + "\n$x$", report.Marker + "\n# Title", report.Marker + "\n:smile:", report.Marker + "\na\u202eb", report.Marker + "\na\x00b", report.Marker + "\n\xff", report.Marker + "\n" + report.Marker,
		report.Marker + "\n<det<details>ails>", report.Marker + "\n" + strings.Repeat("x", 65_536), report.Marker + "\n" + strings.Repeat("я\n", 140_000),
	} {
		if code, written := comment(t, body); code != 1 || written != "" {
			t.Errorf("%.80q: %d, %.80q", body, code, written)
		}
	}
	if code, written := comment(t, report.Marker+"\nText\n", "SIZE=10000000"); code != 1 || written != "" {
		t.Errorf("a large report: %d %s", code, written)
	}
	if code, _ := comment(t, report.Marker+"\nText\n"); code != 0 {
		t.Error("a report that is text is refused")
	}
}
