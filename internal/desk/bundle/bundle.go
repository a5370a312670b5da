// Package bundle writes what the desk in a browser reads of a repository, and opens it.
package bundle

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"achyk/internal/regular"
	"achyk/internal/zipped"
)

// Write writes a ZIP of what the desk reads of a repository: registers, settings and texts. Documents
// are empty in it, because only their names matter there.
func Write(w io.Writer, files fs.FS) error {
	z := zipped.NewWriter(w)
	for _, root := range []string{"data", "content"} {
		err := fs.WalkDir(files, root, func(name string, e fs.DirEntry, err error) error {
			switch {
			case errors.Is(err, fs.ErrNotExist) && name == root:
				return nil
			case err != nil:
				return err
			case e.IsDir() && (regular.Ignored(e.Name()) || e.Name() == "cases"):
				return fs.SkipDir
			case !e.Type().IsRegular() || regular.Ignored(e.Name()):
				return nil
			}
			f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
			if err != nil || !slices.Contains([]string{".csv", ".toml", ".md"}, path.Ext(name)) || strings.Contains(name, "/files/") {
				return err
			}
			text, err := fs.ReadFile(files, name)
			if err != nil {
				return err
			}
			_, err = f.Write(text)
			return err
		})
		if err != nil {
			return err
		}
	}
	return z.Close()
}

// opened is what Write wrote.
type opened struct{ *zip.Reader }

// Open opens what Write wrote.
func Open(data []byte) (fs.FS, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	return opened{z}, err
}

// Judged tells that the documents of a bundle, of which just the names are there, were judged when it was made.
func (opened) Judged(string) bool { return true }
