package table

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"achyk/internal/characters"
	"achyk/internal/diag"
	"achyk/internal/limits"
	"achyk/internal/locale"
	"achyk/internal/source"
)

// reader turns the records of a CSV file, or rows from elsewhere, into the rows of a table,
// and judges their cells.
type reader struct {
	table    *Table
	problems diag.Collector
	speller  Speller
	silent   []bool         // by field, for the row in hand: its cell has been reported
	width    int            // the number of cells in the header
	keyRows  map[string]int // by key: the spreadsheet row of its first record
	matched  int            // steps of patterns, each for each byte of the cells that were compared
	values   map[string]int // of unique columns, by field and value: the spreadsheet row of the first
}

func newReader(t *Table) *reader {
	return &reader{table: t, keyRows: map[string]int{}, values: map[string]int{}}
}

// header finds the cell of each field, and tells whether the rows can be read.
func (r *reader) header(h record) bool {
	t, s := r.table, r.table.Schema
	if i := onlyName(h); i >= 0 && strings.ContainsAny(h.cells[i].value, ";\t|") {
		r.problemInHeader(h, diag.WrongDelimiter, i, diag.Args{})
		return false
	}
	r.width = len(h.cells)
	t.position, r.silent = make([]int, len(s.Fields)), make([]bool, len(s.Fields))
	for i := range t.position {
		t.position[i] = -1
	}
	misspelt := r.headings(h)
	usable := true
	for i, f := range s.Fields {
		if t.position[i] >= 0 || !s.Required(i) {
			continue
		}
		usable = usable && !slices.Contains(s.keys, i)
		if !misspelt[f.Name] {
			r.problemInHeader(h, diag.MissingColumn, -1, diag.Args{"column": f.Name, "column_title": s.Columns[f.Column].Title})
		}
	}
	return usable
}

// mostTitles is how many rows above the headings are looked through for them.
const mostTitles = 5

// titled reports a first row that names no column, where the headings stand in one of the next rows:
// people put a title above a sheet. What the search finds wrong is reported when the rows are read.
func (r *reader) titled(h record, l *lexer) bool {
	if r.known(h) > 0 || r.table.Schema.Plain {
		return false
	}
	i := slices.IndexFunc(h.cells, func(c cell) bool { return strings.TrimSpace(c.value) != "" })
	if i < 0 { // spaces only
		return false
	}
	title, ahead := h.cells[i], newLexer(l.file, l.text)
	ahead.pos, ahead.row = l.pos, l.row
	problem := diag.Diagnostic{
		Code: diag.HeaderBelow, File: r.table.File, Register: r.table.Label, Span: title.span,
		Cell: source.Cell{Row: h.row, Column: i + 1}, Value: title.value, Args: diag.Args{"value": title.value},
	}
	for range mostTitles {
		next, more := ahead.filled()
		if !more {
			break
		}
		if r.known(next) > 1 {
			problem.Args["row"] = strconv.Itoa(next.row)
			r.problems.Add(problem)
			return true
		}
	}
	return false
}

// known is how many cells of a record name a column.
func (r *reader) known(h record) (n int) {
	for _, c := range h.cells {
		if r.table.Schema.Field(strings.TrimSpace(c.value)) >= 0 {
			n++
		}
	}
	return n
}

// onlyName returns the index of the only cell of a header that names a column of the register,
// or -1 if there is another number of them.
func onlyName(h record) int {
	only := -1
	for i, c := range h.cells {
		if name := strings.TrimSpace(c.value); name == "" || strings.EqualFold(name, Demonstration) {
			continue
		}
		if only >= 0 {
			return -1
		}
		only = i
	}
	return only
}

// headings notes the position of each field whose name stands in the header. It returns the
// fields whose names are most likely misspelt there.
func (r *reader) headings(h record) (misspelt map[string]bool) {
	t, s := r.table, r.table.Schema
	names := make([]Named, len(s.Fields))
	for i, f := range s.Fields {
		names[i].Code = f.Name
	}
	misspelt = map[string]bool{}
	firsts := map[string]int{} // by name in small letters, since databases take Name and name for one
	for i, c := range h.cells {
		name := strings.TrimSpace(c.value)
		if c.reported {
			name = strings.ReplaceAll(name, `"`, "")
		}
		first, twice := firsts[strings.ToLower(name)]
		switch f := s.Field(name); {
		case strings.EqualFold(name, Demonstration):
		case name == "" && i >= len(s.Fields): // a spreadsheet left an empty column behind
		case f < 0:
			near := r.speller.NearestNamed(name, len(names), func() []Named { return names })
			misspelt[near.Code] = true
			r.problemInHeader(h, diag.UnknownColumn, i, diag.Args{"nearest": near, "words": names})
		case twice:
			r.problemInHeader(h, diag.DuplicateColumn, i, diag.Args{"first": source.Cell{Row: h.row, Column: first + 1}.String()})
		case r.unreadable(h, i, name): // possible only if the file has no schema
		default:
			t.position[f], firsts[strings.ToLower(name)] = i, i
		}
	}
	return misspelt
}

// unreadable reports a name of a column with a character that no text should hold, and tells
// whether the character is refused.
func (r *reader) unreadable(h record, cell int, name string) bool {
	_, _, code := characters.Find(name)
	if code != "" {
		r.problemInHeader(h, code, cell, diag.Args{"column": name, "column_title": locale.Same(name)})
	}
	return code != "" && code.Severity() == diag.Error
}

// problemInHeader reports a cell of the header, or with -1 the header as a whole.
func (r *reader) problemInHeader(h record, code diag.Code, cell int, args diag.Args) {
	d := diag.Diagnostic{Code: code, File: r.table.File, Register: r.table.Label, Span: h.span(), Args: args}
	if cell >= 0 {
		d.Span, d.Cell, d.Value = h.cells[cell].span, source.Cell{Row: h.row, Column: cell + 1}, h.cells[cell].value
		args["value"] = d.Value
	}
	r.problems.Add(d)
}

// row reads a record of the file.
func (r *reader) row(rec record) {
	t := r.table
	values := make([]string, len(t.Schema.Fields))
	for i := range values {
		r.silent[i] = t.position[i] < 0 // a column that is missing has been reported once for all rows
		if p := t.position[i]; p >= 0 && p < len(rec.cells) {
			values[i], r.silent[i] = rec.cells[p].value, rec.cells[p].reported
		}
	}
	row := Row{Values: values, Origin: Origin{File: t.File, Row: rec.row, Start: rec.span().Start}}
	extra := rec.cells[min(r.width, len(rec.cells)):]
	switch {
	case len(rec.cells) < r.width:
		r.shifted(rec, row, diag.RowTooShort)
	case !(record{cells: extra}).blank():
		r.shifted(rec, row, diag.RowTooLong)
	default:
		r.accept(row)
	}
}

// shifted keeps a row that has too few or too many cells. They may all be in wrong columns, so
// the row is reported as a whole and only its key is kept, so that references to it hold.
func (r *reader) shifted(rec record, row Row, code diag.Code) {
	s := r.table.Schema
	row.Key = row.key(s)
	if r.problems.Full(row.Origin.path(-1), code) {
		r.problems.Add(diag.Diagnostic{Code: code, File: row.Origin.File})
	} else if !slices.ContainsFunc(rec.cells, func(c cell) bool { return c.reported }) {
		d := r.table.Problem(code, &row, -1, diag.Args{"have": len(rec.cells), "want": r.width})
		d.Span, d.Cell = rec.span(), source.Cell{Row: rec.row, Column: 1}
		r.problems.Add(d)
	}
	for i := range row.Values {
		if !slices.Contains(s.keys, i) {
			row.Values[i] = ""
		}
	}
	r.keep(row)
}

// key joins the cells of the primary key.
func (row *Row) key(s *Schema) string {
	parts := make([]string, len(s.keys))
	for i, k := range s.keys {
		parts[i] = strings.TrimSpace(row.Values[k])
	}
	return strings.Join(parts, "_")
}

// keyTitles returns the titles of the primary key's columns, or no text if the key is an id, which
// stands for the record and nothing else.
func (s *Schema) keyTitles() (titles locale.Text) {
	if len(s.keys) == 1 && s.Columns[s.Fields[s.keys[0]].Column].Type == ID {
		return titles
	}
	titles = locale.PerLanguage(s.Langs, func(l locale.Lang) string {
		var all []string
		for _, k := range s.keys {
			all = append(all, s.Columns[s.Fields[k].Column].Title.In(l))
		}
		return strings.Join(all, ", ")
	})
	return titles
}

// accept judges the cells of a row and keeps the row, unless another has its key.
func (r *reader) accept(row Row) {
	t, s := r.table, r.table.Schema
	row.Key = row.key(s)
	for i := range s.Fields {
		r.cell(&row, i)
	}
	if first, twice := r.keyRows[row.Key]; twice {
		r.report(diag.DuplicateKey, &row, s.keys[0], func() diag.Args {
			return diag.Args{"key": strings.Join(s.PrimaryKey, ", "), "first": strconv.Itoa(first), "titles": s.keyTitles()}
		})
		t.Whole = false // one of the two may be meant to have an id that others refer to
		return
	}
	r.keep(row)
	r.unique(&row)
}

// cell judges a cell of a row. One that is wrong is reported and emptied.
func (r *reader) cell(row *Row, field int) {
	if r.silent[field] {
		r.empty(row, field)
		return
	}
	if trimmed := strings.TrimFunc(row.Values[field], unicode.IsSpace); trimmed != row.Values[field] {
		r.report(diag.OuterSpace, row, field, nil)
		row.Values[field] = trimmed
	}
	code, args := r.judge(row.Values[field], field)
	if code == "" {
		return
	}
	r.report(code, row, field, args)
	if code.Severity() == diag.Error {
		r.empty(row, field)
	}
}

// report reports a cell. args returns the arguments of its message beside those that
// [Table.Problem] adds; nil: there are none. Of a cell that would only be counted neither they
// nor the place are looked for.
func (r *reader) report(code diag.Code, row *Row, field int, args func() diag.Args) {
	if r.problems.Full(row.Origin.path(field), code) {
		r.problems.Add(diag.Diagnostic{Code: code, File: row.Origin.At(field)})
		return
	}
	var more diag.Args
	if args != nil {
		more = args()
	}
	d := r.table.Problem(code, row, field, more)
	if code == diag.DuplicateKey {
		d.Args["value"], d.Args["row"] = row.Key, strconv.Itoa(d.Cell.Row)
	}
	r.problems.Add(d)
}

// judge returns what is wrong with the text of a field's cell, or "", and the arguments.
func (r *reader) judge(value string, field int) (diag.Code, func() diag.Args) {
	s := r.table.Schema
	f := s.Fields[field]
	if value == "" {
		if s.Required(field) {
			return diag.MissingValue, nil
		}
		return "", nil
	}
	c := &s.Columns[f.Column]
	r.matched += len(value) * c.steps
	code := judgeCharacters(value, f, c)
	if code != "" && code.Severity() == diag.Error {
		return code, nil
	}
	if left := spoilt(value, c); left != "" && !s.Plain && (code == "" || left.Severity() == diag.Error) {
		if left.Severity() == diag.Error {
			return left, nil
		}
		code = left
	}
	if worse, args := c.check(value); worse == diag.UnknownWord {
		return worse, func() diag.Args {
			words := c.named()
			nearest := r.speller.NearestNamed(value, len(words), func() []Named { return words })
			if len(words) > limits.Listed {
				words = append(words[:limits.Listed], Named{Code: "…"})
			}
			return diag.Args{"nearest": nearest, "words": words}
		}
	} else if worse == diag.BadPattern && s.chooses(c.Name) {
		return diag.UnknownRegister, nil // package load adds the registers that there are
	} else if worse != "" {
		return worse, func() diag.Args { return args }
	}
	switch code {
	case diag.MixedAlphabets:
		return code, func() diag.Args { return inCyrillic(value) }
	case diag.DoubledQuotes:
		return code, func() diag.Args { return diag.Args{"nearest": Undoubled(value)} }
	}
	return code, nil
}

// empty empties a cell that has been reported. A cell of the key keeps its value, since
// without it every reference to the record would be reported as well.
func (r *reader) empty(row *Row, field int) {
	if slices.Contains(r.table.Schema.keys, field) {
		r.table.Whole = false
	} else {
		row.Values[field] = ""
	}
}

// compared returns the value of a field as it is compared with others: numbers by what they are worth.
func (s *Schema) compared(field int, value string) string {
	if s.Columns[s.Fields[field].Column].Type.Numeric() {
		return plain(value)
	}
	return value
}

// unique reports values of unique columns, and of sets of columns, that stand in an earlier row.
func (r *reader) unique(row *Row) {
	s := r.table.Schema
	for i, f := range s.Fields {
		value := row.Values[i]
		if value == "" || !s.Columns[f.Column].Unique {
			continue
		}
		at := f.Name + "\x00" + s.compared(i, value)
		if first, twice := r.values[at]; twice {
			r.report(diag.DuplicateValue, row, i, func() diag.Args { return diag.Args{"first": strconv.Itoa(first)} })
		} else {
			r.values[at] = row.Origin.Row
		}
	}
	for i, columns := range s.UniqueKeys {
		at, last := "key "+strconv.Itoa(i), -1
		for _, name := range columns {
			last = s.Field(name)
			at += "\x00" + s.compared(last, row.Values[last])
		}
		if first, twice := r.values[at]; twice {
			r.report(diag.DuplicateRecord, row, last, func() diag.Args { return diag.Args{"first": strconv.Itoa(first), "words": columns} })
		} else {
			r.values[at] = row.Origin.Row
		}
	}
}

// keep adds a row to the table, unless it has no key or another has the same.
func (r *reader) keep(row Row) {
	if _, twice := r.keyRows[row.Key]; twice || strings.Trim(row.Key, "_") == "" {
		return
	}
	r.keyRows[row.Key] = row.Origin.Row
	r.table.Rows = append(r.table.Rows, row)
}
