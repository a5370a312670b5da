package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/limits"
	"achyk/internal/source"
)

// archive is a spreadsheet that is a ZIP of XML files.
type archive struct {
	files map[string]*zip.File // by their names as key makes them
	tally *tally
}

// key is how files of an archive are found: programs differ in the case of letters and in a slash at
// the beginning.
func key(name string) string { return strings.ToLower(strings.TrimPrefix(name, "/")) }

// errLocked is the fault of an archive that is encrypted. One that its tally refuses has its own, and any
// other error says that the archive is damaged.
var errLocked = errors.New("sheet: it is encrypted")

// readArchive reads a workbook by what is in it, since the ending of a name may be wrong.
func readArchive(f *source.File) (*Book, diag.List) {
	z, err := zip.NewReader(bytes.NewReader(f.Data), int64(len(f.Data)))
	if err != nil {
		return nil, refuse(f, diag.SheetDamaged, diag.Args{"why": ""})
	}
	a := &archive{files: map[string]*zip.File{}, tally: newTally()}
	for _, file := range z.File {
		if _, twice := a.files[key(file.Name)]; !twice {
			a.files[key(file.Name)] = file
		}
	}
	book := &Book{}
	switch {
	case a.has("xl/workbook.xml"):
		book.Form = XLSX
		book.Sheets, err = a.xlsx()
	case a.has("content.xml"):
		book.Form = ODS
		book.Sheets, err = a.ods()
	default:
		return nil, refuse(f, diag.SheetForm, diag.Args{"value": strings.ToUpper(strings.TrimPrefix(path.Ext(f.Path), "."))})
	}
	switch {
	case errors.Is(err, errLocked):
		return nil, refuse(f, diag.SheetLocked, diag.Args{})
	case a.tally.fault != nil:
		return nil, a.tally.refused(f)
	case err != nil:
		return nil, refuse(f, diag.SheetDamaged, diag.Args{"why": ""})
	}
	return book, nil
}

// has tells whether the archive has a file.
func (a *archive) has(name string) bool { return a.files[key(name)] != nil }

// open opens a file of the archive.
func (a *archive) open(name string) (*metered, error) {
	f := a.files[key(name)]
	if f == nil {
		return nil, fmt.Errorf("sheet: %s is missing", name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("sheet: %w", err)
	}
	return &metered{r, a.tally, 0}, nil
}

// metered counts what is unpacked.
type metered struct {
	io.ReadCloser
	tally *tally
	token int // bytes since the last token of XML, which may have millions of attributes
}

func (m *metered) Read(p []byte) (int, error) {
	n, err := m.ReadCloser.Read(p)
	m.token += n
	if !m.tally.spend("unpacked", n, limits.Unpacked) || m.token > limits.Token && !m.tally.exceed("row", limits.Token) {
		return 0, errRefused
	}
	return n, err
}

// walk calls the functions with the elements of an XML file and with its text, until end is called
// with the last. A function may be nil. Marks that are not closed are an error: what a damaged file has lost would
// be taken for empty.
func (a *archive) walk(name string, start func(xml.StartElement), end func(local string), text func(string)) error {
	r, err := a.open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	d := xml.NewDecoder(r)
	d.Strict = true
	depth := 0
	for {
		r.token = 0
		t, err := d.RawToken()
		if a.tally.fault != nil {
			return errRefused
		}
		if errors.Is(err, io.EOF) && depth == 0 {
			return nil
		}
		if err != nil {
			return fmt.Errorf("sheet: %s: %w", name, err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			depth++
			start(t)
		case xml.EndElement:
			if depth--; depth < 0 {
				return fmt.Errorf("sheet: %s: </%s> closes nothing", name, t.Name.Local)
			}
			if end != nil {
				end(t.Name.Local)
			}
		case xml.CharData:
			if text != nil {
				text(string(t))
			}
		}
	}
}

// attribute returns an attribute of an element by its name without a prefix.
func attribute(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}
