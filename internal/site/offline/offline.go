// Package offline makes the pages inside a ZIP of open data, by which a municipality's
// registers are read from a folder: without network, server or script, each link naming a
// file. They lie beside data/<register>.csv:
//
//	index.html                         which language?
//	pages/style.css
//	pages/<language>/index.html        the registers
//	pages/<language>/<register>.html   all columns of a thousand records; more in <register>.2.html …
package offline

import (
	"bytes"
	"html/template"
	"strconv"
	"strings"
	"sync"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/page"
	"achyk/internal/table"
)

// Kinds are the pages and pieces of pages that templates make.
var Kinds = []page.AnyKind{start, index, register, cell}

var (
	start    = page.Kind[StartView]{Template: "offlinestart"}
	index    = page.Kind[IndexView]{Template: "offline"}
	register = page.Kind[RegisterView]{Template: "offlineregister"}
	cell     = page.Kind[page.Value]{Template: "cell"}
)

// Pages lists the pages of a municipality's ZIP.
func Pages(s *page.Site, t *page.Town) []page.Page {
	first, places := StartView{Style: "pages/style.css"}, newPlaces(t)
	pages := []page.Page{{Path: first.Style, Render: func(b *bytes.Buffer) error {
		b.Write(s.Templates.OfflineStyle)
		return nil
	}}}
	for _, l := range locale.Langs {
		e := s.In(l)
		p := e.Elsewhere(t, places.link(e, t))
		choice := page.LanguageChoice{Lang: l.String(), Name: l.Name(), Href: "pages/" + l.String() + "/index.html", Title: title(p)}
		if s.Data.Site.Demonstration {
			choice.Description = p.T("site.demo")
		}
		first.Editions = append(first.Editions, choice)
		pages = append(pages, file(p, index, "index.html", indexView))
		for _, reg := range t.Tables {
			for i := range parts(reg) {
				pages = append(pages, file(p, register, partName(reg.Schema.Name, i), func(p *page.Place, base Base) RegisterView {
					return registerView(p, base, reg, i)
				}))
			}
		}
	}
	first.Title = first.Editions[0].Title
	return append(pages, page.Page{Path: "index.html", Render: func(b *bytes.Buffer) error { return start.Write(s.Templates, b, first) }})
}

// file is the page of a language with a file's name.
func file[V any](p *page.Place, kind page.Kind[V], name string, view func(*page.Place, Base) V) page.Page {
	return page.Page{Path: "pages/" + p.Lang.String() + "/" + name, Render: func(b *bytes.Buffer) error {
		return kind.Write(p.Templates, b, view(p, base(p, name)))
	}}
}

func title(p *page.Place) string {
	return p.Town.Settings.Name.In(p.Lang) + ": " + p.T("site.data.whole")
}

func base(p *page.Place, name string) Base {
	b := Base{
		Lang: p.Lang.String(), Style: "../style.css", Home: "index.html", Place: p.Said(p.Town.Settings.Name),
		Demo: p.Data.Site.Demonstration, printer: p.Printer,
	}
	for _, l := range locale.Langs {
		b.Languages = append(b.Languages, page.Language{Code: l.String(), Name: l.Name(), Href: "../" + l.String() + "/" + name, Current: l == p.Lang})
	}
	return b
}

func indexView(p *page.Place, base Base) IndexView {
	base.Title = title(p)
	v := IndexView{
		Base: base, Heading: base.Title,
		Edition: p.Published(), Licence: p.Data.Site.Licence, Citation: p.Citation(p.T("site.data.whole"), p.Town.DataPath()),
	}
	for _, stage := range p.Town.ByStage() {
		view := Stage{Name: p.T("site.stage." + string(stage.Stage))}
		for _, reg := range stage.Tables {
			name := reg.Schema.Name
			view.Registers = append(view.Registers, RegisterLine{
				Name: p.Said(reg.Schema.Title), Href: partName(name, 0), Rows: p.Int(len(reg.Rows)), File: csv(name),
			})
		}
		v.Stages = append(v.Stages, view)
	}
	for _, file := range []string{"README.md", "dictionary.csv", "data/changes.csv", "datapackage.json", "LICENSE.txt", "CITATION.cff"} {
		if file == "data/changes.csv" && p.Town.Table(jme.Changes) == nil {
			continue
		}
		v.Files = append(v.Files, page.Link{Text: page.Own(file), Href: "../../" + file})
	}
	return v
}

// csv is the file of a register, as a page links it.
func csv(register string) page.FileLine {
	return page.FileLine{Name: register + ".csv", Href: "../../data/" + register + ".csv"}
}

// registerView is part i of a register, from 0.
func registerView(p *page.Place, base Base, reg *table.Table, i int) RegisterView {
	s := reg.Schema
	base.Title = s.Title.In(p.Lang) + " — " + p.Town.Settings.Name.In(p.Lang)
	v := RegisterView{
		Base: base, Heading: p.Said(s.Title), Description: p.Said(s.Description),
		Count: p.N("site.count.records", len(reg.Rows)), File: csv(s.Name),
		Online: p.Data.Site.BaseURL + p.Lang.String() + "/" + p.Town.ListPath(s.Name),
	}
	for i := range s.Columns {
		c := &s.Columns[i]
		v.Heads = append(v.Heads, Head{page.Head{Title: p.Said(c.Title), Numeric: c.Type.Numeric()}, c.Type == table.ID || c.Name == "id"})
	}
	from := i * perPage
	to := min(from+perPage, len(reg.Rows))
	var rows strings.Builder
	for i := from; i < to; i++ {
		r := jme.Record{Table: reg, Row: &reg.Rows[i]}
		if s.Name == jme.Changes { // the newest first
			r.Row = &reg.Rows[len(reg.Rows)-1-i]
		}
		writeRow(&rows, p, r, v.Heads)
	}
	v.Rows = template.HTML(rows.String())
	if to-from < len(reg.Rows) {
		v.Range = p.F("site.list.range", locale.Args{"from": p.Int(from + 1), "to": p.Int(to), "all": p.Int(len(reg.Rows))})
	}
	if n := parts(reg); n > 1 {
		for j := range n {
			v.Pages = append(v.Pages, page.Link{Text: page.Own(p.Int(j + 1)), Href: partName(s.Name, j), Current: j == i})
		}
	}
	return v
}

// writeRow writes a record as a row of the table. It is no template because a ZIP has a
// hundred thousand cells, of which nearly all are plain text.
func writeRow(b *strings.Builder, p *page.Place, r jme.Record, heads []Head) {
	b.WriteString(`<tr id="` + template.HTMLEscapeString(jme.Slug(r.Row)) + `">`)
	for i, head := range heads {
		v := p.Value(p.Town.Cell(r, &r.Table.Schema.Columns[i]))
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
		} else if err := cell.Write(p.Templates, b, v); err != nil {
			panic(err) // the template is checked, and a strings.Builder cannot fail
		}
		if head.Code && !head.Numeric {
			b.WriteString("</code>")
		}
		b.WriteString("</td>")
	}
	b.WriteString("</tr>\n")
}

// parts is how many pages a register has, at least one. Changes, which grow with every
// commit, have one with the newest; their CSV has all.
func parts(reg *table.Table) int {
	if reg.Schema.Name == jme.Changes {
		return 1
	}
	return max(1, (len(reg.Rows)+perPage-1)/perPage)
}

// partName is the file of part i of a register, from 0; no register has a dot in its name.
func partName(register string, i int) string {
	if i == 0 {
		return register + ".html"
	}
	return register + "." + strconv.Itoa(i+1) + ".html"
}

// places tells of each register on which of its pages a record is, by the last segment of
// the record's address. Records on the first page are left out. It is worked out once,
// when the first page asks.
type places map[*table.Table]func() map[string]int

func newPlaces(t *page.Town) places {
	all := places{}
	for _, reg := range t.Tables {
		all[reg] = sync.OnceValue(func() map[string]int {
			on := map[string]int{}
			for i := perPage; i < len(reg.Rows) && parts(reg) > 1; i++ {
				on[jme.Slug(&reg.Rows[i])] = i / perPage
			}
			return on
		})
	}
	return all
}

// link makes a link within the ZIP of an address on the site: a record's address leads to
// its row, any other to the site.
func (all places) link(e *page.Edition, t *page.Town) func(address string) string {
	return func(address string) string {
		register, id, ok := strings.Cut(strings.TrimPrefix(address, e.Lang.String()+"/"+t.ID+"/"), "/")
		reg := t.Table(register)
		if !ok || reg == nil || strings.HasPrefix(address, "files/") {
			return e.Data.Site.BaseURL + address
		}
		id = strings.TrimSuffix(id, "/")
		return partName(register, all[reg]()[id]) + "#" + id
	}
}
