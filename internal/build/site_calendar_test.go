package build_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// The calendars are as RFC 5545 wants them, with the same events in every language: those
// of the register of deadlines. Each leads to a page of the site.
func TestCalendars(t *testing.T) {
	dir := sample(t)
	for m := range municipalities {
		var uids []string
		for _, l := range langs {
			name := filepath.Join(dir, "calendar", m+"."+l+".ics")
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			lines, rest := strings.Split(string(data), "\r\n"), strings.ReplaceAll(string(data), "\r\n", "")
			if strings.ContainsAny(rest, "\r\n") {
				t.Errorf("%s: a line does not end in CRLF", name)
			}
			for _, line := range lines {
				if len(line) > 75 || !utf8.ValidString(line) {
					t.Errorf("%s: %d bytes in a line, or half a letter: %s", name, len(line), line)
				}
			}
			var ids []string
			for line := range strings.SplitSeq(strings.ReplaceAll(string(data), "\r\n ", ""), "\r\n") {
				property, value, _ := strings.Cut(line, ":")
				switch property {
				case "UID":
					ids = append(ids, value)
				case "DESCRIPTION":
					at := strings.LastIndex(value, "https://")
					if len(ids) == 0 {
						continue // the calendar's own
					}
					address := strings.TrimPrefix(value[max(at, 0):], "https://achyk.example/")
					page, _, _ := strings.Cut(address, "#")
					if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(page), "index.html")); at < 0 || err != nil {
						t.Errorf("%s: leads nowhere: %s", name, value)
					}
				}
			}
			if slices.Sort(ids); uids == nil {
				uids = ids
			} else if !slices.Equal(uids, ids) {
				t.Errorf("%s has other events than in another language", name)
			}
			if n := len(records(t, dir, m, "deadlines")); len(ids) != n || len(slices.Compact(ids)) != n {
				t.Errorf("%s: %d events, %d deadlines", name, len(ids), n)
			}
		}
	}
}
