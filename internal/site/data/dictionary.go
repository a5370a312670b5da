package data

import (
	"strconv"
	"strings"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/page"
	"achyk/internal/table"
)

// DictionaryView explains the columns of a register.
type DictionaryView struct {
	page.Base
	Heading     page.Text
	Description page.Text
	List        string
	Rows        string
	Key         string
	Clauses     []page.Link // clauses of the regulation that the register serves
	Files       []page.FileLine
	Checksums   []page.ChecksumLine // the same files with their checksums
	Edition     string              // see Edition.DataEdition
	Changed     string              // day of the last change; empty if it is not known
	Columns     []ColumnView
	Gaps        []GapLine
	GapHeads    []string // of the columns for the languages
	Plain       bool
	Preview     []PreviewRecord
	Citation    []page.Text
	CFF         string // the citation of all data, for programs
	Licence     string
}

// PreviewRecord is a record as the CSV has it, without its empty cells.
type PreviewRecord struct {
	Key   string
	Cells []PreviewCell
}

// PreviewCell is a cell, with the name of its column in the file.
type PreviewCell struct{ Name, Value string }

// How much of a register its page shows as it is in the file.
const (
	previewRecords = 3
	previewValue   = 160 // characters
)

// preview returns the first records of a register.
func preview(reg *table.Table) (records []PreviewRecord) {
	for i := range reg.Rows[:min(len(reg.Rows), previewRecords)] {
		row := &reg.Rows[i]
		r := PreviewRecord{Key: row.Key}
		for j, f := range reg.Schema.Fields {
			if value := row.Values[j]; value != "" {
				r.Cells = append(r.Cells, PreviewCell{f.Name, page.Clip(value, previewValue)})
			}
		}
		records = append(records, r)
	}
	return records
}

// GapLine counts what is missing in a column.
type GapLine struct {
	Title        page.Text
	Empty        string // number of empty cells, "" for none
	Untranslated []UntranslatedCell
}

// UntranslatedCell counts the texts that lack one of the languages that texts are translated into.
type UntranslatedCell struct{ Head, Count string }

// cellCounts counts the cells of a column: all rows, and the filled cells that have a text in each
// language. A value that is no text counts in all of them.
type cellCounts struct {
	rows, whole int // whole: filled cells, with the original or a value that has no language
	in          map[locale.Lang]int
}

// filled is the number of cells with the original, or with a value that has no language.
func (n cellCounts) filled() int { return n.whole }

// missing is the number of cells that are filled but not in a language.
func (n cellCounts) missing(l locale.Lang) int { return n.filled() - n.in[l] }

// countCells counts the cells of column i. A cell of a text column is filled if it has the
// original.
func countCells(reg *table.Table, i int) cellCounts {
	n := cellCounts{rows: len(reg.Rows), in: map[locale.Lang]int{}}
	for j := range reg.Rows {
		text := reg.Text(&reg.Rows[j], i)
		if text.Get(reg.Schema.Original) == "" {
			continue
		}
		n.whole++
		for _, l := range reg.Schema.Langs {
			if text.Get(l) != "" {
				n.in[l]++
			}
		}
	}
	return n
}

// gap counts what is missing in a column. It returns false if nothing is.
func gap(p *page.Place, c *table.Column, n cellCounts) (GapLine, bool) {
	line := GapLine{Title: p.Text(c.Title), Empty: some(p, n.rows-n.filled())}
	missing := n.rows > n.filled()
	for _, l := range translations(p) {
		cell := UntranslatedCell{Head: head(p, "site.data.not-in-", l)}
		if c.Type == table.Text {
			cell.Count = some(p, n.missing(l))
		}
		line.Untranslated = append(line.Untranslated, cell)
		missing = missing || cell.Count != ""
	}
	return line, missing
}

// ColumnView is a column in the dictionary.
type ColumnView struct {
	Name        string // name in the file
	Title       page.Text
	Description page.Phrase
	Type        string
	Required    bool
	Personal    bool
	Target      page.Link // the register that a reference leads to; else no Href
	Absent      string    // the same, if no page or file of that register is published
	Unit        string
	Limits      string
	Pattern     string // a regular expression
	Values      []ValueView
	Filled      string
}

// ValueView is a word that a column allows.
type ValueView struct {
	Code  string
	Label page.Text
}

// Dictionaries are the pages that explain the columns of a register.
var Dictionaries = page.Kind[DictionaryView]{Template: "dictionary", Style: page.Plain, Pages: func(s *page.Site, add page.Add[DictionaryView]) {
	for _, t := range s.Towns {
		for _, reg := range t.Tables {
			add(t, t.DictionaryPath(reg.Schema.Name), func(p *page.Place) DictionaryView { return dictionary(p, reg) })
		}
	}
}}

// dictionary returns the page that explains the columns of a register.
func dictionary(p *page.Place, reg *table.Table) DictionaryView {
	s := reg.Schema
	files := p.Files.Of(p.Town.ID, s.Name)
	v := DictionaryView{
		Base:    p.TownBase(s.Title.In(p.Lang)+": "+p.T("site.data.dictionary"), s.Description.In(p.Lang)),
		Heading: p.Text(s.Title), Description: p.Text(s.Description), List: p.To(p.Town.ListPath(s.Name)),
		Rows: p.N("site.count.records", len(reg.Rows)), Files: p.FileLines(files...), Plain: s.Plain,
		Key: strings.Join(s.PrimaryKey, ", "), Clauses: clausesOf(p, s.Name), Checksums: p.Checksums(files...),
		Edition: p.DataEdition(), Changed: p.LastChange(reg), Preview: preview(reg),
		Citation: p.Citation(p.Town.DictionaryPath(s.Name), p.Text(s.Title)), CFF: p.FromTop("CITATION.cff"), Licence: p.Data.Site.Licence,
	}
	v.Base.Described, v.GapHeads = described(p, s.Name), heads(p, "site.data.not-in-")
	v.Crumb(page.Own(p.T("site.menu.data")), p.To(p.Town.DataPath()))
	for i := range s.Columns {
		c, n := &s.Columns[i], countCells(reg, i)
		v.Columns = append(v.Columns, column(p, c, n))
		if line, any := gap(p, c, n); any {
			v.Gaps = append(v.Gaps, line)
		}
	}
	return v
}

// clausesOf returns links to the clauses of the regulation that a register serves.
func clausesOf(p *page.Place, register string) (links []page.Link) {
	for _, c := range p.Town.Regulation.Clauses {
		for _, name := range c.Registers {
			if name == register {
				links = append(links, page.Link{Text: page.Own(p.Clause(c.Number)), Href: p.To(p.Town.ClausePath(c.Number))})
			}
		}
	}
	return links
}

// column returns a column of the dictionary.
func column(p *page.Place, c *table.Column, n cellCounts) ColumnView {
	v := ColumnView{
		Name: c.Name, Title: p.Text(c.Title), Description: p.Phrase(c.Description), Type: p.T("site.type.of-" + string(c.Type)),
		Required: c.Required, Personal: c.Personal, Unit: p.Unit(c.Unit), Pattern: c.Pattern,
	}
	if c.Type == table.Text {
		var names []string
		for _, l := range p.Data.Site.Written() {
			names = append(names, c.Name+"_"+l.String())
		}
		v.Name = strings.Join(names, ", ")
	}
	if target := p.Town.Table(c.Register); c.Type == table.Ref && target != nil {
		v.Target = p.Register(target)
	} else if s := jme.Schema(c.Register); c.Type == table.Ref && s != nil {
		v.Absent = p.F("site.data.refersto", locale.Args{"register": s.Title})
	}
	if c.Minimum != nil {
		v.Limits = "≥ " + p.Number(strconv.FormatFloat(*c.Minimum, 'f', -1, 64))
	}
	if c.Maximum != nil {
		if v.Limits != "" {
			v.Limits += ", "
		}
		v.Limits += "≤ " + p.Number(strconv.FormatFloat(*c.Maximum, 'f', -1, 64))
	}
	for _, value := range c.Values {
		v.Values = append(v.Values, ValueView{value.Code, p.Text(value.Label)})
	}
	if n.rows > 0 {
		v.Filled = p.Percent(n.filled(), n.rows)
	}
	return v
}
