// Package overlay puts a file in the place of another, or beside others, without writing it.
package overlay

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"achyk/internal/load"
)

// overlay is a file system with one file in the place of another, or beside the others.
type overlay struct {
	fs.FS
	name string
	data []byte
}

// With returns a file system with one more file, such as a document that a register is going to name.
func With(files fs.FS, name string, data []byte) fs.FS { return overlay{files, name, data} }

func (o overlay) Open(name string) (fs.File, error) {
	if name == o.name {
		return &opened{o.info(), bytes.NewReader(o.data)}, nil
	}
	return o.FS.Open(name)
}

// ReadDir lists a folder with the file in it, or with the folder that it lies in.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(o.FS, name)
	rest, within := o.name, true
	if name != "." {
		rest, within = strings.CutPrefix(o.name, name+"/")
	}
	if !within || err != nil && !errors.Is(err, fs.ErrNotExist) {
		return entries, err
	}
	entry := fs.FileInfoToDirEntry(o.info())
	folder, _, deeper := strings.Cut(rest, "/")
	if deeper {
		entry = fs.FileInfoToDirEntry(info{name: folder, folder: true})
	}
	at, found := slices.BinarySearchFunc(entries, entry.Name(), func(e fs.DirEntry, name string) int { return strings.Compare(e.Name(), name) })
	switch {
	case !found:
		entries = slices.Insert(entries, at, entry)
	case !deeper:
		entries[at] = entry
	}
	return entries, nil
}

func (o overlay) info() info { return info{name: path.Base(o.name), size: int64(len(o.data))} }

// opened is the file while it is read.
type opened struct {
	info
	*bytes.Reader
}

func (o *opened) Stat() (fs.FileInfo, error) { return o.info, nil }
func (o *opened) Close() error               { return nil }

// info describes the file.
type info struct {
	name   string
	size   int64
	folder bool
}

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return i.size }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return i.folder }
func (i info) Sys() any           { return nil }

func (i info) Mode() fs.FileMode {
	if i.folder {
		return fs.ModeDir | 0o555
	}
	return 0o444
}

// Judged tells that documents of a bundle, beside the file, were judged already (see load.Judged).
func (o overlay) Judged(name string) bool {
	judged, ok := o.FS.(load.Judged)
	return name != o.name && ok && judged.Judged(name)
}
