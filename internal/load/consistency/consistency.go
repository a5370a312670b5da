// Package consistency reports what the records of a municipality say against each other: ids that no record has,
// dates outside of those of a parent, documents that are not there, one service listed twice, points that
// cannot count. Each register has been read by itself before, and its records are linked. A cell of which an error is
// known is not reported again.
package consistency

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/selection"
	"achyk/internal/sequence"
	"achyk/internal/source"
	"achyk/internal/table"
)

// Documents are the files that records name.
type Documents struct {
	Files  map[string]int64       // those that are there, as a Dataset has them
	Unread func(name string) bool // whether a file that is not among them is there and cannot be read
	Named  map[string]bool        // to which Check adds those that records name
}

// Check adds what the records of a municipality say against each other to the problems, among which are those of its files.
func Check(m *jme.Municipality, documents Documents, problems *diag.Collector, speller *table.Speller) {
	c := &checker{m: m, documents: documents, problems: problems, speller: speller, reported: map[place]bool{}, unknown: map[[2]string]int{}}
	for _, d := range problems.List {
		if d.Severity() == diag.Error {
			c.reported[placeOf(d)] = true
		}
		if d.Code == diag.UnknownRegister && strings.HasPrefix(d.Register, m.ID+"/") { // a text that no register could be named by
			maps.Copy(d.Args, speller.UnknownRegister(d.Value, m.Tables))
		}
	}
	for _, t := range m.Tables {
		c.circles(t)
		for i := range t.Rows {
			row := &t.Rows[i]
			c.cells(jme.Record{Table: t, Row: row}, table.Ref, c.reference)
			c.order(t, row)
			c.parts(t, row)
			c.cells(jme.Record{Table: t, Row: row}, table.Path, c.document)
		}
	}
	c.reports()
	c.sequences()
	c.smallCells()
	c.selection()
	c.explanations()
	c.verdicts()
}

type checker struct {
	m         *jme.Municipality
	documents Documents
	problems  *diag.Collector
	speller   *table.Speller
	reported  map[place]bool    // the places of errors: one wrong cell gives one message
	unknown   map[[2]string]int // by register and id, the index in problems: a misspelt id is reported once
}

// place is where a finding points to.
type place struct {
	file *source.File
	span source.Span
}

func placeOf(d diag.Diagnostic) place { return place{d.File, d.Span} }

// report reports a cell unless its place has been reported. args returns the arguments of the
// message; it is not called for a finding that would only be counted.
func (c *checker) report(t *table.Table, code diag.Code, row *table.Row, field int, args func() diag.Args) {
	if f := row.Origin.At(field); f != nil && c.problems.Full(f.Path, code) {
		c.problems.Add(diag.Diagnostic{Code: code, File: f})
		return
	}
	d := t.Problem(code, row, field, args())
	if p := placeOf(d); !c.reported[p] {
		c.reported[p] = true
		c.problems.Add(d)
	}
}

// cells calls take with each cell of a record that has a value and is of the given type.
func (c *checker) cells(r jme.Record, of table.Type, take func(jme.Cell)) {
	columns := r.Table.Schema.Columns
	for i := range columns {
		if columns[i].Type == of && r.Row.Values[columns[i].Field()] != "" {
			take(c.m.Cell(r, &columns[i]))
		}
	}
}

// reference reports an id that no record has, and a record whose dates lie outside of those
// of the record it belongs to.
func (c *checker) reference(cell jme.Cell) {
	t, row := cell.Table, cell.Row
	target := c.m.Table(cell.Register)
	if target == nil {
		if j := t.Schema.Field(cell.Column.RegisterColumn); j >= 0 && cell.Register != "" {
			c.report(t, diag.UnknownRegister, row, j, func() diag.Args {
				return c.speller.UnknownRegister(cell.Register, c.m.Tables)
			})
		}
		return
	}
	switch parent := cell.Target.Row; {
	case parent != nil && cell.Column.Within:
		c.within(t, row, target, parent)
	case parent == nil && target.Whole:
		c.unknownID(t, row, cell.Column.Field(), cell.Value, target)
	}
}

// circles reports a record of a built-in register that refers to itself by way of others of the
// register, as a territory that lies within a part of itself. Once in a circle is enough.
func (c *checker) circles(t *table.Table) {
	for i := range t.Schema.Columns {
		column := &t.Schema.Columns[i]
		if column.Register != t.Schema.Name || t.Schema.Own {
			continue
		}
		field, walk := column.Field(), map[string]int{} // by key: the number of the walk that came by
		for n := range t.Rows {
			row := &t.Rows[n]
			for row != nil && walk[row.Key] == 0 {
				walk[row.Key] = n + 1
				row = t.Lookup(row.Values[field])
			}
			if row != nil && walk[row.Key] == n+1 {
				c.report(t, diag.CircularReference, row, field, func() diag.Args { return nil })
			}
		}
	}
}

// reports reports the ids of reports that an analytic letter names and that do not exist, and a year
// of which it names no report. Its front matter lists several ids, so the column is a string and not
// a reference.
func (c *checker) reports() {
	letters, reports := c.m.Table(jme.AnalyticLetters), c.m.Table(jme.Reports)
	field := letters.Schema.Field("reports")
	for i := range letters.Rows {
		row := &letters.Rows[i]
		for id := range strings.FieldsSeq(row.Values[field]) {
			if reports.Whole && reports.Lookup(id) == nil {
				c.unknownID(letters, row, field, id, reports)
			}
		}
		l := c.m.AnalyticLetters[i]
		if years := c.m.YearsOf(l); l.Year != 0 && !slices.Contains(years, l.Year) {
			c.report(letters, diag.LetterYear, row, letters.Schema.Field("year"), func() diag.Args {
				return diag.Args{"years": strings.Trim(fmt.Sprint(years), "[]")}
			})
		}
	}
}

// unknownID reports an id that no record of the target has. If the same id was reported
// before, that finding counts this one.
func (c *checker) unknownID(t *table.Table, row *table.Row, field int, id string, target *table.Table) {
	key := [2]string{target.Schema.Name, id}
	if i, again := c.unknown[key]; again {
		args := c.problems.List[i].Args
		others, _ := args["others"].(int)
		args["others"] = others + 1
		return
	}
	if f := row.Origin.At(field); f != nil && c.problems.Full(f.Path, diag.UnknownID) {
		c.problems.Add(diag.Diagnostic{Code: diag.UnknownID, File: f})
		return
	}
	d := t.Problem(diag.UnknownID, row, field, c.speller.Unknown(id, target, func(key string) bool {
		return selection.Beside(c.m.Table, t.Schema.Name, t.Schema.Fields[field].Name, key, func(column string) string { return t.Value(row, column) })
	}))
	d.Value, d.Args["value"] = id, id
	if p := placeOf(d); !c.reported[p] {
		c.reported[p] = true
		c.unknown[key] = len(c.problems.List)
		c.problems.Add(d)
	}
}

// within reports a record that is valid on days on which its parent is not. A record without
// an end is taken to end with its parent. A parent whose dates contradict each other is
// reported by order, and nothing is compared with them.
func (c *checker) within(t *table.Table, row *table.Row, parents *table.Table, parent *table.Row) {
	if len(t.Schema.Period) == 0 || len(parents.Schema.Period) == 0 {
		return
	}
	from, to := table.Day(parents.Value(parent, parents.Schema.Period[0])), table.Day(parents.Value(parent, parents.Schema.Period[1]))
	if from != "" && to != "" && from > to {
		return
	}
	for _, name := range t.Schema.Period {
		day := table.Day(t.Value(row, name))
		if day == "" || (from == "" || day >= from) && (to == "" || day <= to) {
			continue
		}
		c.report(t, diag.OutsideParent, row, t.Schema.Field(name), func() diag.Args {
			return diag.Args{
				"parent": parent.Key, "register": parents.Schema.Name, "title": parents.Schema.Singular,
				"from": orEllipsis(from), "to": orEllipsis(to),
			}
		})
		return
	}
}

// orEllipsis stands in a message for a period that is open on one side.
func orEllipsis(s string) string {
	if s == "" {
		return "…"
	}
	return s
}

// order reports dates of one record that contradict each other.
func (c *checker) order(t *table.Table, row *table.Row) {
	for _, pair := range t.Schema.Order {
		first, second := t.Value(row, pair[0]), t.Value(row, pair[1])
		if first == "" || second == "" || !sequence.Before(second, first) {
			continue
		}
		c.report(t, diag.DatesOutOfOrder, row, t.Schema.Field(pair[1]), func() diag.Args {
			return diag.Args{"first": first, "first_column": pair[0], "first_title": t.Schema.Column(pair[0]).Title}
		})
	}
}

// sequences reports days that contradict those of other records, and words. All are warnings: a register says what its
// documents say, and a document can have been given another day.
func (c *checker) sequences() {
	sequence.Report(c.m, c.report, func(t *table.Table, row *table.Row, field int) bool {
		return c.reported[placeOf(t.Problem(diag.StatusAgainstDay, row, field, nil))]
	})
}

// parts reports that more women or young people than all participants were at an event.
func (c *checker) parts(t *table.Table, row *table.Row) {
	if t.Schema.Name != "events" {
		return
	}
	whole, err := strconv.Atoi(t.Value(row, "participants"))
	for _, part := range []string{"women", "youth"} {
		if n, wrong := strconv.Atoi(t.Value(row, part)); err == nil && wrong == nil && n > whole {
			c.report(t, diag.TooLarge, row, t.Schema.Field(part), func() diag.Args { return diag.Args{"limit": strconv.Itoa(whole)} })
		}
	}
}

// document reports a document that is not in the municipality's folder of files.
func (c *checker) document(cell jme.Cell) {
	c.documents.Named[cell.File()] = true
	if _, ok := c.documents.Files[cell.File()]; ok || c.documents.Unread(cell.File()) {
		return
	}
	c.report(cell.Table, diag.AttachedMissing, cell.Row, cell.Column.Field(), func() diag.Args {
		folder := strings.TrimSuffix(cell.File(), cell.Value)
		nearest := c.speller.Nearest(cell.Value, len(c.documents.Files), func() (names []string) {
			for name := range c.documents.Files {
				if rest, ok := strings.CutPrefix(name, folder); ok {
					names = append(names, rest)
				}
			}
			slices.Sort(names)
			return names
		})
		return diag.Args{"folder": folder, "nearest": nearest}
	})
}

// smallCells reports counts of appeals below the municipality's limit in a named territory: a
// neighbour could tell who wrote.
func (c *checker) smallCells() {
	t := c.m.Table(jme.Appeals)
	count, territory := t.Schema.Field("count"), t.Schema.Field("territory")
	for i := range t.Rows {
		row := &t.Rows[i]
		n, err := strconv.Atoi(row.Values[count])
		_, placed := c.m.Record("territories", row.Values[territory])
		if err == nil && placed && n < c.m.Settings.SmallCell {
			c.report(t, diag.SmallCell, row, count, func() diag.Args {
				return diag.Args{"limit": c.m.Settings.SmallCell, "territory": row.Values[territory]}
			})
		}
	}
}
