package attachment

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"

	"achyk/internal/limits"
)

// This file finds what those who write an office document leave in it, and readers can open: comments,
// changes that were tracked with their authors and deleted words, hidden sheets, photos with a place. It counts
// elements by their names, whatever their prefixes: no text holds "<", and a document may be large.

// remain is a kind of elements that are counted in some parts of a document.
type remain struct {
	part     *regexp.Regexp
	what     What
	elements []string // without prefixes
}

// remains are the parts of an office document, by their names in small letters, and the elements in them that are
// counted. The names are those of ISO/IEC 29500-1 and 26300-1, and of the comments that Word and Excel write.
var remains = []remain{
	{part(`word/comments`), Comments, []string{"comment"}},
	{part(`xl/(?:comments/)?comments?\d*`), Comments, []string{"comment"}},
	{part(`ppt/comments/[^/]*`), Comments, []string{"cm"}},
	{part(`content`), Comments, []string{"annotation"}},
	{part(`word/(?:document|header\d*|footer\d*|footnotes|endnotes)`), Changes, []string{"ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange"}},
	{part(`xl/revisions/revisionlog\d*`), Changes, []string{"rcc", "rrc", "rm", "ris"}},
	{part(`content`), Changes, []string{"changed-region", "cell-content-change"}},
	{part(`xl/workbook`), Hidden, []string{"sheet"}},
	{part(`content`), Hidden, []string{"table-properties"}},
}

func part(name string) *regexp.Regexp { return regexp.MustCompile(`^` + name + `\.xml$`) }

// hiding are the attributes by which a sheet is hidden.
var hiding = [][]byte{[]byte(`state="hidden"`), []byte(`state="veryHidden"`), []byte(`table:display="false"`)}

// counted returns what the elements of a part mean, by their names.
func counted(part string) map[string]What {
	if path.Ext(part) != ".xml" { // most are pictures, and a document may have thousands
		return nil
	}
	means := map[string]What{}
	for _, r := range remains {
		if r.part.MatchString(part) {
			for _, element := range r.elements {
				means[element] = r.what
			}
		}
	}
	return means
}

// count counts the elements of a part by what they mean. It goes through it once and keeps nothing: an
// element may have three letters, and a part millions of them.
func count(data []byte, means map[string]What, found map[What]int) {
	longest := 0
	for element := range means {
		longest = max(longest, len(element))
	}
	for {
		i := bytes.IndexByte(data, '<')
		if i < 0 {
			return
		}
		data = data[i+1:]
		begin, end := 0, 0
		for end < len(data) && !ends[data[end]] {
			if end++; data[end-1] == ':' && begin == 0 {
				begin = end
			}
		}
		name := data[begin:end]
		data = data[end:]
		if len(data) == 0 || data[0] == '<' || len(name) < 2 || len(name) > longest {
			continue
		}
		if what, known := means[string(name)]; known && (what != Hidden || hides(data)) {
			found[what]++
		}
	}
}

// ends are the characters that end the name of an element, and the one that begins the next.
var ends = [256]bool{' ': true, '\t': true, '\r': true, '\n': true, '\f': true, '/': true, '>': true, '<': true}

// hides tells whether the attributes of an element hide a sheet. The text begins with them.
func hides(text []byte) bool {
	end := bytes.IndexAny(text, "<>")
	return end > 0 && slices.ContainsFunc(hiding, func(a []byte) bool { return bytes.Contains(text[:end], a) })
}

// pictureHead is how many bytes of a picture in an office document are looked at: cameras write their notes first.
const pictureHead = 256 << 10

// window is how many bytes are unpacked at once, even if only the first are looked at.
const window = 32 << 10

// cameras read the notes of pictures, by the endings of their names.
var cameras = map[string]func(n *notes, f io.ReaderAt, size int64) error{
	".jpg": (*notes).jpeg, ".jpeg": (*notes).jpeg, ".png": (*notes).png, ".webp": (*notes).webp,
}

// remains counts what was left in an office document.
func (n *notes) remains(files map[string]*zip.File) {
	left, found := int64(limits.Remains), map[What]int{}
	var b bytes.Buffer // for one part after another
	for _, name := range slices.Sorted(maps.Keys(files)) {
		look, means := cameras[path.Ext(name)], counted(name)
		if look == nil && len(means) == 0 || left <= 0 || n.enough() {
			continue
		}
		r, err := files[name].Open()
		if err != nil {
			continue // what is wrong with it, Judge says
		}
		b.Reset()
		if part := (&unpacked{r, &b}); look != nil {
			of := notes{work: n.work}
			look(&of, part, min(left, pictureHead)) // it ends where the head ends
			n.work = of.work
			if slices.ContainsFunc(of.all, func(t Trace) bool { return t.What != Author }) {
				found[Picture]++
			}
		} else {
			part.unpack(left)
			count(b.Bytes(), means, found)
		}
		r.Close()
		left -= int64(b.Len())
		n.work += max(int64(b.Len()), min(int64(files[name].CompressedSize64), window)) + 1000
	}
	for _, what := range []What{Comments, Changes, Hidden, Picture} {
		if found[what] > 0 {
			n.add(what, strconv.Itoa(found[what]))
		}
	}
}

// unpacked is the beginning of a part of a document, which is unpacked as far as it is looked at.
type unpacked struct {
	from io.Reader
	*bytes.Buffer
}

// unpack unpacks a part up to a place. What is wrong with it, Judge says.
func (u *unpacked) unpack(to int64) {
	u.ReadFrom(io.LimitReader(u.from, to-int64(u.Len())))
}

// ReadAt reads no more than the head of a picture.
func (u *unpacked) ReadAt(p []byte, at int64) (int, error) {
	u.unpack(min(at+int64(len(p)), pictureHead))
	if at >= int64(u.Len()) {
		return 0, io.EOF
	}
	k := copy(p, u.Bytes()[at:])
	if k < len(p) {
		return k, io.EOF
	}
	return k, nil
}

// movie reads where a recording was made, which is noted in the user data or metadata of its first box
// (ISO/IEC 14496-12; the names of the notes are those of Apple's QuickTime and of 3GPP TS 26.244).
func (n *notes) movie(f io.ReaderAt, size int64) error { return n.boxes(f, 0, size, "moov") }

// boxes looks through the boxes of a part of a recording, and through those in the box inner.
func (n *notes) boxes(f io.ReaderAt, at, end int64, inner string) error {
	for range mostParts {
		head, err := piece(f, at, min(16, end-at))
		if len(head) < 8 {
			return err
		}
		length, begin := int64(binary.BigEndian.Uint32(head)), at+8
		switch {
		case length == 0: // up to the end
			length = end - at
		case length == 1 && len(head) == 16:
			length, begin = int64(binary.BigEndian.Uint64(head[8:])), at+16
		}
		if length < begin-at || length > end-at {
			return nil
		}
		switch kind := string(head[4:8]); kind {
		case inner:
			if err := n.boxes(f, begin, at+length, ""); err != nil {
				return err
			}
		case "udta", "meta":
			data, err := piece(f, begin, at+length-begin)
			if err != nil {
				return err
			}
			if bytes.Contains(data, []byte("\xa9xyz")) || bytes.Contains(data, []byte("loci")) || bytes.Contains(data, []byte("location.ISO6709")) {
				n.add(Place, "")
			}
		}
		at += length
	}
	return nil
}
