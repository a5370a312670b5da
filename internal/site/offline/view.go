package offline

import (
	"html/template"

	"achyk/internal/locale"
	"achyk/internal/site/page"
)

// perPage is how many records a page of a ZIP has. People who unpack a ZIP use a computer,
// which shows more rows than a phone; but a browser must still open a register of a hundred
// thousand records.
const perPage = 1000

// Base holds the fields that every page of a ZIP needs.
type Base struct {
	Lang      string
	Title     string
	Style     string // link to the style sheet
	Home      string
	Place     page.Text
	Demo      bool
	Languages []page.Language

	printer *locale.Printer
}

// T returns a message of the program.
func (b Base) T(key string) string { return b.printer.T("site." + key) }

// IndexView lists the registers in a ZIP.
type IndexView struct {
	Base
	Heading  string
	Edition  string // see page.Edition.DataEdition
	Stages   []Stage
	Files    []page.Link
	Citation []page.Text
	Licence  string
}

// Stage is a stage of the process with its registers.
type Stage struct {
	Name      string
	Registers []RegisterLine
}

// RegisterLine is a register with its file.
type RegisterLine struct {
	Name page.Text
	Href string
	Rows string
	File page.FileLine // without a size
}

// RegisterView is a register, or one part of it, with all its columns.
type RegisterView struct {
	Base
	Heading     page.Text
	Description page.Text
	Count       string
	Range       string // "1,001–2,000 of 2,434"
	File        page.FileLine
	Online      string // the address of the register's page
	Heads       []Head
	Rows        template.HTML // the rows of the table, as writeRow writes them
	Pages       []page.Link
}

// Head is the heading of a column.
type Head struct {
	page.Head
	Code bool // its cells are codes, not words of a language
}

// StartView is the first page of a ZIP, where readers choose a language.
type StartView struct {
	Title    string
	Style    string
	Editions []page.LanguageChoice
}
