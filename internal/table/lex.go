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

// lex splits CSV into records. After a stray quote it goes on with the next cell;
// after an unclosed one nothing can be trusted, and complete is false.
func lex(f *source.File) (records []record, problems diag.List, complete bool) {
	text := string(f.Data)
	pos := f.Begin()
	if pos > 0 {
		problems.Add(diag.Diagnostic{Code: diag.ByteOrder, File: f, Span: source.Span{End: pos}})
	}
	width := 8
	for row := 1; pos < len(text); row++ {
		cells := make([]cell, 0, width)
		told := false // further quotes of the row are most likely the other half of the first
		for {
			start := pos
			var value string
			if strings.HasPrefix(text[pos:], `"`) {
				end := closingQuote(text, pos+1)
				if end < 0 {
					problems.Add(diag.Diagnostic{
						Code: diag.UnclosedQuote, File: f, Span: source.Span{Start: start, End: start + 1},
						Cell: source.Cell{Row: row, Column: len(cells) + 1},
					})
					return records, problems, false
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
				problems.Add(diag.Diagnostic{
					Code: diag.StrayQuote, File: f, Span: span, Cell: source.Cell{Row: row, Column: len(cells) + 1},
					Value: value, Args: diag.Args{"value": value},
				})
			}
			cells = append(cells, cell{value, span, stray})
			if pos < len(text) && text[pos] == ',' {
				pos++
				continue
			}
			break
		}
		records = append(records, record{cells, row})
		width = len(cells)
		if strings.HasPrefix(text[pos:], "\r\n") {
			pos++
		}
		pos++ // CR, LF, or past the end
	}
	return records, problems, true
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
	records, problems, complete := lex(&source.File{Data: text})
	for _, r := range records {
		if r.blank() {
			continue
		}
		row := make([]string, len(r.cells))
		for i, c := range r.cells {
			row[i] = c.value
		}
		rows = append(rows, row)
	}
	for _, p := range problems {
		complete = complete && p.Code == diag.ByteOrder
	}
	return rows, complete
}
