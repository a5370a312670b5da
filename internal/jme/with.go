package jme

import (
	"maps"
	"slices"

	"achyk/internal/table"
)

// With returns a municipality with further registers, whose names it did not have. They are listed,
// linked and published like the others, but have no typed records. m stays as it was; records are shared.
func (m *Municipality) With(tables ...*table.Table) *Municipality {
	with := *m
	with.Tables, with.tables = slices.Concat(m.Tables, tables), map[string]*table.Table{}
	for _, t := range with.Tables {
		with.tables[t.Schema.Name] = t
	}
	with.referrers = maps.Clone(m.referrers)
	with.refer(tables)
	return &with
}

// With returns a Dataset that has further registers, by the ids of their municipalities.
func (d *Dataset) With(tables map[string][]*table.Table) *Dataset {
	with := *d
	with.Municipalities = make([]*Municipality, len(d.Municipalities))
	for i, m := range d.Municipalities {
		with.Municipalities[i] = m.With(tables[m.ID]...)
	}
	return &with
}
