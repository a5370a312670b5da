package gitrepo

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/go-git/go-git/v5/plumbing"

	"achyk/internal/gitrepo/text"
	"achyk/internal/limits"
	"achyk/internal/regular"
)

var errNotDir = errors.New("not a directory")

// FS returns the files of the commit c. The result is also an [fs.ReadDirFS], an
// [fs.ReadFileFS] and an [fs.StatFS]. It reads a file when it is asked for it, and may
// be used by several goroutines. Every file has the time of the commit. A symbolic
// link has the type of one, and cannot be read (see package regular). A submodule is
// an empty folder, as in a git checkout without submodules. A name that is not UTF-8 has
// U+FFFD for what cannot be read. A file of more than limits.Document bytes has a size,
// but reading it is an error. Sys of a file's [fs.FileInfo] is its Blob.
func (r *Repo) FS(c Commit) (fs.FS, error) {
	files, err := r.commitFS(c)
	if err != nil {
		return nil, err
	}
	return regular.Files(files), nil
}

func (r *Repo) commitFS(c Commit) (*commitFS, error) {
	top := &commitFS{repo: r, time: c.Time, root: node{name: ".", dir: true}}
	err := r.with(func(o objects) error {
		whole, err := o.commit(plumbing.NewHash(c.Hash))
		top.root.hash = whole.tree
		return err
	})
	if err != nil {
		return nil, err
	}
	root, err := top.find(r.prefix)
	if err == nil && !root.dir {
		err = errNotDir
	}
	if err != nil {
		return nil, fmt.Errorf("commit %s: folder %s: %w", c.Hash, r.prefix, err)
	}
	root.name = "."
	return &commitFS{repo: r, time: c.Time, root: root}, nil
}

// commitFS is the fs.FS of a commit. It caches the lists of folders, but no files.
type commitFS struct {
	repo  *Repo
	time  time.Time
	root  node
	lists sync.Map // path → []node
}

// node is a file or folder of a commit.
type node struct {
	name string
	dir  bool
	link bool          // a symbolic link
	hash plumbing.Hash // of its blob or tree; zero for a submodule
}

// find returns the file or folder at a path.
func (f *commitFS) find(name string) (node, error) {
	if name == "." {
		return f.root, nil
	}
	siblings, err := f.list(path.Dir(name))
	if errors.Is(err, errNotDir) {
		err = fs.ErrNotExist
	}
	if err != nil {
		return node{}, err
	}
	i, ok := slices.BinarySearchFunc(siblings, path.Base(name), func(n node, name string) int {
		return strings.Compare(n.name, name)
	})
	if !ok {
		return node{}, fs.ErrNotExist
	}
	return siblings[i], nil
}

// list returns the files and folders in dir, sorted by name.
func (f *commitFS) list(dir string) ([]node, error) {
	if known, ok := f.lists.Load(dir); ok {
		return known.([]node), nil
	}
	n, err := f.find(dir)
	if err != nil {
		return nil, err
	}
	if !n.dir {
		return nil, errNotDir
	}
	nodes, err := f.repo.tree(n.hash)
	if err != nil {
		return nil, err
	}
	f.lists.Store(dir, nodes)
	return nodes, nil
}

// tree lists a tree. The zero hash stands for an empty one; submodules have it.
func (r *Repo) tree(h plumbing.Hash) (nodes []node, err error) {
	var data []byte
	if err := r.with(func(o objects) error { data, err = o.tree(h); return err }); err != nil {
		return nil, err
	}
	for len(data) > 0 {
		var e treeEntry
		if e, data, err = nextEntry(data); err != nil {
			return nil, fmt.Errorf("tree %s: %w", h, err)
		}
		name := text.UTF8(string(e.name), "")
		if name == "." || !fs.ValidPath(name) || strings.Contains(name, "/") {
			return nil, fmt.Errorf("tree %s: bad file name %q", h, name)
		}
		n := node{name: name, dir: e.folder() || e.module(), link: e.link(), hash: e.hash}
		if e.module() {
			n.hash = plumbing.ZeroHash
		}
		nodes = append(nodes, n)
	}
	// In git's order the name of a folder ends with a slash; find needs the order of names.
	slices.SortFunc(nodes, func(a, b node) int { return strings.Compare(a.name, b.name) })
	return nodes, nil
}

// blob reads a blob.
func (r *Repo) blob(h plumbing.Hash) (data []byte, err error) {
	err = r.with(func(o objects) error {
		data, err = o.Read(plumbing.BlobObject, h, limits.Document)
		return err
	})
	return slices.Clone(data), err // the reader keeps the original
}

func (f *commitFS) Open(name string) (fs.File, error) {
	n, err := f.at("open", name)
	if err != nil {
		return nil, err
	}
	if n.dir {
		entries, err := f.ReadDir(name)
		return &openDir{info{n, 0, f.time}, entries}, err
	}
	data, err := f.ReadFile(name)
	return &openFile{info{n, int64(len(data)), f.time}, bytes.NewReader(data)}, err
}

func (f *commitFS) ReadFile(name string) ([]byte, error) {
	n, err := f.at("read", name)
	if err != nil {
		return nil, err
	}
	if n.dir {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errors.New("is a directory")}
	}
	data, err := f.repo.blob(n.hash)
	return data, pathError("read", name, err)
}

func (f *commitFS) ReadDir(name string) ([]fs.DirEntry, error) {
	if _, err := f.at("readdir", name); err != nil {
		return nil, err
	}
	nodes, err := f.list(name)
	entries := make([]fs.DirEntry, len(nodes))
	for i, n := range nodes {
		entries[i] = entry{f, n}
	}
	return entries, pathError("readdir", name, err)
}

func (f *commitFS) Stat(name string) (fs.FileInfo, error) {
	n, err := f.at("stat", name)
	if err != nil {
		return nil, err
	}
	i, err := f.info(n)
	return i, pathError("stat", name, err)
}

// at is find for paths that callers of the fs.FS give.
func (f *commitFS) at(op, name string) (node, error) {
	if !fs.ValidPath(name) {
		return node{}, pathError(op, name, fs.ErrInvalid)
	}
	n, err := f.find(name)
	return n, pathError(op, name, err)
}

func pathError(op, name string, err error) error {
	if err == nil {
		return nil
	}
	return &fs.PathError{Op: op, Path: name, Err: err}
}

func (f *commitFS) info(n node) (fs.FileInfo, error) {
	if n.dir {
		return info{n, 0, f.time}, nil
	}
	i := info{n, 0, f.time}
	err := f.repo.with(func(o objects) (err error) {
		i.size, err = o.Size(n.hash)
		return err
	})
	return i, err
}

// entry implements fs.DirEntry.
type entry struct {
	fsys *commitFS
	node node
}

func (e entry) Name() string               { return e.node.name }
func (e entry) IsDir() bool                { return e.node.dir }
func (e entry) Type() fs.FileMode          { return e.node.mode().Type() }
func (e entry) Info() (fs.FileInfo, error) { return e.fsys.info(e.node) }
func (e entry) String() string             { return fs.FormatDirEntry(e) }

func (n node) mode() fs.FileMode {
	switch {
	case n.dir:
		return fs.ModeDir | 0o555
	case n.link:
		return fs.ModeSymlink | 0o444
	}
	return 0o444
}

// info implements fs.FileInfo.
type info struct {
	node node
	size int64
	time time.Time
}

func (i info) Name() string       { return i.node.name }
func (i info) Size() int64        { return i.size }
func (i info) Mode() fs.FileMode  { return i.node.mode() }
func (i info) ModTime() time.Time { return i.time }
func (i info) IsDir() bool        { return i.node.dir }
func (i info) Sys() any           { return Blob(i.node.hash) }
func (i info) String() string     { return fs.FormatFileInfo(i) }

// openFile implements fs.File and io.Seeker.
type openFile struct {
	info info
	*bytes.Reader
}

func (f *openFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *openFile) Close() error               { return nil }

// openDir implements fs.ReadDirFile. It holds the entries that were not yet read.
type openDir struct {
	info    info
	entries []fs.DirEntry
}

func (d *openDir) Stat() (fs.FileInfo, error) { return d.info, nil }
func (d *openDir) Close() error               { return nil }

func (d *openDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.info.Name(), Err: errors.New("is a directory")}
}

func (d *openDir) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 {
		n = len(d.entries)
	} else if len(d.entries) == 0 {
		return nil, io.EOF
	}
	n = min(n, len(d.entries))
	read := d.entries[:n]
	d.entries = d.entries[n:]
	return read, nil
}
