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
	zip  *zip.Reader
	left int64 // bytes that may still be unpacked: a small ZIP can hold gigabytes of zeros
}

// Faults of an archive that a caller tells apart. Any other error says that it is damaged.
var (
	errTooLarge = errors.New("sheet: it unpacks to more than is read")
	errLocked   = errors.New("sheet: it is encrypted")
)

// readArchive reads a workbook by what is in it, since the ending of a name may be wrong.
func readArchive(f *source.File) (*Book, diag.List) {
	z, err := zip.NewReader(bytes.NewReader(f.Data), int64(len(f.Data)))
	if err != nil {
		return nil, refuse(f, diag.SheetDamaged, diag.Args{"why": ""})
	}
	a := &archive{zip: z, left: unpacked}
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
	case errors.Is(err, errTooLarge):
		return nil, refuse(f, diag.OverLimit, diag.Args{"what": diag.Phrase("limit.file-size"), "have": "", "limit": unpacked >> 10, "key": ""})
	case err != nil:
		return nil, refuse(f, diag.SheetDamaged, diag.Args{"why": ""})
	}
	return book, nil
}

// unpacked is how many bytes a workbook may have. XML takes some ten times as much as its cells.
const unpacked = 4 * limits.Total

// has tells whether the archive has a file.
func (a *archive) has(name string) bool {
	for _, f := range a.zip.File {
		if f.Name == name {
			return true
		}
	}
	return false
}

// open opens a file of the archive. Programs differ in the case of letters and in a slash at the
// beginning.
func (a *archive) open(name string) (io.ReadCloser, error) {
	for _, f := range a.zip.File {
		if strings.EqualFold(strings.TrimPrefix(f.Name, "/"), strings.TrimPrefix(name, "/")) {
			r, err := f.Open()
			if err != nil {
				return nil, fmt.Errorf("sheet: %w", err)
			}
			return &metered{r, a}, nil
		}
	}
	return nil, fmt.Errorf("sheet: %s is missing", name)
}

// metered counts what is unpacked.
type metered struct {
	io.ReadCloser
	archive *archive
}

func (m *metered) Read(p []byte) (int, error) {
	n, err := m.ReadCloser.Read(p)
	if m.archive.left -= int64(n); m.archive.left < 0 {
		return 0, errTooLarge
	}
	return n, err
}

// walk calls the functions with the elements of an XML file and with its text, until end is called
// with the last. A function may be nil.
func (a *archive) walk(name string, start func(xml.StartElement), end func(local string), text func(string)) error {
	r, err := a.open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	d := xml.NewDecoder(r)
	d.Strict = true
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("sheet: %s: %w", name, err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			start(t)
		case xml.EndElement:
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
