package main

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/jpeg"
	"os"
	"slices"

	"github.com/rogpeppe/go-internal/testscript"
)

// camera are notes of a camera (EXIF): it was turned to the right, at some latitude.
const camera = "/+EAQEV4aWYAAE1NACoAAAAIAAIBEgADAAAAAQAGAACIJQAEAAAAAQAAACYAAAAAAAEAAgAFAAAAAwAAAAAAAAAA"

// photograph writes a photo as a camera makes it. Names of other lengths give other photos.
func photograph(ts *testscript.TestScript, neg bool, args []string) {
	var b bytes.Buffer
	picture := image.NewGray(image.Rect(0, 0, 2400, 1600))
	for i := range picture.Pix {
		picture.Pix[i] = uint8(len(args[0]))
	}
	ts.Check(jpeg.Encode(&b, picture, nil))
	notes, err := base64.StdEncoding.DecodeString(camera)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), slices.Insert(b.Bytes(), 2, notes...), 0o666))
}
