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
