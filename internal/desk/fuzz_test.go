package desk_test

import (
	"bytes"
	"slices"
	"testing"
	"testing/fstest"

	"achyk/internal/desk/canonical"
	"achyk/internal/jme"
	"achyk/internal/source"
	"achyk/internal/table"
)

// FuzzFormat brings any text into the form of a register: it never panics, brings it there once and
// for all, and changes no value.
func FuzzFormat(f *testing.F) {
	files, _ := published(f)
	f.Add(files["data/town/things.csv"].Data)
	f.Add([]byte("\ufeffid;name_ky;share\r\nt-9;\"a\"\"b\";1,5\r\n"))
	schemaFile := &source.File{Path: "data/town/things.schema.toml", Data: files["data/town/things.schema.toml"].Data}
	schema, problems := table.ParseSchema("things", schemaFile, jme.Allowed(nil, "things"))
	if schema == nil {
		f.Fatal(problems)
	}
	form := func(t *testing.T, data []byte) []byte {
		made, err := canonical.Format(fstest.MapFS{"data/town/things.csv": {Data: data}, "data/town/things.schema.toml": files["data/town/things.schema.toml"]}, nil, "data/town/things.csv")
		if err != nil {
			t.Fatal(err)
		}
		return made.After
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		once := form(t, data)
		if once == nil {
			return
		}
		if twice := form(t, once); !bytes.Equal(once, twice) {
			t.Fatalf("first\n%s\nthen\n%s", once, twice)
		}
		before, problems := table.Read(&source.File{Data: data}, "town/things", schema)
		if len(problems) > 0 {
			return // then the text was none of a register
		}
		after, _ := table.Read(&source.File{Data: once}, "town/things", schema)
		for i := range before.Rows {
			if row := after.Lookup(before.Rows[i].Key); row == nil || !slices.Equal(row.Values, before.Rows[i].Values) {
				t.Fatalf("%v became %v", before.Rows[i], row)
			}
		}
	})
}
