package page

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"achyk/internal/files"
	"achyk/internal/locale"
	"achyk/internal/papers"
)

// File returns a link to a document of the municipality, by its path in
// content/<municipality>/files: to the page with its text if it has one, else to the file. Of a PDF
// it says how many pages it has.
func (p *Place) File(name string) Value {
	if name == "" {
		return Value{Empty: true}
	}
	size := p.Data.Files[p.Town.Document(name)]
	v := Value{Text: Own(path.Base(name)), Href: p.FromTop(p.Town.FileAddress(name)), Size: p.kindAndSize(name, size)}
	if p.Town.Readable(name, size) {
		v.Href = p.To(p.Town.PaperPath(name))
	}
	return v
}

// Paper returns a link to a document of the municipality as a file to download.
func (p *Place) Paper(name string) FileLine {
	return FileLine{path.Base(name), p.FromTop(p.Town.FileAddress(name)), p.kindAndSize(name, p.Data.Files[p.Town.Document(name)])}
}

// kindAndSize says of which kind a document is, how many pages it has if that is known, and how large it is as it
// is published.
func (p *Place) kindAndSize(name string, size int64) string {
	facts := p.Papers.Of(p.Town.Document(name))
	parts := []string{strings.ToUpper(strings.TrimPrefix(path.Ext(name), "."))}
	if facts.Pages > 0 {
		parts = append(parts, p.N("site.size.pages", facts.Pages))
	}
	if facts.Original != "" {
		sum, _ := p.Files.At(papers.Path(p.Town.Document(name))).Sum()
		size = sum.Size
	}
	return strings.TrimSpace(strings.Join(append(parts, p.Bytes(size)), " "))
}

// Bytes writes a number of bytes in MB, KB or B.
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

// RegisterFiles is a register with its files, in which a reader can count the numbers of a page
// again.
type RegisterFiles struct {
	Register Link
	Files    []FileLine
}

// Downloads returns the files of a register that most readers ask for.
func (p *Place) Downloads(register string) (lines []FileLine) {
	for _, e := range p.Files.Of(p.Town.ID, register) {
		if e.Kind.Asked {
			lines = append(lines, p.fileLine(e))
		}
	}
	return lines
}

// MoreDownloads returns the other files of a register.
func (p *Place) MoreDownloads(register string) (lines []FileLine) {
	for _, e := range p.Files.Of(p.Town.ID, register) {
		if !e.Kind.Asked {
			lines = append(lines, p.fileLine(e))
		}
	}
	return lines
}

// WholeFiles returns the files that hold or describe all registers of the municipality, and
// those that describe the whole site.
func (p *Place) WholeFiles() []*files.Entry {
	return slices.SortedStableFunc(slices.Values(slices.Concat(p.Files.Of(p.Town.ID, ""), p.Files.Of("", ""))),
		func(a, b *files.Entry) int { return cmp.Compare(a.Kind.Place, b.Kind.Place) })
}

// FileLines returns links to files.
func (p *Place) FileLines(entries ...*files.Entry) (lines []FileLine) {
	for _, e := range entries {
		lines = append(lines, p.fileLine(e))
	}
	return lines
}

// FileLine returns a link to a file of the index that is in no list, by its path.
func (p *Place) FileLine(name, path string) FileLine {
	line := p.fileLine(p.Files.At(path))
	line.Name = name
	return line
}

// fileLine returns a link to a file. If the file cannot be made, the size is 0; the build fails
// with the error anyway.
func (p *Place) fileLine(e *files.Entry) FileLine {
	sum, _ := e.Sum()
	return FileLine{e.Title.In(p.Lang), p.FromTop(e.Path), p.Bytes(sum.Size)}
}

// ChecksumLine is a file with its checksum.
type ChecksumLine struct {
	Name, Size, SHA256 string
}

// Checksums returns the checksums of files.
func (p *Place) Checksums(entries ...*files.Entry) (lines []ChecksumLine) {
	for _, e := range entries {
		sum, _ := e.Sum()
		lines = append(lines, ChecksumLine{path.Base(e.Path), p.Bytes(sum.Size), sum.SHA256.String()})
	}
	return lines
}

// Sources returns the registers, with their files, from which a page counts its numbers. It
// leaves out empty registers.
func (p *Place) Sources(registers ...string) []RegisterFiles {
	var views []RegisterFiles
	for _, name := range registers {
		if reg := p.Town.Table(name); reg != nil && len(reg.Rows) > 0 {
			views = append(views, RegisterFiles{p.Register(reg), p.Downloads(name)})
		}
	}
	return views
}

// DataEdition says the version of the data and its day.
func (e *Edition) DataEdition() string {
	return e.F("site.data.edition", locale.Args{"version": e.DataVersion, "day": e.AsOf(e.Today)})
}

// Citation says how to cite the data of the municipality that the page at path describes. The phrase names the data: of
// a record its kind and its title, each marked with its language.
func (p *Place) Citation(path string, what ...Text) []Text {
	const here = "\x00" // stands for the data in the sentence
	said := p.F("site.data.citation", locale.Args{
		"site": p.Data.Site.Title.In(p.Lang), "place": p.TownName(), "what": here, "date": p.Date(p.Today),
		"address": p.Data.Site.BaseURL + p.Lang.String() + "/" + path, "version": p.DataVersion,
	})
	before, after, _ := strings.Cut(said, here)
	all := []Text{{Text: before}}
	for i, part := range what {
		if i > 0 {
			all = append(all, Text{Text: " — "})
		}
		part.Text = strings.TrimSuffix(Clip(part.Text, longestCited), ".")
		all = append(all, part)
	}
	return append(all, Text{Text: after})
}

// longestCited is how many characters of a title a citation has.
const longestCited = 200
