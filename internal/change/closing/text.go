package closing

import (
	"bytes"
	"path"
	"sort"

	"achyk/internal/document"
	"achyk/internal/source"
)

// Replaced reports whether a published file below content says something else than the one that takes
// its place, so that this needs a reason. A text may be corrected and continued: it is another text if
// more than half of its words are gone. Letters and official texts stand as they were published. The
// front matter of a letter is a record of its own.
func Replaced(name string, old, new []byte) bool {
	if path.Ext(name) != ".md" {
		return !bytes.Equal(old, new)
	}
	was, is := Words(old), Words(new)
	if folder := path.Base(path.Dir(name)); folder == "letters" || folder == "regulation" {
		return !bytes.Equal(was, is)
	}
	a, b := bytes.Fields(was), bytes.Fields(is)
	return 2*common(a, b) < len(a)
}

// Words returns the words and the structure of a letter below its front matter, as pages show
// them, without white space that makes no difference: a paragraph may be broken into other lines, but a
// line break that joins two rows of a table leaves a row out. The front matter is judged as a
// record of its own.
func Words(text []byte) []byte {
	if text == nil {
		return nil
	}
	shown, _, _ := document.Parse(&source.File{Data: text}, &struct{}{})
	return bytes.Join(bytes.Fields([]byte(shown.HTML)), []byte(" "))
}

// common returns how many of the pieces of a text another text has in the same order. It pairs
// equal pieces from the beginning, so it may return fewer than there are.
func common(a, b [][]byte) int {
	at := map[string][]int{}
	for i, piece := range a {
		at[string(piece)] = append(at[string(piece)], i)
	}
	var kept []int // kept[n] is the least last piece of n+1 pieces that both have in the same order
	for _, piece := range b {
		places := at[string(piece)]
		if len(places) == 0 {
			continue
		}
		at[string(piece)] = places[1:]
		if i := sort.SearchInts(kept, places[0]); i < len(kept) {
			kept[i] = places[0]
		} else {
			kept = append(kept, places[0])
		}
	}
	return len(kept)
}
