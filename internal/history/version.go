package history

import (
	"bytes"
	"slices"
	"strings"
	"unicode"

	"achyk/internal/characters"
	"achyk/internal/diag"
	"achyk/internal/limits"
	"achyk/internal/table"
)

// version is one version of a register's file. It keeps no cells: only the text, where the
// columns are, and how many rows each key has. A file that does not exist is a version
// without rows.
type version struct {
	data    []byte
	header  []string       // the columns as the file names them
	columns []string       // their present names; "" for a column that is left out
	keys    []int          // indices of the columns of the primary key
	count   map[string]int // number of rows by key; 1 unless the key is not unique
}

// row is the cells of one row.
type row struct {
	cells []string
	whole bool // it has as many cells as there are columns; else a cell's column is not known
}

// firstRow returns the offset of the first row after the header. It is 0 if the header is
// not the first line, or if no line end follows it: that of a version beginning with the same bytes may be longer.
func firstRow(data []byte) int {
	end := rowEnd(data)
	if len(bytes.Trim(data[:end], ",\"\r\n\ufeff")) == 0 || data[end-1] != '\n' {
		return 0
	}
	return end
}

// parse reads a version with all its rows. Nil data is a file that does not exist. If the
// version cannot be read, it returns why; with diag.MissingColumn it also returns the
// version and its rows, which lack a column of the key.
func (v *view) parse(data []byte) (*version, []row, diag.Code) {
	ver := &version{data: data, count: map[string]int{}}
	if data == nil {
		return ver, nil, ""
	}
	cells := limits.VersionCells
	records, problem := split(data, &cells)
	if problem != "" {
		return nil, nil, problem
	}
	if len(records) == 0 {
		return nil, nil, diag.EmptyFile
	}
	if first := records[0]; strings.ContainsAny(first[0], ";\t|") && !slices.ContainsFunc(first[1:], func(c string) bool { return c != "" }) {
		return nil, nil, diag.WrongDelimiter
	}
	for _, name := range records[0] {
		ver.header = append(ver.header, strings.Clone(strings.TrimSpace(name))) // changes keep names, which would keep the whole file
	}
	ver.columns = v.presentNames(ver.header)
	all := toRows(records[1:], len(ver.header))
	if !ver.findKey(v.keys) {
		return ver, all, diag.MissingColumn
	}
	ver.countRows(all)
	return ver, all, ""
}

// findKey finds the columns of the key and returns whether the version has them all. The
// key is the first column if no schema names one.
func (ver *version) findKey(keys []string) bool {
	ver.keys = ver.keys[:0]
	if len(keys) == 0 {
		ver.keys = append(ver.keys, 0)
	}
	for _, key := range keys {
		i := slices.Index(ver.columns, key)
		if i < 0 {
			return false
		}
		ver.keys = append(ver.keys, i)
	}
	return true
}

// countRows counts the rows of each key.
func (ver *version) countRows(all []row) {
	clear(ver.count)
	for _, r := range all {
		ver.count[ver.key(r)]++
	}
}

// split splits CSV text into rows of cells. It subtracts those from the cells that the version may
// still have, and looks for them before it splits: a cell of one byte takes many in memory.
func split(text []byte, cells *int) ([][]string, diag.Code) {
	*cells -= bytes.Count(text, comma) + rowCells*(bytes.Count(text, lineFeed)+bytes.Count(text, carriageReturn))
	if *cells < 0 {
		return nil, diag.OverLimit
	}
	if characters.Invalid(text) >= 0 {
		return nil, diag.InvalidUTF8
	}
	return table.Split(text)
}

// rowCells is how many cells take as much memory as a row.
const rowCells = 12

var comma, lineFeed, carriageReturn = []byte(","), []byte("\n"), []byte("\r")

// toRows normalizes the cells of rows that ought to have width cells.
func toRows(records [][]string, width int) []row {
	all := make([]row, len(records))
	for i, cells := range records {
		for j, c := range cells {
			cells[j] = normalize(c)
		}
		whole := len(cells) >= width && !slices.ContainsFunc(cells[min(width, len(cells)):], func(c string) bool { return c != "" })
		all[i] = row{cells, whole}
	}
	return all
}

// normalize removes from a cell what is no change: spaces and byte order marks around the
// text. It writes all line ends as "\n".
func normalize(cell string) string {
	if strings.Contains(cell, "\r") {
		cell = strings.ReplaceAll(strings.ReplaceAll(cell, "\r\n", "\n"), "\r", "\n")
	}
	return strings.TrimFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' })
}

// key returns the key of a row, "" if it has none. The parts of a key of several columns
// are joined by "_", as package table joins them.
func (ver *version) key(r row) string {
	if len(ver.keys) == 1 {
		return r.cell(ver.keys[0])
	}
	parts := make([]string, len(ver.keys))
	for i, k := range ver.keys {
		parts[i] = r.cell(k)
	}
	key := strings.Join(parts, "_")
	if strings.Trim(key, "_") == "" {
		return ""
	}
	return key
}

// byKey groups rows by key. Rows without a key are left out.
func (ver *version) byKey(all []row) map[string][]*row {
	groups := make(map[string][]*row, len(all))
	for i := range all {
		if key := ver.key(all[i]); key != "" {
			groups[key] = append(groups[key], &all[i])
		}
	}
	return groups
}

// cell returns a cell, "" if the row has too few.
func (r row) cell(i int) string {
	if i < len(r.cells) {
		return r.cells[i]
	}
	return ""
}

// shown returns a cell as it may be shown: "" if the row is nil, the column is missing
// (i is -1), or the row has more or fewer cells than there are columns.
func (r *row) shown(i int) string {
	if r == nil || i < 0 || !r.whole {
		return ""
	}
	return r.cell(i)
}
