package site

import (
	"bytes"
	"html/template"
	"strconv"
	"strings"
	"sync"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/table"
)

// offlineRows is how many records a page of a ZIP holds. Whoever unpacks one has a
// computer; still a register of a hundred thousand must open.
const offlineRows = 1000

// OfflineBase is what the pages of a ZIP have in common. They need no network and no
// script, and lie in a folder: each link names a file.
type OfflineBase struct {
	Lang      string
	Title     string
	Style     string // the way to the style sheet
	Home      string
	Place     Said
	Demo      bool
	Languages []Language

	printer *locale.Printer
}

// T says a message of the program.
func (b OfflineBase) T(key string) string { return b.printer.T("site." + key) }

// OfflineView lists the registers in a ZIP.
type OfflineView struct {
	OfflineBase
	Heading  string
	Edition  string // what the data is called, and as of when it is
	Stages   []OfflineStage
	Files    []Link
	Citation string
	Licence  string
}

// OfflineStage is a group of registers.
type OfflineStage struct {
	Name      string
	Registers []OfflineRegister
}

// OfflineRegister is a register with its file.
type OfflineRegister struct {
	Name Said
	Href string
	Rows string
	File FileLine // without a size
}

// OfflineRegisterView is a register, or part of a long one, with all its columns.
type OfflineRegisterView struct {
	OfflineBase
	Heading     Said
	Description Said
	Count       string
	Range       string // "1,001–2,000 of 2,434"
	File        FileLine
	Online      string // the address of the register's page
	Heads       []OfflineHead
	Rows        template.HTML // of the table
	Pages       []Link
}

// OfflineHead is a column's heading.
type OfflineHead struct {
	Head
	Code bool // its cells are codes, which are no words of any language
}

// OfflineStartView is the first page of a ZIP: which language?
type OfflineStartView struct {
	Title    string
	Style    string
	Editions []ChooserEdition
}

// Offline lists the pages by which a municipality's registers are read from a folder. They
// lie beside data/<register>.csv. Of the options only Data, AsOf and Edition count.
func Offline(t *Templates, o Options, m *jme.Municipality) []Page {
	s := &site{Options: o, templates: t}
	start, places := OfflineStartView{Style: "pages/style.css"}, offlinePlaces(m)
	pages := []Page{{Path: "pages/style.css", Render: func(b *bytes.Buffer) error {
		b.Write(t.offlineStyle)
		return nil
	}}}
	for _, l := range locale.Langs {
		e := newEdition(s, l)
		view := ChooserEdition{Lang: l.String(), Name: l.Name(), Href: "pages/" + l.String() + "/index.html", Title: e.offlineTitle(m)}
		if o.Data.Site.Demonstration {
			view.Description = e.T("site.demo")
		}
		start.Editions = append(start.Editions, view)
		pages = append(pages, e.offline(m))
		for _, reg := range m.Tables {
			for i := range offlinePages(reg) {
				pages = append(pages, e.offlineRegister(m, reg, i, places))
			}
		}
	}
	start.Title = start.Editions[0].Title
	return append(pages, Page{Path: "index.html", Render: func(b *bytes.Buffer) error { return t.offlineStart.Execute(b, start) }})
}

func (e *edition) offlineTitle(m *jme.Municipality) string {
	return m.Settings.Name.In(e.lang) + ": " + e.T("site.data.whole")
}

// offlinePages is how many pages a register has, one at least. Of changes, which grow with
// every commit, there is one, with the newest: all are in their CSV.
func offlinePages(reg *table.Table) int {
	if reg.Schema.Name == jme.Changes {
		return 1
	}
	return max(1, (len(reg.Rows)+offlineRows-1)/offlineRows)
}

// offlineName is the file of a register's page, from 0; no register has a dot in its name.
func offlineName(register string, page int) string {
	if page == 0 {
		return register + ".html"
	}
	return register + "." + strconv.Itoa(page+1) + ".html"
}

func (e *edition) offlineBase(m *jme.Municipality, file, title string) OfflineBase {
	b := OfflineBase{
		Lang: e.lang.String(), Title: title, Style: "../style.css", Home: "index.html", Place: e.said(m.Settings.Name),
		Demo: e.Data.Site.Demonstration, printer: e.Printer,
	}
	for _, l := range locale.Langs {
		b.Languages = append(b.Languages, Language{Code: l.String(), Name: l.Name(), Href: "../" + l.String() + "/" + file, Current: l == e.lang})
	}
	return b
}

func (e *edition) offline(m *jme.Municipality) Page {
	return Page{Path: "pages/" + e.lang.String() + "/index.html", Render: func(b *bytes.Buffer) error {
		v := OfflineView{
			OfflineBase: e.offlineBase(m, "index.html", e.offlineTitle(m)), Heading: e.offlineTitle(m),
			Edition: e.published(), Licence: e.Data.Site.Licence, Citation: e.citation(m, e.T("site.data.whole"), dataPath(m)),
		}
		for _, stage := range m.ByStage() {
			view := OfflineStage{Name: e.T("site.stage." + string(stage.Stage))}
			for _, reg := range stage.Tables {
				name := reg.Schema.Name
				view.Registers = append(view.Registers, OfflineRegister{
					Name: e.said(reg.Schema.Title), Href: offlineName(name, 0), Rows: e.Int(len(reg.Rows)), File: offlineFile(name),
				})
			}
			v.Stages = append(v.Stages, view)
		}
		for _, file := range []string{"README.md", "dictionary.csv", "data/changes.csv", "datapackage.json", "LICENSE.txt", "CITATION.cff"} {
			if file == "data/changes.csv" && m.Table(jme.Changes) == nil {
				continue
			}
			v.Files = append(v.Files, Link{Text: own(file), Href: "../../" + file})
		}
		return e.templates.offline.Execute(b, v)
	}}
}

func offlineFile(register string) FileLine {
	return FileLine{Name: register + ".csv", Href: "../../data/" + register + ".csv"}
}

func (e *edition) offlineRegister(m *jme.Municipality, reg *table.Table, number int, places map[*table.Table]func() map[string]int) Page {
	s := reg.Schema
	file := offlineName(s.Name, number)
	return Page{Path: "pages/" + e.lang.String() + "/" + file, Render: func(b *bytes.Buffer) error {
		v := OfflineRegisterView{
			OfflineBase: e.offlineBase(m, file, s.Title.In(e.lang)+" — "+m.Settings.Name.In(e.lang)),
			Heading:     e.said(s.Title), Description: e.said(s.Description), Count: e.N("site.count.records", len(reg.Rows)), File: offlineFile(s.Name),
			Online: e.Data.Site.BaseURL + e.lang.String() + "/" + listPath(m, s.Name, 1),
		}
		for i := range s.Columns {
			c := &s.Columns[i]
			v.Heads = append(v.Heads, OfflineHead{Head{e.said(c.Title), c.Type.Numeric()}, c.Type == table.ID || c.Name == "id"})
		}
		href := e.offlineHref(m, places)
		from := number * offlineRows
		to := min(from+offlineRows, len(reg.Rows))
		var rows strings.Builder
		for i := from; i < to; i++ {
			r := jme.Record{Table: reg, Row: &reg.Rows[i]}
			if s.Name == jme.Changes {
				r.Row = &reg.Rows[len(reg.Rows)-1-i]
			}
			e.offlineRow(&rows, m, r, v.Heads, href)
		}
		v.Rows = template.HTML(rows.String())
		if to-from < len(reg.Rows) {
			v.Range = e.F("site.list.range", locale.Args{"from": e.Int(from + 1), "to": e.Int(to), "all": e.Int(len(reg.Rows))})
		}
		if n := offlinePages(reg); n > 1 {
			for i := range n {
				v.Pages = append(v.Pages, Link{Text: own(e.Int(i + 1)), Href: offlineName(s.Name, i), Current: i == number})
			}
		}
		return e.templates.offlineRegister.Execute(b, v)
	}}
}

// offlineRow writes a record as a row. It is no template because a ZIP has a hundred
// thousand cells, of which nearly all are plain text.
func (e *edition) offlineRow(b *strings.Builder, m *jme.Municipality, r jme.Record, heads []OfflineHead, href func(string) string) {
	b.WriteString(`<tr id="` + template.HTMLEscapeString(jme.Slug(r.Row)) + `">`)
	for i, head := range heads {
		v := e.value(m, r, &r.Table.Schema.Columns[i], href)
		switch {
		case head.Numeric:
			b.WriteString(`<td class="num">`)
		case head.Code:
			b.WriteString("<td><code>")
		default:
			b.WriteString("<td>")
		}
		if v.Href == "" && v.Mark == "" && len(v.Text) == 1 && v.Text[0].Lang == "" {
			template.HTMLEscape(b, []byte(v.Text[0].Text))
		} else if err := e.templates.value.Execute(b, v); err != nil {
			panic(err) // the template is checked, and a strings.Builder cannot fail
		}
		if head.Code && !head.Numeric {
			b.WriteString("</code>")
		}
		b.WriteString("</td>")
	}
	b.WriteString("</tr>\n")
}

// offlineHref turns an address of the site into a link from a page of the ZIP: of a record
// to its row, of anything else to the site.
func (e *edition) offlineHref(m *jme.Municipality, places map[*table.Table]func() map[string]int) func(string) string {
	return func(to string) string {
		register, id, ok := strings.Cut(strings.TrimPrefix(to, e.lang.String()+"/"+m.ID+"/"), "/")
		reg := m.Table(register)
		if !ok || reg == nil || strings.HasPrefix(to, "files/") {
			return e.Data.Site.BaseURL + to
		}
		id = strings.TrimSuffix(id, "/")
		return offlineName(register, places[reg]()[id]) + "#" + id
	}
}

// offlinePlaces tells of each register on which of its pages a record is, by the last
// segment of its address; those on the first are left out. What several pages ask for is
// worked out once.
func offlinePlaces(m *jme.Municipality) map[*table.Table]func() map[string]int {
	places := map[*table.Table]func() map[string]int{}
	for _, reg := range m.Tables {
		places[reg] = sync.OnceValue(func() map[string]int {
			on := map[string]int{}
			for i := offlineRows; i < len(reg.Rows) && offlinePages(reg) > 1; i++ {
				on[jme.Slug(&reg.Rows[i])] = i / offlineRows
			}
			return on
		})
	}
	return places
}
