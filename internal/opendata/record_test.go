package opendata

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"achyk/internal/files"
	"achyk/internal/jme"
	"achyk/internal/locale"
)

// oneRecord is the file of a record as another program would read it.
type oneRecord struct {
	ID, Municipality, Register, Schema, Licence string
	Demonstration                               bool
	Kind, Label                                 locale.Text
	Pages                                       map[string]string
	Cells                                       json.RawMessage
	Words                                       map[string]locale.Text
	Up                                          []struct {
		Column, Register, ID string
		Label                locale.Text
	}
	Down []struct {
		Register, Column string
		IDs              []string
	}
}

// TestRecordsEqualRegisters reads the file of every record. Its cells must be the line of the
// register's JSON Lines, and every neighbour must have a file with the link in the other
// direction.
func TestRecordsEqualRegisters(t *testing.T) {
	o, files := sample(t)
	records := map[string]oneRecord{}
	for _, m := range o.Data.Municipalities {
		for _, register := range m.Tables {
			lines := strings.Split(string(files["data/"+m.ID+"/"+register.Schema.Name+".jsonl"]), "\n")
			rows, err := csv.NewReader(bytes.NewReader(files["data/"+m.ID+"/"+register.Schema.Name+".csv"])).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			for i := range register.Rows {
				r := jme.Record{Table: register, Row: &register.Rows[i]}
				at := "data/" + m.Address(r) + ".json"
				var x oneRecord
				if err := json.Unmarshal(files[at], &x); err != nil {
					t.Fatalf("%s: %v", at, err)
				}
				if diff := cmp.Diff(lines[i], string(x.Cells)); diff != "" {
					t.Errorf("%s (-register +record):\n%s", at, diff)
				}
				var cells map[string]any
				if err := json.Unmarshal(x.Cells, &cells); err != nil || len(cells) != len(rows[0]) {
					t.Errorf("%s: %d cells in %d columns: %v", at, len(cells), len(rows[0]), err)
				}
				if x.ID != r.Row.Key || x.Municipality != m.ID || x.Register != register.Schema.Name || x.Licence != o.Data.Site.Licence ||
					!x.Demonstration || x.Label.Ky == "" || x.Kind.Ky != register.Schema.Singular.Ky || x.Kind.Ru != register.Schema.Singular.Ru || x.Kind.En != register.Schema.Singular.En ||
					x.Pages["ru"] != o.Data.Site.BaseURL+"ru/"+m.Address(r)+"/" {
					t.Errorf("%s says of itself: %+v", at, x)
				}
				if files[path.Join(path.Dir(at), x.Schema)] == nil {
					t.Errorf("%s: there is no schema %s", at, x.Schema)
				}
				records[at] = x
			}
		}
	}
	links := 0
	for at, x := range records {
		for _, up := range x.Up {
			links++
			parent := records["data/"+x.Municipality+"/"+up.Register+"/"+up.ID+".json"]
			if parent.Label != up.Label {
				t.Errorf("%s calls its %s %v, which calls itself %v", at, up.Column, up.Label, parent.Label)
			}
			found := false
			for _, down := range parent.Down {
				found = found || down.Register == x.Register && down.Column == up.Column && slices.Contains(down.IDs, x.ID)
			}
			if !found {
				t.Errorf("%s refers to %s %s, whose file does not name it", at, up.Register, up.ID)
			}
		}
		for _, down := range x.Down {
			links -= len(down.IDs)
		}
	}
	if links != 0 {
		t.Errorf("there are %d links more up than down", links)
	}
}

// TestNastyRecord writes the records of nasty as files of their own.
func TestNastyRecord(t *testing.T) {
	r, _ := nasty(t)
	lines := strings.Split(string(made(t, r.jsonLines)), "\n")
	write := r.record()
	for i := range r.Rows {
		var x oneRecord
		if err := json.Unmarshal(made(t, func(w io.Writer) error { return write(w, &r.Rows[i]) }), &x); err != nil {
			t.Errorf("%s: %v", r.Rows[i].Key, err)
		} else if x.ID != r.Rows[i].Key || string(x.Cells) != lines[i] {
			t.Errorf("%s: %s became %s", r.Rows[i].Key, lines[i], x.Cells)
		}
	}
}

// BenchmarkRecords writes the files of all records of the sample, of which BenchmarkFiles
// writes all forms.
func BenchmarkRecords(b *testing.B) {
	o, _ := sample(b)
	index := files.New()
	if err := Add(index, o, nil); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		for _, f := range index.All() {
			if strings.Count(f.Path, "/") == 3 {
				if err := f.Write(io.Discard); err != nil {
					b.Fatal(err)
				}
			}
		}
	}
}
