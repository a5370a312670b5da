package page

import (
	"path"
	"strings"
	"unicode"

	"achyk/internal/locale"
)

// File leads to a document of the municipality, by its path among the town's files.
func (p *Place) File(name string) Value {
	if name == "" {
		return Value{Empty: true}
	}
	size := p.Data.Files["content/"+p.Town.ID+"/files/"+name]
	kind := strings.ToUpper(strings.TrimPrefix(path.Ext(name), "."))
	return Value{
		Text: Own(path.Base(name)), Href: p.Top(p.Town.FileAddress(name)),
		Size: strings.TrimSpace(kind + " " + p.Bytes(size)),
	}
}

// Bytes is a size for people.
func (e *Edition) Bytes(n int64) string {
	switch {
	case n >= 10<<20:
		return e.F("site.size.mb", locale.Args{"n": e.Int(int(n >> 20))})
	case n >= 1<<10:
		return e.F("site.size.kb", locale.Args{"n": e.Int(int((n + 1023) >> 10))})
	}
	return e.F("site.size.b", locale.Args{"n": e.Int(int(n))})
}

// FileLine is a file to download.
type FileLine struct {
	Name, Href, Size string
}

// RegisterFiles is a register with its files: where a reader counts what a page says.
type RegisterFiles struct {
	Register Link
	Files    []FileLine
}

// registerFiles are the files of a register: the name of each, which is a message where it
// begins with a small letter, and how its path ends.
var registerFiles = []struct{ name, suffix string }{
	{"CSV", ".csv"}, {"Excel", ".xlsx"}, {"JSON", ".json"},
	{"excelcsv", ".excel.csv"}, {"JSONL", ".jsonl"}, {"Parquet", ".parquet"}, {"schema", ".schema.json"}, {"CSVW", ".csv-metadata.json"},
}

// asked is how many of registerFiles most readers ask for.
const asked = 3

// Downloads are the files of a register that most readers ask for.
func (p *Place) Downloads(register string) []FileLine { return p.registerFiles(register, 0, asked) }

// MoreDownloads are the other files of a register.
func (p *Place) MoreDownloads(register string) []FileLine {
	return p.registerFiles(register, asked, len(registerFiles))
}

func (p *Place) registerFiles(register string, from, to int) []FileLine {
	var lines []FileLine
	for _, f := range registerFiles[from:to] {
		name := f.name
		if unicode.IsLower(rune(name[0])) {
			name = p.T("site.data." + name)
		}
		lines = append(lines, FileLine{Name: name, Href: p.Town.Download(register + f.suffix)})
	}
	return p.Files(lines...)
}

// Files completes lines that have a name and a path, and drops those whose file there is
// not.
func (p *Place) Files(lines ...FileLine) (found []FileLine) {
	for _, f := range lines {
		if size, ok := p.Size(f.Href); ok {
			found = append(found, FileLine{f.Name, p.Top(f.Href), p.Bytes(size)})
		}
	}
	return found
}

// SumLine is a file with its checksum.
type SumLine struct {
	Name, Size, SHA256 string
}

// Sums are the checksums of some files, by their paths from the top of the site.
func (p *Place) Sums(paths ...string) (lines []SumLine) {
	for _, name := range paths {
		if size, ok := p.Size(name); ok {
			lines = append(lines, SumLine{path.Base(name), p.Bytes(size), p.SHA256(name)})
		}
	}
	return lines
}

// RegisterSums are the checksums of all files of a register.
func (p *Place) RegisterSums(register string) (lines []SumLine) {
	for _, f := range registerFiles {
		lines = append(lines, p.Sums(p.Town.Download(register+f.suffix))...)
	}
	return lines
}

// Sources are registers that numbers of a page are counted from, with their files.
func (p *Place) Sources(registers ...string) []RegisterFiles {
	var views []RegisterFiles
	for _, name := range registers {
		if reg := p.Town.Table(name); reg != nil && len(reg.Rows) > 0 {
			views = append(views, RegisterFiles{p.Register(reg), p.Downloads(name)})
		}
	}
	return views
}

// Published says what the data is called, and as of which day it is.
func (e *Edition) Published() string {
	return e.F("site.data.edition", locale.Args{"version": e.DataVersion, "day": e.AsOf(e.Today)})
}

// Citation is how to cite data of the municipality that a page of an edition describes.
func (p *Place) Citation(what, path string) string {
	return p.F("site.data.citation", locale.Args{
		"site": p.Data.Site.Title.In(p.Lang), "place": p.Town.Settings.Name.In(p.Lang), "what": what, "date": p.Date(p.Today),
		"address": p.Data.Site.BaseURL + p.Lang.String() + "/" + path, "version": p.DataVersion,
	})
}
