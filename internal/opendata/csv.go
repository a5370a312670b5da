package opendata

import (
	"io"

	"achyk/internal/files"
)

// csvForm is the canonical form of a register: the CSV of the repository, with a column
// demonstration if the data is invented.
var csvForm = form[*register]{
	Kind: files.Kind{Key: "csv", Media: "text/csv", IANA: true, Code: "CSV", Place: 1, Asked: true},
	file: "*.csv", title: titled("CSV"), dataset: true, write: (*register).csv,
}

// csv writes the register as CSV.
func (r *register) csv(w io.Writer) error { return r.WriteCSV(w, r.invented()) }
