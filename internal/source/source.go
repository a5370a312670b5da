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
	"strings"
	"sync"
	"unicode/utf8"
	"unsafe"
)

// File is an input file with its content. It is safe for concurrent use if Data is not changed.
type File struct {
	Path string // in the repository, with forward slashes: "data/osh/findings.csv"
	Data []byte // the content, unchanged

	once   sync.Once
	before []int // the number of line ends before each block
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
	offset = min(max(offset, 0), len(f.Data))
	begin := bytes.LastIndexByte(f.Data[:offset], '\n') + 1
	return Position{Line: f.ends(offset) + 1, Column: utf8.RuneCount(f.Data[begin:offset]) + 1}
}

// Line returns the text of a line (from 1) without LF or CRLF, or "" if there is no such line.
func (f *File) Line(n int) string {
	if n < 1 || n > f.ends(len(f.Data))+1 {
		return ""
	}
	line, _, _ := strings.Cut(f.Text()[f.Offset(n):], "\n")
	return strings.TrimSuffix(line, "\r")
}

// Offset returns the offset at which a line (from 1) begins. Numbers outside the file count as
// its first or last line.
func (f *File) Offset(line int) int {
	f.once.Do(f.index)
	line = min(max(line, 1), f.ends(len(f.Data))+1)
	i := max(0, sort.SearchInts(f.before, line-1)-1) // the last block before which fewer lines end
	at := i * block
	for missing := line - 1 - f.before[i]; missing > 0; missing-- {
		at += bytes.IndexByte(f.Data[at:], '\n') + 1
	}
	return at
}

// block is the number of bytes for which the index keeps one number. An index of all lines
// would be eight times as large as a file of line ends.
const block = 16 << 10

// index counts the line ends before each block.
func (f *File) index() {
	count := 0
	for at := 0; at <= len(f.Data); at += block {
		f.before = append(f.before, count)
		count += bytes.Count(f.Data[at:min(at+block, len(f.Data))], []byte("\n"))
	}
}

// ends returns the number of lines that end before an offset.
func (f *File) ends(offset int) int {
	f.once.Do(f.index)
	i := offset / block
	return f.before[i] + bytes.Count(f.Data[i*block:offset], []byte("\n"))
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
