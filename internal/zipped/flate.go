//go:build !js

package zipped

import (
	"io"

	"github.com/klauspost/compress/flate"
)

type flateWriter = flate.Writer

func newFlateWriter(w io.Writer) (*flateWriter, error) {
	return flate.NewWriter(w, flate.DefaultCompression)
}
