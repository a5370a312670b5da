package attachment

import (
	"bytes"
	"unicode/utf8"
)

// kindOf is the kind of a document in a browser. The library that recognises all kinds would add 110 KB to
// the program that the page loads, so here are the ones that are published.
type kindOf string

// marks are what documents of a kind begin with. A point stands for any byte.
var marks = []struct{ mark, media string }{
	{"%PDF-", "application/pdf"}, {"\xff\xd8\xff", "image/jpeg"}, {"\x89PNG\r\n\x1a\n", "image/png"}, {"GIF8", "image/gif"},
	{"RIFF....WEBP", "image/webp"}, {"ID3", "audio/mpeg"}, {"\xff\xfb", "audio/mpeg"}, {"\xff\xf3", "audio/mpeg"}, {"\xff\xf2", "audio/mpeg"},
	{"OggS", "application/ogg"}, {"....ftyp", "video/mp4"}, {"\x1aE\xdf\xa3", "video/webm"},
	{"PK\x03\x04", "application/zip"}, {"\xd0\xcf\x11\xe0", "application/x-ole-storage"},
}

func sniff(head []byte) *kindOf {
	found := kindOf("application/octet-stream")
	for _, m := range marks {
		if begins(head, m.mark) {
			found = kindOf(m.media)
			return &found
		}
	}
	for i := 0; i < utf8.UTFMax-1 && len(head) > 0 && !utf8.Valid(head); i++ {
		head = head[:len(head)-1] // the last letter may be cut
	}
	if utf8.Valid(head) && bytes.IndexByte(head, 0) < 0 {
		found = "text/plain"
	}
	return &found
}

// begins tells whether bytes begin with a mark.
func begins(head []byte, mark string) bool {
	if len(head) < len(mark) {
		return false
	}
	for i := range len(mark) {
		if mark[i] != '.' && head[i] != mark[i] {
			return false
		}
	}
	return true
}

func (k *kindOf) Is(media string) bool { return string(*k) == media }
func (k *kindOf) Parent() *kindOf      { return nil }
func (k *kindOf) String() string       { return string(*k) }
