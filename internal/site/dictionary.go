package site

import (
	"strconv"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/table"
)

// DictionaryView explains the columns of a register.
type DictionaryView struct {
	Base
	Heading     Said
	Description Said
	List        string
	Rows        string
	Key         string
	Clauses     []Link // of the regulation, that this register serves
	Files       []FileLine
	Checked     []SumLine // the same with their checksums
	Edition     string    // what the data is called, and as of when it is
	Changed     string    // when its records were last changed; empty: not known
	Columns     []ColumnView
	Gaps        []GapLine
	Plain       bool
	Preview     []PreviewRecord
	Citation    string
	CFF         string // the same of the whole, for programs
	LicenceN    string
}

// PreviewRecord is a record as the CSV has it, without its empty cells.
type PreviewRecord struct {
	Key   string
	Cells []PreviewCell
}

// PreviewCell is a cell by the name of its column in the file.
type PreviewCell struct{ Name, Value string }

// How much of a register its page shows as it stands in the file.
const (
	previewRecords = 3
	previewValue   = 160 // characters
)

// preview are the first records of a register.
func preview(reg *table.Table) (records []PreviewRecord) {
	for i := range reg.Rows[:min(len(reg.Rows), previewRecords)] {
		row := &reg.Rows[i]
		r := PreviewRecord{Key: row.Key}
		for j, f := range reg.Schema.Fields {
			if value := row.Values[j]; value != "" {
				r.Cells = append(r.Cells, PreviewCell{f.Name, clip(value, previewValue)})
			}
		}
		records = append(records, r)
	}
	return records
}

// GapLine counts what is missing in a column.
type GapLine struct {
	Title         Said
	Empty, Ru, En string // records without it, and its texts without a translation; "" for none
}

// gap counts what is missing in a column, and tells whether there is anything.
func (e *edition) gap(reg *table.Table, i int) (GapLine, bool) {
	var empty, ru, en int
	c := &reg.Schema.Columns[i]
	for j := range reg.Rows {
		text := reg.Text(&reg.Rows[j], i)
		switch {
		case text.Ky == "":
			empty++
		case c.Type == table.Text:
			if text.Ru == "" {
				ru++
			}
			if text.En == "" {
				en++
			}
		}
	}
	count := func(n int) string {
		if n == 0 {
			return ""
		}
		return e.Int(n)
	}
	return GapLine{e.said(c.Title), count(empty), count(ru), count(en)}, empty+ru+en > 0
}

// ColumnView is a column in the dictionary.
type ColumnView struct {
	Name        string // in the file
	Title       Said
	Description Phrase
	Type        string
	Required    bool
	Personal    bool
	Target      Link // the register of a reference; empty Href for none
	Unit        string
	Limits      string
	Pattern     string // a regular expression
	Values      []ValueView
	Filled      string
}

// ValueView is an allowed word.
type ValueView struct {
	Code  string
	Label Said
}

func (e *edition) dictionary(t *town, reg *table.Table) Page {
	m, s := t.Municipality, reg.Schema
	address := dictionaryPath(m, s.Name)
	return page(e, address, e.templates.dictionary, func(href func(string) string) DictionaryView {
		v := DictionaryView{
			Base:    e.base(href, address, s.Title.In(e.lang)+": "+e.T("site.data.dictionary")+" — "+m.Settings.Name.In(e.lang), s.Description.In(e.lang), t),
			Heading: e.said(s.Title), Description: e.said(s.Description), List: e.to(href, listPath(m, s.Name, 1)),
			Rows: e.N("site.count.records", len(reg.Rows)), Files: append(e.downloads(m, s.Name, href), e.moreDownloads(m, s.Name, href)...), Plain: s.Plain,
			Edition: e.published(), Changed: e.lastChange(t, reg), Preview: preview(reg),
			Citation: e.citation(m, s.Title.In(e.lang), address), CFF: href("CITATION.cff"), LicenceN: e.Data.Site.Licence,
		}
		v.Base.Described = e.described(m, s.Name)
		for _, f := range registerFiles {
			v.Checked = append(v.Checked, e.sums(downloadPath(m, s.Name+f.suffix))...)
		}
		v.crumb(own(e.T("site.menu.data")), e.to(href, dataPath(m)))
		v.Head = e.templates.head
		for i, k := range s.PrimaryKey {
			if i > 0 {
				v.Key += ", "
			}
			v.Key += k
		}
		for _, c := range m.Regulation.Clauses {
			for _, name := range c.Registers {
				if name == s.Name {
					v.Clauses = append(v.Clauses, Link{
						Text: own(e.F("site.clause.short", locale.Args{"number": c.Number})),
						Href: e.to(href, regulationPath(m)) + "#" + clauseAnchor(c.Number),
					})
				}
			}
		}
		for i := range s.Columns {
			v.Columns = append(v.Columns, e.column(m, reg, i, href))
			if line, any := e.gap(reg, i); any {
				v.Gaps = append(v.Gaps, line)
			}
		}
		return v
	})
}

func (e *edition) column(m *jme.Municipality, reg *table.Table, i int, href func(string) string) ColumnView {
	c := &reg.Schema.Columns[i]
	v := ColumnView{
		Name: c.Name, Title: e.said(c.Title), Description: e.saidIf(c.Description), Type: e.T("site.type.of-" + string(c.Type)),
		Required: c.Required, Personal: c.Personal, Unit: e.unit(c.Unit), Pattern: c.Pattern,
	}
	if c.Type == table.Text {
		v.Name = c.Name + "_ky, " + c.Name + "_ru, " + c.Name + "_en"
	}
	if target := m.Table(c.Register); c.Type == table.Ref && target != nil {
		v.Target = Link{Text: Phrase{e.said(target.Schema.Title)}, Href: e.to(href, listPath(m, c.Register, 1))}
	}
	if c.Minimum != nil {
		v.Limits = "≥ " + e.Number(strconv.FormatFloat(*c.Minimum, 'f', -1, 64))
	}
	if c.Maximum != nil {
		if v.Limits != "" {
			v.Limits += ", "
		}
		v.Limits += "≤ " + e.Number(strconv.FormatFloat(*c.Maximum, 'f', -1, 64))
	}
	for _, value := range c.Values {
		v.Values = append(v.Values, ValueView{value.Code, e.said(value.Label)})
	}
	filled := 0
	for j := range reg.Rows {
		if reg.Text(&reg.Rows[j], i).Ky != "" {
			filled++
		}
	}
	if len(reg.Rows) > 0 {
		v.Filled = e.Percent(filled, len(reg.Rows))
	}
	return v
}
