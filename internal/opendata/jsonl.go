package opendata

import (
	"io"

	"achyk/internal/files"
)

// jsonLinesForm holds the objects of the JSON form, one to a line and without an array, for
// programs that read line by line (https://jsonlines.org). Neither the registry of IANA nor the EU's table of file
// types has it. A file of it is no JSON, which is one value, but it is plain text.
var jsonLinesForm = form[*register]{
	Kind: files.Kind{Key: "jsonl", Media: "application/jsonl", Code: "TXT", Standard: "https://jsonlines.org/", Place: 5},
	file: "*.jsonl", title: titled("JSONL"), dataset: true, write: (*register).jsonLines,
}

// jsonLines writes the register as JSON Lines.
func (r *register) jsonLines(w io.Writer) error { return r.objects(w, "", "\n", "\n") }
