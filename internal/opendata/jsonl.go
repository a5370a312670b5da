package opendata

import (
	"io"

	"achyk/internal/files"
)

// jsonLinesForm holds the objects of the JSON form, each a line of its own, for programs
// that read line by line (https://jsonlines.org).
var jsonLinesForm = form[*register]{
	Kind: files.Kind{Key: "jsonl", Media: "application/jsonl", Place: 5},
	file: "*.jsonl", title: titled("JSONL"), dataset: true, write: (*register).jsonLines,
}

func (r *register) jsonLines(w io.Writer) error { return r.objects(w, "", "\n", "\n") }
