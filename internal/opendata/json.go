package opendata

import (
	"io"
	"strings"

	"achyk/internal/files"
	"achyk/internal/plainjson"
	"achyk/internal/table"
)

// jsonForm is an array of objects.
var jsonForm = form[*register]{
	Kind: files.Kind{Key: "json", Media: "application/json", IANA: true, Code: "JSON", Place: 3, Asked: true},
	file: "*.json", title: titled("JSON"), dataset: true, write: (*register).json,
}

// json writes the register as an array of objects, one to a line, with the fields in the
// order of the schema. Numbers have the digits of the register, which a floating-point number
// might lose. Empty cells are null.
func (r *register) json(w io.Writer) error {
	return r.objects(w, "[\n", ",\n", "\n]\n")
}

// objects writes the records as objects. first stands before all of them, between stands
// between two, last after all. Without records, last has no line break at its beginning.
func (r *register) objects(w io.Writer, first, between, last string) error {
	object := r.object()
	b := []byte(first)
	for i := range r.Rows {
		if i > 0 {
			b = append(b, between...)
		}
		b = object(b, &r.Rows[i])
		if len(b) >= 32<<10 {
			if _, err := w.Write(b); err != nil {
				return err
			}
			b = b[:0]
		}
	}
	if len(r.Rows) == 0 {
		last = strings.TrimPrefix(last, "\n")
	}
	_, err := w.Write(append(b, last...))
	return err
}

// object returns a function that appends a record as an object. It may be called from any
// goroutine.
func (r *register) object() func(b []byte, row *table.Row) []byte {
	s := r.Schema
	names := make([][]byte, len(s.Fields)) // `,"name":`
	bare := make([]bool, len(s.Fields))    // cells of the type are valid JSON as they are
	for i, f := range s.Fields {
		kind := s.Columns[f.Column].Type
		names[i], bare[i] = append(plainjson.Quoted([]byte{','}, f.Name), ':'), kind.Numeric() || kind == table.Boolean
	}
	names[0] = names[0][1:]
	return func(b []byte, row *table.Row) []byte {
		b = append(b, '{')
		for j, v := range row.Values {
			b = append(b, names[j]...)
			switch {
			case v == "":
				b = append(b, "null"...)
			case bare[j]:
				b = append(b, v...)
			default:
				b = plainjson.Quoted(b, v)
			}
		}
		if r.invented() {
			b = append(b, `,"`+table.Demonstration+`":true`...)
		}
		return append(b, '}')
	}
}
