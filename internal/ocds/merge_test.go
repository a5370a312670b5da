package ocds

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestContractingMerges merges the releases of a process as the standard says, which must give
// the compiled release of its record. A day later the same releases must still be there.
func TestContractingMerges(t *testing.T) {
	releases, records := packages(t, contracted(t, "2026-11-20"))
	if len(records.Records) != 3 || records.Packages[0] != releases.URI {
		t.Fatalf("%d processes from %v", len(records.Records), records.Packages)
	}
	ids := map[string]bool{}
	for _, record := range records.Records {
		var merged any
		n := 0
		for _, r := range releases.Releases {
			if ids[r.ID] = true; r.OCID != record.OCID {
				continue
			}
			if p := record.Releases[n]; p.URL != releases.URI+"#"+r.ID || p.Date != r.Date || strings.Contains(r.ID, "#") {
				t.Errorf("release %d of %s is %s of %s, in the record %v", n, r.OCID, r.ID, r.Date, p)
			}
			if n++; n > 1 && r.Date <= record.Releases[n-2].Date {
				t.Errorf("%s is not in order", r.ID)
			}
			r.ID, r.Date, r.Tag = "", "", nil
			merged = mergeRelease(merged, generic(t, r))
		}
		want := record.Compiled
		if n != len(record.Releases) || want.Date != record.Releases[n-1].Date || !slices.Equal(want.Tag, []string{"compiled"}) {
			t.Errorf("%s has %d releases, the record %d", record.OCID, n, len(record.Releases))
		}
		want.ID, want.Date, want.Tag = "", "", nil
		if diff := cmp.Diff(generic(t, want), merged); diff != "" {
			t.Errorf("%s (-compiled +merged):\n%s", record.OCID, diff)
		}
	}
	if len(ids) != len(releases.Releases) {
		t.Errorf("%d releases have %d ids", len(releases.Releases), len(ids))
	}
	later, _ := packages(t, contracted(t, "2026-11-21"))
	if diff := cmp.Diff(generic(t, releases.Releases), generic(t, later.Releases)); diff != "" {
		t.Errorf("a day on which nothing happened changes releases:\n%s", diff)
	}
}

func generic(t *testing.T, v any) (x any) {
	t.Helper()
	data, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(data, &x)
	}
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// mergeRelease merges as the standard's page on merging says: objects member by member, arrays
// of objects with ids by id; anything else is replaced.
func mergeRelease(old, new any) any {
	switch n := new.(type) {
	case map[string]any:
		o, _ := old.(map[string]any)
		merged := map[string]any{}
		maps.Copy(merged, o)
		for name, value := range n {
			merged[name] = mergeRelease(merged[name], value)
		}
		return merged
	case []any:
		merged, ok := old.([]any)
		if !ok {
			return n
		}
		merged = slices.Clone(merged)
		for _, x := range n {
			item, ok := x.(map[string]any)
			if !ok || item["id"] == nil {
				return n
			}
			i := slices.IndexFunc(merged, func(y any) bool { m, _ := y.(map[string]any); return m["id"] == item["id"] })
			if i < 0 {
				merged = append(merged, x)
			} else {
				merged[i] = mergeRelease(merged[i], x)
			}
		}
		return merged
	}
	return new
}
