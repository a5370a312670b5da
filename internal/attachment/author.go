package attachment

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/hex"
	"io"

	"golang.org/x/text/encoding/charmap"

	"achyk/internal/limits"
)

// pdf reads the author of a PDF (ISO 32000, 14.3): from its Info, which may be among objects that
// are packed together, and from its metadata. The strings of an encrypted one nobody reads.
func (n *notes) pdf(f io.ReaderAt, size int64) error {
	data := make([]byte, min(size, limits.Document))
	if _, err := f.ReadAt(data, 0); err != nil && err != io.EOF {
		return err
	}
	locked := bytes.Contains(data, []byte("/Encrypt"))
	read := func(data []byte) {
		n.xmp(data)
		if !locked {
			n.info(data)
		}
	}
	read(data)
	n.work += size / 4 // to search for a few words
	left := int64(limits.Drawings)
	var unpack io.ReadCloser
	for _, mark := range []string{"/ObjStm", "/Metadata"} {
		for rest := data; left > 0 && !n.enough(); {
			_, after, found := bytes.Cut(rest, []byte(mark))
			if !found {
				break
			}
			rest = after
			n.work += 1000
			i := bytes.Index(after[:min(len(after), 1000)], []byte("stream"))
			if i < 0 {
				continue
			}
			packed := bytes.TrimLeft(after[i+len("stream"):], "\r\n")
			var err error
			if from := bytes.NewReader(packed); unpack == nil {
				unpack, err = zlib.NewReader(from)
			} else {
				err = unpack.(zlib.Resetter).Reset(from, nil) // a new one takes 40 KB
			}
			if err != nil {
				continue // it is encrypted, or packed in another way
			}
			most := left // of objects packed together, package papers counts pages in all
			if mark == "/Metadata" {
				most = min(left, limits.Settings)
			}
			object, _ := io.ReadAll(io.LimitReader(unpack, most))
			left -= int64(len(object)) + 1000
			n.work += int64(len(object))
			read(object)
		}
	}
	return nil
}

// info reads the authors that stand in a PDF.
func (n *notes) info(data []byte) {
	for range 20 {
		_, after, found := bytes.Cut(data, []byte("/Author"))
		if !found {
			return
		}
		data = after
		text := bytes.TrimLeft(after[:min(len(after), 1000)], " \r\n\t")
		switch {
		case bytes.HasPrefix(text, []byte("(")):
			n.add(Author, readable(literal(text[1:])))
		case bytes.HasPrefix(text, []byte("<")):
			digits, _, _ := bytes.Cut(text[1:], []byte(">"))
			raw := make([]byte, len(digits)/2)
			k, _ := hex.Decode(raw, digits[:len(digits)/2*2])
			n.add(Author, readable(raw[:k]))
		}
	}
}

// literal returns a string of a PDF up to its closing bracket.
func literal(text []byte) (all []byte) {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && i+1 < len(text):
			i++
			code, digits := 0, 0
			for digits < 3 && i+digits < len(text) && text[i+digits] >= '0' && text[i+digits] <= '7' {
				code = code*8 + int(text[i+digits]-'0')
				digits++
			}
			if digits > 0 {
				all = append(all, byte(code))
				i += digits - 1
			} else {
				all = append(all, text[i])
			}
			continue
		case c == ')' && depth == 0:
			return all
		case c == '(':
			depth++
		case c == ')':
			depth--
		}
		all = append(all, text[i])
	}
	return all
}

// readable decodes a string of a PDF. Without a mark it has one byte for a letter; programs in
// Kyrgyzstan write windows-1251.
func readable(raw []byte) string {
	switch {
	case bytes.HasPrefix(raw, []byte("\xfe\xff")):
		return wide(raw[2:], binary.BigEndian)
	case bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")):
		return string(raw[3:])
	}
	text, _ := charmap.Windows1251.NewDecoder().Bytes(raw) // every byte stands for something
	return string(text)
}
