package photo

import (
	"bytes"
	"image"
	"image/jpeg"
	"io"
	"path"
	"strings"

	"achyk/internal/attachment"
	"achyk/internal/limits"
)

// What a thumbnail has at most.
const (
	SmallSide   = 320      // points of the longest side
	SmallWeight = 12 << 10 // bytes
)

// smallQualities are those with which a thumbnail is tried. It only says which picture it is: a click shows that.
var smallQualities = []int{75, 60, 45, 30, 15}

// of returns the form of a file by its name, and false if it is no photo.
func of(name string) (form, bool) {
	ending := strings.ToLower(path.Ext(name))
	if ending == ".jpeg" {
		ending = ".jpg"
	}
	for _, f := range forms {
		if f.ending == ending {
			return f, true
		}
	}
	return form{}, false
}

// Clean returns the copy of a picture that a site publishes: without the notes of cameras and programs, its points
// as they were. Where such a note says that the picture is to be turned, the copy is what Publish makes, if that
// is of the same format. Of a damaged picture, the copy has what can be read of it, which is what browsers show. A
// file that has nothing to lose, or is no photo by its name, is returned as it is.
func Clean(name string, data []byte) []byte {
	f, known := of(name)
	if !known || len(data) < 2 {
		return data
	}
	p, _ := f.split(data)
	if held, _ := attachment.Orientation(name, bytes.NewReader(data), int64(len(data))); held > 1 { // reading memory does not fail
		if made, d := Publish(name, data); d == nil && made.Named(name) == name {
			return made.Data
		}
	}
	if len(p.clean) == 0 || bytes.Equal(p.clean, data) {
		return data
	}
	return p.clean
}

// Points returns how many points of a picture are unpacked for its thumbnail: none if it is no picture, or has more than a site
// unpacks.
func Points(picture io.Reader) int64 {
	config, _, err := image.DecodeConfig(picture)
	if points := int64(config.Width) * int64(config.Height); err == nil && points <= limits.Pixels {
		return points
	}
	return 0
}

// Altered tells whether Clean returns other bytes than it is given, without unpacking the picture: a note that says how
// it is to be turned is among those that go.
func Altered(name string, data []byte) bool {
	f, known := of(name)
	if !known || len(data) < 2 {
		return false
	}
	p, _ := f.split(data)
	return len(p.clean) > 0 && !bytes.Equal(p.clean, data)
}

// Small returns a thumbnail as JPEG, or nil if the picture is damaged, has more points than a site unpacks, or is
// none. The same picture gives the same bytes on all processors.
func Small(name string, data []byte) []byte {
	config, ok := sound(name, data)
	if !ok {
		return nil
	}
	defer hold(config)()
	picture, err := pictureOf(data)
	if err != nil {
		return nil
	}
	var b bytes.Buffer
	for side := SmallSide; side >= SmallSide/4; side /= 2 {
		small := opaque(reduced(picture, side))
		for _, quality := range smallQualities {
			b.Reset()
			jpeg.Encode(&b, small, &jpeg.Options{Quality: quality})
			if b.Len() <= SmallWeight {
				return b.Bytes()
			}
		}
	}
	return nil
}

// sound tells how large a picture is and whether it can be unpacked, as far as that can be told without doing so.
func sound(name string, data []byte) (image.Config, bool) {
	f, known := of(name)
	if !known || len(data) < 2 {
		return image.Config{}, false
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(data))
	if points := config.Width * config.Height; err != nil || points == 0 || points > limits.Pixels {
		return config, false
	}
	p, err := f.split(data)
	return config, err == nil && p.memory <= limits.PictureMemory
}
