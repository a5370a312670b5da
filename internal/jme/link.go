package jme

import (
	"fmt"
	"reflect"
	"sync"

	"achyk/internal/table"
)

// Link reads the typed records from the tables and links them. Whoever makes a Municipality
// calls it once, before others see the value. An error is a mistake in the program, since
// tables have emptied the cells that do not fit their schemas.
func (m *Municipality) Link() error {
	m.byKey = map[reflect.Type]any{}
	m.tables = map[string]*table.Table{}
	for _, t := range m.Tables {
		m.tables[t.Schema.Name] = t
	}
	for _, r := range BuiltIn() {
		if t := m.tables[r.Name]; t != nil {
			if err := r.records.decode(m, t); err != nil {
				return fmt.Errorf("municipality %s: register %s: %w", m.ID, r.Name, err)
			}
		}
	}
	for _, r := range BuiltIn() {
		r.records.resolve(m)
	}
	for _, r := range BuiltIn() { // now that references lead to records
		r.records.hang(m)
	}
	m.referrers = map[address][]Link{}
	m.refer(m.Tables)
	m.discussions = m.discussionsByYear()
	return nil
}

// typed is the slice of Municipality that the rows of a register are read into.
type typed interface {
	decode(*Municipality, *table.Table) error // reads the rows of the table into the slice
	resolve(*Municipality)                    // finds the records that references lead to
	hang(*Municipality)                       // puts each record into the lists of the records it belongs to
}

// into returns the typed of a register whose records are of type T: the slice they are read
// into, and functions that put a record into a list of a record it belongs to.
func into[T any](slice func(*Municipality) *[]*T, parents ...func(*T)) typed {
	return recordsOf[T]{slice, parents, sync.OnceValue(references[T])}
}

// under returns a function that puts a record into a list of the record that one of its
// references leads to, if it leads to any.
func under[C, P any](parent func(*C) Ref[P], list func(*P) *[]*C) func(*C) {
	return func(record *C) {
		if p := parent(record).Get(); p != nil {
			*list(p) = append(*list(p), record)
		}
	}
}

type recordsOf[T any] struct {
	slice      func(*Municipality) *[]*T
	parents    []func(*T)
	references func() []int
}

// references returns the places of the fields that refer to other records.
func references[T any]() (fields []int) {
	typ := reflect.TypeFor[T]()
	for i := range typ.NumField() {
		if reflect.PointerTo(typ.Field(i).Type).Implements(reflect.TypeFor[linker]()) {
			fields = append(fields, i)
		}
	}
	return fields
}

func (r recordsOf[T]) decode(m *Municipality, t *table.Table) error {
	records := r.slice(m)
	if err := table.Decode(t, records); err != nil {
		return err
	}
	byKey := make(map[string]*T, len(*records))
	for i, record := range *records {
		byKey[t.Rows[i].Key] = record
	}
	m.byKey[reflect.TypeFor[T]()] = byKey
	return nil
}

func (r recordsOf[T]) resolve(m *Municipality) {
	for _, record := range *r.slice(m) {
		v := reflect.ValueOf(record).Elem()
		for _, i := range r.references() {
			v.Field(i).Addr().Interface().(linker).link(m)
		}
	}
}

func (r recordsOf[T]) hang(m *Municipality) {
	for _, parent := range r.parents {
		for _, record := range *r.slice(m) {
			parent(record)
		}
	}
}
