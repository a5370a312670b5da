package attachment

import (
	"archive/zip"
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
	return &Kind{Media: media, begins: "application/zip", whole: archived(func(files map[string]*zip.File) (*diag.Diagnostic, error) {
		types, err := partTypes(files["[content_types].xml"])
		if err != nil {
			return damaged, nil
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
			return damaged, nil
		}
		for name, f := range files {
			if !slices.Contains(parts, path.Ext(name)) && !strings.Contains(name, "printersettings/") {
				return active(f.Name), nil
			}
		}
		return nil, nil
	})}
}

// parts are the endings that parts of a document may have, whatever their types say: texts,
// pictures, fonts, and the sheet behind a chart. Macros, controls and foreign objects are in
// files that end in .bin; printer settings are too, and do no harm.
var parts = []string{
	".xml", ".rels", ".vml", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".svg", ".wdp",
	".odttf", ".ttf", ".fntdata", ".xlsx", ".docx", ".pptx",
}

// partTypes reads the types of the parts of a document by ISO/IEC 29500-2 or, from its manifest, by
// ISO/IEC 26300-3.
func partTypes(f *zip.File) (types []string, err error) {
	if f == nil {
		return nil, io.ErrUnexpectedEOF
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	for d := xml.NewDecoder(io.LimitReader(r, limits.Settings)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return types, nil
		}
		if err != nil {
			return nil, err
		}
		if start, ok := token.(xml.StartElement); ok {
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
	return &Kind{Media: media, begins: "application/zip", whole: archived(func(files map[string]*zip.File) (*diag.Diagnostic, error) {
		f := files["mimetype"]
		if f == nil {
			return damaged, nil
		}
		r, err := f.Open()
		if err != nil {
			return damaged, nil
		}
		defer r.Close()
		if said, err := io.ReadAll(io.LimitReader(r, 100)); err != nil || string(said) != media {
			return damaged, nil
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
		types, err := partTypes(manifest)
		if err != nil {
			return damaged, nil
		}
		for _, t := range types {
			if strings.Contains(strings.ToLower(t), "oleobject") {
				return active(t), nil
			}
		}
		return nil, nil
	})}
}

// archived is a check of the files in an archive by their names in small letters: office
// programs do not tell capitals from small letters. Of two files with one name the programs may
// read either, so a document with such names is taken for damaged.
func archived(judge func(files map[string]*zip.File) (*diag.Diagnostic, error)) check {
	return func(f io.ReaderAt, size int64) (*diag.Diagnostic, error) {
		bounded := &boundedReader{f, limits.Archive}
		archive, err := zip.NewReader(bounded, size)
		switch {
		case bounded.left < 0:
			return tooMuch("archive", 0, limits.Archive), nil
		case err != nil:
			return damaged, nil
		}
		files := map[string]*zip.File{}
		for _, file := range archive.File {
			if strings.HasSuffix(file.Name, "/") {
				continue // a folder
			}
			name := strings.ToLower(path.Clean(strings.ReplaceAll(file.Name, `\`, "/")))
			if files[name] != nil {
				return damaged, nil
			}
			files[name] = file
		}
		bounded.left = limits.Archive
		return judge(files)
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
