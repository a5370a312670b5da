package photo_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"slices"
	"strings"
	"testing"

	"achyk/internal/photo"
)

// TestFirstProfile: of several profiles of colours only the first one counts, also where it cannot be used, and no other is published.
func TestFirstProfile(t *testing.T) {
	packed := func(profile string) string {
		var b bytes.Buffer
		w := zlib.NewWriter(&b)
		w.Write([]byte(profile))
		w.Close()
		return chunk("iCCP", "ICC\x00\x00"+b.String())
	}
	inPNG := func(parts ...string) []byte {
		return slices.Insert(asPNG(t, drawn(64, 32)), 33, []byte(strings.Join(parts, ""))...)
	}
	inWebP := func(parts ...string) []byte {
		data := slices.Insert(small(t), 12, []byte("VP8X\x0a\x00\x00\x00\x20\x00\x00\x00\x00\x00\x00\x00\x00\x00"+strings.Join(parts, ""))...)
		binary.LittleEndian.PutUint32(data[4:], uint32(len(data)-8))
		return data
	}
	iccp := func(profile string) string {
		return "ICCP" + string(binary.LittleEndian.AppendUint32(nil, uint32(len(profile)))) + profile
	}
	first, large := profile("RGB "), strings.Repeat("p", 70_000)
	none := inWebP()
	none[20] = 0
	for _, c := range []struct {
		name       string
		data, want []byte
	}{
		{"a.png", inPNG(packed(first), packed("secret"), packed(first)), inPNG(packed(first))},
		{"a.png", inPNG(packed(large), packed(first)), inPNG()},
		{"a.png", inPNG(chunk("iCCP", "secret"), packed(first)), inPNG()},
		{"a.webp", inWebP(iccp(first), iccp("secret"), iccp(first)), inWebP(iccp(first))},
		{"a.webp", inWebP(iccp(large), iccp(first)), none},
	} {
		if p, _ := published(t, c.name, c.data); !bytes.Equal(p.Data, c.want) || !bytes.Equal(photo.Clean(c.name, c.data), c.want) || !photo.Altered(c.name, c.data) {
			t.Errorf("%s: %d bytes are published, want %d", c.name, len(p.Data), len(c.want))
		}
	}
}

// TestLargeProfile: a profile that is too large goes from a damaged JPEG as well, of which a site publishes what can be read.
func TestLargeProfile(t *testing.T) {
	whole := asJPEG(t, drawn(64, 32))
	cut := whole[:len(whole)-2] // without its end
	large := strings.Repeat(segment(0xE2, "ICC_PROFILE\x00\x01\x01"+strings.Repeat("p", 30_000)), 3)
	if got, want := photo.Clean("a.jpg", noted(cut, large)), photo.Clean("a.jpg", cut); !bytes.Equal(got, want) {
		t.Errorf("%d bytes are published, want %d", len(got), len(want))
	}
}
