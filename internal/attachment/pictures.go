package attachment

import (
	"bytes"
	"encoding/binary"
	"io"

	"achyk/internal/limits"
)

// mostParts is how many parts of a picture are looked at. Those of cameras have a few dozen.
const mostParts = 10_000

// piece reads a part of a picture, but not more than settings may have: metadata are small.
func piece(f io.ReaderAt, at, length int64) ([]byte, error) {
	data := make([]byte, max(0, min(length, limits.Settings)))
	n, err := f.ReadAt(data, at)
	if n == len(data) {
		err = nil
	}
	return data[:n], err
}

// jpeg reads the segments of a JPEG up to its points.
func (n *notes) jpeg(f io.ReaderAt, size int64) error {
	at := int64(2)
	for range mostParts {
		head, err := piece(f, at, 4)
		if err != nil {
			return err
		}
		if head[0] != 0xFF || head[1] == 0xDA { // the points follow
			return nil
		}
		if head[1] == 0xFF { // a byte that fills up
			at++
			continue
		}
		length := int64(binary.BigEndian.Uint16(head[2:]))
		if head[1] == 0xE1 {
			data, err := piece(f, at+4, length-2)
			if err != nil {
				return err
			}
			if bytes.HasPrefix(data, []byte("Exif\x00\x00")) {
				n.exif(data)
			} else {
				n.xmp(data)
			}
		}
		at += 2 + length
	}
	return nil
}

// png reads the chunks of a PNG.
func (n *notes) png(f io.ReaderAt, size int64) error {
	at := int64(8)
	for range mostParts {
		head, err := piece(f, at, 8)
		if err != nil {
			return err
		}
		length := int64(binary.BigEndian.Uint32(head))
		switch kind := string(head[4:]); kind {
		case "eXIf", "tEXt", "iTXt":
			data, err := piece(f, at+8, length)
			if err != nil {
				return err
			}
			key, text, _ := bytes.Cut(data, []byte{0})
			switch {
			case kind == "eXIf":
				n.exif(data)
			case string(key) == "Author":
				n.add(Author, string(text[max(0, bytes.LastIndexByte(text, 0)):]))
			default:
				n.xmp(text)
			}
		case "IEND":
			return nil
		}
		at += 12 + length
	}
	return nil
}

// webp reads the chunks of a WebP.
func (n *notes) webp(f io.ReaderAt, size int64) error {
	at := int64(12)
	for range mostParts {
		head, err := piece(f, at, 8)
		if err != nil {
			return err
		}
		length := int64(binary.LittleEndian.Uint32(head[4:]))
		if kind := string(head[:4]); kind == "EXIF" || kind == "XMP " {
			data, err := piece(f, at+8, length)
			if err != nil {
				return err
			}
			if kind == "EXIF" {
				n.exif(data)
			} else {
				n.xmp(data)
			}
		}
		at += 8 + length + length%2
	}
	return nil
}
