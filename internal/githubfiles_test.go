package internal_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// form is a form for issues, as GitHub reads it.
type form struct {
	Name, Description, Title string
	Labels                   []string
	Body                     []struct {
		Type, ID   string
		Attributes struct {
			Label, Description, Value, Placeholder string
			Options                                []struct {
				Label    string
				Required bool
			}
		}
		Validations struct{ Required bool }
	}
}

// decode reads a file of YAML, and refuses keys that the value does not have.
func decode(t *testing.T, name string, into any) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return string(text)
}

// TestIssueForms checks that each form is there in Kyrgyz and Russian with the same questions, and that
// GitHub can show it. Each asks for a word that there is no personal data.
func TestIssueForms(t *testing.T) {
	id := regexp.MustCompile(`^[a-z_]+$`)
	for _, kind := range []string{"correction", "reply"} {
		var questions [2][]string
		for i, lang := range []string{"ky", "ru"} {
			name := filepath.Join("../.github/ISSUE_TEMPLATE", kind+"."+lang+".yml")
			var f form
			decode(t, name, &f)
			if f.Name == "" || f.Description == "" || f.Title == "" || !slices.Equal(f.Labels, []string{kind}) {
				t.Errorf("%s lacks a name, description, title or label", name)
			}
			confirmed := false
			for _, b := range f.Body {
				switch {
				case b.Type == "markdown" && b.Attributes.Value != "":
					continue
				case !slices.Contains([]string{"input", "textarea", "checkboxes"}, b.Type) || !id.MatchString(b.ID) || b.Attributes.Label == "":
					t.Errorf("%s: %+v", name, b)
				case b.Type == "checkboxes":
					confirmed = len(b.Attributes.Options) == 1 && b.Attributes.Options[0].Required
				}
				questions[i] = append(questions[i], b.ID)
			}
			if !confirmed {
				t.Errorf("%s does not ask for a word on personal data", name)
			}
		}
		slices.Sort(questions[0])
		slices.Sort(questions[1])
		if !slices.Equal(questions[0], questions[1]) || len(slices.Compact(questions[0])) != len(questions[1]) {
			t.Errorf("%s asks %v in Kyrgyz and %v in Russian", kind, questions[0], questions[1])
		}
	}
}

// TestAction checks the action that other repositories use: it has the conventions of workflows, and its
// script is that of check.yml.
func TestAction(t *testing.T) {
	var action struct {
		Name, Description string
		Inputs            map[string]struct{ Description, Default string }
		Runs              struct {
			Using string
			Steps []struct {
				Name, If, Uses, Shell, Run string
				With, Env                  map[string]string
			}
		}
	}
	text := decode(t, "../.github/actions/check/action.yml", &action)
	for line := range strings.Lines(text) {
		if line = strings.TrimSuffix(line, "\n"); strings.Contains(line, "uses:") && !pinned.MatchString(line) {
			t.Errorf("an action is not named by its hash: %s", line)
		}
	}
	script := ""
	for _, s := range action.Runs.Steps {
		if strings.Contains(s.Run, "${{") || (s.Run == "") == (s.Uses == "") || s.Run != "" && s.Shell != "bash" {
			t.Errorf("%+v", s)
		}
		if s.Name == "Check" {
			script = s.Run
		}
	}
	if action.Runs.Using != "composite" || action.Name == "" || action.Description == "" {
		t.Errorf("%+v", action)
	}
	script = strings.NewReplacer(`--lang "$ACHYK_LANG"`, "--lang ky", `"${SINCE:-origin/$GITHUB_BASE_REF}"`, `"$BASE"`, `"$SOURCE"`, "proposal").Replace(script)
	if workflow := scriptOf(t, "check.yml", "Check"); script != workflow {
		t.Errorf("the action runs\n%s\nand check.yml\n%s", script, workflow)
	}
}

// TestNewTownComments checks that a new municipality gets the same comment.yml as this repository has.
func TestNewTownComments(t *testing.T) {
	const name = "workflows/comment.yml"
	if read(t, "../.github", name) != read(t, "newtown/files/repository/dot-github", name) {
		t.Errorf("copy .github/%s to newtown/files/repository/dot-github/%s", name, name)
	}
}

// TestGitLab checks that the jobs for GitLab are YAML, and that they judge proposals, and pushes by what is
// published.
func TestGitLab(t *testing.T) {
	var jobs map[string]any
	text := decode(t, "newtown/files/repository/dot-gitlab-ci.yml", &jobs)
	if jobs["check"] == nil || jobs["pages"] == nil || !strings.Contains(text, `--since "$CI_MERGE_REQUEST_DIFF_BASE_SHA"`) || !strings.Contains(text, `--since "$CI_PAGES_URL" --since "$before"`) {
		t.Error(text)
	}
}

// TestCodeOwners checks the example: every folder that it names is there, and what decides how records are judged is owned.
func TestCodeOwners(t *testing.T) {
	text, err := os.ReadFile("../.github/CODEOWNERS.example")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for line := range strings.Lines(string(text)) {
		fields := strings.Fields(line)
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		if len(fields) < 2 || !strings.HasPrefix(fields[1], "@OWNER/") {
			t.Errorf("%q names nobody", line)
		}
		if files, err := filepath.Glob(filepath.Join("..", fields[0])); err != nil || fields[0] != "*" && len(files) == 0 {
			t.Errorf("%s is not there", fields[0])
		}
		found++
	}
	if found < 8 {
		t.Errorf("only %d lines", found)
	}
}
