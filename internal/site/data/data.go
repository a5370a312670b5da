// Package data makes the pages of open data: a page of each municipality with its files, and a
// dictionary of each register, which explains its columns.
package data

import (
	"html/template"
	"path"
	"slices"
	"strings"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/page"
	"achyk/internal/table"
)

// DataView is the page of a municipality's open data.
type DataView struct {
	page.Base
	Place         page.Text
	Files         []page.FileLine     // files of the municipality as a whole
	Checksums     []page.ChecksumLine // the same files with their checksums
	Sums          string              // SHA256SUMS
	Links         []page.Link         // descriptions of the data for programs
	Missing       string              // the page of missing records
	Edition       string              // see Edition.DataEdition
	Stages        []DataStage
	Without       []string // which built-in registers are not published, and why
	Rows          string
	Coverage      []CoverageLine
	CoverageLead  string
	CoverageHeads []string // of the columns for the languages
	Citation      []page.Text
	CFF           string // the citation for programs
	Licence       string
	Versions      []VersionLine // newest first
	Since         *SinceView    // changes since the newest version; nil if there is no version, or if they are not known
}

// SinceView counts the records that changed since a version.
type SinceView struct {
	Title     string
	None      string // says that nothing has changed; else empty
	Registers []SinceLine
}

// SinceLine counts the changed records of one register.
type SinceLine struct {
	Register page.Link
	Counts   []page.Count
}

// described returns the description of a register for search engines (JSON-LD). An empty name
// stands for all registers of the municipality.
func described(p *page.Place, register string) template.JS {
	data, err := p.Catalogue.Described(p.Town.Municipality, register, p.Lang)
	if err != nil {
		panic(err) // strings and numbers always have a JSON form
	}
	return template.JS(data) // data has < and > escaped
}

// VersionLine is a version of the data that has a tag.
type VersionLine struct {
	Tag    string
	Date   string
	Commit page.Link
	File   page.FileLine // its Data Package
}

// DataStage is a stage of the process with its registers.
type DataStage struct {
	ID, Name  string // ID is the fragment that leads to it
	Registers []DataLine
}

// DataLine is a register with its files.
type DataLine struct {
	Name       page.Text
	Href       string
	Dictionary string
	Rows       string
	Changed    string // day of the last change; empty if it is not known
	Files      []page.FileLine
	More       []page.FileLine
}

// CoverageLine counts how many texts of a register are translated.
type CoverageLine struct {
	Name         page.Text
	Texts        string
	Translations []TranslationCell
}

// TranslationCell counts the texts in one of the languages that texts are translated into.
type TranslationCell struct {
	Head    string // of the table's column
	Share   string // of the texts that are translated, in percent
	Missing string // number of texts without a translation, "" for none
}

// Pages are the pages of open data.
var Pages = page.Kind[DataView]{Template: "data", Pages: func(s *page.Site, add page.Add[DataView]) {
	for _, t := range s.Towns {
		add(t, t.DataPath(), data)
	}
}}

// data returns the page of a municipality's open data.
func data(p *page.Place) DataView {
	site := p.Data.Site
	v := DataView{
		Base:  p.TownBase(p.T("site.menu.data"), p.T("site.data.lead")),
		Place: p.Text(p.Town.Settings.Name), Sums: p.FromTop("SHA256SUMS"), Licence: site.Licence,
		Missing: p.To(p.Town.MissingPath()), CFF: p.FromTop("CITATION.cff"), Edition: p.DataEdition(),
		Since: since(p), Citation: p.Citation(p.Town.DataPath(), page.Text{Text: p.T("site.data.whole")}),
	}
	v.Base.Described = described(p, "")
	for _, name := range []string{"catalog.jsonld", "catalog.ttl", p.Town.Download("csv-metadata.json")} {
		v.Links = append(v.Links, page.Link{Text: page.Own(path.Base(name)), Href: p.FromTop(name)})
	}
	v.CoverageHeads, v.CoverageLead = heads(p, "site.data.in-"), p.T("site.data.coverage-"+site.Original().String())
	wholes := p.WholeFiles()
	v.Files, v.Checksums = p.FileLines(wholes...), p.Checksums(wholes...)
	rows := 0
	for _, stage := range p.Town.ByStage() {
		view := DataStage{ID: "stage-" + string(stage.Stage), Name: p.T("site.stage." + string(stage.Stage))}
		for _, reg := range stage.Tables {
			if !jme.Derived(reg.Schema.Name) {
				rows += len(reg.Rows)
			}
			view.Registers = append(view.Registers, dataLine(p, reg))
			if line, any := coverage(p, reg); any {
				v.Coverage = append(v.Coverage, line)
			}
		}
		v.Stages = append(v.Stages, view)
	}
	v.Rows, v.Without = p.N("site.count.records", rows), without(p)
	for _, x := range slices.Backward(p.Versions) {
		if e := p.Files.At("data/v/" + x.Tag + "/" + p.Town.ID + "/datapackage.json"); e != nil { // nil if the version has no such municipality
			v.Versions = append(v.Versions, VersionLine{x.Tag, p.Date(x.Date), p.CommitLink(x.Commit), p.FileLines(e)[0]})
		}
	}
	return v
}

// without names the built-in registers of which there is no file, and those whose file has no records
// yet. Neither have pages or downloads, see [dataset.Kept].
func without(p *page.Place) (lines []string) {
	names := map[string][]string{}
	for _, reg := range p.Town.NotKept {
		why := "site.data.notkept"
		if r, _ := jme.Find(reg.Schema.Name); reg.File != nil || r.Origin == jme.FromMarkdown {
			why = "site.data.norecords"
		}
		names[why] = append(names[why], reg.Schema.Title.In(p.Lang))
	}
	for _, why := range []string{"site.data.norecords", "site.data.notkept"} {
		if len(names[why]) > 0 {
			lines = append(lines, p.F(why, locale.Args{"registers": strings.Join(names[why], "; ")}))
		}
	}
	return lines
}

// dataLine returns a register with its files.
func dataLine(p *page.Place, reg *table.Table) DataLine {
	s := reg.Schema
	return DataLine{
		Name: p.Text(s.Title), Href: p.To(p.Town.ListPath(s.Name)), Dictionary: p.To(p.Town.DictionaryPath(s.Name)),
		Rows: p.Int(len(reg.Rows)), Changed: p.LastChange(reg), Files: p.Downloads(s.Name), More: p.MoreDownloads(s.Name),
	}
}

// translations are the languages that texts are translated into.
func translations(p *page.Place) []locale.Lang {
	return slices.DeleteFunc(p.Data.Site.Langs(), func(l locale.Lang) bool { return l == p.Data.Site.Original() })
}

// heads are the heads of a table's columns, one for each of them.
func heads(p *page.Place, key string) (heads []string) {
	for _, l := range translations(p) {
		heads = append(heads, head(p, key, l))
	}
	return heads
}

// head is the head of the column for a language. The names of further languages are in their
// catalogues.
func head(p *page.Place, key string, l locale.Lang) string {
	if l.BuiltIn() {
		return p.T(key + l.String())
	}
	name := l.Name()
	if p.Lang == locale.En {
		name = l.EnglishName()
	}
	return p.F(key+"further", locale.Args{"Name": name})
}

// coverage counts the texts that have an original, and those of them that are translated.
// It returns false if there are none, or no translations.
func coverage(p *page.Place, reg *table.Table) (CoverageLine, bool) {
	all := cellCounts{in: map[locale.Lang]int{}}
	for i := range reg.Schema.Columns {
		if reg.Schema.Columns[i].Type == table.Text {
			column := countCells(reg, i)
			all.whole += column.whole
			for l, n := range column.in {
				all.in[l] += n
			}
		}
	}
	if all.filled() == 0 || len(translations(p)) == 0 {
		return CoverageLine{}, false
	}
	line := CoverageLine{Name: p.Text(reg.Schema.Title), Texts: p.Int(all.filled())}
	for _, l := range translations(p) {
		line.Translations = append(line.Translations, TranslationCell{
			head(p, "site.data.in-", l), p.Percent(all.in[l], all.filled()), some(p, all.missing(l)),
		})
	}
	return line, true
}

// some writes a number, "" for 0.
func some(p *page.Place, n int) string {
	if n == 0 {
		return ""
	}
	return p.Int(n)
}
