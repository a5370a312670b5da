package ocds

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"achyk/internal/dataset"
	"achyk/internal/jme"
	"achyk/internal/load"
	"achyk/internal/tools/towntest"
)

// sample is the project's own repository.
func sample(t testing.TB) *jme.Dataset {
	t.Helper()
	data, problems, err := load.Load(os.DirFS(towntest.Sample(t)))
	if err != nil {
		t.Fatal(err)
	}
	if problems.HasErrors() {
		t.Skip("the sample has errors, which achyk check reports")
	}
	return data
}

// contracted returns the packages of the sample's Osh as of a day. The sample has no prefix,
// so it gets the one of the standard's examples.
func contracted(t testing.TB, day string) map[string][]byte {
	t.Helper()
	return contractedBy(t, sample(t), day)
}

// contractedBy returns the packages of Osh in a repository as of a day.
func contractedBy(t testing.TB, whole *jme.Dataset, day string) map[string][]byte {
	t.Helper()
	data, m := *whole, *whole.Municipality("osh")
	m.Settings.OCDSPrefix = "ocds-213czf"
	data.Municipalities = []*jme.Municipality{&m}
	s := dataset.Snapshot{Data: &data}
	var err error
	if s.AsOf, err = time.Parse(time.DateOnly, day); err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range Files(s) {
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

// days are days on which the contests of the sample were at different stages.
var days = []string{"2025-03-17", "2025-04-18", "2025-06-01", "2026-01-01", "2026-11-20"}

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

// TestFailedContest checks what is told of a contest that nobody won.
func TestFailedContest(t *testing.T) {
	for result, want := range map[string][2]string{
		jme.NoneAdmitted: {"unsuccessful", "tenderUpdate"},
		jme.Cancelled:    {"cancelled", "tenderCancellation"},
	} {
		data := sample(t)
		x := data.Municipality("osh").Contests[0]
		x.Result = result
		for _, a := range x.Applications {
			a.Status = "refused"
		}
		releases, _ := packages(t, contractedBy(t, data, "2025-04-29"))
		last := releases.Releases[len(releases.Releases)-1]
		if last.Tender.Status != want[0] || last.Tag[len(last.Tag)-1] != want[1] || len(last.Awards) > 0 {
			t.Errorf("%s: tender %s, tags %v, %d awards", result, last.Tender.Status, last.Tag, len(last.Awards))
		}
	}
}

// TestContractingTellsTheRegisters compares amounts, parties and languages with the registers.
// No member of a commission is named. Invented data is marked in titles and names.
func TestContractingTellsTheRegisters(t *testing.T) {
	data := sample(t)
	files := contracted(t, "2026-11-20")
	releases, records := packages(t, files)
	if !releases.Demonstration || !strings.Contains(releases.Publisher.Name, "Үлгү") || releases.License != dataset.Licence(data.Site.Licence).Path {
		t.Errorf("the package says of itself: %+v", releases)
	}
	m := data.Municipality("osh")
	paid := 0
	for _, record := range records.Records {
		r := record.Compiled
		if !r.Demonstration || !strings.HasSuffix(r.Tender.title.En, "[Demonstration]") || !strings.HasSuffix(r.Tender.title.Ru, "[Образец]") || r.Language != "ky" {
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
	for i := range m.Members { // members are published in popolo.json only
		if name := m.Members[i].Name; bytes.Contains(files["data/osh/ocds/releases.json"], []byte(name)) {
			t.Errorf("%s is named", name)
		}
	}
	again := contracted(t, "2026-11-20")
	for path := range files {
		if !bytes.Equal(files[path], again[path]) {
			t.Errorf("%s has other bytes when it is made again", path)
		}
	}
	if len(contracted(t, "2024-01-01")) != 0 {
		t.Error("there are files before anything happened")
	}
	if files := Files(dataset.Snapshot{Data: data, AsOf: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)}); len(files) != 0 {
		t.Errorf("%s is made for a municipality without a prefix", files[0].Path)
	}
}
