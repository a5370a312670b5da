package history

import (
	"bytes"
	"crypto/sha256"
	"slices"
	"strings"
	"unicode"

	"achyk/internal/diag"
	"achyk/internal/table"
)

// view is what is asked of a register's versions.
type view struct {
	keys    []string          // columns of the primary key, as they are called now
	shown   map[string]bool   // columns that may be shown
	renamed map[string]string // columns that were called otherwise, by the later name: what they are called now
	sum     [sha256.Size]byte // of all this
}

// now returns what the columns of a header are called now, "" for those that count for
// nothing: the mark of demonstrations, and what is there twice.
func (v *view) now(header []string) []string {
	columns := make([]string, len(header))
	for i, name := range header {
		if later, ok := v.renamed[name]; ok && !slices.Contains(header, later) {
			name = later
		}
		if name != table.Demonstration && !slices.Contains(columns[:i], name) {
			columns[i] = name
		}
	}
	return columns
}

// version is one state of a register's file, of which the cells are not kept: only
// where things are, and how many rows each record has. A file that is not there is a
// version without rows.
type version struct {
	data    []byte
	header  []string       // the columns
	columns []string       // the same as they are called now; "" for one that counts for nothing
	keys    []int          // where the primary key is
	count   map[string]int // rows by key; a record has one
}

// row is the cells of a record.
type row struct {
	cells []string
	whole bool // as many as there are columns; else it is not known which is which
}

// begin is the offset of the first row; 0 where the header is not the first line.
func begin(data []byte) int {
	end := recordEnd(data)
	if len(bytes.Trim(data[:end], ",\"\r\n\ufeff")) == 0 {
		return 0
	}
	return end
}

// open reads a whole version with its rows; nil data is a file that is not there. Where
// it cannot be read, the reason is given; with diag.MissingColumn there are columns and
// rows, but not all of the key.
func (v *view) open(data []byte) (*version, []row, diag.Code) {
	ver := &version{data: data, count: map[string]int{}}
	if data == nil {
		return ver, nil, ""
	}
	records, problem := split(data)
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
		ver.header = append(ver.header, strings.TrimSpace(name))
	}
	ver.columns = v.now(ver.header)
	all := rows(records[1:], len(ver.header))
	if !ver.find(v.keys) {
		return ver, all, diag.MissingColumn
	}
	ver.number(all)
	return ver, all, ""
}

// find finds the columns of the key. Where no schema names them, it is the first.
func (ver *version) find(keys []string) bool {
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

// number counts the rows of each record.
func (ver *version) number(all []row) {
	clear(ver.count)
	for _, r := range all {
		ver.count[ver.key(r)]++
	}
}

// split splits text that begins with a row.
func split(text []byte) ([][]string, diag.Code) {
	if table.InvalidUTF8(text) >= 0 {
		return nil, diag.InvalidUTF8
	}
	records, ok := table.Split(text)
	if !ok {
		return nil, diag.StrayQuote
	}
	return records, ""
}

func rows(records [][]string, width int) []row {
	all := make([]row, len(records))
	for i, cells := range records {
		for j, c := range cells {
			cells[j] = clean(c)
		}
		whole := len(cells) >= width && !slices.ContainsFunc(cells[min(width, len(cells)):], func(c string) bool { return c != "" })
		all[i] = row{cells, whole}
	}
	return all
}

// clean returns the text of a cell as it is compared: without what no reader sees,
// spaces around it and how its lines end.
func clean(cell string) string {
	if strings.Contains(cell, "\r") {
		cell = strings.ReplaceAll(strings.ReplaceAll(cell, "\r\n", "\n"), "\r", "\n")
	}
	return strings.TrimFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' })
}

// key returns the key of a row, "" if it has none.
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

func (r row) cell(i int) string {
	if i < len(r.cells) {
		return r.cells[i]
	}
	return ""
}

// differing returns the rows of two versions that are not the same in both, found by
// going through both at once. Of rows in other places some may be among them that are
// the same after all. Both begin with a row, and b is known to be well-formed. Nil, and
// the reason, where a is not.
func differing(a, b []byte) (old, new [][]string, problem diag.Code) {
	// What is common at the end is set aside first, so that one changed row costs one row.
	tail := commonTail(a, b)
	a, b = a[:len(a)-tail], b[:len(b)-tail]
	for len(a) > 0 || len(b) > 0 {
		n := commonRows(a, b)
		a, b = a[n:], b[n:]
		i, j := resume(a, b)
		for part := range 2 {
			text, list := a[:i], &old
			if part == 1 {
				text, list = b[:j], &new
			}
			records, problem := split(text)
			if problem != "" {
				return nil, nil, problem
			}
			*list = append(*list, records...)
		}
		a, b = a[i:], b[j:]
	}
	return old, new, ""
}

// resume returns how much of a and b to take as different before their rows are the
// same again: the least number of rows, looking a few ahead.
func resume(a, b []byte) (i, j int) {
	const ahead = 24
	ends := func(data []byte) []int {
		list := []int{0}
		for at := 0; at < len(data) && len(list) <= ahead; {
			at += recordEnd(data[at:])
			list = append(list, at)
		}
		return list
	}
	x, y := ends(a), ends(b)
	for sum := 1; sum <= len(x)+len(y)-4; sum++ {
		for n := max(0, sum-len(y)+2); n <= min(sum, len(x)-2); n++ {
			m := sum - n
			if bytes.Equal(a[x[n]:x[n+1]], b[y[m]:y[m+1]]) {
				return x[n], y[m]
			}
		}
	}
	return x[len(x)-1], y[len(y)-1]
}

// recordEnd returns where the row ends with which data begins, its line end included.
func recordEnd(data []byte) int {
	for at, quotes := 0, 0; ; {
		n := bytes.IndexByte(data[at:], '\n')
		if n < 0 {
			return len(data)
		}
		quotes += bytes.Count(data[at:at+n], quote)
		at += n + 1
		if quotes%2 == 0 {
			return at
		}
	}
}

var quote = []byte{'"'}

// commonRows returns the length of the whole rows with which both begin.
func commonRows(a, b []byte) int {
	n := min(len(a), len(b))
	i := 0
	for step := 1 << 12; step > 0; step >>= 1 { // equality of large pieces is fast
		for i+step <= n && bytes.Equal(a[i:i+step], b[i:i+step]) {
			i += step
		}
	}
	if i == len(a) && i == len(b) {
		return i
	}
	// Back to the end of a row: a line end that is in no quotes.
	quotes := bytes.Count(a[:i], quote)
	for {
		end := bytes.LastIndexByte(a[:i], '\n') + 1
		quotes -= bytes.Count(a[end:i], quote)
		if quotes%2 == 0 {
			return end
		}
		i = bytes.LastIndexByte(a[:end], '"')
		quotes--
	}
}

// commonTail returns the length of the whole rows with which both end.
func commonTail(a, b []byte) int {
	n := min(len(a), len(b))
	i := 0
	for step := 1 << 12; step > 0; step >>= 1 {
		for i+step <= n && bytes.Equal(a[len(a)-i-step:len(a)-i], b[len(b)-i-step:len(b)-i]) {
			i += step
		}
	}
	// On to the beginning of a row in both: after a line end that is in no quotes.
	inA, inB := bytes.Count(a[:len(a)-i], quote), bytes.Count(b[:len(b)-i], quote)
	for i > 0 {
		if inA%2 == 0 && inB%2 == 0 && begins(a, len(a)-i) && begins(b, len(b)-i) {
			return i
		}
		rest := b[len(b)-i:]
		line := rest[:bytes.IndexByte(rest, '\n')+1]
		if len(line) == 0 {
			return 0
		}
		quotes := bytes.Count(line, quote)
		inA, inB, i = inA+quotes, inB+quotes, i-len(line)
	}
	return 0
}

// begins tells whether a line begins at an offset.
func begins(data []byte, at int) bool { return at == 0 || data[at-1] == '\n' }
