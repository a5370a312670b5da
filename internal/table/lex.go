package table

import (
	"strings"

	"achyk/internal/diag"
	"achyk/internal/limits"
	"achyk/internal/source"
)

// The package does not use encoding/csv, because that turns CRLF inside of quotes into LF,
// keeps a byte order mark as part of the first heading, skips blank lines and does not tell
// where a cell stands. A register is evidence, so its text may not change, and a finding must
// name the row that a spreadsheet shows.

// cell is one cell of the file.
type cell struct {
	value    string // unquoted
	span     source.Span
	reported bool // for a stray quote, so that its value is not known
}

// record is one row of a spreadsheet. It has at least one cell.
type record struct {
	cells []cell
	row   int // from 1; blank lines count
}

// span is the place of the record in its file.
func (r record) span() source.Span {
	return source.Span{Start: r.cells[0].span.Start, End: r.cells[len(r.cells)-1].span.End}
}

// blank tells whether all cells are empty.
func (r record) blank() bool {
	for _, c := range r.cells {
		if c.value != "" {
			return false
		}
	}
	return true
}

// lexer splits CSV into records, one after another, so that the cells of a large file are
// not in memory all at once. After a stray quote it goes on with the next cell. It ends at a
// quote that is never closed, because what follows may be text or cells, and where the file
// exceeds a limit.
type lexer struct {
	file     *source.File
	text     string
	comma    byte // between cells: a comma in a register
	pos      int  // where the next record begins
	row      int  // of the record read last
	cells    []cell
	rows     int // that are not blank
	read     int // cells of these
	problems diag.Collector
	ended    bool // before the end of the text
}

func newLexer(f *source.File, text string) *lexer {
	l := &lexer{file: f, text: text, comma: ',', pos: f.Begin()}
	if l.pos > 0 {
		l.problems.Add(diag.Diagnostic{Code: diag.ByteOrder, File: f, Span: source.Span{End: l.pos}})
	}
	return l
}

// next returns the next record, or false after the last. The cells are valid until the next
// call.
func (l *lexer) next() (record, bool) {
	if l.pos >= len(l.text) || l.ended {
		return record{}, false
	}
	text, pos := l.text, l.pos
	l.row++
	l.cells = l.cells[:0]
	told := false // a second stray quote in a row most likely belongs to the first
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
				l.ended = true
				return record{}, false
			}
			value, pos = strings.ReplaceAll(text[start+1:end], `""`, `"`), end+1
		}
		rest := pos
		for pos < len(text) && text[pos] != l.comma && text[pos] != '\n' && text[pos] != '\r' {
			pos++
		}
		tail := text[rest:pos]
		stray := start != rest && tail != "" || start == rest && strings.Contains(tail, `"`)
		if start == rest || stray {
			value = text[start:pos]
		}
		span := source.Span{Start: start, End: pos}
		if len(l.cells) == limits.Columns {
			return l.exceeds("columns", limits.Columns, span)
		} else if pos-l.pos > limits.Row {
			return l.exceeds("row", limits.Row, span)
		}
		if stray && !told {
			told = true
			l.problems.Add(diag.Diagnostic{
				Code: diag.StrayQuote, File: l.file, Span: span, Cell: source.Cell{Row: l.row, Column: len(l.cells) + 1},
				Value: value, Args: diag.Args{"value": value},
			})
		}
		l.cells = append(l.cells, cell{value, span, stray})
		if pos < len(text) && text[pos] == l.comma {
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
		r, ok := l.next()
		if !ok {
			return r, false
		}
		if r.blank() {
			continue
		}
		l.rows++
		l.read += len(r.cells)
		switch {
		case l.rows > limits.Rows:
			return l.exceeds("rows", limits.Rows, r.cells[0].span)
		case l.read > limits.Cells:
			return l.exceeds("cells", limits.Cells, r.cells[0].span)
		}
		return r, true
	}
}

// exceeds reports the cell at which the file exceeds a limit, and ends the reading. what is the
// key of a message below "diagnostics.limit".
func (l *lexer) exceeds(what string, limit int, at source.Span) (record, bool) {
	l.problems.Add(diag.Diagnostic{
		Code: diag.OverLimit, File: l.file, Span: source.Span{Start: at.Start, End: at.Start}, Cell: source.Cell{Row: l.row, Column: 1},
		Args: diag.Args{"what": diag.Phrase("limit." + what), "have": "", "limit": limit, "key": ""},
	})
	l.ended = true
	return record{}, false
}

// closingQuote returns where a quoted cell ends whose text begins at pos, or -1. Two quotes
// are one quote of the text.
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

// Split splits CSV text as [Read] does, without judging the cells. It returns the cells of
// each row that is not blank, without their quotes. The code is not empty if the cells are not
// known: diag.OverLimit, or diag.StrayQuote for a quote that is stray or never closed.
func Split(text []byte) (rows [][]string, problem diag.Code) {
	l := newLexer(&source.File{Data: text}, string(text))
	for r, more := l.filled(); more && len(l.problems.List) <= 1; r, more = l.filled() { // one may be the byte order mark
		row := make([]string, len(r.cells))
		for i, c := range r.cells {
			row[i] = c.value
		}
		rows = append(rows, row)
	}
	for _, p := range l.problems.List {
		switch p.Code {
		case diag.OverLimit:
			return nil, diag.OverLimit
		case diag.StrayQuote, diag.UnclosedQuote:
			problem = diag.StrayQuote
		}
	}
	return rows, problem
}

// Records splits text whose cells have the given byte between them as [Read] splits a register, and
// calls each with every row, until it returns false: the number of the row in a spreadsheet, and the
// cells, which are valid until the next call. It returns the findings on quotes and limits.
func Records(f *source.File, comma byte, each func(row int, cells []string) bool) diag.List {
	l := newLexer(f, f.Text())
	l.comma = comma
	var cells []string
	for r, more := l.next(); more; r, more = l.next() {
		cells = cells[:0]
		for _, c := range r.cells {
			cells = append(cells, c.value)
		}
		if !r.blank() {
			l.rows, l.read = l.rows+1, l.read+len(r.cells)
		}
		if l.rows > limits.Rows {
			l.exceeds("rows", limits.Rows, r.cells[0].span)
		} else if l.read > limits.Cells {
			l.exceeds("cells", limits.Cells, r.cells[0].span)
		}
		if l.ended || !each(r.row, cells) {
			break
		}
	}
	return l.problems.List
}
