package load

import (
	"slices"
	"strconv"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/source"
	"achyk/internal/table"
)

// check judges what the files of a municipality say of each other.
func (l *loader) check(m *jme.Municipality) {
	c := &checker{loader: l, m: m, said: map[place]bool{}, unknown: map[[2]string]int{}}
	for _, d := range l.problems {
		if d.Severity() == diag.Error {
			c.said[placeOf(d)] = true
		}
	}
	for _, t := range m.Tables {
		for i := range t.Rows {
			row := &t.Rows[i]
			c.cells(jme.Record{Table: t, Row: row}, table.Ref, c.reference)
			c.order(t, row)
			c.cells(jme.Record{Table: t, Row: row}, table.Path, c.document)
		}
	}
	c.reports()
	c.smallCells()
}

type checker struct {
	*loader
	m       *jme.Municipality
	said    map[place]bool    // one wrong cell gives one message
	unknown map[[2]string]int // register and id → index in problems, so that one misspelt id is reported once
}

type place struct {
	file *source.File
	span source.Span
}

func placeOf(d diag.Diagnostic) place { return place{d.File, d.Span} }

func (c *checker) report(d diag.Diagnostic) {
	if p := placeOf(d); !c.said[p] {
		c.said[p] = true
		c.problems.Add(d)
	}
}

// cells hands on the cells of a record that are of a type and filled.
func (c *checker) cells(r jme.Record, of table.Type, take func(jme.Cell)) {
	columns := r.Table.Schema.Columns
	for i := range columns {
		if columns[i].Type == of && r.Row.Values[columns[i].Field()] != "" {
			take(c.m.Cell(r, &columns[i]))
		}
	}
}

// reference finds an id that no record has, and a record outside the dates of the one it
// belongs to.
func (c *checker) reference(cell jme.Cell) {
	t, row := cell.Table, cell.Row
	target := c.m.Table(cell.Register)
	if target == nil {
		if j := t.Schema.Field(cell.Column.RegisterColumn); j >= 0 && cell.Register != "" {
			var names []string
			for _, t := range c.m.Tables {
				names = append(names, t.Schema.Name)
			}
			c.report(t.Problem(diag.UnknownRegister, row, j, diag.Args{"nearest": table.Nearest(cell.Register, names)}))
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

// reports finds reports that a letter names and nobody has: its front matter lists their
// ids, so that they are no single reference.
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
	}
}

func (c *checker) unknownID(t *table.Table, row *table.Row, field int, id string, target *table.Table) {
	key := [2]string{target.Schema.Name, id}
	if i, again := c.unknown[key]; again {
		args := c.problems[i].Args
		others, _ := args["others"].(int)
		args["others"] = others + 1
		return
	}
	d := t.Problem(diag.UnknownID, row, field, diag.Args{
		"register": target.Schema.Name, "title": target.Schema.Title,
		"nearest": table.Nearest(id, target.KeyNames()),
	})
	d.Value, d.Args["value"] = id, id
	if p := placeOf(d); !c.said[p] {
		c.said[p] = true
		c.unknown[key] = len(c.problems)
		c.problems.Add(d)
	}
}

// within checks that a record is not valid while its parent is not. A record without
// an end lasts as long as its parent. A parent whose own dates contradict each other says
// nothing.
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
		c.report(t.Problem(diag.OutsideParent, row, t.Schema.Field(name), diag.Args{
			"parent": parent.Key, "register": parents.Schema.Name, "title": parents.Schema.Singular,
			"from": dash(from), "to": dash(to),
		}))
		return
	}
}

func dash(s string) string {
	if s == "" {
		return "…"
	}
	return s
}

// order checks that dates do not contradict each other.
func (c *checker) order(t *table.Table, row *table.Row) {
	for _, pair := range t.Schema.Order {
		first, second := t.Value(row, pair[0]), t.Value(row, pair[1])
		if first == "" || second == "" || !after(first, second) {
			continue
		}
		c.report(t.Problem(diag.DatesOutOfOrder, row, t.Schema.Field(pair[1]), diag.Args{
			"first": first, "first_column": pair[0],
			"first_title": t.Schema.Column(pair[0]).Title,
		}))
	}
}

// after compares by the day where one of the two has no time of day.
func after(first, second string) bool {
	a, okA := table.ParseTime(first)
	b, okB := table.ParseTime(second)
	if len(first) <= len("2006-01-02") || len(second) <= len("2006-01-02") {
		n := min(len(table.Day(first)), len(table.Day(second)))
		return first[:n] > second[:n]
	}
	return okA && okB && a.After(b)
}

// document checks that a named document is there.
func (c *checker) document(cell jme.Cell) {
	if _, ok := c.set.Files[cell.File()]; ok || c.linked(cell.File()) {
		return
	}
	folder := strings.TrimSuffix(cell.File(), cell.Value)
	var names []string
	for name := range c.set.Files {
		if rest, ok := strings.CutPrefix(name, folder); ok {
			names = append(names, rest)
		}
	}
	slices.Sort(names)
	c.report(cell.Table.Problem(diag.AttachedMissing, cell.Row, cell.Column.Field(), diag.Args{"folder": folder, "nearest": table.Nearest(cell.Value, names)}))
}

// smallCells refuses counts of appeals so small, in so small a place, that a neighbour
// could tell who wrote: registers.md, appeals; domain.md §5.
func (c *checker) smallCells() {
	t := c.m.Table(jme.Appeals)
	count, territory := t.Schema.Field("count"), t.Schema.Field("territory")
	for i := range t.Rows {
		row := &t.Rows[i]
		n, err := strconv.Atoi(row.Values[count])
		_, placed := c.m.Record("territories", row.Values[territory])
		if err == nil && placed && n < c.m.Settings.SmallCell {
			c.report(t.Problem(diag.SmallCell, row, count, diag.Args{"limit": c.m.Settings.SmallCell, "territory": row.Values[territory]}))
		}
	}
}
