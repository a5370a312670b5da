// Package registers makes the pages of registers and of their records. It makes them from the
// schema of a register, so a register that only one municipality has needs no code.
package registers

import (
	"html/template"
	"slices"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/page"
	"achyk/internal/table"
)

// perPage is how many records a list page holds. Many elements slow a weak phone more than many
// bytes do: 300 rows block it for half a second.
const perPage = 100

// ListView is one part of the list of a register.
type ListView struct {
	page.Base
	Heading     page.Text
	Description page.Text
	Count       string
	Empty       bool
	First       page.Text // heading of the first column, which has the links to the records
	Heads       []page.Head
	Rows        []ListRow
	Pages       []page.Link
	Filter      template.JS // the script that filters and sorts the rows; empty for a short list
	Range       string      // "101–200 of 2,434"
	Downloads   []page.FileLine
	Dictionary  string
	Changes     page.Link // to the changes of the register, with the day of the last one
}

// ListRow is a record in a list.
type ListRow struct {
	Href  string
	Label page.Phrase
	Wide  bool // see ListCell
	Cells []ListCell
}

// ListCell is a cell in a list.
type ListCell struct {
	page.Value
	Sort string // by which the cell is sorted; empty if it is sorted by its text
	Wide bool   // it holds a word that would make the table wider than the screen, and is broken anywhere
}

// widest is how many characters a word may have that a column is made as wide as. Words of the three languages have
// fewer; addresses and codes may have more.
const widest = 22

// filtered is how many rows a list has that needs no filter: they are seen at once.
const filtered = 30

// Lists are the pages that list the records of a register.
var Lists = page.Kind[ListView]{Template: "list", Style: page.Listed, Pages: func(s *page.Site, add page.Add[ListView]) {
	for _, t := range s.Towns {
		for _, reg := range t.Tables {
			if !jme.Listed(reg.Schema.Name) {
				continue
			}
			rows := page.PerLanguage(s, func(e *page.Edition) []*table.Row { return sorted(e, t, reg) })
			for _, part := range page.Cut(len(reg.Rows), perPage) {
				add(t, page.PartPath(t.ListPath(reg.Schema.Name), part.Number), func(p *page.Place) ListView { return list(p, reg, rows(p.Edition), part) })
			}
		}
	}
}}

// sorted returns the records of a register in the order in which readers look for them. A
// register of things with names is sorted by name, in the alphabet of the edition. All others
// keep the order of their keys.
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

// list returns one part of a list. rows are all records, sorted.
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
		label := p.Short(r)
		line := ListRow{Href: p.To(p.Town.RecordPath(r)), Label: label, Wide: label.LongWord() > widest}
		for _, i := range columns {
			line.Cells = append(line.Cells, brief(p, p.Town.Cell(r, &s.Columns[i])))
		}
		v.Rows = append(v.Rows, line)
	}
	if len(v.Rows) > filtered {
		v.Filter = p.Templates.Script(page.Listed)
	}
	if part.Of > 1 {
		v.Range = p.Range(part)
		v.Pages = p.PartLinks(part, func(number int) string { return p.To(page.PartPath(p.Town.ListPath(s.Name), number)) })
	}
	return v
}

// listColumns returns the columns that a list shows: the first few that have short cells and
// are not in the label.
func listColumns(s *table.Schema) []int {
	const most = 4
	var columns []int
	for i := range s.Columns {
		c := &s.Columns[i]
		long := c.Type == table.Text || c.Type == table.Path || c.Type == table.URL || (c.Type == table.ID || c.Name == "id") && !s.Plain ||
			s.Name == jme.Compliance && c.Name == "rule" // the label has its title
		if !long && !slices.Contains(s.LabelColumns(), i) && len(columns) < most {
			columns = append(columns, i)
		}
	}
	return columns
}

// brief returns a cell as a list shows it. Dates and names are short, and the cell has no link,
// because the row has one already.
func brief(p *page.Place, c jme.Cell) ListCell {
	v := ListCell{Value: p.Value(c)}
	if titles, ok := titled(p, c); ok {
		v.Text = titles
	}
	if c.Column.Type.Numeric() || c.Column.Type.Dated() {
		v.Sort = c.Value
	}
	v.Href, v.Size = "", ""
	if c.Column.Type == table.Date {
		if t, ok := table.ParseTime(c.Value); ok {
			v.Text = page.Own(p.ShortDate(t))
		}
	}
	if c.Column.Type == table.Ref {
		v.Text = v.Text.Clipped(48)
	}
	v.Wide = v.Text.LongWord() > widest
	return v
}
