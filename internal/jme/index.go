package jme

import (
	"reflect"
	"slices"

	"achyk/internal/table"
)

// Record is a row of any register.
type Record struct {
	Table *table.Table
	Row   *table.Row
}

// Link is a record that another refers to, or that refers to another.
type Link struct {
	Column *table.Column // in which one refers to the other
	Record Record        // the one at the other end
}

// index finds the records of all registers.
type index struct {
	byKey     map[reflect.Type]any // by the type T of records, a map[string]*T
	tables    map[string]*table.Table
	referrers map[address][]Link // the records that refer to one

	discussions map[int][]*Event // see discussionsByYear
}

type address struct{ register, key string }

// Table returns a register by name, or nil.
func (m *Municipality) Table(register string) *table.Table { return m.tables[register] }

// Record returns a record by its register and its key, and whether there is one.
func (m *Municipality) Record(register, key string) (Record, bool) {
	if t := m.tables[register]; t != nil {
		if row := t.Lookup(key); row != nil {
			return Record{t, row}, true
		}
	}
	return Record{}, false
}

// Target returns the register that a reference of a row leads to: the one that the schema
// names, or the one that another column of the row names.
func Target(t *table.Table, row *table.Row, c *table.Column) string {
	if c.RegisterColumn != "" {
		return t.Value(row, c.RegisterColumn)
	}
	return c.Register
}

// Up returns the records a record refers to, in the order of its columns.
func (m *Municipality) Up(r Record) []Link {
	var links []Link
	for i, f := range r.Table.Schema.Fields {
		c := &r.Table.Schema.Columns[f.Column]
		if c.Type != table.Ref || r.Row.Values[i] == "" {
			continue
		}
		if to, ok := m.Record(Target(r.Table, r.Row, c), r.Row.Values[i]); ok {
			links = append(links, Link{c, to})
		}
	}
	return links
}

// Down returns the records that refer to a record, in the order of the process.
func (m *Municipality) Down(r Record) []Link {
	return m.referrers[address{r.Table.Schema.Name, r.Row.Key}]
}

// refer notes which records the records of some registers refer to.
func (m *Municipality) refer(tables []*table.Table) {
	for _, t := range tables {
		for i, f := range t.Schema.Fields {
			c := &t.Schema.Columns[f.Column]
			if c.Type != table.Ref {
				continue
			}
			for j := range t.Rows {
				row := &t.Rows[j]
				if row.Values[i] != "" {
					to := address{Target(t, row, c), row.Values[i]}
					m.referrers[to] = append(m.referrers[to], Link{c, Record{t, row}})
				}
			}
		}
	}
	for to, links := range m.referrers {
		m.referrers[to] = slices.Clip(links) // so that appending in With makes a copy: another value shares this list
	}
}

// AttachmentsOf returns the documents and photos attached to a record.
func (m *Municipality) AttachmentsOf(r Record) []*Attachment {
	return referring[Attachment](m, r.Table.Schema.Name, r.Row.Key, "attachments")
}

// referring returns the records of a register that refer to a record of another register. T
// is the type of the first register's records.
func referring[T any](m *Municipality, toRegister, toKey, register string) []*T {
	var records []*T
	for _, l := range m.referrers[address{toRegister, toKey}] {
		if l.Record.Table.Schema.Name != register {
			continue
		}
		if x := Get[T](m, l.Record.Row.Key); x != nil { // else it is later than the records of a view
			records = append(records, x)
		}
	}
	return records
}

// Get returns the record of type T with a key, or nil.
func Get[T any](m *Municipality, key string) *T {
	index, _ := m.byKey[reflect.TypeFor[T]()].(map[string]*T)
	return index[key]
}
