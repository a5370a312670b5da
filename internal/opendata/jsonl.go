package opendata

import (
	"io"

	"achyk/internal/files"
)

// jsonLinesForm holds the objects of the JSON form, one to a line and without an array, for
// programs that read line by line (https://jsonlines.org).
var jsonLinesForm = form[*register]{
	Kind: files.Kind{Key: "jsonl", Media: "application/jsonl", Place: 5},
	file: "*.jsonl", title: titled("JSONL"), dataset: true, write: (*register).jsonLines,
}

// jsonLines writes the register as JSON Lines.
func (r *register) jsonLines(w io.Writer) error { return r.objects(w, "", "\n", "\n") }
