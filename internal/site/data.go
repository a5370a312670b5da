package site

import (
	"html/template"
	"path"
	"slices"
	"strconv"

	"achyk/internal/history"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/table"
)

// DataView is the page of open data.
type DataView struct {
	Base
	Place    Said
	Files    []FileLine // of the municipality as a whole
	Checked  []SumLine  // the same with their checksums
	Sums     string
	Links    []Link // descriptions for programs
	Missing  string // the page of what is not on record
	Edition  string // what the data is called, and as of when it is
	Stages   []DataStage
	Rows     string
	Coverage []CoverageLine
	Citation string
	CFF      string // the same for programs
	LicenceN string
	Versions []VersionLine // newest first
	Since    *SinceView    // what changed since the newest; nil where there is none, or it is not known
}

// SinceView counts the records that changed since a version.
type SinceView struct {
	Title     string
	None      string // said where nothing has
	Registers []SinceLine
}

// SinceLine counts those of one register.
type SinceLine struct {
	Register Link
	Counts   []KindCount
}

// SumLine is a file with its checksum.
type SumLine struct {
	Name, Size, SHA256 string
}

// sums are the checksums of some files, by their paths from the top of the site.
func (e *edition) sums(paths ...string) (lines []SumLine) {
	for _, p := range paths {
		if size, ok := e.Size(p); ok {
			lines = append(lines, SumLine{path.Base(p), e.bytes(size), e.SHA256(p)})
		}
	}
	return lines
}

// described is what a page tells search engines of a register, or of all of them.
func (e *edition) described(m *jme.Municipality, register string) template.JS {
	data, err := e.Described(m, register, e.lang)
	if err != nil {
		panic(err) // strings and numbers can be written
	}
	return template.JS(data) // in which < and > are escaped
}

// VersionLine is a version of the data that is published for good.
type VersionLine struct {
	Tag    string
	Date   string
	Commit Link
	File   FileLine // its Data Package
}

// DataStage is a group of registers with their files.
type DataStage struct {
	Name      string
	Registers []DataLine
}

// DataLine is a register with its files.
type DataLine struct {
	Name       Said
	Href       string
	Dictionary string
	Rows       string
	Changed    string // when its records were last changed; empty: not known
	Files      []FileLine
	More       []FileLine
}

// CoverageLine counts how many texts of a register are translated.
type CoverageLine struct {
	Name   Said
	Texts  string
	Ru, En string
	RuGap  string // missing, "" for none
	EnGap  string
}

func (e *edition) data(t *town) Page {
	m := t.Municipality
	address := dataPath(m)
	return page(e, address, e.templates.data, func(href func(string) string) DataView {
		v := DataView{
			Base:  e.base(href, address, e.T("site.menu.data")+" — "+m.Settings.Name.In(e.lang), e.T("site.data.lead"), t),
			Place: e.said(m.Settings.Name), Sums: href("SHA256SUMS"), LicenceN: e.Data.Site.Licence,
			Missing: e.to(href, missingPath(m)), CFF: href("CITATION.cff"), Edition: e.published(),
		}
		v.Base.Described = e.described(m, "")
		for _, name := range []string{"catalog.jsonld", "catalog.ttl", "data/" + m.ID + "/csv-metadata.json"} {
			v.Links = append(v.Links, Link{Text: own(path.Base(name)), Href: href(name)})
		}
		for _, suffix := range []string{".zip", ".xlsx", ".sqlite"} {
			v.Checked = append(v.Checked, e.sums(downloadPath(m, m.ID+suffix))...)
			v.Files = append(v.Files, e.files(href, FileLine{Name: m.ID + suffix, Href: downloadPath(m, m.ID+suffix)})...)
		}
		v.Files = append(v.Files, e.files(href,
			FileLine{Name: "datapackage.json", Href: "datapackage.json"},
			FileLine{Name: "OCDS releases.json", Href: downloadPath(m, "ocds/releases.json")},
			FileLine{Name: "OCDS records.json", Href: downloadPath(m, "ocds/records.json")},
			FileLine{Name: "Popolo", Href: downloadPath(m, "popolo.json")})...)
		rows := 0
		for _, stage := range stages(m) {
			view := DataStage{Name: e.T("site.stage." + stage.name)}
			for _, reg := range stage.registers {
				s := reg.Schema
				rows += len(reg.Rows)
				view.Registers = append(view.Registers, DataLine{
					Name: e.said(s.Title), Href: e.to(href, listPath(m, s.Name, 1)), Dictionary: e.to(href, dictionaryPath(m, s.Name)),
					Rows: e.Int(len(reg.Rows)), Changed: e.lastChange(t, reg), Files: e.downloads(m, s.Name, href), More: e.moreDownloads(m, s.Name, href),
				})
				if line, any := e.coverage(reg); any {
					v.Coverage = append(v.Coverage, line)
				}
			}
			v.Stages = append(v.Stages, view)
		}
		for _, x := range slices.Backward(e.Versions) {
			name := "data/v/" + x.Tag + "/" + m.ID + "/datapackage.json"
			for _, f := range e.files(href, FileLine{Name: "datapackage.json", Href: name}) { // none where the town was not there yet
				v.Versions = append(v.Versions, VersionLine{x.Tag, e.Date(x.Date), e.commitLink(x.Commit), f})
			}
		}
		v.Rows, v.Since = e.N("site.count.records", rows), e.since(t, href)
		v.Citation = e.citation(m, e.T("site.data.whole"), address)
		return v
	})
}

// citation is how to cite data of a municipality that is described at an address.
func (e *edition) citation(m *jme.Municipality, what, address string) string {
	return e.F("site.data.citation", locale.Args{
		"site": e.Data.Site.Title.In(e.lang), "place": m.Settings.Name.In(e.lang), "what": what, "date": e.Date(e.today()),
		"address": e.Data.Site.BaseURL + e.lang.String() + "/" + address, "version": e.Edition,
	})
}

// stage is a step of the process with its registers; its name is "own" of those that
// stand outside, a municipality's own.
type stage struct {
	name      string
	registers []*table.Table
}

// stages are those of a municipality that have registers, in order.
func stages(m *jme.Municipality) (all []stage) {
	for _, name := range append(table.Stages[:len(table.Stages):len(table.Stages)], "own") {
		s := stage{name: name}
		for _, reg := range m.Tables {
			if reg.Schema.Own && name == "own" || !reg.Schema.Own && reg.Schema.Stage == name {
				s.registers = append(s.registers, reg)
			}
		}
		if len(s.registers) > 0 {
			all = append(all, s)
		}
	}
	return all
}

// since counts what commits after the newest version did to the records of a municipality,
// each once: what was added is added, however often it was changed later.
func (e *edition) since(t *town, href func(string) string) *SinceView {
	if e.site.After == nil || e.History == nil {
		return nil
	}
	args := locale.Args{"tag": e.Versions[len(e.Versions)-1].Tag}
	v := &SinceView{Title: e.F("site.data.since", args)}
	for _, reg := range t.Tables {
		records := map[string]history.Kind{}
		for _, x := range slices.Backward(e.changed) { // oldest first
			if x.reg != reg || !e.site.After[x.commit.Hash] {
				continue
			}
			for i := range x.touch.Records {
				r := &x.touch.Records[i]
				records[r.Key] = r.Shown().After(records[r.Key])
			}
		}
		counts := map[history.Kind]int{}
		for _, kind := range records {
			counts[kind]++
		}
		if kinds := e.kinds(counts); len(kinds) > 0 {
			v.Registers = append(v.Registers, SinceLine{Link{Text: Phrase{e.said(reg.Schema.Title)}, Href: e.to(href, changesPath(t.Municipality, reg.Schema.Name))}, kinds})
		}
	}
	if len(v.Registers) == 0 {
		v.None = e.F("site.data.sincenone", args)
	}
	return v
}

// published says what the data is called and as of when it is.
func (e *edition) published() string {
	return e.F("site.data.edition", locale.Args{"version": e.Edition, "day": e.AsOf(e.today())})
}

// lastChange is when the records of a register were last changed. What is counted anew in
// each build is as new as the site.
func (e *edition) lastChange(t *town, reg *table.Table) string {
	if jme.Derived(reg.Schema.Name) {
		return e.ShortDate(e.today())
	}
	if last := e.site.last(t, reg); last != nil {
		return e.ShortDate(last.Time.In(e.zone))
	}
	return ""
}

// coverage counts the texts that have a Kyrgyz original and those translated.
func (e *edition) coverage(reg *table.Table) (CoverageLine, bool) {
	var total, ru, en int
	for i := range reg.Schema.Columns {
		if reg.Schema.Columns[i].Type != table.Text {
			continue
		}
		for j := range reg.Rows {
			text := reg.Text(&reg.Rows[j], i)
			if text.Ky == "" {
				continue
			}
			total++
			if text.Ru != "" {
				ru++
			}
			if text.En != "" {
				en++
			}
		}
	}
	if total == 0 {
		return CoverageLine{}, false
	}
	line := CoverageLine{Name: e.said(reg.Schema.Title), Texts: e.Int(total), Ru: e.Percent(ru, total), En: e.Percent(en, total)}
	if ru < total {
		line.RuGap = e.Int(total - ru)
	}
	if en < total {
		line.EnGap = e.Int(total - en)
	}
	return line, true
}

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
