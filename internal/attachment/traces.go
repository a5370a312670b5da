package attachment

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"

	"achyk/internal/diag"
	"achyk/internal/limits"
)

// Trace is what a program noted in a document about the person who made it, which readers see in the
// document's properties, or what was left in an office document.
type Trace struct {
	What  What
	Value string // the name; empty for a Place
}

// What is a kind of trace.
type What string

// The kinds of traces. The messages are "diagnostics.trace.<what>".
const (
	Place  What = "place"  // where a photo was taken
	Owner  What = "owner"  // of a camera
	Author What = "author" // of a document or picture, or who changed it last

	Comments What = "comments" // in an office document; the value says how many, as of those that follow
	Changes  What = "changes"  // that were tracked, with what was deleted
	Hidden   What = "hidden"   // sheets
	Picture  What = "picture"  // in an office document, with its place or the owner of the camera
)

// Traces returns the traces in a document, each once. It may miss some of a document that is not
// as its format says. If there are more than limits.Traces, it returns one more than these and looks for no others.
// The error is that of reading it.
func Traces(name string, f io.ReaderAt, size int64) ([]Trace, error) {
	return new(Reader).Traces(name, f, size)
}

// Traces returns the traces in a document as the function Traces does. It leaves off as soon as the document
// alone takes more work than limits.Inspected.
func (r *Reader) Traces(name string, f io.ReaderAt, size int64) ([]Trace, error) {
	n, err := read(name, f, size)
	r.Work += n.work
	return n.all, err
}

// Orientation returns how a camera was held, by its note in a photo: 1 if upright or if it noted nothing,
// 2 to 8 as EXIF counts them. The error is that of reading it.
func Orientation(name string, f io.ReaderAt, size int64) (int, error) {
	n, err := read(name, f, size)
	return max(n.orientation, 1), err
}

// read reads what programs and cameras noted in a document.
func read(name string, f io.ReaderAt, size int64) (n notes, err error) {
	if k, ok := Of(name); ok && k.traces != nil {
		err = k.traces(&n, f, size)
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil // the document ends too early
	}
	return n, err
}

// notes collects what programs and cameras noted.
type notes struct {
	all         []Trace
	seen        map[Trace]bool // those in all
	orientation int            // by EXIF; 0 if there is none
	work        int64          // see Reader
}

// enough tells whether nothing more is to be looked for, since the document is refused anyway.
func (n *notes) enough() bool { return len(n.all) > limits.Traces || n.work > limits.Inspected }

func (n *notes) add(what What, value string) {
	n.work += weightValue * int64(len(value))
	value = strings.Join(strings.Fields(strings.Trim(value, "\x00 ")), " ")
	if t := (Trace{what, value}); (value != "" || what == Place) && !n.seen[t] && !n.enough() {
		if n.seen == nil {
			n.seen = map[Trace]bool{}
		}
		n.seen[t], n.all = true, append(n.all, t)
		n.work += weightName * int64(len(value))
	}
}

// properties are the files of an office document that say who made it, and the elements that do.
var (
	properties = []string{"docprops/core.xml", "docprops/app.xml", "meta.xml"}
	makers     = []string{"creator", "lastModifiedBy", "initial-creator", "printed-by", "Manager"}
)

// office reads the properties of an office document, and what was left in it. What is wrong with its archive, Judge says.
func (n *notes) office(f io.ReaderAt, size int64) error {
	_, err := archived(func(files map[string]*zip.File, _ *int64) (*diag.Diagnostic, error) {
		for _, name := range properties {
			if file := files[name]; file != nil {
				if r, err := file.Open(); err == nil {
					n.makers(io.LimitReader(r, limits.Settings))
					r.Close()
				}
			}
		}
		n.remains(files)
		return nil, nil
	})(f, size, &n.work)
	return err
}

// makers reads the elements of an XML file that name people.
func (n *notes) makers(r io.Reader) {
	inside := ""
	d := xml.NewDecoder(r)
	defer func() { n.work += weightXML * d.InputOffset() }()
	for {
		token, err := d.Token()
		if err != nil || n.enough() {
			return
		}
		switch t := token.(type) {
		case xml.StartElement:
			inside = t.Name.Local
		case xml.EndElement:
			inside = ""
		case xml.CharData:
			if slices.Contains(makers, inside) {
				n.add(Author, string(t))
			}
		}
	}
}

var (
	xmpItem  = regexp.MustCompile(`<rdf:li[^>]*>([^<]+)</rdf:li>`)
	xmpOwner = regexp.MustCompile(`:(?:CameraOwnerName|OwnerName)(?:="|>)([^"<]+)`)
)

// xmp reads the metadata that Adobe's programs write as XML.
func (n *notes) xmp(data []byte) {
	for rest := data; !n.enough(); {
		_, after, found := bytes.Cut(rest, []byte("<dc:creator"))
		if !found {
			break
		}
		creator, _, _ := bytes.Cut(after[:min(len(after), 2000)], []byte("</dc:creator>"))
		for _, item := range xmpItem.FindAllSubmatch(creator, 20) {
			n.add(Author, string(item[1]))
		}
		rest = after[len(creator):]
		n.work += weightXML * int64(len(creator))
	}
	if i := bytes.Index(data, []byte("OwnerName")); i > 0 {
		if owner := xmpOwner.FindSubmatch(data[max(0, i-10):min(len(data), i+500)]); owner != nil {
			n.add(Owner, string(owner[1]))
		}
	}
	if bytes.Contains(data, []byte(":GPSLatitude")) {
		n.add(Place, "")
	}
}

// Tags of EXIF.
const (
	tagOrientation = 0x0112
	tagArtist      = 0x013B
	tagExif        = 0x8769
	tagPlace       = 0x8825
	tagXPAuthor    = 0x9C9D // of Windows
	tagOwner       = 0xA430
	tagLatitude    = 2 // among those of the place
)

// exif reads the metadata of cameras (JEITA CP-3451), which are laid out as TIFF.
func (n *notes) exif(data []byte) {
	data = bytes.TrimPrefix(data, []byte("Exif\x00\x00"))
	var order binary.ByteOrder = binary.LittleEndian
	if bytes.HasPrefix(data, []byte("MM")) {
		order = binary.BigEndian
	}
	if len(data) >= 8 {
		n.directory(data, order, order.Uint32(data[4:]), 0)
	}
}

// directory reads a directory of EXIF. within is the tag by which it was found, 0 for the first.
func (n *notes) directory(data []byte, order binary.ByteOrder, at uint32, within uint16) {
	if uint64(at)+2 > uint64(len(data)) {
		return
	}
	entries := data[at+2:]
	for range order.Uint16(data[at:]) {
		if len(entries) < 12 || n.enough() {
			return
		}
		n.work += 12
		tag, count, value := order.Uint16(entries), order.Uint32(entries[4:]), entries[8:12]
		place := order.Uint32(value)
		if entries = entries[12:]; count > 4 && uint64(place)+uint64(count) <= uint64(len(data)) {
			value = data[place : place+count]
		}
		switch tag {
		case tagOrientation:
			if o := int(order.Uint16(value)); within == 0 && o >= 1 && o <= 8 {
				n.orientation = o
			}
		case tagArtist:
			n.add(Author, string(value))
		case tagOwner:
			n.add(Owner, string(value))
		case tagXPAuthor:
			n.add(Author, wide(value, binary.LittleEndian))
		case tagLatitude:
			if within == tagPlace {
				n.add(Place, "")
			}
		case tagExif, tagPlace:
			if within == 0 {
				n.directory(data, order, place, tag)
			}
		}
	}
}

// wide decodes UTF-16.
func wide(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return string(utf16.Decode(units))
}
