package opendata

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"achyk/internal/files"
	"achyk/internal/locale"
)

// registerForms are the forms of a register, in the order in which catalogues list them.
// The first takes longest to make.
var registerForms = []form[*register]{
	xlsxForm, csvForm, excelCSVForm, parquetForm, jsonForm, jsonLinesForm, schemaForm, csvwForm,
}

// wholeForms are the forms of all registers of a municipality together, those that take
// longest to make first.
var wholeForms = []form[*whole]{databaseForm, workbookForm, zipForm, popoloForm, csvwGroupForm}

// form is a form of what a T holds: a register, or all registers of a municipality.
//
// A new form is a file of this package with a value of this type, a line in a list above,
// and the message with its name ("opendata.form.<key>"), if it is a dataset.
type form[T any] struct {
	files.Kind
	file    string                        // its name; * stands for the name of the register or municipality
	title   func(name string) locale.Text // what lists of files call the file of a name; nil keeps it out of lists
	dataset bool                          // it holds the records, so that catalogues list it
	limits  limits                        // what it cannot hold
	applies func(of T) bool               // whether there is anything to write; nil: always
	write   func(of T, w io.Writer) error
}

// titled returns a title that is the same for every file and language.
func titled(title string) func(string) locale.Text {
	return func(string) locale.Text { return sameInAll(title) }
}

// titledBy returns a title that a message says.
func titledBy(key string) func(string) locale.Text {
	return func(string) locale.Text { return locale.Every(key) }
}

// add adds the file of a register, or without the name of one of a municipality, to the index.
func (f form[T]) add(index *files.Index, municipality, register string, of T) (*files.Entry, error) {
	file := files.File{
		Path: f.path(municipality, register), Kind: f.Kind, Municipality: municipality, Register: register,
		Write: func(w io.Writer) error { return f.write(of, w) },
	}
	if f.title != nil {
		file.Title = f.title(file.Path[strings.LastIndexByte(file.Path, '/')+1:])
	}
	return index.Add(file)
}

// path returns where the file of a register, or without the name of one of a municipality,
// is from the top of the site.
func (f form[T]) path(municipality, register string) string {
	return "data/" + municipality + "/" + strings.Replace(f.file, "*", cmp.Or(register, municipality), 1)
}

// downloads are the files in which a register, or without the name of one all of a
// municipality, can be had whole.
func downloads[T any](forms []form[T], municipality, register string) (all []Download) {
	for _, f := range forms {
		if f.dataset {
			all = append(all, Download{f.path(municipality, register), f.Kind})
		}
	}
	return all
}

// Kinds lists the formats of the files in which datasets can be had, each once: the
// canonical form, the other forms of registers, the forms of all registers of a municipality.
func Kinds() []files.Kind {
	kinds := []files.Kind{csvForm.Kind}
	for _, d := range slices.Concat(downloads(registerForms, "", ""), downloads(wholeForms, "", "")) {
		if !slices.Contains(kinds, d.Kind) {
			kinds = append(kinds, d.Kind)
		}
	}
	return kinds
}
