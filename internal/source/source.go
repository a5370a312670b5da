// Package source describes places in input files.
//
// Packages that read files keep places as byte spans, which need two words of memory. Lines
// and columns, which editors show, are computed from a span when a message is made. A cell of
// a register also has its address in a spreadsheet, such as D14, for people who use Excel.
package source

import (
	"bytes"
	"sort"
	"strconv"
	"sync"
	"unicode/utf8"
	"unsafe"
)

// File is an input file with its content. It is safe for concurrent use if Data is not changed.
type File struct {
	Path string // in the repository, with forward slashes: "data/osh/findings.csv"
	Data []byte // the content, unchanged

	once  sync.Once
	lines []int // byte offset at which each line begins
}

// Text returns Data as a string without copying: Data must not be changed afterwards.
func (f *File) Text() string { return unsafe.String(unsafe.SliceData(f.Data), len(f.Data)) }

// byteOrderMark is U+FEFF in UTF-8. Excel and Notepad write it at the start of a file.
var byteOrderMark = []byte("\ufeff")

// Begin returns the offset of the text: 3 if the file starts with a byte order mark, else 0.
func (f *File) Begin() int {
	if bytes.HasPrefix(f.Data, byteOrderMark) {
		return len(byteOrderMark)
	}
	return 0
}

// Span is a range of bytes in a file: from Start up to, but not including, End.
type Span struct{ Start, End int }

// Slice returns the bytes of a span. What of the span lies outside the file is left out.
func (f *File) Slice(s Span) []byte {
	end := min(max(s.End, 0), len(f.Data))
	return f.Data[min(max(s.Start, 0), end):end]
}

// Position is a place as editors show it. The zero Position is none.
type Position struct {
	Line   int // from 1; lines end with LF
	Column int // from 1, in characters (Unicode code points), not bytes
}

// Position returns the line and column of a byte offset. An offset before the file counts as
// its start, one after the file as its end.
func (f *File) Position(offset int) Position {
	f.once.Do(f.index)
	offset = min(max(offset, 0), len(f.Data))
	line := sort.SearchInts(f.lines, offset+1) - 1
	begin := f.lines[line]
	return Position{Line: line + 1, Column: utf8.RuneCount(f.Data[begin:offset]) + 1}
}

// Line returns the text of a line (from 1) without LF or CRLF, or "" if there is no such line.
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

// Offset returns the offset at which a line (from 1) begins. Numbers outside the file count as
// its first or last line.
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

// Cell is an address in a spreadsheet. The zero Cell is none.
type Cell struct {
	Row    int // from 1, which is the header
	Column int // from 1
}

// String returns the address as spreadsheets write it: Cell{Row: 14, Column: 4} is "D14". The
// zero Cell is "".
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
