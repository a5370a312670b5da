package diag

import (
	"testing"

	"achyk/internal/source"
)

// Sort orders by file and place and drops duplicates. Two cells, or two keys, that are missing
// in one place are not duplicates.
func TestSort(t *testing.T) {
	a, b := &source.File{Path: "a.csv"}, &source.File{Path: "b.csv"}
	list := List{
		{Code: BadID, File: b},
		{Code: TOMLMissing, File: a, Args: Args{"column": "year"}},
		{Code: BadID, File: a, Span: source.Span{Start: 9, End: 10}},
		{Code: TOMLMissing, File: a, Args: Args{"column": "date"}},
		{Code: SchemaInvalid, File: b, Args: Args{"key": "column.name"}},
		{Code: SchemaInvalid, File: b, Args: Args{"key": "column.type"}},
		{Code: BadID, File: b},
		{Code: FileMissing, Path: "a.toml"},
	}
	list.Sort()
	want := []string{"a.csv", "a.csv", "a.csv", "a.toml", "b.csv", "b.csv", "b.csv"}
	if len(list) != len(want) {
		t.Fatalf("%d findings, want %d", len(list), len(want))
	}
	for i, d := range list {
		if d.Name() != want[i] {
			t.Errorf("finding %d is of %s, want %s", i, d.Name(), want[i])
		}
	}
	if list[0].text("column") != "date" || list[2].Span.Start != 9 {
		t.Errorf("%+v", list)
	}
	if !list.HasErrors() || (List{{Code: ByteOrder}}).HasErrors() {
		t.Error("HasErrors does not tell errors from warnings")
	}
}
