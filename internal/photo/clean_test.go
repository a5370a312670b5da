package photo_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"math/rand/v2"
	"testing"

	"achyk/internal/photo"
)

// TestSmall: a thumbnail is light, whatever the picture shows, and there is none of what cannot be unpacked.
func TestSmall(t *testing.T) {
	noise := image.NewRGBA(image.Rect(0, 0, 700, 500))
	random := rand.New(rand.NewPCG(1, 2))
	for i := range noise.Pix {
		noise.Pix[i] = uint8(random.Uint32())
	}
	for name, data := range map[string][]byte{
		"a.jpg": asJPEG(t, noise), "a.png": asPNG(t, noise), "tall.JPEG": asJPEG(t, drawn(30, 3000)), "a.gif": film(t, 3, 8), "a.webp": small(t),
	} {
		made := photo.Small(name, data)
		config, format, err := image.DecodeConfig(bytes.NewReader(made))
		if err != nil || format != "jpeg" || max(config.Width, config.Height) > photo.SmallSide || len(made) > photo.SmallWeight {
			t.Errorf("%s: %s of %d×%d points, %d bytes: %v", name, format, config.Width, config.Height, len(made), err)
		}
	}
	huge := asPNG(t, drawn(8, 8))
	binary.BigEndian.PutUint32(huge[16:], 100_000)
	binary.BigEndian.PutUint32(huge[20:], 100_000)
	for name, data := range map[string][]byte{
		"huge.png": huge, "cut.jpg": asJPEG(t, noise)[:5000], "cut.png": asPNG(t, noise)[:5000], "a.jpg": nil, "a.pdf": []byte("%PDF-"),
	} {
		if made := photo.Small(name, data); made != nil {
			t.Errorf("%s has a thumbnail of %d bytes", name, len(made))
		}
	}
}

// TestAltered: whether a copy has other bytes is told without unpacking the picture.
func TestAltered(t *testing.T) {
	jpeg, png := asJPEG(t, drawn(40, 30)), asPNG(t, drawn(40, 30))
	turned := noted(jpeg, segment(0xE1, "Exif\x00\x00"+exif(binary.BigEndian, 6)))
	for name, data := range map[string][]byte{
		"a.jpg": jpeg, "a.png": png, "a.webp": small(t), "a.gif": film(t, 3, 8), "turned.JPEG": turned, "turned.png": turned,
		"upright.jpg": noted(jpeg, segment(0xE1, "Exif\x00\x00"+exif(binary.LittleEndian, 1))), "note.jpg": noted(jpeg, segment(0xFE, "note")),
		"tail.jpg": append(bytes.Clone(jpeg), "tail"...), "cut.jpg": turned[:200], "cut.png": png[:60], "a.pdf": []byte("%PDF-"), "b.jpg": nil,
	} {
		if want := !bytes.Equal(photo.Clean(name, data), data); photo.Altered(name, data) != want {
			t.Errorf("%s is altered: %v, want %v", name, !want, want)
		}
	}
}
