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
