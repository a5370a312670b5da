package offline

import (
	"html/template"

	"achyk/internal/locale"
	"achyk/internal/site/page"
)

// perPage is how many records a page of a ZIP holds. Whoever unpacks one has a
// computer; still a register of a hundred thousand must open.
const perPage = 1000

// Base is what the pages of a ZIP have in common. They need no network and no
// script, and lie in a folder: each link names a file.
type Base struct {
	Lang      string
	Title     string
	Style     string // the way to the style sheet
	Home      string
	Place     page.Text
	Demo      bool
	Languages []page.Language

	printer *locale.Printer
}

// T says a message of the program.
func (b Base) T(key string) string { return b.printer.T("site." + key) }

// IndexView lists the registers in a ZIP.
type IndexView struct {
	Base
	Heading  string
	Edition  string // what the data is called, and as of when it is
	Stages   []Stage
	Files    []page.Link
	Citation string
	Licence  string
}

// Stage is a group of registers.
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

// RegisterView is a register, or part of a long one, with all its columns.
type RegisterView struct {
	Base
	Heading     page.Text
	Description page.Text
	Count       string
	Range       string // "1,001–2,000 of 2,434"
	File        page.FileLine
	Online      string // the address of the register's page
	Heads       []Head
	Rows        template.HTML // of the table
	Pages       []page.Link
}

// Head is a column's heading.
type Head struct {
	page.Head
	Code bool // its cells are codes, which are no words of any language
}

// StartView is the first page of a ZIP: which language?
type StartView struct {
	Title    string
	Style    string
	Editions []page.LanguageChoice
}
