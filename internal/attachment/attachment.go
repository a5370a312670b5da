// Package attachment judges the documents that a municipality publishes as they are: minutes,
// tables, scans, photos, drawings, recordings. Anyone can propose one, and it is published at
// the address of the site. A document that runs there could change what pages say, so only
// kinds that run nothing are published, and a document must be of the kind that its name says:
//
//   - Its ending is in the list of kinds. Web servers choose the content type by the ending.
//   - Its content is of that kind: browsers recognise a kind by the first bytes where a server
//     gives no content type.
//   - An office document has no macros, controls or embedded programs (package.go).
//   - A drawing has shapes and text only (drawing.go).
//
// Programs note in a document who made it, and cameras where they were; those who
// write one leave comments in it. Traces reads this (traces.go, remains.go).
//
// A document is judged as it is. Package papers publishes a picture without the notes in it, all else byte for byte.
package attachment

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/transform"

	"achyk/internal/diag"
	"achyk/internal/limits"
)

// Kind is a kind of document that is published.
type Kind struct {
	Media   string // media type
	Image   bool   // pages show it as a picture
	Drawing bool   // it is read from its beginning to its end, element by element

	begins string                                          // the media type that is recognised by the first bytes; empty if whole judges them
	whole  check                                           // looks at more than the first bytes; may be nil
	traces func(n *notes, f io.ReaderAt, size int64) error // reads who made it; nil if its kind does not say
}

// check judges the content of a document whose first bytes fit, and adds to the work what it takes to.
type check func(f io.ReaderAt, size int64, work *int64) (*diag.Diagnostic, error)

// kinds are the kinds by the ending of the name.
var kinds = map[string]*Kind{
	".pdf":  {Media: "application/pdf", begins: "application/pdf", whole: pdf, traces: (*notes).pdf},
	".txt":  {Media: "text/plain; charset=utf-8", begins: "text/plain", whole: plain},
	".csv":  {Media: "text/csv; charset=utf-8", begins: "text/plain", whole: plain},
	".docx": openXML("wordprocessingml.document"),
	".xlsx": openXML("spreadsheetml.sheet"),
	".pptx": openXML("presentationml.presentation"),
	".odt":  openDocument("text"),
	".ods":  openDocument("spreadsheet"),
	".odp":  openDocument("presentation"),
	".jpg":  {Media: "image/jpeg", Image: true, begins: "image/jpeg", traces: (*notes).jpeg},
	".jpeg": {Media: "image/jpeg", Image: true, begins: "image/jpeg", traces: (*notes).jpeg},
	".png":  {Media: "image/png", Image: true, begins: "image/png", traces: (*notes).png},
	".webp": {Media: "image/webp", Image: true, begins: "image/webp", traces: (*notes).webp},
	".gif":  {Media: "image/gif", Image: true, begins: "image/gif"},
	".svg":  {Media: "image/svg+xml", Image: true, Drawing: true, whole: drawing},
	".mp3":  {Media: "audio/mpeg", begins: "audio/mpeg"},
	".ogg":  {Media: "audio/ogg", begins: "application/ogg"},
	".m4a":  {Media: "audio/mp4", begins: "video/mp4", traces: (*notes).movie},
	".mp4":  {Media: "video/mp4", begins: "video/mp4", traces: (*notes).movie},
	".webm": {Media: "video/webm", begins: "video/webm"},
}

// Of returns the kind of a document by its name. The ending may be in capitals, as cameras
// write it. It returns false if no document with this ending is published.
func Of(name string) (*Kind, bool) {
	k, ok := kinds[strings.ToLower(path.Ext(name))]
	return k, ok
}

// endings are the endings of the kinds, in order.
var endings = func() (all []string) {
	for ending := range kinds {
		all = append(all, ending)
	}
	slices.Sort(all)
	return all
}()

// A Reader reads one document after another and counts what that takes. A few kilobytes of an office document
// or a PDF unpack to megabytes, so what a file weighs does not tell.
type Reader struct {
	Work int64 // the bytes that were looked through, unpacked; what is slower than to search for words counts several times
}

// Judge judges a document by its path and content. It returns nil if it can be published. The
// error is that of reading it.
func Judge(name string, f io.ReaderAt, size int64) (*diag.Diagnostic, error) {
	return new(Reader).Judge(name, f, size)
}

// Judge judges a document as the function Judge does.
func (r *Reader) Judge(name string, f io.ReaderAt, size int64) (*diag.Diagnostic, error) {
	d, err := r.judge(name, f, size)
	switch {
	case d == nil:
	case d.File != nil:
		d.File.Path = name
	default:
		d.Path = name
	}
	return d, err
}

func (r *Reader) judge(name string, f io.ReaderAt, size int64) (*diag.Diagnostic, error) {
	head := make([]byte, min(size, 3072)) // package mimetype looks at no more
	if _, err := f.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if d := Foreign(name, head); d != nil {
		return d, nil
	}
	k, ok := Of(name)
	if !ok {
		return &diag.Diagnostic{Code: diag.DocumentKind, Value: path.Base(name), Args: diag.Args{"value": path.Base(name), "words": endings}}, nil
	}
	var d *diag.Diagnostic
	var err error
	switch {
	case size == 0:
		d = unfit(empty)
	case k.begins != "" && !is(head, k.begins):
		d, err = unlike(k, f, head)
	case k.whole != nil:
		d, err = k.whole(f, size, &r.Work)
	}
	if d == nil && err == nil && k.Image && size > limits.Photo {
		d = tooMuch("photo", int(size+1023)>>10, limits.Photo>>10)
	}
	if d != nil && d.Code == diag.DocumentContent {
		d.Value = strings.ToLower(path.Ext(name))
		d.Args["value"] = d.Value
	}
	return d, err
}

// is tells whether content that begins so is of a media type or of a kind of it.
func is(head []byte, media string) bool {
	for m := sniff(head); m != nil; m = m.Parent() {
		if m.Is(media) {
			return true
		}
	}
	return false
}

// unlike says what the first bytes of a document are that are not of its kind.
func unlike(k *Kind, f io.ReaderAt, head []byte) (*diag.Diagnostic, error) {
	switch found := sniff(head); {
	case found.Is("application/x-ole-storage") || found.Parent() != nil && found.Parent().Is("application/x-ole-storage"):
		locked, err := encrypted(f, head)
		if locked {
			return unfit(password), err
		}
		return unfit(old), err
	case k.begins == "text/plain" && !utf8.Valid(head) && !bytes.ContainsRune(head, 0):
		return unfit(encoded), nil
	case found.Is("application/octet-stream"): // of no kind that is known
		return unfit(kind), nil
	default:
		d := unfit(kind)
		d.Args["have"], _, _ = strings.Cut(found.String(), ";")
		return d, nil
	}
}

// pdf judges a PDF. Package mimetype lets other things stand before its beginning, as readers
// of PDF do.
func pdf(f io.ReaderAt, _ int64, _ *int64) (*diag.Diagnostic, error) {
	var begin [5]byte
	if _, err := f.ReadAt(begin[:], 0); err != nil || string(begin[:]) != "%PDF-" {
		return unfit(damaged), err
	}
	return nil, nil
}

// plain judges a text. In another encoding than UTF-8 readers would not see its letters. What
// begins like markup, some browsers take for a page where a server gives no content type.
func plain(f io.ReaderAt, size int64, _ *int64) (*diag.Diagnostic, error) {
	r := bufio.NewReader(transform.NewReader(io.NewSectionReader(f, 0, size), encoding.UTF8Validator))
	first, _, err := r.ReadRune()
	for err == nil && (unicode.IsSpace(first) || first == '\ufeff') {
		first, _, err = r.ReadRune()
	}
	if err == nil {
		_, err = io.Copy(io.Discard, r)
	}
	switch {
	case errors.Is(err, encoding.ErrInvalidUTF8):
		return unfit(encoded), nil
	case errors.Is(err, io.EOF):
		return unfit(empty), nil
	case first == '<':
		return unfit(markup), nil
	}
	return nil, err
}

// Why content is not of the kind that the name says. The messages are
// "diagnostics.content.<why>.what" and ".mend".
const (
	empty    = "empty"
	kind     = "kind" // it is of another kind
	password = "password"
	old      = "old"      // a format of Office before 2007
	encoded  = "encoding" // not in UTF-8
	markup   = "markup"   // it begins like a web page
	damaged  = "damaged"
)

// unfit says why content is not of the kind that the name says; judge adds the ending.
func unfit(why string) *diag.Diagnostic {
	message := "content." + why
	return &diag.Diagnostic{Code: diag.DocumentContent, Args: diag.Args{"what": diag.Phrase(message + ".what"), "mend": diag.Phrase(message + ".mend"), "have": ""}}
}

// active says that a document holds what can run.
func active(what string) *diag.Diagnostic {
	return &diag.Diagnostic{Code: diag.DocumentActive, Value: what, Args: diag.Args{"value": what}}
}

// tooMuch says that a document exceeds a limit. have is 0 if it was not counted to its end.
func tooMuch(what string, have, limit int) *diag.Diagnostic {
	args := diag.Args{"what": diag.Phrase("limit." + what), "have": have, "limit": limit, "key": ""}
	if have == 0 {
		args["have"] = ""
	}
	return &diag.Diagnostic{Code: diag.OverLimit, Args: args}
}
