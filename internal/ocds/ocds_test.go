package ocds

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"achyk/internal/jme"
	"achyk/internal/load"
	"achyk/internal/opendata"
	"achyk/internal/tools/outside"
)

// sample is the project's own repository.
func sample(t testing.TB) *jme.Dataset {
	t.Helper()
	data, problems, err := load.Load(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	if problems.HasErrors() {
		t.Skip("the sample has errors, which achyk check reports")
	}
	return data
}

// contracted publishes the contracting of the sample's Osh as of a day. Its prefix is that
// of the examples of the standard: the sample has none of its own.
func contracted(t testing.TB, day string) map[string][]byte {
	t.Helper()
	whole := sample(t)
	data, m := *whole, *whole.Municipality("osh")
	m.Settings.OCDSPrefix = "ocds-213czf"
	data.Municipalities = []*jme.Municipality{&m}
	o := opendata.Options{Data: &data}
	var err error
	if o.AsOf, err = time.Parse(time.DateOnly, day); err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range Files(o) {
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		files[f.Path] = b.Bytes()
	}
	return files
}

func packages(t testing.TB, files map[string][]byte) (releases, records bundle) {
	t.Helper()
	for path, into := range map[string]*bundle{"data/osh/ocds/releases.json": &releases, "data/osh/ocds/records.json": &records} {
		if err := json.Unmarshal(files[path], into); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
	}
	return releases, records
}

// days are days on which the contests of the sample had come to different stages.
var days = []string{"2025-03-17", "2025-04-18", "2025-06-01", "2026-01-01", "2026-11-20"}

// mistakes are what the schemas refuse, by what is right.
var mistakes = map[string]string{
	`"status": "disqualified"`: `"status": "refused"`, `"currency": "KGS"`: `"currency": "сом"`, `"tag": [`: `"tags": [`,
	`T00:00:00+06:00"`: `"`,
}

const at = "https://standard.open-contracting.org/schema/1__1__5/"

// schemas are the official schemas by their addresses, with the bids extension merged in.
func schemas(t *testing.T) map[string]any {
	t.Helper()
	folder, all := outside.Conformance(t, "ocds"), map[string]any{}
	for _, name := range []string{"release-schema.json", "release-package-schema.json", "record-package-schema.json", "versioned-release-validation-schema.json"} {
		all[at+name] = outside.JSON(t, folder, "1.1", "schema", name)
	}
	const release = at + "release-schema.json"
	all[release] = mergePatch(all[release], outside.JSON(t, folder, "extensions", "bids-v1.1.5", "release-schema.json"))
	return all
}

// TestAnotherValidator: what one validator finds valid is valid for another too.
func TestAnotherValidator(t *testing.T) {
	schema := func(path string) string {
		return at + strings.TrimSuffix(filepath.Base(path), "s.json") + "-package-schema.json"
	}
	var documents []outside.Document
	var files map[string][]byte
	for _, day := range days {
		files = contracted(t, day)
		for path, data := range files {
			documents = append(documents, outside.Document{Name: path + " as of " + day, Schema: schema(path), Data: json.RawMessage(data)})
		}
	}
	for path, data := range files {
		for right, wrong := range mistakes {
			documents = append(documents, outside.Document{Name: path + " with " + wrong, Schema: schema(path), Data: json.RawMessage(strings.ReplaceAll(string(data), right, wrong)), Wrong: true})
		}
	}
	outside.Ajv(t, "ajv-draft-04", schemas(t), documents)
}

// TestContractingIsValid validates both packages, as of several stages of the process,
// against the official schemas with the bids extension merged in.
func TestContractingIsValid(t *testing.T) {
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	for address, schema := range schemas(t) {
		if err := c.AddResource(address, schema); err != nil {
			t.Fatal(err)
		}
	}
	compiled := map[string]*jsonschema.Schema{
		"data/osh/ocds/releases.json": c.MustCompile(at + "release-package-schema.json"),
		"data/osh/ocds/records.json":  c.MustCompile(at + "record-package-schema.json"),
	}
	for _, day := range days {
		files := contracted(t, day)
		for path, schema := range compiled {
			x, err := jsonschema.UnmarshalJSON(bytes.NewReader(files[path]))
			if err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			if err := schema.Validate(x); err != nil {
				t.Errorf("%s as of %s: %v", path, day, err)
			}
		}
	}
	releases := contracted(t, "2026-11-20")["data/osh/ocds/releases.json"]
	for from, to := range mistakes {
		x, err := jsonschema.UnmarshalJSON(bytes.NewReader(bytes.ReplaceAll(releases, []byte(from), []byte(to))))
		if err != nil {
			t.Fatal(err)
		}
		if compiled["data/osh/ocds/releases.json"].Validate(x) == nil {
			t.Errorf("the schema accepts %s: it is not in force", to)
		}
	}
}

// mergePatch is RFC 7396.
func mergePatch(target, patch any) any {
	p, ok := patch.(map[string]any)
	if !ok {
		return patch
	}
	merged := map[string]any{}
	if t, ok := target.(map[string]any); ok {
		merged = maps.Clone(t)
	}
	for name, value := range p {
		if value == nil {
			delete(merged, name)
		} else {
			merged[name] = mergePatch(merged[name], value)
		}
	}
	return merged
}

// TestContractingWords: every word of the registers has one of the standard, and what we
// write is in its codelists, the open ones too.
func TestContractingWords(t *testing.T) {
	for _, x := range []struct {
		register, column string
		words            map[string]string
	}{{"applications", "status", bidStatus}, {"contracts", "route", tenderMethod}} {
		values := jme.Schema(x.register).Column(x.column).Values
		for _, v := range values {
			if x.words[v.Code] == "" {
				t.Errorf("%s.%s: %q has no word in the standard", x.register, x.column, v.Code)
			}
		}
		if len(values) != len(x.words) {
			t.Errorf("%s.%s has %d words, its table %d", x.register, x.column, len(values), len(x.words))
		}
	}
	for _, d := range tenderDocument {
		if jme.Schema("contests").Column(d.column) == nil {
			t.Errorf("contests have no column %q", d.column)
		}
	}

	folder := outside.Conformance(t, "ocds")
	codes := func(list string) (codes []string) {
		file, _ := filepath.Glob(filepath.Join(folder, "*", "*", "codelists", list+".csv"))
		data, err := os.ReadFile(file[0])
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		i := slices.Index(rows[0], "Code")
		for _, row := range rows[1:] {
			codes = append(codes, row[i])
		}
		return codes
	}
	lists := map[string][]string{
		"documentType": codes("documentType"), "roles": codes("partyRole"), "measure": codes("bidStatistics"), "type": codes("milestoneType"),
		"tag": codes("releaseTag"), "awardCriteria": codes("awardCriteria"), "procurementMethod": codes("method"), "mainProcurementCategory": codes("procurementCategory"),
		"bids.status": codes("bidStatus"), "tender.status": codes("tenderStatus"), "awards.status": codes("awardStatus"),
		"contracts.status": codes("contractStatus"), "milestones.status": codes("milestoneStatus"),
	}
	met := map[string]bool{}
	var look func(list, name string, x any)
	look = func(list, name string, x any) {
		switch x := x.(type) {
		case map[string]any:
			for member, value := range x {
				inside := list
				if lists[member+".status"] != nil {
					inside = member
				}
				look(inside, member, value)
			}
		case []any:
			for _, value := range x {
				look(list, name, value)
			}
		case string:
			if name == "status" {
				name = list + ".status"
			}
			if known := lists[name]; known != nil {
				if met[name] = true; !slices.Contains(known, x) {
					t.Errorf("%s: %q is not in the codelist", name, x)
				}
			}
		}
	}
	for _, data := range contracted(t, "2026-11-20") {
		var x any
		if err := json.Unmarshal(data, &x); err != nil {
			t.Fatal(err)
		}
		look("", "", x)
	}
	for name := range lists {
		if !met[name] {
			t.Errorf("no %s was met", name)
		}
	}
}

// TestContractingStatuses follows the contest of 2025 from day to day.
func TestContractingStatuses(t *testing.T) {
	for _, x := range []struct {
		day, tender, refused, contract, tag string
		transactions                        int
	}{
		{"2025-03-17", "active", "", "", "tender", 0},
		{"2025-04-16", "active", "", "", "tenderUpdate", 0},
		{"2025-04-28", "active", "disqualified", "", "tenderUpdate", 0},
		{"2025-04-29", "complete", "disqualified", "", "award", 0},
		{"2025-05-12", "complete", "disqualified", "active", "contract", 0},
		{"2025-08-15", "complete", "disqualified", "active", "implementation", 2},
		{"2025-12-19", "complete", "disqualified", "active", "implementation", 3},
		{"2025-12-20", "complete", "disqualified", "terminated", "contractTermination", 3},
	} {
		releases, _ := packages(t, contracted(t, x.day))
		last := releases.Releases[len(releases.Releases)-1]
		refused, contract, transactions := "", "", 0
		if last.Bids != nil {
			for _, b := range last.Bids.Details {
				if b.ID == "app25-5" {
					refused = b.Status
				}
			}
		}
		for _, c := range last.Contracts {
			contract = c.Status
			if c.Implementation != nil {
				transactions = len(c.Implementation.Transactions)
			}
		}
		if last.Tender.Status != x.tender || refused != x.refused || contract != x.contract || last.Tag[len(last.Tag)-1] != x.tag || transactions != x.transactions {
			t.Errorf("%s: tender %s, refused bid %q, contract %q, tags %v, %d payments; want %+v",
				x.day, last.Tender.Status, refused, contract, last.Tag, transactions, x)
		}
	}
}

// TestContractingMerges: merging the releases of a process, as the standard says, gives the
// compiled release of its record; and a day later the same releases are still there.
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

// mergeRelease merges as the standard's page on merging says: objects by member, arrays of
// objects with an id by that, anything else as a whole.
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

// TestContractingTellsTheRegisters: sums, people and languages are those of the registers,
// and invented data says so where people look.
func TestContractingTellsTheRegisters(t *testing.T) {
	data := sample(t)
	files := contracted(t, "2026-11-20")
	releases, records := packages(t, files)
	if !releases.Demonstration || !strings.Contains(releases.Publisher.Name, "Үлгү") || releases.License != opendata.Licence(data.Site.Licence).Path {
		t.Errorf("the package says of itself: %+v", releases)
	}
	m := data.Municipality("osh")
	paid := 0
	for _, record := range records.Records {
		r := record.Compiled
		if !r.Demonstration || !strings.HasSuffix(r.Tender.En, "[Demonstration]") || !strings.HasSuffix(r.Tender.Ru, "[Образец]") || r.Language != "ky" {
			t.Errorf("%s: %+v", r.OCID, r.Tender.title)
		}
		known := map[string]bool{}
		for _, p := range r.Parties {
			known[p.ID] = true
		}
		for _, c := range r.Contracts {
			k := jme.Get[jme.Contract](m, c.ID)
			if c.Value.Amount.String() != k.Amount.String() || c.Value.Currency != k.Currency || len(c.Implementation.Transactions) != len(k.Payments) {
				t.Errorf("%s is not the contract of the register: %+v", c.ID, c)
			}
			if !slices.ContainsFunc(r.Awards, func(a award) bool { return a.ID == c.AwardID && known[a.Suppliers[0].ID] }) {
				t.Errorf("%s has no award %s", c.ID, c.AwardID)
			}
			for _, x := range c.Implementation.Transactions {
				if paid++; !known[x.Payer.ID] || !known[x.Payee.ID] {
					t.Errorf("%s: payer or payee is no party", x.ID)
				}
			}
		}
	}
	if paid != len(m.Payments) {
		t.Errorf("%d payments of %d", paid, len(m.Payments))
	}
	for i := range m.Members { // who sits on the commission is told by Popolo, with the role
		if name := m.Members[i].Name; bytes.Contains(files["data/osh/ocds/releases.json"], []byte(name)) {
			t.Errorf("%s is named", name)
		}
	}
	again := contracted(t, "2026-11-20")
	for path := range files {
		if !bytes.Equal(files[path], again[path]) {
			t.Errorf("%s is another the second time", path)
		}
	}
	if len(contracted(t, "2024-01-01")) != 0 {
		t.Error("there are files before anything happened")
	}
	if files := Files(opendata.Options{Data: data, AsOf: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)}); len(files) != 0 {
		t.Errorf("%s is there without a prefix", files[0].Path)
	}
}
