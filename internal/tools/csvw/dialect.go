package csvw

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/unicode/norm"
)

// Dialects (Metadata, 5.9) and how CSV is split into cells by one (Model, 8).

// dialect says how a CSV file is written. An empty text means that there is no such character.
type dialect struct {
	comment, delimiter, quote, escape string
	encoding                          string
	headerRows, skipRows, skipColumns int
	skipBlankRows, trimStart, trimEnd bool
	terminators                       []string
}

var defaultDialect = dialect{
	comment: "#", delimiter: ",", quote: `"`, escape: `"`, encoding: "utf-8", headerRows: 1, terminators: []string{"\r\n", "\n"},
}

var dialectRules = map[string]rule{
	"commentPrefix": text, "delimiter": filled, "doubleQuote": boolean, "encoding": word(isEncoding), "header": boolean, "headerRowCount": count,
	"lineTerminators": texts, "quoteChar": separator, "skipBlankRows": boolean, "skipColumns": count, "skipInitialSpace": boolean,
	"skipRows": count, "trim": one(true, false, "true", "false", "start", "end"),
}

// isEncoding reports whether a name is a label of the Encoding Standard.
func isEncoding(s string) bool {
	_, err := htmlindex.Get(s)
	return err == nil
}

// dialect reads a dialect description.
func (d *document) dialect(where string, raw map[string]any) dialect {
	p := d.object(where, "Dialect", raw, dialectRules)
	x := defaultDialect
	set(p, "commentPrefix", &x.comment)
	set(p, "delimiter", &x.delimiter)
	set(p, "encoding", &x.encoding)
	set(p, "lineTerminators", &x.terminators)
	set(p, "skipBlankRows", &x.skipBlankRows)
	set(p, "skipColumns", &x.skipColumns)
	set(p, "skipRows", &x.skipRows)
	set(p, "skipInitialSpace", &x.trimStart)
	if p["header"] == false {
		x.headerRows = 0
	}
	set(p, "headerRowCount", &x.headerRows)
	set(p, "quoteChar", &x.quote)
	if x.escape = x.quote; p["doubleQuote"] == false && x.quote != "" { // the Recommendation writes ", but means quoteChar
		x.escape = `\`
	}
	if trim, there := p["trim"]; there {
		all := trim == true || trim == "true"
		x.trimStart, x.trimEnd = all || trim == "start", all || trim == "end"
	}
	return x
}

// set copies a property into a variable, if the object has it.
func set[T any](p properties, name string, into *T) {
	if x, ok := p[name].(T); ok {
		*into = x
	}
}

// line is a row of the file before its cells are read by their datatypes.
type line struct {
	number int // of the row in the file, from 1; a row may span several lines of text
	cells  []string
}

// parse splits a file into the rows of its heading and the other rows. It leaves out comments
// and the rows that the dialect skips.
func (v *validator) parse(t *table, data []byte) (header, rows []line) {
	x := t.dialect
	if decoder, err := htmlindex.Get(x.encoding); err == nil {
		data, _ = decoder.NewDecoder().Bytes(data)
		if name, _ := htmlindex.Name(decoder); !strings.HasPrefix(name, "utf-") {
			data = norm.NFC.Bytes(data)
		}
	}
	rest := string(bytes.TrimPrefix(data, []byte("\ufeff")))
	for number := 1; rest != ""; number++ {
		content := x.row(&rest)
		switch cells, ok := x.split(content); {
		case number <= x.skipRows || x.comment != "" && strings.HasPrefix(content, x.comment):
		case !ok:
			v.errorf(place(t.url, number, ""), "has a quote within a cell, or one that is not closed")
		case len(header) < x.headerRows:
			header = append(header, line{number, cells[min(x.skipColumns, len(cells)):]})
		case x.skipBlankRows && !slices.ContainsFunc(cells, func(s string) bool { return s != "" }):
		default:
			rows = append(rows, line{number, cells[min(x.skipColumns, len(cells)):]})
		}
	}
	return header, rows
}

// row cuts the first row from the text and returns it. The row ends at the first line
// terminator outside of quotes.
func (x dialect) row(rest *string) string {
	s, quoted := *rest, false
	for i := 0; i < len(s); i++ {
		switch {
		case x.escape != "" && x.escape != x.quote && strings.HasPrefix(s[i:], x.escape):
			i += len(x.escape)
		case x.quote != "" && strings.HasPrefix(s[i:], x.quote):
			quoted = !quoted // a doubled quote changes it twice
		case !quoted:
			for _, end := range x.terminators {
				if end != "" && strings.HasPrefix(s[i:], end) {
					*rest = s[i+len(end):]
					return s[:i]
				}
			}
		}
	}
	*rest = ""
	return s
}

// split splits a row into cells. It reports false if the quotes are wrong.
func (x dialect) split(s string) (cells []string, ok bool) {
	var b strings.Builder
	quoted := false // within quotes
	closed := false // after the closing quote of the cell
	for {
		switch {
		case s == "" || !quoted && strings.HasPrefix(s, x.delimiter):
			if quoted {
				return nil, false
			}
			cells = append(cells, x.trim(b.String()))
			if s == "" {
				return cells, true
			}
			b.Reset()
			s, closed = s[len(x.delimiter):], false
		case closed:
			return nil, false
		case quoted && x.escape == x.quote && strings.HasPrefix(s, x.quote+x.quote):
			b.WriteString(x.quote)
			s = s[2*len(x.quote):]
		case x.escape != "" && x.escape != x.quote && strings.HasPrefix(s, x.escape) && len(s) > len(x.escape):
			b.WriteString(s[len(x.escape) : len(x.escape)+1])
			s = s[len(x.escape)+1:]
		case x.quote != "" && strings.HasPrefix(s, x.quote):
			if !quoted && b.Len() > 0 {
				return nil, false
			}
			quoted, closed = !quoted, quoted
			s = s[len(x.quote):]
		default:
			b.WriteByte(s[0])
			s = s[1:]
		}
	}
}

// trim removes the white space around a cell that the dialect says to remove.
func (x dialect) trim(s string) string {
	if x.trimStart {
		s = strings.TrimLeft(s, " \t\r\n")
	}
	if x.trimEnd {
		s = strings.TrimRight(s, " \t\r\n")
	}
	return s
}
