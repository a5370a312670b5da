package photo_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"slices"
	"testing"

	"achyk/internal/photo"
)

// FuzzPublish: whatever a file holds, it ends in a photo that comes back unchanged, or in a finding.
func FuzzPublish(f *testing.F) {
	f.Add(noted(asJPEG(f, drawn(16, 8)), segment(0xE1, "Exif\x00\x00"+exif(binary.BigEndian, 6)), segment(0xE2, "ICC_PROFILE\x00\x01\x01"+profile("RGB "))))
	f.Add(slices.Insert(asPNG(f, drawn(16, 8)), 33, []byte(chunk("eXIf", exif(binary.LittleEndian, 8))+chunk("iCCP", "a\x00\x00"))...))
	f.Add(small(f))
	f.Add(film(f, 2, 8))
	f.Fuzz(func(t *testing.T, data []byte) {
		if c, _, err := image.DecodeConfig(bytes.NewReader(data)); err != nil || c.Width*c.Height > 1_000_000 {
			t.Skip() // too slow
		}
		photo.Is("a", data)
		for _, ending := range []string{".jpg", ".png", ".gif", ".webp"} {
			photo.Small("a"+ending, photo.Clean("a"+ending, data))
		}
		p, d := photo.Publish("a", data)
		if (p == nil) == (d == nil) {
			t.Fatal(p, d)
		}
		if p == nil {
			return
		}
		if again, d := photo.Publish("a", p.Data); d != nil || len(p.Data) <= photo.Weight && !bytes.Equal(again.Data, p.Data) {
			t.Fatalf("made again: %v", d)
		}
	})
}
