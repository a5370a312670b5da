package pipeline

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"achyk/internal/limits"
)

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
		if y := o.AsOf.Year(); !o.AsOf.IsZero() && (y < earliest || y > latest || o.AsOf != o.AsOf.Truncate(24*time.Hour)) {
			t.Errorf("as of %v", o.AsOf)
		}
	})
}
