package desk

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// overlay is a file system with one file in the place of another, or beside the others.
type overlay struct {
	fs.FS
	name string
	data []byte
}

func (o overlay) Open(name string) (fs.File, error) {
	if name == o.name {
		return &opened{o.info(), bytes.NewReader(o.data)}, nil
	}
	return o.FS.Open(name)
}

// ReadDir lists a folder with the file in it.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(o.FS, name)
	if err != nil || name != path.Dir(o.name) {
		return entries, err
	}
	entry := fs.FileInfoToDirEntry(o.info())
	at, found := slices.BinarySearchFunc(entries, entry.Name(), func(e fs.DirEntry, name string) int { return strings.Compare(e.Name(), name) })
	if found {
		entries[at] = entry
		return entries, nil
	}
	return slices.Insert(entries, at, entry), nil
}

func (o overlay) info() info { return info{path.Base(o.name), int64(len(o.data))} }

// opened is the file while it is read.
type opened struct {
	info
	*bytes.Reader
}

func (o *opened) Stat() (fs.FileInfo, error) { return o.info, nil }
func (o *opened) Close() error               { return nil }

// info describes the file.
type info struct {
	name string
	size int64
}

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return i.size }
func (i info) Mode() fs.FileMode  { return 0o444 }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return false }
func (i info) Sys() any           { return nil }
