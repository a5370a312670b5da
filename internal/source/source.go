// Package source says where in an input file something stands.
//
// Everything that reads carries byte spans, which are cheap and exact, or of a register
// the bytes at which its rows begin; lines, columns and spreadsheet addresses are computed
// only when a message is made.
// A clerk who works in Excel is told the cell ("D14"), a developer the line and
// column, and both name the same byte.
package source

import (
	"bytes"
	"sort"
	"strconv"
	"sync"
	"unicode/utf8"
	"unsafe"
)

// File is one input file, whole.
type File struct {
	Path string // within the repository, with forward slashes: "data/osh/findings.csv"
	Data []byte // as it lies on disk

	once  sync.Once
	lines []int // byte offset at which each line begins
}

// Text is the data as a string, which shares its bytes: they are not to be changed.
func (f *File) Text() string { return unsafe.String(unsafe.SliceData(f.Data), len(f.Data)) }

// byteOrderMark is what some programs, Excel among them, put before a UTF-8 text.
var byteOrderMark = []byte("\ufeff")

// Begin is the offset at which the text begins: past a byte order mark, if there is one.
func (f *File) Begin() int {
	if bytes.HasPrefix(f.Data, byteOrderMark) {
		return len(byteOrderMark)
	}
	return 0
}

// Span is the half-open range of bytes [Start, End) of a file.
type Span struct{ Start, End int }

// Slice returns the bytes of a span. What of the span lies outside the file is left out.
func (f *File) Slice(s Span) []byte {
	end := min(max(s.End, 0), len(f.Data))
	return f.Data[min(max(s.Start, 0), end):end]
}

// Position is a place as editors show it.
type Position struct {
	Line   int // from 1; lines end with LF
	Column int // from 1, in characters (Unicode code points), not bytes
}

// Position returns the line and column of a byte offset. Offsets outside the
// file are moved to its nearest end.
func (f *File) Position(offset int) Position {
	f.once.Do(f.index)
	offset = min(max(offset, 0), len(f.Data))
	line := sort.SearchInts(f.lines, offset+1) - 1
	begin := f.lines[line]
	return Position{Line: line + 1, Column: utf8.RuneCount(f.Data[begin:offset]) + 1}
}

// Line returns the text of a line (from 1) without its end, or "" outside the file.
func (f *File) Line(n int) string {
	f.once.Do(f.index)
	if n < 1 || n > len(f.lines) {
		return ""
	}
	rest := f.Data[f.lines[n-1]:]
	if i := bytes.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:i]
	}
	return string(bytes.TrimSuffix(rest, []byte("\r")))
}

// Offset returns the byte at which a line (from 1) begins.
func (f *File) Offset(line int) int {
	f.once.Do(f.index)
	return f.lines[min(max(line, 1), len(f.lines))-1]
}

func (f *File) index() {
	f.lines = []int{0}
	for i, b := range f.Data {
		if b == '\n' {
			f.lines = append(f.lines, i+1)
		}
	}
}

// Cell is an address in a spreadsheet. The zero Cell is no cell.
type Cell struct {
	Row    int // from 1; the header is row 1
	Column int // from 1
}

// String returns the address as spreadsheets write it: Cell{14, 4} is "D14".
func (c Cell) String() string {
	if c.Row == 0 {
		return ""
	}
	letters := ""
	for n := c.Column; n > 0; n = (n - 1) / 26 {
		letters = string(rune('A'+(n-1)%26)) + letters
	}
	return letters + strconv.Itoa(c.Row)
}
