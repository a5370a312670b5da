package zipped

import (
	"compress/flate"
	"io"
)

// flateWriter is that of the standard library, which the desk has anyway: a second one would have to be fetched by
// every telephone, and the desk packs a single workbook.
type flateWriter = flate.Writer

func newFlateWriter(w io.Writer) (*flateWriter, error) {
	return flate.NewWriter(w, flate.DefaultCompression)
}
