package report_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	unsafehtml "github.com/yuin/goldmark/renderer/html"

	"achyk/internal/desk"
	"achyk/internal/diag"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/report"
	"achyk/internal/source"
	"achyk/internal/table"
)

// form returns what a check has found in one form.
func form(t testing.TB, name string, c *report.Check, l locale.Lang) string {
	t.Helper()
	f, ok := report.FindForm(name)
	if !ok {
		t.Fatal(name)
	}
	var b bytes.Buffer
	o := report.NewOutput(&b)
	if err := f.Write(o, c, locale.For(l)); err != nil {
		t.Fatal(err)
	}
	if err := o.Flush(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Nothing of a file is a command, and none of it ends one.
func TestAnnotationsAreEscaped(t *testing.T) {
	d := number("a,", "7\r\n::error::x%0A::warning::y##[error]z\u2028", "")
	d.File.Path = "data/a:b,c=d%2C\n::set-output name=x::y.csv"
	lines := strings.Split(strings.TrimSuffix(form(t, "github", &report.Check{Problems: diag.List{d}}, locale.En), "\n"), "\n")
	if len(lines) != 2 || lines[0] != "::notice title=Achyk::1 error" {
		t.Fatalf("%q", lines)
	}
	place, message, _ := strings.Cut(strings.TrimPrefix(lines[1], "::error "), "::")
	if place != "file=data/a%3Ab%2Cc=d%252C·%3A%3Aset-output name=x%3A%3Ay.csv,line=2,col=3,title=bad-number" {
		t.Error(place)
	}
	if !strings.HasPrefix(message, "E2: ") || !strings.Contains(message, "7··::error::x%250A::warning::y#·#[error]z·") || !strings.Contains(message, "How to mend: ") {
		t.Error(message)
	}
}

// GitHub shows ten errors: personal data first, then each kind once, warnings last.
func TestAnnotationsBeginWithTheWorst(t *testing.T) {
	var list diag.List
	list.Add(diag.Diagnostic{Code: diag.ByteOrder, Path: "a.csv"})
	for range 20 {
		list.Add(number("a,", "x", ""))
	}
	list.Add(diag.Diagnostic{Code: diag.BadID, Path: "b.csv"})
	list.Add(diag.Diagnostic{Code: diag.PersonalPhone, Path: "c.csv"})
	lines := strings.Split(form(t, "github", &report.Check{Problems: list}, locale.Ky), "\n")
	for i, want := range map[int]string{1: "personal-phone", 2: "bad-number", 3: "bad-id", 4: "bad-number", 23: "byte-order-mark"} {
		if !strings.Contains(lines[i], "title="+want) {
			t.Errorf("line %d is not about %s: %s", i, want, lines[i])
		}
	}
}

// log is what a reader of SARIF looks at.
type log struct {
	Schema  string `json:"$schema"`
	Version string
	Runs    []struct {
		Tool struct {
			Driver struct{ Rules []struct{ ID string } }
		}
		ColumnKind string
		Results    []struct {
			RuleID              string
			RuleIndex           int
			Level               string
			Message             struct{ Text string }
			PartialFingerprints map[string]string
			Locations           []struct {
				PhysicalLocation struct {
					ArtifactLocation struct{ URI string }
					Region           struct{ StartLine, StartColumn, EndLine, EndColumn int }
				}
			}
		}
	}
}

func sarif(t *testing.T, list ...diag.Diagnostic) log {
	t.Helper()
	text := form(t, "sarif", &report.Check{Problems: list}, locale.Ky)
	harmless(t, text)
	var l log
	if err := json.Unmarshal([]byte(text), &l); err != nil {
		t.Fatal(err)
	}
	if l.Version != "2.1.0" || len(l.Runs) != 1 || l.Runs[0].ColumnKind != "unicodeCodePoints" || len(l.Runs[0].Results) != len(list) {
		t.Fatal(text)
	}
	return l
}

func TestSARIF(t *testing.T) {
	d := number("日本,", "7,5", "")
	d.File.Path = "data/a b/ö#1.csv"
	run := sarif(t, d, diag.Diagnostic{Code: diag.FileMissing, Path: "data/site.toml"}).Runs[0]
	r := run.Results[0]
	if run.Tool.Driver.Rules[r.RuleIndex].ID != r.RuleID || r.RuleID != "bad-number" || r.Level != "error" || !strings.HasPrefix(r.Message.Text, "E2: ") {
		t.Errorf("%+v", r)
	}
	place := r.Locations[0].PhysicalLocation
	if place.ArtifactLocation.URI != "data/a%20b/%C3%B6%231.csv" || fmt.Sprint(place.Region) != "{2 4 2 7}" {
		t.Errorf("%+v", place)
	}
	if at := run.Results[1].Locations[0].PhysicalLocation; at.Region.StartLine != 1 {
		t.Errorf("%+v", at)
	}
}

// A row that moves is the same alert; another record, and the same record twice, are others.
func TestFingerprintsAreStable(t *testing.T) {
	print := func(at int, list ...diag.Diagnostic) string {
		return sarif(t, list...).Runs[0].Results[at].PartialFingerprints["achykFinding/v1"]
	}
	first := number("Ош,", "7,5", "")
	moved := number("Ош,1\nОш,2\nОш,", "7,50", ",new")
	moved.Cell = source.Cell{Row: 4, Column: 5}
	if print(0, first) != print(0, moved) || len(print(0, first)) != 32 {
		t.Error("a moved row has another fingerprint")
	}
	other := first
	other.ID = "s-2"
	if print(0, first) == print(0, other) || print(0, first, first) == print(1, first, first) {
		t.Error("another record has the same fingerprint")
	}
	phone := diag.Diagnostic{Code: diag.PersonalPhone, Path: "a.md", Value: "+996 700 123456"}
	blank := phone
	blank.Value = ""
	if print(0, phone) != print(0, blank) {
		t.Error("a fingerprint tells of personal data")
	}
}

// hostiles are values that would do something on a page of a code host.
var hostiles = []string{
	"@mayor and @team/all", "#1 GH-2 gh-3 owner/repo#4 !5 ~bug %1 &2 &#64;mayor &commat;mayor", "https://evil.example/x http://evil.example www.evil.example mailto:a@evil.example",
	"[text](https://evil.example) ![p](https://evil.example/p.png) [a]: https://evil.example", "<img src=x onerror=y> <!-- </details> <a href=//evil.example>", "*a* _b_ **c** ~~d~~ `e` ``` f\n# g",
	"1. one", "- two", "> three", "===", "| a | b |", "\\[x](y) \\", "$\\href{x}{y}$", ":smile: a@evil.example", "</summary>", "a\r\n\r\n## b\n---", "[x] [^1] {#id}", "\u202eabc\u200b",
}

// hostileCheck is a check in which everything that comes from a proposal is hostile.
func hostileCheck(value string) *report.Check {
	d := number("a,", value, "")
	d.File.Path = "data/" + value
	schema := table.PlainSchema("trees", []string{"id", "name"})
	schema.Title = locale.Same(value)
	correction := diag.Diagnostic{Code: diag.IDDropped, Path: value, ID: value, Args: diag.Args{"value": value, "subject": value, "commit": "abc", "reason": value}}
	return &report.Check{
		Problems: diag.List{d}, Since: true, Corrections: diag.List{correction},
		Edits: []desk.Edits{{Table: table.Made(schema, "town/"+value, nil), Changes: []desk.Change{
			{Kind: desk.Changed, Key: value, Cells: []desk.CellChange{{Field: "name", Before: value, After: value + value}}}, {Kind: desk.Removed, Key: value},
		}}},
		Files: []desk.FileEdit{{Path: value, Kind: desk.Added}},
	}
}

var (
	gfm  = goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote), goldmark.WithRendererOptions(unsafehtml.WithUnsafe()))
	tags = regexp.MustCompile(`<[^>]*>`)
	ours = regexp.MustCompile(`^</?(h3|h4|p|strong|code|ul|li|br|details|summary|span)>$|^<br />$|^<!-- achyk-check -->$`)
	acts = regexp.MustCompile(`@\w|#\w|(?i)https?:/|www\.|\bgh-\d|!\d|:\w+:`)
)

// shownText renders Markdown as code hosts do, and returns the text that readers see.
func shownText(t testing.TB, markdown string) string {
	t.Helper()
	var b bytes.Buffer
	if err := gfm.Convert([]byte(markdown), &b); err != nil {
		t.Fatal(err)
	}
	for _, tag := range tags.FindAllString(b.String(), -1) {
		if !ours.MatchString(tag) {
			t.Errorf("%s in the page of\n%s", tag, markdown)
		}
	}
	text := html.UnescapeString(tags.ReplaceAllString(b.String(), ""))
	if s := acts.FindString(text); s != "" {
		t.Errorf("%q in the page of\n%s", s, markdown)
	}
	return strings.ReplaceAll(text, "\u200b", "")
}

func TestMarkdownShowsValuesAndDoesNothing(t *testing.T) {
	for _, value := range hostiles {
		for _, l := range locale.Langs {
			text := form(t, "markdown", hostileCheck(value), l)
			if !strings.HasPrefix(text, report.Marker+"\n") {
				t.Error(text)
			}
			if want, n := report.Visible(value), strings.Count(shownText(t, text), report.Visible(value)); n < 8 {
				t.Errorf("%q is shown %d times:\n%s", want, n, text)
			}
		}
	}
}

// What a sentence of the program has between backquotes is shown as code.
func TestMarkdownShowsCode(t *testing.T) {
	d := diag.Diagnostic{Code: diag.UnknownWord, Path: "a.csv", Value: "x", Args: diag.Args{"column": "kind", "nearest": table.Named{Code: "district"}, "words": []table.Named{{Code: "a_b"}}}}
	text := form(t, "markdown", &report.Check{Problems: diag.List{d}}, locale.En)
	if !strings.Contains(text, "`district`") || !strings.Contains(text, "`a_b`") || strings.Contains(shownText(t, text), "`") {
		t.Error(text)
	}
}

func FuzzMarkdown(f *testing.F) {
	for _, value := range hostiles {
		f.Add(value)
	}
	f.Fuzz(func(t *testing.T, value string) {
		text := form(t, "markdown", hostileCheck(value), locale.En)
		shownText(t, text)
		all := !strings.Contains(text, "\n… and ") // nothing was left out for lack of room
		if n := strings.Count(text, "\n"); all && n != strings.Count(form(t, "markdown", hostileCheck("x"), locale.En), "\n") {
			t.Errorf("%d lines:\n%s", n, text)
		}
	})
}

// A comment has room for 65,000 characters. What is left out is counted, and whatever is shown is whole.
func TestMarkdownIsNotCutInSilence(t *testing.T) {
	c := hostileCheck("x")
	c.Problems = nil
	for i := range 2000 {
		d := number("a,", "[я]"+strings.Repeat("_", 80), "")
		d.File = &source.File{Path: fmt.Sprintf("data/osh/%d.csv", i), Data: d.File.Data}
		c.Problems.Add(d)
	}
	text := form(t, "markdown", c, locale.Ky)
	if n := utf8.RuneCountInString(text); n > 65_000 || n < 10_000 {
		t.Errorf("%d characters", n)
	}
	shown := strings.Count(text, "`bad-number`")
	if !strings.Contains(text, fmt.Sprintf("\n… дагы %s. Толук тизмени", locale.For(locale.Ky).Int(2000-shown))) {
		t.Errorf("%d are shown:\n%s", shown, text[:3000])
	}
	if strings.Count(text, "<details>") != strings.Count(text, "</details>") || strings.Count(text, "\n#### ") != 4 {
		t.Error(strings.Count(text, "\n#### "))
	}
	shownText(t, text)
}

// A cell with an error is among the errors: it is not told to be emptied. Outcomes, which errors turn, are folded.
func TestMarkdownWithErrors(t *testing.T) {
	c := hostileCheck("x")
	c.Corrections = nil
	d := number("a,", "7,5", "")
	d.Register, d.ID, d.Args["column"] = "town/x", "x", "name"
	c.Problems = diag.List{d}
	c.Edits[0].Changes[0].Cells[0].After = ""
	o := regulation.Outcome{Kind: regulation.Kept, Municipality: "town", Year: 2026, Clause: "1", Rule: "report-on-time"}
	c.Proposed = []regulation.Turn{{From: &o}}
	text := form(t, "markdown", c, locale.En)
	if strings.Contains(text, "→") || strings.Index(text, "town/2026") < strings.Index(text, "<details>") {
		t.Error(text)
	}
	c.Problems = nil
	if text = form(t, "markdown", c, locale.En); !strings.Contains(text, "“x” → (empty)") && !strings.Contains(text, "«x» → (empty)") || strings.Contains(text, "<details>") {
		t.Error(text)
	}
}

// A report does not repeat the record in which personal data was found.
func TestMarkdownKeepsPersonalData(t *testing.T) {
	c := hostileCheck("secret")
	c.Edits[0].Table.Label = "town/trees"
	c.Problems = diag.List{{Code: diag.PersonalPhone, Path: "data/town/trees.csv", Register: "town/trees", ID: "secret"}}
	c.Files, c.Corrections = nil, nil
	c.Edits[0].Table.Schema.Title = locale.Same("Trees")
	text := form(t, "markdown", c, locale.En)
	if strings.Contains(text, "→") || !strings.Contains(text, "1 changed, 1 removed") {
		t.Error(text)
	}
	c.Problems[0].ID = ""
	if text := form(t, "markdown", c, locale.En); strings.Contains(text, "→") {
		t.Error(text)
	}
}
