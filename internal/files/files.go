// Package files is the index of the files of a site that are not pages: downloads and
// their descriptions, documents, catalogues, sitemaps.
//
// A package that publishes something adds its files to the index, each with a function that
// makes it. Packages that describe or list files ask the index for sizes and checksums:
//
//	index := files.New()
//	csv, err := index.Add(files.File{Path: "data/osh/findings.csv", Write: findings.WriteCSV})
//	_, err = index.Add(files.File{Path: "datapackage.json", Write: func(w io.Writer) error {
//		sum, err := csv.Sum() // makes the CSV, unless it is made already
//		…
//	}})
//	index.Into(staging) // without a sink, files are only counted and hashed
//	for _, e := range index.All() {
//		_, err = e.Sum() // from as many goroutines as you like
//	}
//
// The contract:
//
//   - An index is filled by one goroutine, then used by any number. Add refuses a path
//     that is taken. The order of adding is kept.
//   - Each file is made for the sink once, by the goroutine that needs it first: the one
//     that exports it, or one that makes a file which tells its checksum. The sink counts
//     and hashes it. Goroutines that need the file in the meantime wait for it; later ones
//     get the result, which is the same error if making it failed.
//   - File.Write may call Sum and CopyTo of other files, so files need not be made in any
//     order. It must not do so for its own file, nor for a file that needs its own: each
//     would wait for the other for ever.
//   - A file that encloses another copies it with CopyTo. If the sink is a [Keeper], a file
//     that is made already is read back from there. If it is not, the file is made again,
//     so File.Write has to give the same bytes each time, from any goroutine.
//   - A file that readers ask for is made with Open, from a Keeper, once for all of them. If the
//     last one leaves while it is made, that is broken off, and so is what the file encloses.
//     Files that were broken off count as not made.
package files

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"sync/atomic"

	"achyk/internal/locale"
	"achyk/internal/output"
)

// File is a file that can be made.
type File struct {
	Path  string                // from the top of the site, with slashes: "data/osh/findings.csv"
	Write func(io.Writer) error // makes the file
	About
}

// About says what a file is to those who list and describe files. It is zero for a file that nobody lists or describes.
type About struct {
	Kind Kind

	// Municipality and Register say what the file holds: the id of a municipality and the
	// name of one of its registers. Register is empty if it holds or describes the whole
	// municipality. Both are empty for any other file.
	Municipality, Register string

	// Title is what a list of the files of that register or municipality calls the file;
	// the zero Text keeps it out of lists.
	Title locale.Text

	Dataset bool // it holds a whole dataset, so catalogues list it
}

// Kind is the format of a file.
type Kind struct {
	Key   string // ends the key of the message with its name, "opendata.form.<key>"
	Media string // media type: "text/csv"
	IANA  bool   // Media is in the registry of IANA
	Code  string // in the EU Publications Office's table of file types; empty if it is not there

	Standard string // address of what defines the format, where the table has only a wider one

	Place int  // in lists of files: lower places come first
	Asked bool // most readers want it, so short lists show it
}

// Name is what catalogues call the format.
func (k Kind) Name() locale.Text { return locale.Every("opendata.form." + k.Key) }

// Sink is where files are made. It may be used by several goroutines, once for each path.
type Sink interface {
	// Stream calls write once, keeps or drops what that writes, and returns its size and
	// checksum. Its error names the path.
	Stream(path string, write func(io.Writer) error) (output.File, error)
}

// Keeper is a sink whose files can be read back.
type Keeper interface {
	Sink
	Open(path string) (io.ReadSeekCloser, error)
}

// Unmade is a sink that makes no file. Pages that are only tried show sizes and checksums of nothing.
type Unmade struct{}

// Stream calls nothing.
func (Unmade) Stream(path string, _ func(io.Writer) error) (output.File, error) {
	return output.File{Path: path}, nil
}

// Index lists the files of a site. [New] makes one.
type Index struct {
	sink   Sink
	begun  atomic.Bool // a file was made
	all    []*Entry
	byPath map[string]*Entry
	lists  map[owner][]*Entry // of files with a title, by place
}

// owner is what a file holds: File.Municipality and File.Register.
type owner struct{ municipality, register string }

// New returns an empty index whose sink counts and hashes files and keeps nothing.
func New() *Index {
	return &Index{sink: new(output.Ledger), byPath: map[string]*Entry{}, lists: map[owner][]*Entry{}}
}

// Add adds a file. The error is that its path is taken.
func (x *Index) Add(f File) (*Entry, error) {
	if x.byPath[f.Path] != nil {
		return nil, fmt.Errorf("index of files: two files claim the path %s", f.Path)
	}
	e := &Entry{Path: f.Path, Write: f.Write, About: &unlisted, index: x}
	if f.About != unlisted {
		e.About = &f.About
	}
	x.all, x.byPath[f.Path] = append(x.all, e), e
	if !f.Title.IsZero() {
		of := owner{f.Municipality, f.Register}
		list := append(x.lists[of], e)
		slices.SortStableFunc(list, func(a, b *Entry) int { return cmp.Compare(a.Kind.Place, b.Kind.Place) })
		x.lists[of] = list
	}
	return e, nil
}

// Into sets the sink into which files are made. It panics once a file was made: that file
// would be missing there.
func (x *Index) Into(sink Sink) {
	if x.begun.Load() {
		panic("files: a file was made before the sink was set")
	}
	x.sink = sink
}

// All returns the files in the order in which they were added.
func (x *Index) All() []*Entry { return x.all }

// At returns the file of a path, or nil.
func (x *Index) At(path string) *Entry { return x.byPath[path] }

// Of returns the files that have a title and this Municipality and Register, in the order of
// their kinds' places; those with the same place are in the order in which they were added.
func (x *Index) Of(municipality, register string) []*Entry {
	return x.lists[owner{municipality, register}]
}

// unlisted is what most files are, such as those of single records, so that their entries share it.
var unlisted About

// Entry is a file of an index.
type Entry struct {
	Path  string                // see File
	Write func(io.Writer) error // see File
	*About

	index   *Index
	waiting atomic.Int64 // goroutines that need the file

	mu   sync.Mutex // held while the file is made
	made bool
	sum  output.File
	err  error
}

// Sum returns the size and checksum of the file. It makes the file if that is not made yet.
func (e *Entry) Sum() (output.File, error) {
	sum, _, err := e.make(context.Background(), e.Write)
	return sum, err
}

// CopyTo writes the file to w. If the file is not made yet, it is written to w and to the sink
// at once.
func (e *Entry) CopyTo(w io.Writer) error {
	_, first, err := e.make(context.Background(), func(sink io.Writer) error { return e.Write(io.MultiWriter(sink, w)) })
	if first || err != nil {
		return err
	}
	keeper, ok := e.index.sink.(Keeper)
	if !ok {
		return e.Write(w)
	}
	kept, err := keeper.Open(e.Path)
	if err != nil {
		return err
	}
	defer kept.Close()
	_, err = io.Copy(w, kept)
	return err
}

// Open makes the file, unless it is made already, and opens it. The sink must be a Keeper. If
// the context ends and nobody else needs the file, making it is broken off.
func (e *Entry) Open(ctx context.Context) (io.ReadSeekCloser, error) {
	if _, _, err := e.make(ctx, e.Write); err != nil {
		return nil, cmp.Or(context.Cause(ctx), err)
	}
	return e.index.sink.(Keeper).Open(e.Path)
}

// errAlone says that nobody needs a file any more.
var errAlone = errors.New("nobody waits for the file")

// make calls write to make the file, unless the file is made already, and reports whether it
// did. If another goroutine is making the file, it waits until that is done.
func (e *Entry) make(ctx context.Context, write func(io.Writer) error) (sum output.File, first bool, err error) {
	e.waiting.Add(1)
	leave := sync.OnceFunc(func() { e.waiting.Add(-1) })
	defer leave()
	defer context.AfterFunc(ctx, leave)()
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.made {
		return e.sum, false, e.err
	}
	if ctx.Err() != nil {
		return output.File{}, false, context.Cause(ctx)
	}
	e.index.begun.Store(true)
	e.made, e.err = true, fmt.Errorf("making %s was interrupted", e.Path) // stays if write panics
	e.sum, e.err = e.index.sink.Stream(e.Path, func(w io.Writer) error { return write(attended{w, e}) })
	e.made = !errors.Is(e.err, errAlone)
	return e.sum, true, e.err
}

// attended writes as long as somebody needs the file.
type attended struct {
	io.Writer
	file *Entry
}

func (a attended) Write(p []byte) (int, error) {
	if a.file.waiting.Load() == 0 {
		return 0, errAlone
	}
	return a.Writer.Write(p)
}
