package table

import (
	"strings"

	"achyk/internal/diag"
	"achyk/internal/source"
)

// A lexer of our own, because encoding/csv turns CRLF inside quotes into LF, keeps a
// byte order mark in the first header, skips blank lines and gives no spans: a
// register is evidence, and what a person is told must be where they see it.

// cell is one cell as it lies in the file.
type cell struct {
	value    string // unquoted
	span     source.Span
	reported bool // a stray quote: what the value is meant to be is not known
}

// record is one line of a spreadsheet.
type record struct {
	cells []cell
	row   int // spreadsheet row, from 1; blank lines count
}

// blank tells whether a spreadsheet would show an empty line.
func (r record) blank() bool {
	for _, c := range r.cells {
		if c.value != "" {
			return false
		}
	}
	return true
}

// lexer splits CSV into records, one after another, so that a large file's cells are not
// all there at once. After a stray quote it goes on with the next cell; after an unclosed
// one nothing can be trusted, and it ends there.
type lexer struct {
	file     *source.File
	text     string
	pos      int // where the next record begins
	row      int // of the record read last
	cells    []cell
	problems diag.List
	unclosed bool
}

func newLexer(f *source.File, text string) *lexer {
	l := &lexer{file: f, text: text, pos: f.Begin()}
	if l.pos > 0 {
		l.problems.Add(diag.Diagnostic{Code: diag.ByteOrder, File: f, Span: source.Span{End: l.pos}})
	}
	return l
}

// next returns the next record, whose cells are valid until the one after; false after
// the last.
func (l *lexer) next() (record, bool) {
	if l.pos >= len(l.text) || l.unclosed {
		return record{}, false
	}
	text, pos := l.text, l.pos
	l.row++
	l.cells = l.cells[:0]
	told := false // further quotes of the row are most likely the other half of the first
	for {
		start := pos
		var value string
		if strings.HasPrefix(text[pos:], `"`) {
			end := closingQuote(text, pos+1)
			if end < 0 {
				l.problems.Add(diag.Diagnostic{
					Code: diag.UnclosedQuote, File: l.file, Span: source.Span{Start: start, End: start + 1},
					Cell: source.Cell{Row: l.row, Column: len(l.cells) + 1},
				})
				l.unclosed = true
				return record{}, false
			}
			value, pos = strings.ReplaceAll(text[start+1:end], `""`, `"`), end+1
		}
		rest := pos
		for pos < len(text) && text[pos] != ',' && text[pos] != '\n' && text[pos] != '\r' {
			pos++
		}
		tail := text[rest:pos]
		stray := start != rest && tail != "" || start == rest && strings.Contains(tail, `"`)
		if start == rest || stray {
			value = text[start:pos]
		}
		span := source.Span{Start: start, End: pos}
		if stray && !told {
			told = true
			l.problems.Add(diag.Diagnostic{
				Code: diag.StrayQuote, File: l.file, Span: span, Cell: source.Cell{Row: l.row, Column: len(l.cells) + 1},
				Value: value, Args: diag.Args{"value": value},
			})
		}
		l.cells = append(l.cells, cell{value, span, stray})
		if pos < len(text) && text[pos] == ',' {
			pos++
			continue
		}
		break
	}
	if strings.HasPrefix(text[pos:], "\r\n") {
		pos++
	}
	l.pos = pos + 1 // CR, LF, or past the end
	return record{l.cells, l.row}, true
}

// filled returns the next record that is not blank.
func (l *lexer) filled() (record, bool) {
	for {
		if r, ok := l.next(); !ok || !r.blank() {
			return r, ok
		}
	}
}

func closingQuote(text string, pos int) int {
	for {
		i := strings.IndexByte(text[pos:], '"')
		if i < 0 {
			return -1
		}
		if pos += i; !strings.HasPrefix(text[pos:], `""`) {
			return pos
		}
		pos += 2
	}
}

// Split splits CSV text as [Read] does, without judging it: the cells of each row that
// is not blank, unquoted. It is false where quotes are not as CSV wants them, so that
// what the cells are cannot be known.
func Split(text []byte) (rows [][]string, ok bool) {
	l := newLexer(&source.File{Data: text}, string(text))
	for r, more := l.filled(); more; r, more = l.filled() {
		row := make([]string, len(r.cells))
		for i, c := range r.cells {
			row[i] = c.value
		}
		rows = append(rows, row)
	}
	ok = !l.unclosed
	for _, p := range l.problems {
		ok = ok && p.Code == diag.ByteOrder
	}
	return rows, ok
}
