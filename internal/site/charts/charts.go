// Package charts makes the charts of the site: for each the picture, the table of the numbers in it, files
// to download and a page of its own, which other sites can show in a frame.
//
// A Chart says where it belongs and how its Data is made. Its Data has the numbers once: the picture, the
// table and the CSV are all written from there, so they cannot differ. All returns the charts of a
// municipality; a chart without numbers has neither files nor a page.
//
//	charts/<municipality>/<path>.<language>.svg and .csv    Files
//	<language>/embed/<municipality>/<path>/                 Pages
//
// The SVG has its own style, and says what it shows, where the numbers come from, of which day they are and
// where they can be read. Pages show it as an image, because its text would count to their weight.
package charts

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"html/template"
	"io"
	"strings"

	"achyk/internal/chart"
	"achyk/internal/files"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/page"
	"achyk/internal/table"
	"achyk/internal/wording"
)

// Chart is a chart of a municipality.
type Chart struct {
	Path string // among the charts of the municipality: "2025/answers"
	Page string // address of the page that it belongs to, within an edition
	data func(*page.Place) *Data
}

// Data is what a chart shows, in the language of a place.
type Data struct {
	Title     string
	Of        page.Text // whom the chart is about, if not the municipality as a whole
	Says      string    // what is seen, in a sentence
	Chart     chart.Chart
	Head      []page.Head
	Rows      [][]Cell
	Registers []string // from which the numbers are counted
}

// Cell is a cell of the table: as the CSV has it, and as pages show it.
type Cell struct {
	Raw     string
	Shown   page.Text
	Numeric bool
}

// Figure is a chart as a page shows it.
type Figure struct {
	Title, Says   string
	Image         string
	Width, Height chart.Unit
	Files         []page.FileLine
	Own           page.Link // to the chart's own page, with its table
	Code          string    // by which another site shows that page; the page itself says it
	Head          []page.Head
	Rows          [][]Cell // nil where the table is not on the page

	printer *locale.Printer
}

// T returns a message of the program.
func (f *Figure) T(key string) string { return f.printer.T("site." + key) }

// mostRows is how many rows of a table stand below a chart. A longer one is on the chart's own page.
const mostRows = 24

// Show returns a chart with its table. It returns nil if there is nothing to show.
func Show(p *page.Place, c Chart) *Figure {
	f, d := c.figure(p)
	if f != nil && len(d.Rows) <= mostRows {
		f.Head, f.Rows = d.Head, d.Rows
	}
	return f
}

// Beside returns a chart for a page that shows its numbers already. It returns nil if there is nothing to
// show.
func Beside(p *page.Place, c Chart) *Figure {
	f, _ := c.figure(p)
	return f
}

// figure returns a chart without its table.
func (c Chart) figure(p *page.Place) (*Figure, *Data) {
	d := c.data(p)
	if d == nil {
		return nil, nil
	}
	picture := chart.Draw(c.whole(p, d))
	f := &Figure{
		Title: d.Title, Says: d.Says, Image: p.FromTop(c.file(p, ".svg")), Width: picture.Width, Height: picture.Height,
		Own: page.Link{Text: page.Own(p.T("site.chart.own")), Href: p.To(c.own(p.Town))}, printer: p.Printer,
	}
	for _, form := range []string{"svg", "csv"} {
		sum, _ := p.Files.At(c.file(p, "."+form)).Sum() // the build fails with its error anyway
		f.Files = append(f.Files, page.FileLine{Name: p.F("site.chart."+form, locale.Args{"form": strings.ToUpper(form)}), Href: p.FromTop(c.file(p, "."+form)), Size: p.Bytes(sum.Size)})
	}
	f.Code = fmt.Sprintf(`<iframe src="%s" title="%s" width="440" height="%d" loading="lazy"></iframe>`,
		p.Data.Site.BaseURL+p.Lang.String()+"/"+c.own(p.Town), template.HTMLEscapeString(d.Title), int(picture.Height)+300)
	return f, d
}

// file is the path of the chart's file in the language of a place.
func (c Chart) file(p *page.Place, end string) string {
	return "charts/" + p.Town.ID + "/" + c.Path + "." + p.Lang.String() + end
}

// own is the address of the chart's own page, within an edition.
func (c Chart) own(t *page.Town) string { return page.EmbedPath + t.ID + "/" + c.Path + "/" }

// whole is the chart with what every chart says: whom it is about, that it is a sample, where the numbers
// come from.
func (c Chart) whole(p *page.Place, d *Data) chart.Chart {
	whole := d.Chart
	whole.Title = d.Title
	if d.Of.Text != "" {
		whole.About = append(whole.About, chart.Words(d.Of))
	}
	whole.About = append(whole.About, chart.Words(p.Text(p.Town.Settings.Name)))
	if p.Data.Site.Demonstration {
		whole.Foot = append(whole.Foot, p.T("site.demo"))
	}
	whole.Foot = append(whole.Foot, source(p, d), p.Data.Site.BaseURL+p.Lang.String()+"/"+c.own(p.Town))
	return whole
}

// source says where the numbers come from, and of which day they are.
func source(p *page.Place, d *Data) string {
	var registers []string
	for _, name := range d.Registers {
		if reg := p.Town.Table(name); reg != nil {
			registers = append(registers, p.Text(reg.Schema.Title).Text)
		}
	}
	return p.F("site.chart.source", locale.Args{"site": p.Data.Site.Title.In(p.Lang), "registers": strings.Join(registers, ", "), "day": p.AsOf(p.Today)})
}

// View is a chart as a file.
type View struct {
	chart.Picture
	Lang, Title, Says string
}

// File is a chart as SVG.
var File = page.Kind[View]{Template: "chart"}

// Files are the files of all charts.
func Files(s *page.Site) (all []files.File) {
	for _, lang := range s.Data.Site.Langs() {
		e := s.Unmarked(lang)
		for _, t := range e.Towns {
			for _, c := range of(s, t) {
				p := e.At(t, c.Page)
				all = append(all,
					files.File{Path: c.file(p, ".svg"), Write: func(w io.Writer) error { return c.svg(w, p) }},
					files.File{Path: c.file(p, ".csv"), Write: func(w io.Writer) error { return c.csv(w, p) }})
			}
		}
	}
	return all
}

// of returns the charts of a town that have something to show. That is the same in every language.
func of(s *page.Site, t *page.Town) (charts []Chart) {
	e := s.EditionIn(s.Data.Site.Original())
	for _, c := range All(t) {
		if c.data(e.At(t, c.Page)) != nil {
			charts = append(charts, c)
		}
	}
	return charts
}

// svg writes the picture.
func (c Chart) svg(w io.Writer, p *page.Place) error {
	d := c.data(p)
	var b bytes.Buffer
	if err := File.Write(p.Templates, &b, View{chart.Draw(c.whole(p, d)), p.Lang.String(), d.Title, d.Says}); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}

// csv writes the numbers. If the data is invented, every row says so. Texts are guarded: people open these
// files in spreadsheet programs.
func (c Chart) csv(w io.Writer, p *page.Place) error {
	d := c.data(p)
	lines := csv.NewWriter(w)
	line := func(cells []string, last string) {
		if p.Data.Site.Demonstration {
			cells = append(cells, last)
		}
		lines.Write(cells) // Flush keeps the error
	}
	var cells []string
	for _, h := range d.Head {
		cells = append(cells, table.Guarded(h.Title.Text))
	}
	line(cells, table.Demonstration)
	for _, row := range d.Rows {
		cells = nil
		for _, cell := range row {
			if !cell.Numeric {
				cell.Raw = table.Guarded(cell.Raw)
			}
			cells = append(cells, cell.Raw)
		}
		line(cells, "true")
	}
	lines.Flush()
	return lines.Error()
}

// All returns the charts of a town. Those without numbers are among them.
func All(t *page.Town) (charts []Chart) {
	for _, c := range t.Cycles {
		charts = append(charts, Verdicts(t, c), Demand(t, c), Answers(t, c), Line(t, c), LateIn(t, c))
	}
	if t.Regulation.Act.Procedure != jme.ByGroup { // where a group is elected, no page shows contests
		for _, x := range t.Contests {
			charts = append(charts, Scores(t, x))
		}
	}
	charts = append(charts, Late(t))
	for _, body := range wording.Bodies {
		charts = append(charts, Body(t, body))
	}
	for _, s := range t.Services {
		charts = append(charts, ServiceVerdicts(t, s), Measured(t, s), ComplaintsAbout(t, s))
	}
	for _, x := range t.Territories {
		charts = append(charts, Strips(t, x), Complaints(t, x), ComplaintsFrom(t, x))
	}
	return charts
}

// record is the address of a record's page.
func record(t *page.Town, register, id string) string {
	r, ok := t.Record(register, id)
	if !ok {
		return t.Path()
	}
	return t.RecordPath(r)
}

// year is a cell with a year.
func yearCell(y int) Cell { return Cell{Raw: page.Year(y), Shown: page.Text{Text: page.Year(y)}} }

// head is the heading of a column, with the message of a key.
func head(p *page.Place, key string, numeric bool) page.Head {
	return page.Head{Title: page.Text{Text: p.T("site." + key)}, Numeric: numeric}
}

// said is a cell of words.
func said(t page.Text) Cell { return Cell{Raw: t.Text, Shown: t} }

// words is a cell of words in the language of the page.
func words(s string) Cell { return said(page.Text{Text: s}) }

// count is a cell with a whole number.
func count(p *page.Place, n int) Cell { return number(p, fmt.Sprint(n)) }

// number is a cell with a number as registers write it.
func number(p *page.Place, raw string) Cell {
	return Cell{Raw: raw, Shown: page.Text{Text: p.Number(raw)}, Numeric: true}
}

// date is a cell with a day.
func date(p *page.Place, d jme.Date) Cell {
	if d.IsZero() {
		return Cell{}
	}
	return Cell{Raw: d.Format("2006-01-02"), Shown: page.Text{Text: p.ShortDate(d.Time)}}
}
