package opendata

import (
	"cmp"
	"io"
	"strings"

	"achyk/internal/files"
	"achyk/internal/locale"
)

// registerForms are the forms of a register, in the order in which they are made. The first takes
// longest.
var registerForms = []form[*register]{
	xlsxForm, csvForm, excelCSVForm, parquetForm, jsonForm, jsonLinesForm, schemaForm, csvwForm,
}

// wholeForms are the forms of all registers of a municipality together, in the order in which
// they are made.
var wholeForms = []form[*whole]{databaseForm, workbookForm, zipForm, csvwGroupForm}

// form is a form in which a T is published: a register, or all registers of a municipality.
//
// To add a form, write a file of this package with a value of this type and add the value to
// one of the lists above. If it is a dataset, it needs a message with its name, whose key is
// "opendata.form.<key>".
type form[T any] struct {
	files.Kind
	file    string                        // name of the file; * stands for the name of the register or municipality
	title   func(name string) locale.Text // what lists of files call the file with this name; nil keeps it out of lists
	dataset bool                          // it holds all records, so catalogues list it
	limits  limits                        // what it cannot hold
	applies func(of T) bool               // whether there is anything to write; nil if there always is
	write   func(of T, w io.Writer) error
}

// titled returns a title that is the same for every file and language.
func titled(title string) func(string) locale.Text {
	return func(string) locale.Text { return locale.Same(title) }
}

// titledBy returns a title that a message says.
func titledBy(key string) func(string) locale.Text {
	return func(string) locale.Text { return locale.Every(key) }
}

// add adds the file of a register to the index, or of a municipality if register is empty.
func (f form[T]) add(index *files.Index, municipality, register string, of T) (*files.Entry, error) {
	file := files.File{
		Path: f.path(municipality, register), About: files.About{Kind: f.Kind, Municipality: municipality, Register: register, Dataset: f.dataset},
		Write: func(w io.Writer) error { return f.write(of, w) },
	}
	if f.title != nil {
		file.Title = f.title(file.Path[strings.LastIndexByte(file.Path, '/')+1:])
	}
	return index.Add(file)
}

// path returns the path of the file of a register, or of a municipality if register is empty,
// from the top of the site.
func (f form[T]) path(municipality, register string) string {
	return "data/" + municipality + "/" + strings.Replace(f.file, "*", cmp.Or(register, municipality), 1)
}
