package opendata

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"achyk/internal/files"
	"achyk/internal/locale"
)

// registerForms are the forms of a register, in the order in which catalogues list them and
// in which they are made. The first takes longest.
var registerForms = []form[*register]{
	xlsxForm, csvForm, excelCSVForm, parquetForm, jsonForm, jsonLinesForm, schemaForm, csvwForm,
}

// wholeForms are the forms of all registers of a municipality together, in the order in which
// they are made. Catalogues list them by their places.
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
		Path: f.path(municipality, register), About: files.About{Kind: f.Kind, Municipality: municipality, Register: register},
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

// Download is a file in which a dataset can be had.
type Download struct {
	Path string // from the top of the site
	Kind files.Kind
}

// Downloads returns the files that hold all records of a register, or of a municipality if
// register is empty, in the order in which catalogues list them.
func Downloads(municipality, register string) []Download {
	if register != "" {
		return downloads(registerForms, municipality, register)
	}
	all := downloads(wholeForms, municipality, "")
	slices.SortFunc(all, func(a, b Download) int { return cmp.Compare(a.Kind.Place, b.Kind.Place) })
	return all
}

// downloads returns the files of those forms that hold all records.
func downloads[T any](forms []form[T], municipality, register string) (all []Download) {
	for _, f := range forms {
		if f.dataset {
			all = append(all, Download{f.path(municipality, register), f.Kind})
		}
	}
	return all
}

// Kinds returns the formats of the files that hold datasets, each once: the canonical form
// first, then the other forms of registers, then those of municipalities.
func Kinds() []files.Kind {
	kinds := []files.Kind{csvForm.Kind}
	for _, d := range slices.Concat(downloads(registerForms, "", ""), downloads(wholeForms, "", "")) {
		if !slices.Contains(kinds, d.Kind) {
			kinds = append(kinds, d.Kind)
		}
	}
	return kinds
}
