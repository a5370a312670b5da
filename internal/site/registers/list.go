// Package registers makes the pages of registers and of their records. They are made from
// the schema of a register, so a register of a municipality's own gets them without code.
package registers

import (
	"slices"
	"sync"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/page"
	"achyk/internal/table"
)

// perPage is how many records a list page holds: on a weak phone elements cost more than
// bytes, and 300 rows block it for half a second (ux.md 5.1).
const perPage = 100

// ListView is a page of a register.
type ListView struct {
	page.Base
	Heading     page.Text
	Description page.Text
	Count       string
	Empty       bool
	First       page.Text // heading of the column with the link
	Heads       []page.Head
	Rows        []ListRow
	Pages       []page.Link
	Range       string // "101–200 of 2,434"
	Downloads   []page.FileLine
	Dictionary  string
	Changes     page.Link // the register's, with the day of the last
}

// ListRow is a record in a list.
type ListRow struct {
	Href  string
	Label page.Phrase
	Cells []page.Value
}

// Lists are the pages that list the records of a register.
var Lists = page.Kind[ListView]{Template: "list", Plain: true, Pages: func(e *page.Edition, add page.Add[ListView]) {
	for _, t := range e.Towns {
		for _, reg := range t.Tables {
			if !jme.Listed(reg.Schema.Name) {
				continue
			}
			rows := sync.OnceValue(func() []*table.Row { return sorted(e, t, reg) }) // sorted when the first part is rendered
			for _, part := range page.Cut(len(reg.Rows), perPage) {
				add(t, page.PartPath(t.ListPath(reg.Schema.Name), part.Number), func(p *page.Place) ListView { return list(p, reg, rows(), part) })
			}
		}
	}
}}

// sorted puts records into the order in which a reader looks for them: things that have
// names by name, in the language's own alphabet; all others by key.
func sorted(e *page.Edition, t *page.Town, reg *table.Table) []*table.Row {
	rows := make([]*table.Row, len(reg.Rows))
	for i := range reg.Rows {
		rows[i] = &reg.Rows[i]
	}
	labels := reg.Schema.LabelColumns()
	if len(labels) != 1 || reg.Schema.Columns[labels[0]].Name != "name" || reg.Schema.Name == jme.Calendar {
		return rows
	}
	names := make(map[*table.Row]string, len(rows))
	for _, r := range rows {
		names[r] = e.Plain(t.Cell(jme.Record{Table: reg, Row: r}, &reg.Schema.Columns[labels[0]])).Text
	}
	slices.SortStableFunc(rows, func(a, b *table.Row) int { return e.Compare(names[a], names[b]) })
	return rows
}

// list is one part of a list whose rows are in the order of the page's language.
func list(p *page.Place, reg *table.Table, rows []*table.Row, part page.Part) ListView {
	s := reg.Schema
	title := s.Title.In(p.Lang)
	if part.Number > 1 {
		title += ", " + p.F("site.list.page", locale.Args{"n": p.Int(part.Number)})
	}
	v := ListView{
		Base:    p.TownBase(title, s.Description.In(p.Lang)),
		Heading: p.Text(s.Title), Description: p.Text(s.Description),
		Count: p.N("site.count.records", len(rows)), Empty: len(rows) == 0,
		First: page.Text{Text: p.T("site.list.record")}, Dictionary: p.To(p.Town.DictionaryPath(s.Name)),
		Downloads: p.Downloads(s.Name),
	}
	if entries := p.EntriesOf(reg); len(entries) > 0 {
		v.Changes = page.Link{Text: page.Own(p.ChangedOn(entries[0].Commit)), Href: p.To(p.Town.ChangesPath(s.Name))}
	}
	if labels := s.LabelColumns(); len(labels) == 1 {
		v.First = p.Text(s.Columns[labels[0]].Title)
	}
	columns := listColumns(s)
	for _, i := range columns {
		v.Heads = append(v.Heads, page.Head{Title: p.Text(s.Columns[i].Title), Numeric: s.Columns[i].Type.Numeric()})
	}
	for _, row := range rows[part.From:part.To] {
		r := jme.Record{Table: reg, Row: row}
		line := ListRow{Href: p.To(p.Town.RecordPath(r)), Label: p.Short(r)}
		for _, i := range columns {
			line.Cells = append(line.Cells, brief(p, p.Town.Cell(r, &s.Columns[i])))
		}
		v.Rows = append(v.Rows, line)
	}
	if part.Of > 1 {
		v.Range = p.Range(part)
		v.Pages = p.PartLinks(part, func(number int) string { return p.To(page.PartPath(p.Town.ListPath(s.Name), number)) })
	}
	return v
}

// listColumns are those a list has room for: short cells that are not in the label.
func listColumns(s *table.Schema) []int {
	const most = 4
	var columns []int
	for i := range s.Columns {
		c := &s.Columns[i]
		long := c.Type == table.Text || c.Type == table.Path || c.Type == table.URL || (c.Type == table.ID || c.Name == "id") && !s.Plain
		if !long && !slices.Contains(s.LabelColumns(), i) && len(columns) < most {
			columns = append(columns, i)
		}
	}
	return columns
}

// brief is a cell of a list: short dates, short names, no second link in the row.
func brief(p *page.Place, c jme.Cell) page.Value {
	v := p.Value(c)
	v.Href, v.Size = "", ""
	if c.Column.Type == table.Date {
		if t, ok := table.ParseTime(c.Value); ok {
			v.Text = page.Own(p.ShortDate(t))
		}
	}
	if c.Column.Type == table.Ref {
		v.Text = v.Text.Clipped(48)
	}
	return v
}
