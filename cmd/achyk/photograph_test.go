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

// photograph writes a photo as a camera makes it.
func photograph(ts *testscript.TestScript, neg bool, args []string) {
	var b bytes.Buffer
	ts.Check(jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 2400, 1600)), nil))
	notes, err := base64.StdEncoding.DecodeString(camera)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), slices.Insert(b.Bytes(), 2, notes...), 0o666))
}
