// Package photo makes of a photo what a municipality can publish. A camera notes in it where and when it was
// taken and whose the camera is; a telephone appends a second picture, or a film. None of it belongs on the site:
//
//   - A photo keeps its points and its colours, and loses all else: notes of the camera and of programs,
//     the place, comments, the small preview, and whatever stands behind its end.
//   - It is turned as it was held, since the note that says so is lost as well.
//   - Its longest side has at most [Side] points. This fills the widest screen of an office and prints on
//     A4 at 170 dots per inch, so a meter or a notice on a board stays readable.
//   - It has about [Weight] bytes at most, a fifth of what package attachment accepts: it is loaded in
//     three minutes over a line of 45 kbit/s, not in fifteen.
//
// What needs none of this is returned byte for byte. What only has notes to lose keeps its points as they are.
// Only a photo that is turned or reduced is compressed anew.
//
// A profile of colours (ICC) says what the numbers of the points mean, so it is kept: without it the photos of
// many telephones look pale. It goes if it is larger than any camera's, or was made for other
// numbers than the photo now has.
//
// A site publishes no notes of cameras either, whoever committed the photo: [Clean] makes the copy that it publishes,
// and [Small] the thumbnail that leads to it.
//
// The same photo gives the same bytes on the same kind of processor.
package photo

import (
	"bytes"
	"context"
	"errors"
	"image"
	"runtime"
	"slices"
	"strings"

	_ "image/gif" // forms

	_ "golang.org/x/image/webp"
	"golang.org/x/sync/semaphore"

	"achyk/internal/attachment"
	"achyk/internal/diag"
	"achyk/internal/limits"
)

// What a published photo has at most. Few photos of the size Side reach Weight; one that does loses quality.
const (
	Side   = 2000    // points of the longest side
	Weight = 1 << 20 // bytes
)

// largestProfile is how many bytes a profile of colours may have. Those of cameras and telephones have
// 500 to 4,000, those of scanners and printers a million.
const largestProfile = 64 << 10

// Notes is what is removed beside the place, the owner and the author: the camera and its
// settings, comments, a preview, what stands behind the end.
const Notes attachment.What = "notes"

// Photo is a photo that can be published.
type Photo struct {
	Data   []byte
	Ending string // of its name, such as ".jpg"; it may be another than the file had

	Before, After image.Point       // width and height, before and after it was turned and reduced
	Turned        bool              // it lay on its side, stood on its head or was mirrored
	Anew          bool              // its points were compressed anew
	Removed       []attachment.What // what was taken out, each once
}

// parts is a photo without what it loses.
type parts struct {
	clean   []byte // its points as they were
	profile []byte // of colours; nil if there is none, or too large a one
	moving  bool   // it has several pictures
	memory  int    // bytes that its points take while they are unpacked; 0 where that is at most four for each
}

// A form is a format of photos.
type form struct {
	ending string // of its name
	split  func(data []byte) (parts, error)
}

// forms are the formats that are published, by their names in package image.
var forms = map[string]form{
	"jpeg": {".jpg", splitJPEG},
	"png":  {".png", splitPNG},
	"webp": {".webp", splitWebP},
	"gif":  {".gif", splitGIF},
}

// Is tells whether a file is a photo by its first bytes, be it of a format that is published or not.
func Is(name string, data []byte) bool {
	_, _, err := image.DecodeConfig(bytes.NewReader(data))
	begins := func(mark string) bool { return bytes.HasPrefix(data, []byte(mark)) }
	return err == nil || begins("\xff\xd8\xff") || begins(pngMark) || attachment.Foreign(name, data) != nil
}

// Publish makes a photo that can be published of a file with a name. If none can be made of it, it says why.
func Publish(name string, data []byte) (*Photo, *diag.Diagnostic) {
	if d := attachment.Foreign(name, data); d != nil {
		return nil, d
	}
	config, format, err := image.DecodeConfig(bytes.NewReader(data))
	f, known := forms[format]
	if err != nil || !known || config.Width*config.Height == 0 {
		return nil, attachment.Damaged(name)
	}
	if points := config.Width * config.Height; points > limits.Pixels {
		return nil, attachment.TooMuch(name, "pixels", points, limits.Pixels)
	}
	p, err := f.split(data)
	if errors.Is(err, errScans) {
		return nil, attachment.TooMuch(name, "scans", 0, limits.Scans)
	}
	if err != nil {
		return nil, attachment.Damaged(name)
	}
	if p.memory > limits.PictureMemory {
		return nil, attachment.TooMuch(name, "picture-memory", p.memory, limits.PictureMemory)
	}
	read := "photo" + f.ending
	orientation, _ := attachment.Orientation(read, bytes.NewReader(data), int64(len(data))) // reading memory does not fail
	photo := &Photo{Data: p.clean, Ending: f.ending, Before: image.Pt(config.Width, config.Height), Turned: orientation > 1}
	photo.After = photo.Before
	if !bytes.Equal(p.clean, data) {
		traces, _ := attachment.Traces(read, bytes.NewReader(data), int64(len(data)))
		for _, t := range append(traces, attachment.Trace{What: Notes}) {
			if !slices.Contains(photo.Removed, t.What) {
				photo.Removed = append(photo.Removed, t.What)
			}
		}
	}
	longest := max(config.Width, config.Height)
	if p.moving {
		switch {
		case longest > Side:
			return nil, attachment.TooMuch(name, "side", longest, Side)
		case len(p.clean) > Weight:
			return nil, attachment.TooMuch(name, "photo", len(p.clean)>>10, Weight>>10)
		}
		photo.Turned = false
		return photo, nil
	}
	defer hold(config)()
	picture, err := pictureOf(p.clean)
	if err != nil || picture.Bounds().Size() != photo.Before && format != "gif" { // whose picture may be smaller than its screen
		return nil, attachment.Damaged(name)
	}
	if longest > Side || len(p.clean) > Weight || photo.Turned {
		made := turned(reduced(picture, Side), orientation)
		photo.After, photo.Anew = made.Rect.Size(), true
		photo.Data, photo.Ending = compressed(made, f.ending, p.profile)
	}
	return photo, nil
}

// pictureOf unpacks a picture. It fails for one without a point: the only picture of a GIF may have none, however large its
// screen is.
func pictureOf(data []byte) (image.Image, error) {
	picture, _, err := image.Decode(bytes.NewReader(data))
	if err == nil && picture.Bounds().Empty() {
		err = errors.New("a picture without a point")
	}
	return picture, err
}

// decoded are the points of all pictures that are unpacked at a time. One of limits.Pixels takes most of the memory that
// the program may use, and as many would be unpacked at once as there are workers.
var decoded = semaphore.NewWeighted(limits.Pixels)

// hold waits until a picture of at most limits.Pixels may be unpacked, and returns what is to be called when it is no longer needed.
func hold(config image.Config) (release func()) {
	points := int64(config.Width * config.Height)
	decoded.Acquire(context.Background(), points) // this fails only when the context ends
	if points > limits.Pixels/4 {
		runtime.GC() // of a picture before it, which else stays until the heap has grown by as much again
	}
	return func() { decoded.Release(points) }
}

// Named returns the name of a file with the ending of the photo. JPEG has two; the one it has is kept.
func (p *Photo) Named(name string) string {
	i := strings.LastIndexByte(name, '.')
	if i < 0 {
		i = len(name)
	}
	if p.Ending == ".jpg" && strings.EqualFold(name[i:], ".jpeg") {
		return name
	}
	return name[:i] + p.Ending
}
