package opendata

import (
	"io"

	"achyk/internal/files"
	"achyk/internal/plainjson"
	"achyk/internal/tableschema"
)

// schemaForm is the Table Schema of a register.
var schemaForm = form[*register]{
	Kind: files.Kind{Key: "schema", Media: "application/json", IANA: true, Code: "JSON", Place: 7},
	file: "*.schema.json", title: titledBy("site.data.schema"), write: (*register).descriptor,
}

// descriptor writes the Table Schema.
func (r *register) descriptor(w io.Writer) error {
	return plainjson.Indented(w, tableschema.Of(r.m, r.Table, r.invented()))
}
