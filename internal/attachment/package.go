package attachment

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/limits"
)

// openXML is a kind of office document by ISO/IEC 29500 (Word, Excel, PowerPoint): an archive
// whose file [Content_Types].xml gives the type of each part. The last part of the type of the
// main part says what the document is.
func openXML(main string) *Kind {
	media := "application/vnd.openxmlformats-officedocument." + main
	return &Kind{Media: media, begins: "application/zip", traces: (*notes).office, whole: archived(func(files map[string]*zip.File, work *int64) (*diag.Diagnostic, error) {
		if files["[content_types].xml"] == nil {
			return unfit(kind), nil
		}
		types, _, err := parts(files["[content_types].xml"], work)
		if err != nil {
			return unfit(damaged), nil
		}
		is := false
		for _, t := range types {
			for _, word := range []string{"macro", "vba", "activex", "oleobject"} {
				if strings.Contains(strings.ToLower(t), word) {
					return active(t), nil
				}
			}
			is = is || t == media+".main+xml"
		}
		if !is {
			return unfit(kind), nil
		}
		for name, f := range files {
			if !slices.Contains(endingsOfParts, path.Ext(name)) && !strings.Contains(name, "printersettings/") {
				return active(f.Name), nil
			}
		}
		return nil, nil
	})}
}

// How many times a byte counts as work that takes as long as to search several.
const (
	weightXML   = 16 // read element by element
	weightList  = 8  // of the list of files in an archive
	weightValue = 8  // of a note, whose spaces are put right
	weightName  = 64 // of what may be the name of a person, which package privacy looks at
)

// endingsOfParts are the endings that parts of a document may have, whatever their types say: texts,
// pictures, fonts, and the sheet behind a chart. Macros, controls and foreign objects are in
// files that end in .bin; printer settings are too, and do no harm.
var endingsOfParts = []string{
	".xml", ".rels", ".vml", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".svg", ".wdp",
	".odttf", ".ttf", ".fntdata", ".xlsx", ".docx", ".pptx",
}

// parts reads the types of the parts of a document by ISO/IEC 29500-2 or, from its manifest, by
// ISO/IEC 26300-3. The manifest also says whether a part is encrypted.
func parts(f *zip.File, work *int64) (types []string, locked bool, err error) {
	r, err := f.Open()
	if err != nil {
		return nil, false, err
	}
	defer r.Close()
	d := xml.NewDecoder(io.LimitReader(r, limits.Settings))
	defer func() { *work += weightXML * d.InputOffset() }()
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return types, locked, nil
		}
		if err != nil {
			return nil, false, err
		}
		if start, ok := token.(xml.StartElement); ok {
			locked = locked || start.Name.Local == "encryption-data"
			for _, a := range start.Attr {
				if a.Name.Local == "ContentType" || a.Name.Local == "media-type" {
					types = append(types, a.Value)
				}
			}
		}
	}
}

// openDocument is a kind of office document by ISO/IEC 26300 (LibreOffice): an archive whose
// file mimetype says what it is, and which keeps macros in the folders Basic and Scripts.
func openDocument(what string) *Kind {
	media := "application/vnd.oasis.opendocument." + what
	return &Kind{Media: media, begins: "application/zip", traces: (*notes).office, whole: archived(func(files map[string]*zip.File, work *int64) (*diag.Diagnostic, error) {
		f := files["mimetype"]
		if f == nil {
			return unfit(kind), nil
		}
		r, err := f.Open()
		if err != nil {
			return unfit(damaged), nil
		}
		defer r.Close()
		if said, err := io.ReadAll(io.LimitReader(r, 100)); err != nil {
			return unfit(damaged), nil
		} else if string(said) != media {
			return unfit(kind), nil
		}
		for name := range files {
			if within := "/" + name; strings.Contains(within, "/basic/") || strings.Contains(within, "/scripts/") {
				return active(files[name].Name), nil
			}
		}
		manifest := files["meta-inf/manifest.xml"]
		if manifest == nil {
			return nil, nil
		}
		types, locked, err := parts(manifest, work)
		if err != nil {
			return unfit(damaged), nil
		}
		for _, t := range types {
			if strings.Contains(strings.ToLower(t), "oleobject") {
				return active(t), nil
			}
		}
		if locked {
			return unfit(password), nil
		}
		return nil, nil
	})}
}

// encrypted tells whether a document is an encrypted one of Word, Excel or PowerPoint: a compound
// file (MS-CFB) whose first folder lists the stream EncryptedPackage (MS-OFFCRYPTO).
func encrypted(f io.ReaderAt, head []byte) (bool, error) {
	if len(head) < 52 {
		return false, nil
	}
	size := int64(1) << min(binary.LittleEndian.Uint16(head[30:]), 12)
	folder := make([]byte, size)
	n, err := f.ReadAt(folder, (int64(binary.LittleEndian.Uint32(head[48:]))+1)*size)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	name := []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")
	return bytes.Contains(folder[:n], name), err
}

// archived is a check of the files in an archive by their names in small letters: office
// programs do not tell capitals from small letters. Of two files with one name the programs may
// read either, so a document with such names is taken for damaged.
func archived(judge func(files map[string]*zip.File, work *int64) (*diag.Diagnostic, error)) check {
	return func(f io.ReaderAt, size int64, work *int64) (*diag.Diagnostic, error) {
		bounded := &boundedReader{f, limits.Archive}
		archive, err := zip.NewReader(bounded, size)
		*work += weightList * int64(limits.Archive-bounded.left)
		switch {
		case bounded.left < 0:
			return tooMuch("archive", 0, limits.Archive), nil
		case err != nil:
			return unfit(damaged), nil
		}
		files := map[string]*zip.File{}
		for _, file := range archive.File {
			if strings.HasSuffix(file.Name, "/") {
				continue // a folder
			}
			name := strings.ToLower(path.Clean(strings.ReplaceAll(file.Name, `\`, "/")))
			if files[name] != nil {
				return unfit(damaged), nil
			}
			files[name] = file
		}
		bounded.left = limits.Document
		return judge(files, work)
	}
}

// boundedReader reads from a document until it has read a number of bytes.
type boundedReader struct {
	io.ReaderAt
	left int
}

func (r *boundedReader) ReadAt(p []byte, off int64) (int, error) {
	if r.left -= len(p); r.left < 0 {
		return 0, &limits.Exceeded{What: "archive", Limit: limits.Archive}
	}
	return r.ReaderAt.ReadAt(p, off)
}
