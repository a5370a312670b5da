// Package papers publishes the documents that municipalities keep in content/<municipality>/files, and tells pages
// what they say of one beside its link.
//
//   - A picture is published without the notes of cameras and programs (package photo). Where the copy has other
//     bytes than the repository, [Facts] has the SHA-256 of the original, and so has the file [OriginalsPath], in
//     the form of sha256sum. Every other document is published byte for byte.
//   - Each picture has a thumbnail, a file of the index. It is empty if no thumbnail can be made: a damaged
//     photo makes no build fail, and no page shows an empty file.
//   - A drawing is its own thumbnail. Package attachment lets none be published that could do harm.
//   - A text of at most [MostText] bytes can be read on a page.
//   - The pages of a PDF are counted (pdf.go).
//
// A document is read when a page or a file first needs it, and what was found out is kept.
package papers

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"achyk/internal/attachment"
	"achyk/internal/files"
	"achyk/internal/jme"
	"achyk/internal/photo"
)

// OriginalsPath is the path of the file with the checksums of pictures as they are in the repository, where the
// published copy is another.
const OriginalsPath = "files/originals.sha256"

// MostText is how many bytes a text has at most that is shown on a page. A longer one is a file to download.
const MostText = 100 << 10

// Papers are the documents of a site.
type Papers struct {
	fsys  fs.FS
	names []string         // in the repository, in order
	facts map[string]facts // by name
}

// facts finds out about a document when it is first called.
type facts func() (Facts, error)

// Facts is what a page says of a document.
type Facts struct {
	Size     image.Point // of a picture in points, as it is published; zero if it cannot be read
	Pages    int         // of a PDF; 0 if they cannot be counted
	Original string      // the SHA-256 of a picture in the repository; empty if that is published as it is
}

// New returns the documents of a site.
func New(fsys fs.FS, data *jme.Dataset) *Papers {
	x := &Papers{fsys: fsys, names: slices.Sorted(maps.Keys(data.Files)), facts: map[string]facts{}}
	for _, name := range x.names {
		x.facts[name] = sync.OnceValues(func() (Facts, error) { return x.look(name) })
	}
	return x
}

// Of returns what a page says of a document, by its name in the repository. It is nothing if the document cannot be
// read; the build fails with that error anyway.
func (x *Papers) Of(name string) (f Facts) {
	if find := x.facts[name]; find != nil {
		f, _ = find()
	}
	return f
}

// Text returns the text of a document.
func (x *Papers) Text(name string) (string, error) {
	data, err := fs.ReadFile(x.fsys, name)
	return strings.TrimPrefix(string(data), "\ufeff"), err
}

// Files returns the files that are published: documents, thumbnails and, if a copy has other bytes, the list of
// originals.
func (x *Papers) Files() (all []files.File) {
	altered := false
	for _, name := range x.names {
		all = append(all, files.File{Path: Path(name), Write: func(w io.Writer) error { return x.write(w, name, photo.Clean) }})
		if kind, ok := attachment.Of(name); ok && kind.Image && !kind.Drawing {
			altered = altered || x.altered(name)
			all = append(all, files.File{Path: SmallPath(name), Write: func(w io.Writer) error { return x.write(w, name, small) }})
		}
	}
	if altered {
		all = append(all, files.File{Path: OriginalsPath, Write: x.originals})
	}
	return all
}

// altered tells whether the copy of a picture has other bytes. A picture that cannot be read makes the build fail anyway.
func (x *Papers) altered(name string) bool {
	data, _ := fs.ReadFile(x.fsys, name)
	return photo.Altered(name, data)
}

// Path returns the path on the site of a document of the repository.
func Path(name string) string {
	municipality, file, _ := strings.Cut(strings.TrimPrefix(name, "content/"), "/files/")
	return "files/" + municipality + "/" + file
}

// SmallPath returns the path on the site of the thumbnail of a picture.
func SmallPath(name string) string {
	return "thumbnails" + strings.TrimPrefix(Path(name), "files") + ".jpg"
}

// write writes what is made of a document.
func (x *Papers) write(w io.Writer, name string, made func(name string, data []byte) []byte) error {
	data, err := fs.ReadFile(x.fsys, name)
	if err != nil {
		return err
	}
	_, err = w.Write(made(name, data))
	return err
}

// small returns the thumbnail of a picture as it is published.
func small(name string, data []byte) []byte { return photo.Small(name, photo.Clean(name, data)) }

// originals writes the checksums of pictures whose copies have other bytes.
func (x *Papers) originals(w io.Writer) error {
	for _, name := range x.names {
		f, err := x.facts[name]()
		if err == nil && f.Original != "" {
			_, err = fmt.Fprintf(w, "%s  %s\n", f.Original, strings.TrimPrefix(Path(name), "files/"))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// look finds out about a document.
func (x *Papers) look(name string) (f Facts, err error) {
	kind, known := attachment.Of(name)
	isPDF := strings.EqualFold(path.Ext(name), ".pdf")
	if !known || !kind.Image && !isPDF {
		return f, nil
	}
	data, err := fs.ReadFile(x.fsys, name)
	switch {
	case err != nil:
	case isPDF:
		f.Pages = pages(data)
	case kind.Drawing:
		f.Size = drawn(data)
	default:
		copied := photo.Clean(name, data)
		if config, _, err := image.DecodeConfig(bytes.NewReader(copied)); err == nil {
			f.Size = image.Pt(config.Width, config.Height)
		}
		if !bytes.Equal(copied, data) {
			sum := sha256.Sum256(data)
			f.Original = hex.EncodeToString(sum[:])
		}
	}
	return f, err
}
