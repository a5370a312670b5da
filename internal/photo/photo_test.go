package photo_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"achyk/internal/attachment"
	"achyk/internal/diag"
	"achyk/internal/limits"
	"achyk/internal/photo"
)

// drawn returns a picture of four colours: red and green above, blue and white below.
func drawn(width, height int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			c := color.RGBA{A: 255}
			switch right, below := x >= width/2, y >= height/2; {
			case right && below:
				c = color.RGBA{255, 255, 255, 255}
			case right:
				c.G = 255
			case below:
				c.B = 255
			default:
				c.R = 255
			}
			m.SetRGBA(x, y, c)
		}
	}
	return m
}

// corners names the colours of the corners of a picture.
func corners(m image.Image) string {
	b := m.Bounds()
	var all strings.Builder
	for _, p := range []image.Point{b.Min, {b.Max.X - 1, b.Min.Y}, {b.Min.X, b.Max.Y - 1}, b.Max.Sub(image.Pt(1, 1))} {
		r, g, b, _ := m.At(p.X, p.Y).RGBA()
		switch high := func(v uint32) bool { return v > 0x8000 }; {
		case high(r) && high(g) && high(b):
			all.WriteByte('W')
		case high(r):
			all.WriteByte('R')
		case high(g):
			all.WriteByte('G')
		case high(b):
			all.WriteByte('B')
		}
	}
	return all.String()
}

func asJPEG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// exif returns the notes of a camera: how it was held, and a latitude.
func exif(order binary.AppendByteOrder, orientation uint16) string {
	b := []byte("II*\x00")
	if order == binary.BigEndian {
		b = []byte("MM\x00*")
	}
	b = order.AppendUint16(order.AppendUint32(b, 8), 2) // two entries
	entry := func(tag, kind uint16, count, value uint32) {
		b = order.AppendUint32(order.AppendUint16(order.AppendUint16(b, tag), kind), count)
		b = order.AppendUint32(b, value)
	}
	short := uint32(orientation)
	if order == binary.BigEndian {
		short <<= 16
	}
	entry(0x0112, 3, 1, short)
	entry(0x8825, 4, 1, 38)
	b = order.AppendUint32(b, 0)
	b = order.AppendUint16(b, 1)
	entry(2, 5, 3, 0)
	return string(order.AppendUint32(b, 0))
}

// segment is a part of a JPEG.
func segment(kind byte, data string) string {
	return string(binary.BigEndian.AppendUint16([]byte{0xFF, kind}, uint16(len(data)+2))) + data
}

// noted puts parts behind the beginning of a JPEG.
func noted(data []byte, parts ...string) []byte {
	return slices.Concat(data[:2], []byte(strings.Join(parts, "")), data[2:])
}

// chunk is a part of a PNG.
func chunk(kind, data string) string {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	b = append(b, kind+data...)
	return string(binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:])))
}

// published makes a photo that can be published.
func published(t testing.TB, name string, data []byte) (*photo.Photo, image.Image) {
	t.Helper()
	p, d := photo.Publish(name, data)
	if d != nil {
		t.Fatalf("%s: %s %v", name, d.Code, d.Args)
	}
	m, _, err := image.Decode(bytes.NewReader(p.Data))
	if err != nil {
		t.Fatal(err)
	}
	if size := m.Bounds().Size(); size != p.After {
		t.Errorf("%s has %v points, and says %v", name, size, p.After)
	}
	judged, err := attachment.Judge("photo"+p.Ending, bytes.NewReader(p.Data), int64(len(p.Data)))
	if err != nil || judged != nil {
		t.Errorf("%s: what is made is refused: %v, %v", name, judged, err)
	}
	for _, private := range []string{"Exif", "GPS", "Asanov", "adobe.com", "secret"} {
		if bytes.Contains(p.Data, []byte(private)) {
			t.Errorf("%s still has %q", name, private)
		}
	}
	return p, m
}

// TestOrientations: a photo stands as the camera was held, by all orientations of EXIF.
func TestOrientations(t *testing.T) {
	upright := []string{"RGBW", "GRWB", "WBGR", "BWRG", "RBGW", "BRWG", "WGBR", "GWRB"}
	for i, want := range upright {
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			notes := exif(order, uint16(i+1))
			for name, data := range map[string][]byte{
				"a.jpg": noted(asJPEG(t, drawn(64, 32)), segment(0xE1, "Exif\x00\x00"+notes)),
				"a.png": slices.Insert(asPNG(t, drawn(64, 32)), 33, []byte(chunk("eXIf", notes))...),
			} {
				p, m := published(t, name, data)
				size := image.Pt(64, 32)
				if i >= 4 {
					size = image.Pt(32, 64)
				}
				if got := corners(m); got != want || p.After != size || p.Turned != (i > 0) || p.Anew != (i > 0) {
					t.Errorf("%s, orientation %d: %s %v, want %s %v", name, i+1, got, p.After, want, size)
				}
				if got := fmt.Sprint(p.Removed); got != "[place notes]" {
					t.Errorf("%s: removed %s", name, got)
				}
				if !bytes.Equal(photo.Clean(name, data), p.Data) {
					t.Errorf("%s, orientation %d: a site publishes other bytes", name, i+1)
				}
			}
		}
	}
}

// TestUntouched: what needs nothing comes back byte for byte.
func TestUntouched(t *testing.T) {
	for name, data := range map[string][]byte{
		"a.jpg":  asJPEG(t, drawn(64, 32)),
		"a.jpeg": noted(asJPEG(t, drawn(64, 32)), segment(0xE0, "JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"), segment(0xE2, "ICC_PROFILE\x00\x01\x01"+profile("RGB "))),
		"a.png":  asPNG(t, drawn(photo.Side, 32)),
		"a.webp": small(t),
		"a.gif":  film(t, 1, 8),
		"b.gif":  film(t, 3, 8),
	} {
		p, _ := published(t, name, data)
		if !bytes.Equal(p.Data, data) || p.Removed != nil || p.Anew || p.Named(name) != name {
			t.Errorf("%s is changed: %d bytes of %d, %v", name, len(p.Data), len(data), p.Removed)
		}
		if !bytes.Equal(photo.Clean(name, data), data) {
			t.Errorf("a site publishes other bytes than %s", name)
		}
	}
}

// TestNotesOnly: what only has notes to lose keeps its points.
func TestNotesOnly(t *testing.T) {
	const xmp = "http://ns.adobe.com/xap/1.0/\x00<dc:creator><rdf:Seq><rdf:li>A. Asanov</rdf:li></rdf:Seq></dc:creator>"
	plain := map[string][]byte{".jpg": asJPEG(t, drawn(64, 32)), ".png": asPNG(t, drawn(64, 32)), ".webp": small(t), ".gif": film(t, 2, 8)}
	webp := func(data []byte) []byte {
		data = slices.Concat(data[:12], []byte("VP8X\x0a\x00\x00\x00\x0c\x00\x00\x00\x00\x00\x00\x00\x00\x00"), data[12:], []byte("EXIF\x06\x00\x00\x00secretXMP \x07\x00\x00\x00secret!\x00"))
		binary.LittleEndian.PutUint32(data[4:], uint32(len(data)-8))
		return data
	}
	clean := webp(plain[".webp"])
	clean = clean[:len(clean)-14-16]
	clean[20] = 0
	binary.LittleEndian.PutUint32(clean[4:], uint32(len(clean)-8))
	for _, c := range []struct {
		ending, removed string
		data, want      []byte
	}{
		{".jpg", "[author notes]", noted(plain[".jpg"], segment(0xE1, xmp)), plain[".jpg"]},
		{".jpg", "[notes]", noted(plain[".jpg"], segment(0xFE, "secret"), segment(0xED, "Photoshop secret")), plain[".jpg"]},
		{".jpg", "[notes]", append(bytes.Clone(plain[".jpg"]), "a film: secret"...), plain[".jpg"]},
		{".jpg", "[notes]", noted(plain[".jpg"], segment(0xE2, "ICC_PROFILE\x00\x01\x02"+strings.Repeat("p", 60_000)), segment(0xE2, "ICC_PROFILE\x00\x02\x02"+strings.Repeat("p", 60_000))), plain[".jpg"]},
		{".png", "[author notes]", slices.Insert(bytes.Clone(plain[".png"]), 33, []byte(chunk("tEXt", "Author\x00Asanov"))...), plain[".png"]},
		{".png", "[notes]", slices.Insert(bytes.Clone(plain[".png"]), 33, []byte(chunk("prVt", "secret"))...), plain[".png"]},
		{".png", "[notes]", append(bytes.Clone(plain[".png"]), "secret"...), plain[".png"]},
		{".webp", "[notes]", webp(plain[".webp"]), clean},
		{".gif", "[notes]", slices.Insert(bytes.Clone(plain[".gif"]), len(plain[".gif"])-1, []byte("\x21\xFE\x06secret\x00\x21\xFF\x0BXMP DataXMP\x06secret\x00")...), plain[".gif"]},
	} {
		p, _ := published(t, "a"+c.ending, c.data)
		if !bytes.Equal(p.Data, c.want) || fmt.Sprint(p.Removed) != c.removed || p.Anew {
			t.Errorf("%s, want %s removed: %d bytes, want %d, removed %v, anew %t", c.ending, c.removed, len(p.Data), len(c.want), p.Removed, p.Anew)
		}
		if !bytes.Equal(photo.Clean("a"+c.ending, c.data), c.want) {
			t.Errorf("%s, want %s removed: a site publishes something else", c.ending, c.removed)
		}
	}
}

// TestReduced: a large photo is made to fit, and then fits.
func TestReduced(t *testing.T) {
	noise := image.NewRGBA(image.Rect(0, 0, 900, 900))
	for i, r := 0, rand.New(rand.NewPCG(1, 2)); i < len(noise.Pix); i++ {
		noise.Pix[i] = byte(r.Uint32()) | byte(i%4/3*255)
	}
	clear := drawn(3000, 100)
	clear.SetRGBA(0, 0, color.RGBA{})
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"a.jpg", noted(asJPEG(t, drawn(2800, 2100)), segment(0xE1, "Exif\x00\x00"+exif(binary.BigEndian, 6))), ".jpg (1500,2000)"},
		{"a.png", asPNG(t, drawn(3000, 600)), ".png (2000,400)"},
		{"a.png", asPNG(t, clear), ".png (2000,67)"},
		{"a.gif", film(t, 1, 2100), ".png (2000,2000)"},
		{"a.png", asPNG(t, noise), ".jpg (900,900)"}, // too heavy
		{"a.jpg", asJPEG(t, drawn(20_000, 1)), ".jpg (2000,1)"},
	} {
		p, m := published(t, c.name, c.data)
		if got := fmt.Sprint(p.Ending, " ", p.After); got != c.want || !p.Anew || len(p.Data) > 2*photo.Weight || len(p.Data) >= len(c.data) && c.name != "a.gif" {
			t.Errorf("%s: %s, %d bytes of %d, want %s", c.name, got, len(p.Data), len(c.data), c.want)
		}
		if p.Turned && corners(m) != "BRWG" {
			t.Errorf("%s: %s", c.name, corners(m))
		}
		if second, _ := published(t, "a"+p.Ending, p.Data); len(p.Data) <= photo.Weight && !bytes.Equal(second.Data, p.Data) {
			t.Errorf("%s: what was made is made again", c.name)
		}
	}
}

// TestMean: a point of a reduced picture is the mean of those that it covers.
func TestMean(t *testing.T) {
	m := image.NewGray(image.Rect(0, 0, 3*photo.Side/2, 1)) // three points become two
	for x := range m.Pix {
		m.Pix[x] = []byte{0, 90, 240}[x%3]
	}
	_, got := published(t, "a.png", asPNG(t, m))
	for x, want := range map[int]uint8{0: 30, 1: 190, 1998: 30, 1999: 190} {
		if r, _, _, _ := got.At(x, 0).RGBA(); uint8(r) != want {
			t.Errorf("point %d is %d, want %d", x, uint8(r), want)
		}
	}
}

// profile returns a profile of colours for numbers of a kind.
func profile(numbers string) string {
	return strings.Repeat("-", 16) + numbers + strings.Repeat("p", 500)
}

// TestProfiles: a photo that is compressed anew keeps a profile that still says what its numbers mean.
func TestProfiles(t *testing.T) {
	colours := func(numbers string) string { return segment(0xE2, "ICC_PROFILE\x00\x01\x01"+profile(numbers)) }
	for _, numbers := range []string{"RGB ", "CMYK"} {
		p, _ := published(t, "a.jpg", noted(asJPEG(t, drawn(3000, 100)), colours(numbers)))
		if kept := bytes.Contains(p.Data, []byte(colours(numbers))); kept != (numbers == "RGB ") {
			t.Errorf("the profile for %s is kept: %t", numbers, kept)
		}
		again, d := photo.Publish("a.jpg", p.Data)
		if d != nil || !bytes.Equal(again.Data, p.Data) {
			t.Error("the result is made again", d)
		}
	}
}

// TestRefused: what cannot be published is refused by name, before it is unpacked.
func TestRefused(t *testing.T) {
	bomb := asPNG(t, drawn(8, 8))
	copy(bomb[16:], "\x00\x01\x00\x00\x00\x01\x00\x00")
	binary.BigEndian.PutUint32(bomb[29:], crc32.ChecksumIEEE(bomb[12:29]))
	whole := asJPEG(t, drawn(64, 32))
	// A JPEG in layers with full colours and a PNG, interlaced and with 16 bits, by what they say of themselves: the rest is not read.
	layered := []byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xc2\x00\x11\x08\x17\x70\x17\x70\x03\x01\x11\x00\x02\x11\x00\x03\x11\x00\xff\xd9")
	interlaced := asPNG(t, drawn(8, 8))
	copy(interlaced[16:], "\x00\x00\x1a\x2c\x00\x00\x1a\x2c\x10\x06\x00\x00\x01") // 6,700 × 6,700
	binary.BigEndian.PutUint32(interlaced[29:], crc32.ChecksumIEEE(interlaced[12:29]))
	scan := whole[bytes.Index(whole, []byte("\xff\xda")) : len(whole)-2]
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"a.heic", []byte("\x00\x00\x00\x24ftypheic\x00\x00\x00\x00"), "document-photo content.heic.what"},
		{"a.jpg", []byte("\x00\x00\x00\x24ftypmif1\x00\x00\x00\x00mif1heic"), "document-photo content.heic.what"},
		{"a.avif", []byte("\x00\x00\x00\x24ftypavif\x00\x00\x00\x00"), "document-photo content.avif.what"},
		{"a.heif", []byte("\x00\x00\x00\x24ftypmif1\x00\x00\x00\x00avifmif1"), "document-photo content.avif.what"},
		{"a.cr3", []byte("\x00\x00\x00\x18ftypcrx \x00\x00\x00\x00"), "document-photo content.raw.what"},
		{"a.NEF", []byte("MM\x00*\x00\x00\x00\x08"), "document-photo content.raw.what"},
		{"a.TIF", []byte("II*\x00\x08\x00\x00\x00"), "document-photo content.tiff.what"},
		{"a.png", bomb, "over-limit limit.pixels"},
		{"a.jpg", slices.Concat(whole[:len(whole)-2], bytes.Repeat(scan, limits.Scans), []byte("\xff\xd9")), "over-limit limit.scans"},
		{"a.jpg", layered, "over-limit limit.picture-memory"},
		{"a.png", interlaced, "over-limit limit.picture-memory"},
		{"a.jpg", whole[:len(whole)-20], "document-content content.damaged.what"},
		{"a.jpg", []byte("\xff\xd8\xff"), "document-content content.damaged.what"},
		{"a.png", asPNG(t, drawn(64, 32))[:60], "document-content content.damaged.what"},
		{"a.gif", film(t, 3, 2500), "over-limit limit.side"},
		{"a.pdf", []byte("%PDF-1.7"), "document-content content.damaged.what"},
		{"a.jpg", nil, "document-content content.damaged.what"},
	} {
		p, d := photo.Publish(c.name, c.data)
		if p != nil || d == nil {
			t.Errorf("%s is published", c.name)
			continue
		}
		if got := fmt.Sprintf("%s %s", d.Code, d.Args["what"].(diag.Phrase)); got != c.want || d.Name() != c.name {
			t.Errorf("%s: %s for %s, want %s", c.name, got, d.Name(), c.want)
		}
	}
}

// TestNames: the ending of a name is that of the photo.
func TestNames(t *testing.T) {
	for name, want := range map[string]string{"a.JPG": "a.jpg", "a.jpeg": "a.jpeg", "a": "a.jpg", "a.b.png": "a.b.jpg"} {
		if got := (&photo.Photo{Ending: ".jpg"}).Named(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// small is a WebP of one point.
func small(t testing.TB) []byte {
	t.Helper()
	data, err := base64.StdEncoding.DecodeString("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// film is a GIF of some pictures.
func film(t testing.TB, pictures, side int) []byte {
	t.Helper()
	var all gif.GIF
	for range pictures {
		all.Image = append(all.Image, image.NewPaletted(image.Rect(0, 0, side, side), color.Palette{color.White, color.Black}))
		all.Delay = append(all.Delay, 10)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &all); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
