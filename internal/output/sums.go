package output

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"

	"achyk/internal/limits"
)

// SumsName is the name of the file with the checksums of a set, at the top of the set.
const SumsName = "SHA256SUMS"

// File tells of a file that was written.
type File struct {
	Path   string // from the top of the set, with forward slashes
	Size   int64  // bytes
	SHA256 Digest
}

// Digest is a SHA-256 checksum. The zero value stands for that of a file that was not written.
type Digest [sha256.Size]byte

// String writes the checksum as 64 hexadecimal digits.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// WriteSums writes SHA256SUMS for files, which are in the order of their paths.
func WriteSums(w io.Writer, files []File) error {
	b := bufio.NewWriter(w) // keeps its first error until Flush
	for _, f := range files {
		b.Write(hex.AppendEncode(b.AvailableBuffer(), f.SHA256[:]))
		b.WriteString("  " + f.Path + "\n")
	}
	return b.Flush()
}

// sumsLine matches a line as WriteSums writes it. sha256sum writes other lines for binary mode
// and for names with backslashes or line breaks, which no set has.
var sumsLine = regexp.MustCompile(`^([0-9a-f]{64})  (.+)$`)

// longestLine is the most bytes of a line that is read: more than the path of any file that
// load accepts.
const longestLine = 8 << 10

// ReadSums reads a SHA256SUMS that may come from anybody, of at most so many lines. It returns
// the files in the order of their paths, without sizes. bad has the numbers, counted from 1, of
// the lines that WriteSums would not have written: those that are not a checksum and a path, whose
// path is not [Portable], or whose path stands in an earlier line. The error is of type
// *limits.Exceeded if there are more lines, or that of the reader.
func ReadSums(r io.Reader, most int) (files []File, bad []int, err error) {
	named := map[string]struct{}{SumsName: {}}
	lines := bufio.NewReaderSize(r, longestLine)
	for number := 1; ; number++ {
		line, err := lines.ReadSlice('\n')
		long := errors.Is(err, bufio.ErrBufferFull)
		for errors.Is(err, bufio.ErrBufferFull) {
			_, err = lines.ReadSlice('\n')
		}
		switch {
		case err != nil && err != io.EOF:
			return nil, nil, err
		case err == io.EOF && len(line) == 0:
			return byPath(files), bad, nil
		case number > most:
			return nil, nil, &limits.Exceeded{What: "lines", Limit: int64(most)}
		}
		m := sumsLine.FindStringSubmatch(string(bytes.TrimSuffix(line, []byte("\n"))))
		if long || m == nil || Portable(m[2]) != nil {
			bad = append(bad, number)
			continue
		}
		if _, twice := named[m[2]]; twice {
			bad = append(bad, number)
			continue
		}
		named[m[2]] = struct{}{}
		f := File{Path: m[2]}
		hex.Decode(f.SHA256[:], []byte(m[1])) // sumsLine matched the digits
		files = append(files, f)
	}
}

// Ledger takes a set of files and keeps only the path, size and checksum of each. The zero
// value is ready to use.
type Ledger struct {
	mu    sync.Mutex
	files []File
}

// Write enters a file in the ledger. It may be called by several goroutines, once for each
// path.
func (l *Ledger) Write(path string, data []byte) error {
	_, err := l.enter(path, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
	return err
}

// Stream is Write for a file that is made while it is written. It returns the size and
// checksum of what was written.
func (l *Ledger) Stream(path string, content func(io.Writer) error) (File, error) {
	return l.enter(path, buffered(content))
}

func (l *Ledger) enter(path string, content func(io.Writer) error) (File, error) {
	f, err := digest(path, io.Discard, content)
	if err != nil {
		return File{}, fmt.Errorf("write %q: %w", path, err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.files = append(l.files, f)
	return f, nil
}

// Files returns the files entered so far, in the order of their paths.
func (l *Ledger) Files() []File {
	l.mu.Lock()
	defer l.mu.Unlock()
	return byPath(slices.Clone(l.files))
}

// byPath sorts files in place by their paths.
func byPath(files []File) []File {
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return files
}

// digest writes a file to w, and counts and hashes it.
func digest(path string, w io.Writer, content func(io.Writer) error) (File, error) {
	hash := sha256.New()
	size := counter(0)
	err := content(io.MultiWriter(w, hash, &size))
	return File{path, int64(size), Digest(hash.Sum(nil))}, err
}

// fileOf tells of a file that holds data.
func fileOf(path string, data []byte) File {
	return File{path, int64(len(data)), sha256.Sum256(data)}
}

// counter counts the bytes written to it.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// writers are the buffers of buffered that are not in use. Most files are far smaller than a buffer, so
// that making one for each file was a quarter of all memory that a build asked for.
var writers = sync.Pool{New: func() any { return bufio.NewWriterSize(nil, 64<<10) }}

// buffered collects the small writes of content into few large ones.
func buffered(content func(io.Writer) error) func(io.Writer) error {
	return func(w io.Writer) error {
		b := writers.Get().(*bufio.Writer)
		b.Reset(w)
		defer func() {
			b.Reset(nil) // lets go of the file
			writers.Put(b)
		}()
		if err := content(b); err != nil {
			return err
		}
		return b.Flush()
	}
}
