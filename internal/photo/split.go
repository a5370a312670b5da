package photo

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"io"
	"slices"

	"achyk/internal/limits"
)

var (
	errDamaged = errors.New("the file is not as its format says")
	errScans   = errors.New("the JPEG has too many scans")
)

const (
	pngMark = "\x89PNG\r\n\x1a\n"
	iccMark = "ICC_PROFILE\x00"
)

// splitJPEG keeps the segments of a JPEG (ITU-T T.81, annex B) that its points and colours need.
func splitJPEG(data []byte) (parts, error) { return segments(data, true) }

// memoryOfJPEG returns how many bytes the points of a JPEG take while they are unpacked, by the segment that says so (SOFn;
// ITU-T T.81, B.2.2): one for each sample. Where the picture is saved in layers (progressive, SOF2), each layer makes
// its coefficients finer, so that all are kept until the last one, four bytes each.
func memoryOfJPEG(segment []byte) (n int) {
	if len(segment) < 10 {
		return 0
	}
	components := segment[10:]
	widest, highest := 1, 1
	for i := 0; i+3 <= len(components); i += 3 {
		across, down := int(components[i+1]>>4), int(components[i+1]&15)
		widest, highest, n = max(widest, across), max(highest, down), n+across*down
	}
	height, width := int(binary.BigEndian.Uint16(segment[5:])), int(binary.BigEndian.Uint16(segment[7:]))
	blocks := func(points, factor int) int { return (points + 8*factor - 1) / (8 * factor) }
	n *= 64 * blocks(width, widest) * blocks(height, highest)
	if segment[1] == 0xC2 {
		n *= 5
	}
	return n
}

// memoryOfPNG is memoryOfJPEG for a PNG, by its first chunk (IHDR): four bytes for each point, eight if a colour has 16
// bits, and half as much again if it is interlaced: the last of its passes has half of all points.
func memoryOfPNG(header []byte) int {
	if len(header) < 13 {
		return 0
	}
	n := 4 * int(binary.BigEndian.Uint32(header)) * int(binary.BigEndian.Uint32(header[4:]))
	if header[8] == 16 {
		n *= 2
	}
	if header[12] != 0 {
		n += n / 2
	}
	return n
}

func segments(data []byte, withProfile bool) (parts, error) {
	p := parts{clean: bytes.Clone(data[:2])}
	scans := 0
	for at := 2; at+1 < len(data); {
		if data[at] != 0xFF || data[at+1] == 0xFF { // bytes that fill up
			at++
			continue
		}
		kind := data[at+1]
		if kind == 0xD9 {
			p.clean = append(p.clean, 0xFF, kind)
			return p, nil
		}
		if at+4 > len(data) {
			return p, errDamaged
		}
		end := at + 2 + int(binary.BigEndian.Uint16(data[at+2:]))
		if end < at+4 || end > len(data) {
			return p, errDamaged
		}
		segment := data[at:end]
		begins := func(mark string) bool { return bytes.HasPrefix(segment[4:], []byte(mark)) }
		switch {
		case kind == 0xE0 && begins("JFIF\x00") && len(segment) >= 18:
			p.clean = append(append(p.clean, 0xFF, kind, 0, 16), segment[4:16]...)
			p.clean = append(p.clean, 0, 0) // without the preview
		case kind == 0xE2 && begins(iccMark) && len(segment) > 18:
			if withProfile {
				p.profile = append(p.profile, segment[18:]...)
				if len(p.profile) > largestProfile {
					return segments(data, false)
				}
				p.clean = append(p.clean, segment...)
			}
		case kind == 0xEE && begins("Adobe"): // says how colours are computed
			p.clean = append(p.clean, segment...)
		case kind >= 0xE0 && kind <= 0xEF, kind == 0xFE: // notes of programs, comments
		default:
			p.clean = append(p.clean, segment...)
		}
		if kind == 0xC0 || kind == 0xC1 || kind == 0xC2 { // package image/jpeg unpacks no others
			p.memory = memoryOfJPEG(segment)
		}
		at = end
		if kind == 0xDA {
			if scans++; scans > limits.Scans {
				return p, errScans
			}
			for at+1 < len(data) && !(data[at] == 0xFF && data[at+1] != 0 && (data[at+1] < 0xD0 || data[at+1] > 0xD7)) {
				at++
			}
			p.clean = append(p.clean, data[end:at]...)
		}
	}
	return p, errDamaged // it has no end
}

// pngKept are the chunks of a PNG (ISO/IEC 15948, 11) that its points and colours need.
var pngKept = []string{"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "mDCV", "cLLI", "bKGD", "hIST", "pHYs", "acTL", "fcTL", "fdAT"}

func splitPNG(data []byte) (parts, error) {
	p := parts{clean: []byte(pngMark)}
	profiled := false
	for at := len(pngMark); at+12 <= len(data); {
		length := int64(binary.BigEndian.Uint32(data[at:]))
		if length > int64(len(data)-at-12) {
			return p, errDamaged
		}
		chunk := data[at : at+12+int(length)]
		at += len(chunk)
		kind := string(chunk[4:8])
		if kind == "IHDR" {
			p.memory = memoryOfPNG(chunk[8 : 8+length])
		}
		kept := slices.Contains(pngKept, kind)
		if kind == "iCCP" { // only the first one counts: others are against the format, and unpacking 50,000 takes seconds
			if kept = !profiled; kept {
				p.profile = unpacked(chunk[8 : 8+length])
				kept, profiled = p.profile != nil, true
			}
		}
		if kept {
			p.clean = append(p.clean, chunk...)
		}
		p.moving = p.moving || kind == "acTL"
		if kind == "IEND" {
			return p, nil
		}
	}
	return p, errDamaged
}

// unpacked returns the profile of colours in a chunk of a PNG.
func unpacked(chunk []byte) []byte {
	_, packed, found := bytes.Cut(chunk, []byte{0})
	if !found || len(packed) == 0 {
		return nil
	}
	r, err := zlib.NewReader(bytes.NewReader(packed[1:]))
	if err != nil {
		return nil
	}
	profile, err := io.ReadAll(io.LimitReader(r, largestProfile+1))
	if err != nil || len(profile) > largestProfile {
		return nil
	}
	return profile
}

// webpKept are the chunks of a WebP (RFC 9649, 2.7) that its points and colours need.
var webpKept = []string{"VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"}

// What the first chunk of a WebP says that it has.
const (
	webpProfile = 0x20
	webpNotes   = 0x08 | 0x04 // EXIF and XMP
)

func splitWebP(data []byte) (parts, error) {
	if len(data) < 20 {
		return parts{}, errDamaged
	}
	p := parts{clean: bytes.Clone(data[:12])}
	flags := -1 // where they stand in clean
	profiled := false
	end := 8 + int64(binary.LittleEndian.Uint32(data[4:]))
	for at := int64(12); at+8 <= min(end, int64(len(data))); {
		length := int64(binary.LittleEndian.Uint32(data[at+4:]))
		next := at + 8 + length + length%2
		if next > int64(len(data)) {
			return p, errDamaged
		}
		chunk, kind := data[at:next], string(data[at:at+4])
		at = next
		kept := slices.Contains(webpKept, kind)
		if kind == "ICCP" { // of several, readers take the first one; the others could hold anything
			kept, profiled = !profiled && length <= largestProfile, true
		}
		if !kept {
			continue
		}
		switch kind {
		case "ICCP":
			p.profile = chunk[8 : 8+length]
		case "VP8X":
			flags = len(p.clean) + 8
		case "ANIM":
			p.moving = true
		}
		p.clean = append(p.clean, chunk...)
	}
	if flags > 0 && flags < len(p.clean) {
		p.clean[flags] &^= webpNotes
		if p.profile == nil {
			p.clean[flags] &^= webpProfile
		}
	}
	binary.LittleEndian.PutUint32(p.clean[4:], uint32(len(p.clean)-8))
	return p, nil
}

// splitGIF keeps the blocks of a GIF (GIF89a) that its pictures need.
func splitGIF(data []byte) (parts, error) {
	var p parts
	pictures, at := 0, 0
	take := func(length int, keep bool) bool { // takes bytes, if there are so many
		if length > len(data)-at {
			return false
		}
		if keep {
			p.clean = append(p.clean, data[at:at+length]...)
		}
		at += length
		return true
	}
	blocks := func(keep bool) bool { // takes blocks up to an empty one
		for at < len(data) {
			length := int(data[at])
			if !take(1+length, keep) {
				return false
			}
			if length == 0 {
				return true
			}
		}
		return false
	}
	colours := func(flags byte) int { // bytes of a table of colours
		if flags&0x80 == 0 {
			return 0
		}
		return 3 << (flags&7 + 1)
	}
	ok := len(data) > 13 && take(13+colours(data[10]), true)
	for ok && at < len(data) {
		switch data[at] {
		case 0x3B:
			take(1, true)
			p.moving = pictures > 1
			return p, nil
		case 0x2C:
			pictures++
			ok = len(data)-at > 10 && take(10+colours(data[at+9])+1, true) && blocks(true)
		case 0x21:
			rest := data[at+1:]
			keep := bytes.HasPrefix(rest, []byte{0xF9}) || bytes.HasPrefix(rest, []byte("\xFF\x0BNETSCAPE2.0")) // how long a picture is shown, and how often
			ok = take(2, keep) && blocks(keep)
		default:
			ok = false
		}
	}
	return p, errDamaged
}
