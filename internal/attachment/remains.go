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
	part, element *regexp.Regexp
	what          What
}

// remains are the parts of an office document, by their names in small letters, and the elements in them that are
// counted. The names are those of ISO/IEC 29500-1 and 26300-1, and of the comments that Word and Excel write.
var remains = []remain{
	{part(`word/comments`), element(`comment`), Comments},
	{part(`xl/(?:comments/)?comments?\d*`), element(`comment`), Comments},
	{part(`ppt/comments/[^/]*`), element(`cm`), Comments},
	{part(`content`), element(`annotation`), Comments},
	{part(`word/(?:document|header\d*|footer\d*|footnotes|endnotes)`), element(`ins|del|moveFrom|moveTo|rPrChange|pPrChange`), Changes},
	{part(`xl/revisions/revisionlog\d*`), element(`rcc|rrc|rm|ris`), Changes},
	{part(`content`), element(`changed-region|cell-content-change`), Changes},
	{part(`xl/workbook`), regexp.MustCompile(`<(?:\w+:)?sheet\s[^>]*\sstate="(?:hidden|veryHidden)"`), Hidden},
	{part(`content`), regexp.MustCompile(`<style:table-properties\s[^>]*table:display="false"`), Hidden},
}

func part(name string) *regexp.Regexp { return regexp.MustCompile(`^` + name + `\.xml$`) }

func element(names string) *regexp.Regexp {
	return regexp.MustCompile(`<(?:\w+:)?(?:` + names + `)[\s/>]`)
}

// pictureHead is how many bytes of a picture in an office document are looked at: cameras write their notes first.
const pictureHead = 256 << 10

// cameras read the notes of pictures, by the endings of their names.
var cameras = map[string]func(n *notes, f io.ReaderAt, size int64) error{
	".jpg": (*notes).jpeg, ".jpeg": (*notes).jpeg, ".png": (*notes).png, ".webp": (*notes).webp,
}

// remains counts what was left in an office document.
func (n *notes) remains(files map[string]*zip.File) {
	left, found := int64(limits.Remains), map[What]int{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		look := cameras[path.Ext(name)]
		searched := slices.ContainsFunc(remains, func(r remain) bool { return r.part.MatchString(name) })
		if look == nil && !searched || left <= 0 {
			continue
		}
		most := left
		if look != nil {
			most = min(left, pictureHead)
		}
		data := content(files[name], most)
		left -= int64(len(data))
		if look != nil {
			var of notes
			look(&of, bytes.NewReader(data), int64(len(data))) // it ends where the head ends
			if slices.ContainsFunc(of.all, func(t Trace) bool { return t.What != Author }) {
				found[Picture]++
			}
			continue
		}
		for _, r := range remains {
			if r.part.MatchString(name) {
				found[r.what] += len(r.element.FindAllIndex(data, -1))
			}
		}
	}
	for _, what := range []What{Comments, Changes, Hidden, Picture} {
		if found[what] > 0 {
			n.add(what, strconv.Itoa(found[what]))
		}
	}
}

// content reads the beginning of a part of a document. What is wrong with it, Judge says.
func content(f *zip.File, most int64) []byte {
	r, err := f.Open()
	if err != nil {
		return nil
	}
	defer r.Close()
	data, _ := io.ReadAll(io.LimitReader(r, most))
	return data
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
