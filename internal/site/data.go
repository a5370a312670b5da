package site

import (
	"html/template"
	"path"
	"slices"

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
		for _, f := range []FileLine{
			{Name: m.ID + ".zip", Href: downloadPath(m, m.ID+".zip")},
			{Name: m.ID + ".xlsx", Href: downloadPath(m, m.ID+".xlsx")},
			{Name: m.ID + ".sqlite", Href: downloadPath(m, m.ID+".sqlite")},
			{Name: "datapackage.json", Href: "datapackage.json"},
			{Name: "OCDS releases.json", Href: downloadPath(m, "ocds/releases.json")},
			{Name: "OCDS records.json", Href: downloadPath(m, "ocds/records.json")},
			{Name: "Popolo", Href: downloadPath(m, "popolo.json")},
		} {
			v.Files = append(v.Files, e.files(href, f)...)
			v.Checked = append(v.Checked, e.sums(f.Href)...)
		}
		rows := 0
		for _, stage := range m.ByStage() {
			view := DataStage{Name: e.T("site.stage." + string(stage.Stage))}
			for _, reg := range stage.Tables {
				s := reg.Schema
				if !jme.Derived(s.Name) {
					rows += len(reg.Rows)
				}
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
