package jme

import (
	"maps"
	"slices"

	"achyk/internal/table"
)

// With returns the municipality with further registers, which are derived from those it
// has: they are listed, linked and published like them. The municipality itself stays as
// it was. The two share their records.
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

// With returns the Dataset with further registers, by the ids of their municipalities. The
// Dataset itself stays as it was. The two share their records.
func (d *Dataset) With(tables map[string][]*table.Table) *Dataset {
	with := *d
	with.Municipalities = make([]*Municipality, len(d.Municipalities))
	for i, m := range d.Municipalities {
		with.Municipalities[i] = m.With(tables[m.ID]...)
	}
	return &with
}
