package jme

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"regexp"
	"strings"

	"achyk/internal/locale"
	"achyk/internal/table"
)

// Address is where a record is found: "osh/findings/f-1", below a language as a page,
// below data as JSON. An address once published is never changed.
func (m *Municipality) Address(r Record) string {
	return m.ID + "/" + r.Table.Schema.Name + "/" + Slug(r.Row)
}

// Slug is the last segment of a record's address: its key, or a fingerprint of a key that
// is not fit for an address, as registers without a schema can have, or for a file's name,
// since Windows keeps some for devices: k- and the first six bytes of its SHA-256.
func Slug(row *table.Row) string {
	if plainKey.MatchString(row.Key) && !device.MatchString(row.Key) {
		return row.Key
	}
	sum := sha256.Sum256([]byte(row.Key))
	return "k-" + hex.EncodeToString(sum[:6])
}

var (
	plainKey = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,199}$`)
	device   = regexp.MustCompile(`^(con|prn|aux|nul|com[0-9]|lpt[0-9])$`)
)

// FileAddress is where a document of content/<municipality>/files/ is published, from the
// top of the site.
func (m *Municipality) FileAddress(name string) string {
	segments := strings.Split(name, "/")
	for i, s := range segments {
		segments[i] = url.PathEscape(s)
	}
	return "files/" + m.ID + "/" + strings.Join(segments, "/")
}

// Cell is a cell of a record.
type Cell struct {
	Record
	Column *table.Column // nil: the record's key stands for it
}

// Label returns the cells by which a record is called: those of its schema's label
// columns, references followed as far as three registers, empty ones left out.
func (m *Municipality) Label(r Record) []Cell { return m.label(nil, r, 3) }

func (m *Municipality) label(cells []Cell, r Record, depth int) []Cell {
	start := len(cells)
	for _, i := range r.Table.Schema.LabelColumns() {
		c := &r.Table.Schema.Columns[i]
		if c.Type == table.Ref && depth > 0 {
			if to, ok := m.Record(Target(r.Table, r.Row, c), r.Table.Value(r.Row, c.Name)); ok {
				cells = m.label(cells, to, depth-1)
				continue
			}
		}
		if !r.Table.Text(r.Row, i).IsZero() {
			cells = append(cells, Cell{r, c})
		}
	}
	if len(cells) == start {
		cells = append(cells, Cell{r, nil})
	}
	return cells
}

// Called is what a record is called, by the cells of Label, in three languages. Dates and
// numbers are as in the register; a text that is not translated is the original.
func (m *Municipality) Called(r Record) (t locale.Text) {
	cells := m.Label(r)
	for _, l := range locale.Langs {
		parts := make([]string, len(cells))
		for i, c := range cells {
			parts[i] = c.in(l)
		}
		t.Set(l, strings.Join(parts, " — "))
	}
	return t
}

func (c Cell) in(l locale.Lang) string {
	switch {
	case c.Column == nil:
		return c.Row.Key
	case c.Column.Type == table.Enum:
		return c.Column.Label(c.Table.Value(c.Row, c.Column.Name)).In(l)
	case c.Column.Type == table.Text:
		i := c.Table.Schema.Field(c.Column.Name + "_" + locale.Ky.String())
		return locale.Text{Ky: c.Row.Values[i], Ru: c.Row.Values[i+1], En: c.Row.Values[i+2]}.In(l)
	}
	return c.Table.Value(c.Row, c.Column.Name)
}
