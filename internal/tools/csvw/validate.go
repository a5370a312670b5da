package csvw

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Validation of tables (Model, 6.2 to 6.4 and 6.6): the heading is compatible with the
// description, cells have valid values, keys are unique, references lead to one row.

// row is a row of a table, with the canonical texts of its values.
type row struct {
	number int        // among the rows of the table, from 1
	line   int        // in the file, from 1
	cells  [][]string // by column; nil is null, a cell with a separator may have several values
}

// place returns a place in a CSV file for a problem; column is "" for the whole row.
func place(address string, line int, column string) string {
	if column != "" {
		column = " " + column
	}
	return fmt.Sprintf("%s row %d%s", address, line, column)
}

// table reads the file of a table and validates it but for its foreign keys.
func (v *validator) table(t *table) {
	file, ok := v.open(t.url)
	if !ok {
		if t.url != "" {
			v.errorf(t.where, "there is no %s", t.url)
		}
		return
	}
	t.lang = cmp.Or(t.lang, "und")
	header, lines := v.parse(t, file.Data)
	embedded := t.heading(header, lines)
	if t.plain {
		t.columns = embedded
	} else {
		v.compatible(t, embedded)
	}
	columns := t.written()
	keys := map[string]int{}
	for n, line := range lines {
		if len(line.cells) != len(columns) {
			v.errorf(place(t.url, line.number, ""), "has %d cells, the table has %d columns", len(line.cells), len(columns))
			continue
		}
		r := row{n + 1, line.number, make([][]string, len(columns))}
		for i, c := range columns {
			var problems []string
			r.cells[i], problems = c.parse(line.cells[i])
			for _, p := range problems {
				v.errorf(place(t.url, line.number, c.name), "%s", p)
			}
		}
		t.rows = append(t.rows, r)
		if key, _ := t.key(r, t.primaryKey); len(t.primaryKey) > 0 {
			if before, twice := keys[key]; twice {
				v.errorf(place(t.url, line.number, ""), "has the key of row %d", before)
			}
			keys[key] = line.number
		}
	}
}

// written returns the columns that are in the file; virtual columns are not.
func (t *table) written() []*column {
	return slices.DeleteFunc(slices.Clone(t.columns), func(c *column) bool { return c.virtual })
}

// heading returns columns as the heading of the file describes them.
func (t *table) heading(header, lines []line) []*column {
	var columns []*column
	width := 0
	for _, l := range header {
		width = max(width, len(l.cells))
	}
	if t.dialect.headerRows == 0 && len(lines) > 0 {
		width = len(lines[0].cells)
	}
	for i := range width {
		c := &column{null: []string{""}, datatype: &datatype{builtin: types["string"]}}
		for _, l := range header {
			if i < len(l.cells) && strings.TrimSpace(l.cells[i]) != "" {
				c.titles = append(c.titles, title{t.lang, l.cells[i]})
			}
		}
		c.name = annotated("", c.titles, t.lang, i+1)
		columns = append(columns, c)
	}
	return columns
}

// compatible compares the described columns with those of the heading (Metadata, 5.5.1).
func (v *validator) compatible(t *table, heading []*column) {
	columns := t.written()
	if len(heading) == 0 && t.dialect.headerRows == 0 {
		return // an empty file without a heading has no columns to compare
	}
	if len(columns) != len(heading) {
		v.errorf(t.where, "describes %d columns, %s has %d", len(columns), t.url, len(heading))
		return
	}
	for i, c := range columns {
		if (c.declared != "" || len(c.titles) > 0) && len(heading[i].titles) > 0 && !slices.ContainsFunc(heading[i].titles, c.called) {
			v.errorf(t.where, "column %d is called %q in %s, which is not its title", i+1, heading[i].titles[0].text, t.url)
		}
	}
}

// called reports whether a column has the title, in a language that matches.
func (c *column) called(t title) bool {
	return slices.ContainsFunc(c.titles, func(own title) bool {
		a, b := strings.ToLower(own.lang), strings.ToLower(t.lang)
		return own.text == t.text && (a == "und" || b == "und" || a == b || strings.HasPrefix(a, b+"-") || strings.HasPrefix(b, a+"-"))
	})
}

// White space within cells (Model, 6.4, steps 1 to 3).
var (
	breaks = strings.NewReplacer("\r", " ", "\n", " ", "\t", " ")
	spaces = regexp.MustCompile(`\s{2,}`)
)

// parse reads a cell (Model, 6.4). It returns the canonical texts of its values, nil for null,
// and what is wrong with it.
func (c *column) parse(s string) (values []string, problems []string) {
	base := c.datatype.name
	asIs := slices.Contains([]string{"string", "json", "xml", "html", "anyAtomicType"}, base)
	if !asIs {
		s = breaks.Replace(s)
		if base != "normalizedString" {
			s = spaces.ReplaceAllString(strings.TrimSpace(s), " ")
		}
	}
	if s == "" {
		s = c.absent
	}
	items := []string{s}
	if c.separator != "" {
		if s == "" {
			if c.required {
				problems = append(problems, "is empty, but required")
			}
			return []string{}, problems
		}
		if slices.Contains(c.null, s) {
			return nil, nil
		}
		items = strings.Split(s, c.separator)
	}
	for _, item := range items {
		if c.separator != "" && base != "string" && base != "anyAtomicType" {
			item = strings.TrimSpace(item)
		}
		if item == "" {
			item = c.absent
		}
		if slices.Contains(c.null, item) {
			if c.separator == "" && c.required {
				problems = append(problems, "is null, but required")
			}
			continue
		}
		value, wrong := c.datatype.parse(item)
		values, problems = append(values, value.text), append(problems, wrong...)
	}
	return values, problems
}

// key returns the values of some columns as one text, and reports whether none is null.
func (t *table) key(r row, names []string) (key string, filled bool) {
	filled = true
	var b strings.Builder
	for _, name := range names {
		values := []string(nil)
		if i := t.declared(name); i < len(r.cells) {
			values = r.cells[i]
		}
		filled = filled && values != nil
		fmt.Fprintf(&b, "%q", values)
	}
	return b.String(), filled
}

// foreignKeys checks that each reference leads to exactly one row of one table of the group.
func (v *validator) foreignKeys(g *group, t *table) {
	for _, key := range t.foreignKeys {
		var targets []*table
		for _, other := range g.tables {
			if key.resource != "" && other.url == key.resource || key.schema != "" && other.schema == key.schema {
				targets = append(targets, other)
			}
		}
		if len(targets) != 1 {
			v.errorf(key.where, "%s%s is the address of %d tables of the group", key.resource, key.schema, len(targets))
			continue
		}
		to := targets[0]
		if i := slices.IndexFunc(key.to, to.unknown); i >= 0 {
			v.errorf(key.where, "%s has no column %q", to.url, key.to[i])
			continue
		}
		found := map[string]int{}
		for _, r := range to.rows {
			if k, filled := to.key(r, key.to); filled {
				found[k]++
			}
		}
		for _, r := range t.rows {
			if k, _ := t.key(r, key.columns); found[k] != 1 {
				v.errorf(place(t.url, r.line, strings.Join(key.columns, ", ")), "%s refers to %d rows of %s", k, found[k], to.url)
			}
		}
	}
}

// addresses returns the table with the URI templates of all rows expanded (Metadata, 5.1.3).
func (t *table) addresses() Table {
	made := Table{URL: t.url}
	for _, r := range t.rows {
		values := map[string][]string{"_row": {fmt.Sprint(r.number)}, "_sourceRow": {fmt.Sprint(r.line)}}
		for i, cell := range r.cells {
			values[t.columns[i].name] = cell
		}
		var row Row
		for i, c := range t.columns {
			values["_column"], values["_sourceColumn"] = []string{fmt.Sprint(i + 1)}, []string{fmt.Sprint(i + 1 + t.dialect.skipColumns)}
			values["_name"] = []string{c.name}
			if i == 0 && c.about != "" {
				row.About = resolve(t.url, c.about.expand(values))
			}
			if c.value != "" && (c.virtual || i < len(r.cells) && r.cells[i] != nil) {
				row.Links = append(row.Links, resolve(t.url, c.value.expand(values)))
			}
		}
		made.Rows = append(made.Rows, row)
	}
	return made
}
