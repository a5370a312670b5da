// Package offline makes the pages inside a ZIP of open data. With them, the registers of a
// municipality can be read from a folder, without network, server or script. Each link names a
// file. The pages are beside data/<register>.csv:
//
//	index.html                         choice of a language
//	pages/style.css
//	pages/<language>/index.html        list of the registers
//	pages/<language>/<register>.html   all columns of 1,000 records; later ones are in <register>.2.html and so on
package offline

import (
	"bytes"
	"cmp"
	"html/template"
	"strconv"
	"strings"
	"sync"

	"achyk/internal/jme"
	"achyk/internal/site/page"
	"achyk/internal/table"
)

// Kinds are the templates of the pages and of a cell.
var Kinds = []page.AnyKind{start, index, register, cell}

var (
	start    = page.Kind[StartView]{Template: "offlinestart"}
	index    = page.Kind[IndexView]{Template: "offline"}
	register = page.Kind[RegisterView]{Template: "offlineregister"}
	cell     = page.Kind[page.Value]{Template: "cell"}
)

// Pages lists the pages of a municipality's ZIP.
func Pages(s *page.Site, t *page.Town) []page.Page {
	first, numbers := StartView{Style: "pages/style.css"}, newPartsOfRecords(t)
	pages := []page.Page{{Path: first.Style, Render: func(b *bytes.Buffer) error {
		b.Write(s.Templates.OfflineStyle)
		return nil
	}}}
	for _, l := range s.Data.Site.Langs() {
		e := s.EditionIn(l)
		p := e.WithLinks(t, numbers.link(e, t))
		choice := page.LanguageChoice{Lang: l.String(), Name: l.Name(), Href: "pages/" + l.String() + "/index.html", Title: title(p)}
		if s.Data.Site.Demonstration {
			choice.Description = p.T("site.demo")
		}
		first.Editions = append(first.Editions, choice)
		pages = append(pages, file(p, index, "index.html", indexView))
		for _, reg := range t.Tables {
			for _, part := range parts(reg) {
				pages = append(pages, file(p, register, partName(reg.Schema.Name, part.Number), func(p *page.Place, base Base) RegisterView {
					return registerView(p, base, reg, part)
				}))
			}
		}
	}
	first.Title = first.Editions[0].Title
	return append(pages, page.Page{Path: "index.html", Template: start.Template, Render: func(b *bytes.Buffer) error { return start.Write(s.Templates, b, first) }})
}

// file returns a page of one language. name is the name of its file.
func file[V any](p *page.Place, kind page.Kind[V], name string, view func(*page.Place, Base) V) page.Page {
	return page.Page{Path: "pages/" + p.Lang.String() + "/" + name, Template: kind.Template, Render: func(b *bytes.Buffer) error {
		return kind.Write(p.Templates, b, view(p, base(p, name)))
	}}
}

// title returns the title of the list of registers.
func title(p *page.Place) string {
	return p.TownName() + ": " + p.T("site.data.whole")
}

// base returns the Base of a page, except for its title.
func base(p *page.Place, name string) Base {
	b := Base{
		Lang: p.Lang.String(), Style: "../style.css", Home: "index.html", Place: p.Text(p.Town.Settings.Name),
		Demo: p.Data.Site.Demonstration, printer: p.Printer,
	}
	for _, l := range p.Data.Site.Langs() {
		b.Languages = append(b.Languages, page.Language{Code: l.String(), Name: l.Name(), Href: "../" + l.String() + "/" + name, Current: l == p.Lang})
	}
	return b
}

// indexView returns the list of registers.
func indexView(p *page.Place, base Base) IndexView {
	base.Title = title(p)
	v := IndexView{
		Base: base, Heading: base.Title,
		Edition: p.DataEdition(), Licence: p.Data.Site.Licence, Citation: p.Citation(p.Town.DataPath(), page.Text{Text: p.T("site.data.whole")}),
	}
	for _, stage := range p.Town.ByStage() {
		view := Stage{Name: p.T("site.stage." + string(stage.Stage))}
		for _, reg := range stage.Tables {
			name := reg.Schema.Name
			view.Registers = append(view.Registers, RegisterLine{
				Name: p.Text(reg.Schema.Title), Href: partName(name, 1), Rows: p.Int(len(reg.Rows)), File: csv(name),
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

// csv returns a link from a page to the CSV of a register.
func csv(register string) page.FileLine {
	return page.FileLine{Name: register + ".csv", Href: "../../data/" + register + ".csv"}
}

// registerView is one part of a register.
func registerView(p *page.Place, base Base, reg *table.Table, part page.Part) RegisterView {
	s := reg.Schema
	base.Title = s.Title.In(p.Lang) + " — " + p.TownName()
	v := RegisterView{
		Base: base, Heading: p.Text(s.Title), Description: p.Text(s.Description),
		Count: p.N("site.count.records", len(reg.Rows)), File: csv(s.Name),
		Online: p.Data.Site.BaseURL + p.Lang.String() + "/" + p.Town.ListPath(s.Name),
	}
	for i := range s.Columns {
		c := &s.Columns[i]
		v.Heads = append(v.Heads, Head{page.Head{Title: p.Text(c.Title), Numeric: c.Type.Numeric()}, c.Type == table.ID || c.Name == "id"})
	}
	var rows strings.Builder
	for i := part.From; i < part.To; i++ {
		r := jme.Record{Table: reg, Row: &reg.Rows[i]}
		if s.Name == jme.Changes { // newest first
			r.Row = &reg.Rows[len(reg.Rows)-1-i]
		}
		writeRow(&rows, p, r, v.Heads)
	}
	v.Rows = template.HTML(rows.String())
	if part.To-part.From < part.All {
		v.Range = p.Range(part)
	}
	if part.Of > 1 {
		v.Pages = p.PartLinks(part, func(number int) string { return partName(s.Name, number) })
	}
	return v
}

// writeRow writes a record as a row of the table. It uses no template for plain text, which
// nearly all of the hundred thousand cells of a ZIP are, because a template is slower.
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

// parts returns the parts of a register. The register of changes grows with every commit, so it
// has one page with the newest; its CSV has all.
func parts(reg *table.Table) []page.Part {
	all := page.Cut(len(reg.Rows), perPage)
	if reg.Schema.Name == jme.Changes {
		return page.Only(all)
	}
	return all
}

// partName is the file of a part of a register, by its number. No register has a dot in its
// name.
func partName(register string, number int) string {
	if number == 1 {
		return register + ".html"
	}
	return register + "." + strconv.Itoa(number) + ".html"
}

// partsOfRecords has, by register, a function that returns the number of the part of each
// record. The key of a record is the last segment of its address. Records of the first part are
// left out. The function makes the map when it is first called.
type partsOfRecords map[*table.Table]func() map[string]int

// newPartsOfRecords returns the partsOfRecords of a municipality.
func newPartsOfRecords(t *page.Town) partsOfRecords {
	all := partsOfRecords{}
	for _, reg := range t.Tables {
		all[reg] = sync.OnceValue(func() map[string]int {
			numbers := map[string]int{}
			for _, part := range parts(reg)[1:] {
				for i := part.From; i < part.To; i++ {
					numbers[jme.Slug(&reg.Rows[i])] = part.Number
				}
			}
			return numbers
		})
	}
	return all
}

// link returns a function that makes links for WithLinks. A record's address becomes a link to
// its row in the ZIP, any other address a link to the site.
func (all partsOfRecords) link(e *page.Edition, t *page.Town) func(address string) string {
	return func(address string) string {
		register, id, ok := strings.Cut(strings.TrimPrefix(address, e.Lang.String()+"/"+t.ID+"/"), "/")
		reg := t.Table(register)
		if !ok || reg == nil || strings.HasPrefix(address, "files/") {
			return e.Data.Site.BaseURL + address
		}
		id = strings.TrimSuffix(id, "/")
		number := cmp.Or(all[reg]()[id], 1)
		return partName(register, number) + "#" + id
	}
}
