package output

import (
	"bufio"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Folder is a sink that keeps each file in a folder of the disk, under a name that fits into
// any folder. A file may be made again.
type Folder struct {
	Dir    string
	ledger Ledger
}

func (f *Folder) name(path string) string {
	return filepath.Join(f.Dir, fmt.Sprintf("%x", sha256.Sum256([]byte(path))))
}

// Stream writes the file to the disk, in the place of an earlier one.
func (f *Folder) Stream(path string, write func(io.Writer) error) (File, error) {
	file, err := os.Create(f.name(path))
	if err != nil {
		return File{}, err
	}
	kept := bufio.NewWriterSize(file, 64<<10)
	sum, err := f.ledger.Stream(path, func(w io.Writer) error { return write(io.MultiWriter(w, kept)) })
	return sum, errors.Join(err, kept.Flush(), file.Close())
}

// Open opens a file that Stream wrote.
func (f *Folder) Open(path string) (io.ReadSeekCloser, error) { return os.Open(f.name(path)) }
