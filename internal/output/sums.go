package output

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// SumsName is the file with the checksums of a set, at its top.
const SumsName = "SHA256SUMS"

// File is a file that was written.
type File struct {
	Path   string // from the top of the set, with forward slashes
	Size   int64
	SHA256 string // 64 hexadecimal digits
}

// Sums is the content of SHA256SUMS for files in the order of their paths.
func Sums(files []File) []byte {
	var b bytes.Buffer
	for _, f := range files {
		b.WriteString(f.SHA256 + "  " + f.Path + "\n")
	}
	return b.Bytes()
}

// sumsLine is a line as Sums writes it. What sha256sum can write beyond that, no set has.
var sumsLine = regexp.MustCompile(`^([0-9a-f]{64})  (.+)$`)

// ReadSums reads what claims to be a SHA256SUMS, which may come from anybody. It returns
// the files in the order of their paths, without sizes, and the numbers of the lines,
// from 1, that are not as Sums writes them: not a checksum and a path, a path that no set
// has because it leads out of it or is not portable, or a path named before.
func ReadSums(data []byte) (files []File, bad []int) {
	named := map[string]bool{SumsName: true}
	number := 0
	for line := range bytes.Lines(data) {
		number++
		m := sumsLine.FindSubmatch(bytes.TrimSuffix(line, []byte("\n")))
		if m == nil || Portable(string(m[2])) != nil || named[string(m[2])] {
			bad = append(bad, number)
			continue
		}
		f := File{Path: string(m[2]), SHA256: string(m[1])}
		named[f.Path] = true
		files = append(files, f)
	}
	return byPath(files), bad
}

// Ledger takes a set of files and keeps of each what a File tells, and no byte of it. The
// zero value is ready.
type Ledger struct {
	mu    sync.Mutex
	files []File
}

// Write enters a file. It may be called by several goroutines, once for each path.
func (l *Ledger) Write(path string, data []byte) error {
	_, err := l.enter(path, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
	return err
}

// Stream is Write for a file that is made while it is written. It tells what was written.
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

// Files returns what is entered in the order of the paths.
func (l *Ledger) Files() []File {
	l.mu.Lock()
	defer l.mu.Unlock()
	return byPath(slices.Clone(l.files))
}

// byPath sorts files in place.
func byPath(files []File) []File {
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return files
}

// digest writes a file to w and tells what was written.
func digest(path string, w io.Writer, content func(io.Writer) error) (File, error) {
	hash := sha256.New()
	size := counter(0)
	err := content(io.MultiWriter(w, hash, &size))
	return File{path, int64(size), hex.EncodeToString(hash.Sum(nil))}, err
}

// counter counts what is written to it.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// buffered gathers the small writes of content.
func buffered(content func(io.Writer) error) func(io.Writer) error {
	return func(w io.Writer) error {
		b := bufio.NewWriterSize(w, 64<<10)
		if err := content(b); err != nil {
			return err
		}
		return b.Flush()
	}
}
