package report_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"achyk/internal/diag"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/report"
)

// obeyed matches a line that a runner obeys, as the runners of GitHub and Azure look for it.
var obeyed = regexp.MustCompile(`(?i)^[\s\p{Z}]*::|##\w*\[`)

// harmless fails the test for text that drives a terminal or a runner.
func harmless(t *testing.T, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if obeyed.MatchString(line) || strings.ContainsFunc(line, func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) }) {
			t.Errorf("%q", line)
		}
	}
}

func TestOutput(t *testing.T) {
	for in, want := range map[string]string{
		"no line yet":                           "no line yet",
		"\n\n":                                  "\n\n",
		"::error file=a::b\n":                   "·::error file=a::b\n",
		" \u00a0\u3000::set-output name=a::b":   " \u00a0\u3000·::set-output name=a::b",
		"a ::b::\n":                             "a ::b::\n",
		"\ta\r::b\x1b[2J\u009b\x7f\u202e\u2028": "·a·::b·[2J····",
		"see ##[error]x and ##vso[task.setvariable]y\n": "see #·#[error]x and #·#vso[task.setvariable]y\n",
		"###[group]\n## Title\n":                        "##·#[group]\n## Title\n",
		"\xff\n":                                        "\ufffd\n",
		strings.Repeat("я", 4003) + "\n":                strings.Repeat("я", 4000) + "… (+3)\n",
	} {
		var b bytes.Buffer
		o := report.NewOutput(&b)
		for i := range len(in) { // as several writes
			fmt.Fprint(o, in[i:i+1])
		}
		if o.Flush(); b.String() != want {
			t.Errorf("%q gives %q, want %q", in, b.String(), want)
		}
	}
}

// JSON means the same as before, and its lines are as harmless as those of text.
func TestEncoder(t *testing.T) {
	hostile := "\n::error::x\n##[error]y\\##vso[z]\x1b\x7f\u0085\u202e\u2028\U000e0001<&>" + strings.Repeat("я", 9000)
	var b bytes.Buffer
	if err := report.NewEncoder(report.NewOutput(&b)).Encode([]string{hostile}); err != nil {
		t.Fatal(err)
	}
	harmless(t, b.String())
	var back []string
	if err := json.Unmarshal(b.Bytes(), &back); err != nil || back[0] != hostile {
		t.Errorf("%q, %v", back, err)
	}
	if strings.Count(b.String(), "\n") != 1 || !strings.Contains(b.String(), "<&>") {
		t.Error(b.String()[:100])
	}
}

func FuzzOutput(f *testing.F) {
	f.Add("\u3000::a\r\n::b", 2)
	f.Add("##\x00[a] ##vso[b]", 3)
	f.Fuzz(func(t *testing.T, text string, cut int) {
		cut = min(max(cut, 0), len(text))
		var b, j bytes.Buffer
		o := report.NewOutput(&b)
		fmt.Fprint(o, text[:cut])
		fmt.Fprint(o, text[cut:])
		o.Flush()
		harmless(t, b.String())
		if strings.Count(b.String(), "\n") != strings.Count(text, "\n") {
			t.Errorf("%q has other lines: %q", text, b.String())
		}
		if err := report.NewEncoder(&j).Encode(text); err != nil {
			t.Fatal(err)
		}
		harmless(t, j.String())
		var back string
		if err := json.Unmarshal(j.Bytes(), &back); err != nil || back != strings.ToValidUTF8(text, "\ufffd") && strings.ToValidUTF8(text, "") == text {
			t.Errorf("%q gives %q, %v", text, back, err)
		}
	})
}

// Findings of one kind are folded in each file, and those about files in each folder. Nothing
// is left out of the summary or of JSON.
func TestFolding(t *testing.T) {
	var list diag.List
	for range 25 {
		list.Add(number("a,", "x", ""))
	}
	other := number("a,", "y", "")
	other.Code = diag.BadInteger
	list.Add(other)
	for i := range 12 {
		list.Add(diag.Diagnostic{Code: diag.BadFileName, Path: fmt.Sprintf("data/osh/%d", i)})
	}
	list.Add(diag.Diagnostic{Code: diag.BadFileName, Path: "data/last"})
	got := text(t, list...)
	for want, n := range map[string]int{
		"error [bad-number]": 10, "error [bad-integer]": 1, "error [bad-file-name]": 11,
		"data/osh/scores.csv: … and 15 more [bad-number]\n  With `--format json` all of them are listed.\n": 1,
		"data/osh: … and 2 more [bad-file-name]\n":                                                          1,
	} {
		if strings.Count(got, want) != n {
			t.Errorf("%q is not there %d times:\n%s", want, n, got)
		}
	}
	if s := report.Summary(list, locale.For(locale.En)); s != "39 errors" {
		t.Error(s)
	}
	var b bytes.Buffer
	if err := report.JSON.Write(&b, list, locale.For(locale.En)); err != nil || strings.Count(b.String(), "\n") != len(list) {
		t.Error(err, b.Len())
	}
	b.Reset()
	if err := report.Text.Corrections(&b, list, locale.For(locale.En)); err != nil || strings.Count(b.String(), "[bad-number]") != 11 {
		t.Error(err, b.String())
	}
}

// Outcomes of one kind for a rule and year are folded too, and those that turn.
func TestFoldingOutcomes(t *testing.T) {
	var outcomes []*regulation.Outcome
	var turns []regulation.Turn
	for i := range 13 {
		o := &regulation.Outcome{Municipality: "osh", Year: 2026, Clause: "17", Rule: "report-on-time", Kind: regulation.Overdue, Subject: regulation.Record{Register: "assessments", ID: fmt.Sprint("a", i)}}
		outcomes = append(outcomes, o)
		turns = append(turns, regulation.Turn{To: o})
	}
	outcomes[12].Year = 2025
	for name, write := range map[string]func(io.Writer) error{
		"overdue: … and 2 more [17 report-on-time]": func(w io.Writer) error { return report.Text.Outcomes(w, outcomes, report.Day{}, locale.For(locale.En)) },
		"… and 2 more [17 report-on-time]": func(w io.Writer) error {
			return report.Text.Turns(w, report.Assumed, turns, report.Day{}, locale.For(locale.En))
		},
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		if got := b.String(); strings.Count(got, "osh/assessments/a") != 11 || !strings.Contains(got, "osh/2026: "+name+"\n  With `--format json`") {
			t.Errorf("%s is not in\n%s", name, got)
		}
	}
}
