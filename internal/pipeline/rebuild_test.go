package pipeline

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"achyk/internal/diag"
	"achyk/internal/limits"
	"achyk/internal/locale"
	"achyk/internal/report"
)

// TestTooManyTags checks that a build takes as many versions, with names as long, as Rebuild makes
// again, and that check and build refuse one more.
func TestTooManyTags(t *testing.T) {
	r := newRepository(t)
	main, err := os.ReadFile(filepath.Join(r.Dir, ".git/refs/heads/main"))
	if err != nil {
		t.Fatal(err)
	}
	tag := func(name string) { r.Write(".git/refs/tags/"+name, string(main)) }
	tag("release")                              // names no version
	tag("v" + strings.Repeat("1", limits.Name)) // nor does this one
	tag("v" + strings.Repeat("1", limits.Name-1))
	for i := range limits.Tags - 1 {
		tag(fmt.Sprint("v2.", i))
	}
	o := Options{Source: r.Dir, Dest: filepath.Join(t.TempDir(), "site")}
	source, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	loaded, err := source.Load()
	if err != nil || len(loaded.Findings) > 0 {
		t.Fatal(loaded.Findings, err)
	}
	tags, err := source.tags()
	if err != nil || len(tags) != limits.Tags {
		t.Fatalf("%d tags, %v", len(tags), err)
	}
	record := &BuildRecord{Program: program, Commit: source.commit.Hash, BaseURL: loaded.Data.Site.BaseURL, Clean: true}
	for _, tag := range tags {
		record.Versions = append(record.Versions, Version{tag.Name, tag.Commit.Hash})
	}
	if _, err := o.ofRecord(record); err != nil {
		t.Error(err)
	}

	tag("v3")
	checked, err := Check(o)
	_, findings, failed := Build(t.Context(), o)
	for _, list := range []diag.List{checked.Problems, findings} {
		if err != nil || failed != nil {
			t.Error(err, failed)
		}
		wantOver(t, list, "limit.tags", "git tag -d")
	}
}

// wantOver checks that one limit is exceeded, and that every language says how to mend it.
func wantOver(t *testing.T, list diag.List, what diag.Phrase, mend string) {
	t.Helper()
	if len(list) != 1 || list[0].Code != diag.OverLimit || list[0].Args["what"] != what {
		t.Fatalf("%v, want %s", list, what)
	}
	for _, l := range locale.Langs {
		if text := report.Mend(&list[0], locale.For(l)); !strings.Contains(text, mend) {
			t.Errorf("%v: %s", l, text)
		}
	}
}

// TestTooManyFiles checks that build and check refuse a site of more files than verify reads, and
// count them as verify does; and that both refuse a longer list of files than verify reads.
func TestTooManyFiles(t *testing.T) {
	r := newRepository(t)
	o := Options{Source: r.Dir, Dest: filepath.Join(t.TempDir(), "site")}
	built, findings, err := Build(t.Context(), o)
	if err != nil || len(findings) > 0 {
		t.Fatal(findings, err)
	}
	o.most, o.Dest = built.Files, filepath.Join(t.TempDir(), "site") // and SHA256SUMS
	if _, findings, err = Build(t.Context(), o); err != nil {
		t.Error(err)
	}
	wantOver(t, findings, "limit.site-files", "`v`")
	if have := findings[0].Args["have"]; have != built.Files+1 {
		t.Errorf("the site has %d files with SHA256SUMS, the finding says %v", built.Files+1, have)
	}
	if _, err := os.Stat(o.Dest); err == nil {
		t.Error("a site was published")
	}

	o.most = 1
	checked, err := Check(o) // does not count the pages of changes
	if err != nil {
		t.Error(err)
	}
	wantOver(t, checked.Problems, "limit.site-files", "`v`")
	o.most = checked.Problems[0].Args["have"].(int)
	if checked, err = Check(o); err != nil || len(checked.Problems) > 0 {
		t.Error(checked.Problems, err)
	}
	long := planOf("", map[string]string{strings.Repeat("x", limits.Sums): ""})
	wantOver(t, long.tooLarge(), "limit.site-list", "`v`")
}

// FuzzBuildRecord reads a build.json of anybody. Whatever options it gives name a whole commit,
// few versions in folders of their own, a day, and an address and a version that can stand on
// every page.
func FuzzBuildRecord(f *testing.F) {
	const commit = "0123456789012345678901234567890123456789"
	whole := &BuildRecord{
		Program: program, Version: "v1.2.3+dirty", Commit: commit, AsOf: "2026-03-01", AsOfFrom: "flag", BaseURL: "https://site.example/ky/",
		Clean: true, Versions: []Version{{"v2026.1", commit}, {"v2026.2", commit}},
	}
	f.Add(whole.JSON())
	for _, text := range []string{
		"", "null", "{}", "[]", `{"program":"achyk"}`, `{"program":1}`, strings.Repeat("[", 9999), "\xff\xfe",
		`{"program":"achyk","clean":true,"commit":"` + commit + `","base_url":"http://x","as_of_from":"flag","as_of":"0000-00-00"}`,
		`{"program":"achyk","clean":true,"commit":"` + commit + `","base_url":"http://x","versions":[{"tag":"v1/..","commit":"` + commit + `"}]}`,
		`{"program":"achyk","clean":true,"commit":"` + commit + `","base_url":"http://x\u000a"}`,
		`{"program":"achyk","clean":true,"commit":"` + commit + `","base_url":"http://x","version":"\u202e"}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		record, err := ReadBuildRecord(strings.NewReader(string(text)))
		if err != nil {
			return
		}
		o, err := Options{}.ofRecord(record)
		if err != nil {
			return
		}
		if len(o.Ref) != 40 || strings.Trim(o.Ref, "0123456789abcdef") != "" || len(o.versions) > limits.Tags {
			t.Errorf("commit %q, %d versions", o.Ref, len(o.versions))
		}
		named := map[string]bool{}
		for _, v := range o.versions {
			if named[v.Tag] || strings.ContainsAny(v.Tag, "/\\ \n") || len(v.Commit) != 40 {
				t.Errorf("version %q of %q", v.Tag, v.Commit)
			}
			named[v.Tag] = true
		}
		if at, err := url.Parse(o.BaseURL); err != nil || at.Host == "" || strings.ContainsFunc(o.BaseURL+o.Version, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			t.Errorf("address %q, version %q", o.BaseURL, o.Version)
		}
		if y := o.AsOf.Year(); !o.AsOf.IsZero() && (y < limits.FirstYear || y > limits.LastYear || o.AsOf != o.AsOf.Truncate(24*time.Hour)) {
			t.Errorf("as of %v", o.AsOf)
		}
	})
}

// judged is a repository with a rule, and with so many assessments of a service without requirements.
func judged(t *testing.T, assessments int) repository {
	t.Helper()
	r := newRepository(t)
	regulation, err := os.ReadFile(filepath.Join(r.Dir, "data/town/regulation.toml"))
	if err != nil {
		t.Fatal(err)
	}
	r.Write("data/town/regulation.toml", string(regulation)+"[[clause.check]]\nrule = \"every-requirement-has-a-verdict\"\n")
	r.Write("data/town/providers.csv", "id,name_ky,name_ru,name_en,kind,subkind,website,valid_from,valid_to,successor\np,Ишкана,Предприятие,Enterprise,municipal-enterprise,,,,,\n")
	r.Write("data/town/services.csv", "id,name_ky,name_ru,name_en,description_ky,description_ru,description_en,level,legal_basis_ky,legal_basis_ru,legal_basis_en,valid_from,valid_to\nwater,Суу,Вода,Water,,,,municipal,,,,,\n")
	register := strings.Builder{}
	register.WriteString("id,year,mode,regularity,service,provider,entry,contract,panel,planned_from,planned_to,fieldwork_from,fieldwork_to\n")
	for i := range assessments {
		fmt.Fprintf(&register, "a%d,2026,monitoring,temporary,water,p,,,,2026-01-10,,2026-01-10,\n", i)
	}
	r.Write("data/town/assessments.csv", register.String())
	return r
}

// TestTooManyOutcomes checks that check refuses records of which rules make more outcomes than limits.Outcomes,
// and shows none of them: those that were found until then are not all.
func TestTooManyOutcomes(t *testing.T) {
	r := judged(t, limits.Outcomes+1)
	checked, err := Check(Options{Source: r.Dir})
	if err != nil || len(checked.Outcomes) > 0 {
		t.Error(len(checked.Outcomes), err)
	}
	if !slices.ContainsFunc(checked.Problems, func(d diag.Diagnostic) bool {
		return d.Code == diag.OverLimit && d.Args["what"] == diag.Phrase("limit.outcomes")
	}) {
		t.Error(checked.Problems[:min(3, len(checked.Problems))])
	}
}

// TestCellsThatAreMade checks that check and build refuse, by name, a cell that the program would make of many
// records and that is longer than Excel's: else a build would end in the middle of writing.
func TestCellsThatAreMade(t *testing.T) {
	r := judged(t, 1)
	register := strings.Builder{}
	register.WriteString("id,service,direction,source_kind,source_ky,source_ru,source_en,clause,requirement_ky,requirement_ru,requirement_en,valid_from,valid_to\n")
	for i := range 450 {
		fmt.Fprintf(&register, "%060d,water,organisation,administrative-regulation,Келишим,Договор,Contract,1,Талап,Требование,Requirement,2025-01-01,\n", i)
	}
	r.Write("data/town/requirements.csv", register.String())
	checked, err := Check(Options{Source: r.Dir})
	if err != nil {
		t.Fatal(err)
	}
	_, built, err := Build(t.Context(), Options{Source: r.Dir, Dest: filepath.Join(t.TempDir(), "site")})
	if err != nil {
		t.Fatal(err)
	}
	for _, findings := range []diag.List{checked.Problems, built} {
		if !slices.ContainsFunc(findings, func(d diag.Diagnostic) bool {
			return d.Code == diag.CellTooLong && d.Args["column"] == "evidence" && d.Path == "data/town"
		}) {
			t.Error(findings)
		}
	}
}
