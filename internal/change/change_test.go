package change_test

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"

	"achyk/internal/change"
	"achyk/internal/diag"
	"achyk/internal/gitrepo"
	"achyk/internal/load"
	"achyk/internal/locale"
	"achyk/internal/report"
)

var update = flag.Bool("update", false, "write what is found in testdata anew")

// story is a repository that a test script changes. It begins with the sample repository of
// package load, committed on 15 March 2026.
type story struct {
	t         *testing.T
	dir       string // a git repository, which several stories may share
	files     map[string]string
	stream    bytes.Buffer // the input of git fast-import
	commits   int
	marks     map[string]mark
	published int // the number of the published commit
	today     time.Time
}

type mark struct {
	commit int
	files  map[string]string
}

func newStory(t *testing.T, dir string) *story {
	t.Helper()
	a, err := txtar.ParseFile("testdata/published/town.txtar") // the state that is published
	if err != nil {
		t.Fatal(err)
	}
	s := &story{t: t, dir: dir, files: map[string]string{}, marks: map[string]mark{}}
	for _, f := range a.Files {
		s.files[f.Name] = string(f.Data)
	}
	s.commit("2026-03-15", "Published")
	s.published = 1
	return s
}

// commit commits the files. Its parent is the commit that was last made or returned to; it
// also merges the others.
func (s *story) commit(day, message string, others ...int) {
	at, err := time.Parse(time.RFC3339, day+"T12:00:00+06:00")
	if err != nil {
		s.t.Fatal(err)
	}
	from := s.marks[""].commit
	s.commits++
	fmt.Fprintf(&s.stream, "commit refs/heads/main\nmark :%d\ncommitter Айгүл <clerk@osh.example> %d +0600\ndata %d\n%s\n", s.commits, at.Unix(), len(message), message)
	if from > 0 {
		fmt.Fprintf(&s.stream, "from :%d\n", from)
	}
	for _, other := range others {
		fmt.Fprintf(&s.stream, "merge :%d\n", other)
	}
	fmt.Fprintln(&s.stream, "deleteall")
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		fmt.Fprintf(&s.stream, "M 100644 inline %s\ndata %d\n%s\n", name, len(s.files[name]), s.files[name])
	}
	s.marks[""] = mark{s.commits, nil}
}

// tell follows a script of one instruction a line:
//
//	put FILE "text"                 a new file
//	add FILE "row"                  appended to the file
//	replace FILE "old" "new"        the old text must occur once
//	form FILE                       begin with a byte order mark, quote every cell, end lines with CRLF
//	remove FILE
//	commit DAY "message" [MARK…]    merges the marked commits
//	publish                         the last commit is published
//	today DAY                       it is judged on this day, not on that of the last commit
//	mark NAME, at NAME              remember a commit; return to it
func (s *story) tell(script string) {
	s.t.Helper()
	for line := range strings.Lines(script) {
		verb, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		name, rest, _ := strings.Cut(rest, " ")
		switch verb {
		case "put":
			s.files[name] = s.quoted(&rest)
		case "add":
			s.files[name] += s.quoted(&rest) + "\n"
		case "replace":
			old, new := s.quoted(&rest), s.quoted(&rest)
			if n := strings.Count(s.files[name], old); n != 1 {
				s.t.Fatalf("%q is %d times in %s", old, n, name)
			}
			s.files[name] = strings.Replace(s.files[name], old, new, 1)
		case "form":
			s.files[name] = "\ufeff\"" + strings.NewReplacer(",", `","`, "\n", "\"\r\n\"").Replace(strings.TrimSuffix(s.files[name], "\n")) + "\"\r\n"
		case "remove":
			delete(s.files, name)
		case "commit":
			message := s.quoted(&rest)
			var others []int
			for _, m := range strings.Fields(rest) {
				others = append(others, s.marks[m].commit)
			}
			s.commit(name, message, others...)
		case "today":
			day, err := time.Parse(time.DateOnly, name)
			s.check(err)
			s.today = day
		case "publish":
			s.published = s.marks[""].commit
		case "mark":
			s.marks[name] = mark{s.marks[""].commit, maps.Clone(s.files)}
		case "at":
			s.marks[""], s.files = mark{s.marks[name].commit, nil}, maps.Clone(s.marks[name].files)
		case "", "#":
		default:
			s.t.Fatalf("%s?", line)
		}
	}
}

func (s *story) quoted(rest *string) string {
	s.t.Helper()
	q, err := strconv.QuotedPrefix(strings.TrimSpace(*rest))
	if err != nil {
		s.t.Fatalf("%s: %v", *rest, err)
	}
	*rest = strings.TrimSpace(*rest)[len(q):]
	text, err := strconv.Unquote(q)
	if err != nil {
		s.t.Fatal(err)
	}
	return text
}

// git runs git in a folder. It does not wait until the files are on the disk.
func git(t *testing.T, dir string, input io.Reader, args ...string) {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "core.fsync=none", "-c", "fastimport.unpackLimit=1"}, args...)...)
	cmd.Dir, cmd.Stdin = dir, input
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git %s: %v\n%s", args, err, out)
	}
}

// newRepository makes an empty repository. Without git it skips the test.
func newRepository(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip(err)
	}
	dir := t.TempDir()
	git(t, dir, nil, "init", "-q", "--template=", "-b", "main")
	return dir
}

// judge compares the files with the published commit.
func (s *story) judge() (findings, corrections diag.List) {
	s.t.Helper()
	marks := filepath.Join(s.dir, "marks")
	git(s.t, s.dir, &s.stream, "fast-import", "--quiet", "--force", "--export-marks="+marks)
	list, err := os.ReadFile(marks)
	s.check(err)
	hashes := map[string]string{}
	for line := range strings.Lines(string(list)) {
		name, hash, _ := strings.Cut(strings.TrimSpace(line), " ")
		hashes[name] = hash
	}
	repo, err := gitrepo.Open(s.dir)
	s.check(err)
	s.t.Cleanup(func() { repo.Close() })
	resolve := func(n int) gitrepo.Commit {
		c, err := repo.Resolve(hashes[":"+strconv.Itoa(n)])
		s.check(err)
		return c
	}
	tip := resolve(s.marks[""].commit)
	ahead, err := repo.Ahead(tip, resolve(s.published))
	s.check(err)
	base, err := repo.FS(ahead.Base)
	s.check(err)
	then, _, err := load.Load(base)
	s.check(err)
	files := fstest.MapFS{}
	for name, text := range s.files {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	now, problems, err := load.Load(files)
	s.check(err)
	if s.today.IsZero() {
		s.today = tip.Time
	}
	findings, corrections, err = change.Proposal{
		Published: then, Proposed: now, Problems: problems, Files: files,
		Repo: repo, Tip: tip, Ahead: ahead, Now: s.today,
	}.Judge()
	s.check(err)
	return findings, corrections
}

func (s *story) check(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// told writes each finding in one line.
func told(findings, corrections diag.List) string {
	var b strings.Builder
	for i, d := range slices.Concat(findings, corrections) {
		if i >= len(findings) {
			b.WriteString("correction ")
		}
		fmt.Fprintf(&b, "%s %s %s", d.Code, report.Where(&d), d.ID)
		if column := d.Args["column"]; column != nil {
			fmt.Fprintf(&b, " %s", column)
		}
		fmt.Fprintf(&b, ": %q → %q", english(d.Args["old"]), english(d.Args["new"]))
		if now, _ := d.Args["now"].(string); now != "" {
			fmt.Fprintf(&b, ", now %s", now)
		}
		if d.Args["commit"] != "" {
			fmt.Fprintf(&b, " in %q", d.Args["subject"])
		}
		if i >= len(findings) {
			fmt.Fprintf(&b, " because %q", d.Args["reason"])
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// english returns an argument, of a text in three languages the English one.
func english(arg any) any {
	if t, ok := arg.(locale.Text); ok {
		return t.En
	}
	return arg
}

// hash matches the hash of a commit, which depends on the sample repository.
var hash = regexp.MustCompile(`\b[0-9a-f]{10}\b`)

// TestRules reads one archive for each rule. The files of an archive are scripts; NAME.want
// is what is found after the script NAME. The report for the first script is also compared
// in full, in the three languages.
func TestRules(t *testing.T) {
	dir := newRepository(t)
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	provoked := map[diag.Code]bool{}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			want := map[string]string{}
			for _, f := range a.Files {
				want[f.Name] = string(f.Data)
			}
			got := &txtar.Archive{Comment: a.Comment}
			for _, f := range a.Files {
				if strings.Contains(f.Name, ".") {
					continue
				}
				got.Files = append(got.Files, f)
				if f.Name == "before" {
					continue
				}
				expect := func(ending, text string) {
					t.Helper()
					if want[f.Name+ending] != text && !*update {
						t.Errorf("%s:\n%s\nwant\n%s", f.Name+ending, text, want[f.Name+ending])
					}
					got.Files = append(got.Files, txtar.File{Name: f.Name + ending, Data: []byte(text)})
				}
				s := newStory(t, dir)
				s.tell(want["before"])
				s.tell(string(f.Data))
				findings, corrections := s.judge()
				for _, d := range findings {
					provoked[d.Code] = true
				}
				expect(".want", told(findings, corrections))
				kind, _, _ := strings.Cut(f.Name, "-")
				if kind != map[bool]string{true: "found"}[len(findings) > 0] && kind != map[bool]string{true: "excused", false: "innocent"}[len(corrections) > 0] || kind != "found" && len(findings) > 0 {
					t.Errorf("%s: %d findings, %d corrections", f.Name, len(findings), len(corrections))
				}
				if f.Name != "found" {
					continue
				}
				for _, l := range locale.Langs {
					text, _ := report.Find("text")
					var b bytes.Buffer
					if err := text.Write(&b, findings, locale.For(l)); err != nil {
						t.Fatal(err)
					}
					expect("."+l.String(), hash.ReplaceAllString(strings.TrimSuffix(b.String(), "\n"), "0123456789"))
				}
			}
			for _, kind := range []string{"found", "innocent", "excused"} {
				if !slices.ContainsFunc(got.Files, func(f txtar.File) bool { return strings.HasPrefix(f.Name, kind) }) {
					t.Errorf("no story is %s", kind)
				}
			}
			if *update {
				if err := os.WriteFile(name, txtar.Format(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
	if f := flag.Lookup("test.run"); f.Value.String() != "" {
		return // only some of the tests have run
	}
	for _, code := range diag.Codes {
		if strings.HasPrefix(string(code), "change-") && !provoked[code] {
			t.Errorf("no story provokes %s", code)
		}
	}
}

// The published state is the newest common commit, and a finding names the commit that made
// the change, on either side of a merge.
func TestMerges(t *testing.T) {
	dir := newRepository(t)
	const (
		topic = `mark base
replace data/town/scores.csv "a-1,m-1,c-1,7.5" "a-1,m-1,c-1,9.5"
commit 2026-03-16 "Points\n\nCorrection: minutes 7"
mark topic
at base
`
		main = `replace data/town/decisions.csv ",12," ",13,"
commit 2026-03-16 "Number\n\nCorrection: it is 13"
publish
mark main
`
		both = `replace data/town/scores.csv "a-1,m-1,c-1,7.5" "a-1,m-1,c-1,9.5"
`
		points = "change-result data/town/scores.csv:2:13 (D2) a-1_m-1_c-1 points: \"7.5\" → \"9.5\" in "
	)
	for _, test := range []struct{ name, script, want string }{
		{"a base that has gone on", topic + main + "at topic", "correction " + points + "\"Points\" because \"minutes 7\"\n"},
		{"the merge that a workflow checks out", topic + main + both + `commit 2026-03-17 "Merge" topic`, "correction " + points + "\"Points\" because \"minutes 7\"\n"},
		{"the base merged into the proposal", topic + main + "at topic\n" + `replace data/town/decisions.csv ",12," ",13,"
commit 2026-03-17 "Merge" main`, "correction " + points + "\"Points\" because \"minutes 7\"\n"},
		{"a merge that drops what the base has", topic + main + "at topic\n" + `commit 2026-03-17 "Merge" main`,
			"change-published data/town/decisions.csv:2:24 (D2) d-1 number: \"13\" → \"12\" in \"Merge\"\ncorrection " + points + "\"Points\" because \"minutes 7\"\n"},
		{"a merge that alters in passing", main + `mark base
replace data/town/appeals.csv "written,3" "written,4"
commit 2026-03-17 "Beside"
mark topic
at base
` + both + `commit 2026-03-17 "Merge" topic`, points + "\"Merge\"\n"},
		{"nothing since", main, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newStory(t, dir)
			s.tell(test.script)
			if got := told(s.judge()); got != test.want {
				t.Errorf("%s\nwant\n%s", got, test.want)
			}
		})
	}
}
