package jme

import (
	"maps"
	"slices"

	"achyk/internal/table"
)

// With returns a municipality that has further registers, whose names it did not have. They
// are listed, linked and published like the others, but have no typed records. The
// municipality that With is called on stays as it was, and the two share their records.
func (m *Municipality) With(tables ...*table.Table) *Municipality {
	with := *m
	with.Tables = slices.Concat(m.Tables, tables)
	with.tables = maps.Clone(m.tables)
	for _, t := range tables {
		with.tables[t.Schema.Name] = t
	}
	with.referrers = maps.Clone(m.referrers)
	with.refer(tables)
	return &with
}

// With returns a Dataset that has further registers, given by the ids of their
// municipalities. See [Municipality.With].
func (d *Dataset) With(tables map[string][]*table.Table) *Dataset {
	with := *d
	with.Municipalities = make([]*Municipality, len(d.Municipalities))
	for i, m := range d.Municipalities {
		with.Municipalities[i] = m.With(tables[m.ID]...)
	}
	return &with
}

// Keeping returns a Dataset in which municipalities have only those built-in registers that have a
// record, or of which had says that they once had one, so that addresses of their pages and files
// may be known. The others are in their NotKept. No record refers to them, since they never had one.
// A municipality's own registers stay, since somebody described them, and so does a file that could
// not be read whole.
func (d *Dataset) Keeping(had func(*table.Table) bool) *Dataset {
	with := *d
	with.Municipalities = make([]*Municipality, len(d.Municipalities))
	for i, m := range d.Municipalities {
		keeping := *m
		keeping.Tables, keeping.tables = nil, map[string]*table.Table{}
		for _, t := range m.Tables {
			if len(t.Rows) == 0 && t.Whole && Schema(t.Schema.Name) != nil && !had(t) {
				keeping.NotKept = append(keeping.NotKept, t)
				continue
			}
			keeping.Tables, keeping.tables[t.Schema.Name] = append(keeping.Tables, t), t
		}
		with.Municipalities[i] = &keeping
	}
	return &with
}
