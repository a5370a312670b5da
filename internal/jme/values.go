package jme

import (
	"reflect"
	"time"

	"github.com/shopspring/decimal"

	"achyk/internal/table"
)

// Date is the day, month or moment that a cell holds. The zero Date means that the cell is
// empty.
type Date struct{ time.Time }

// UnmarshalText reads a cell. The table has emptied cells that cannot be read.
func (d *Date) UnmarshalText(text []byte) error {
	if t, ok := table.ParseTime(string(text)); ok {
		d.Time = t
	}
	return nil
}

// MarshalText writes the day. By this method gocsv knows that a Date is one cell and not a
// struct of several.
func (d Date) MarshalText() ([]byte, error) {
	if d.IsZero() {
		return nil, nil
	}
	return []byte(d.Format("2006-01-02")), nil
}

// Day is the calendar day in the date's own zone, as midnight UTC, so that days and moments
// can be compared by their days.
func (d Date) Day() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	y, m, day := d.Date()
	return time.Date(y, m, day, 0, 0, 0, 0, time.UTC)
}

// Ref is a reference to a record of type T. The zero Ref means that the cell is empty.
type Ref[T any] struct {
	ID     string
	record *T
}

// Get returns the record, or nil if the cell is empty or there is no such record.
func (r Ref[T]) Get() *T { return r.record }

// Is tells whether the reference leads to a record.
func (r Ref[T]) Is(record *T) bool { return record != nil && r.record == record }

// UnmarshalText keeps the id. Municipality.Link finds the record.
func (r *Ref[T]) UnmarshalText(text []byte) error {
	r.ID = string(text)
	return nil
}

// MarshalText writes the id. By this method gocsv knows that a Ref is one cell.
func (r Ref[T]) MarshalText() ([]byte, error) { return []byte(r.ID), nil }

// link finds the record.
func (r *Ref[T]) link(m *Municipality) {
	if index, ok := m.byKey[reflect.TypeFor[T]()].(map[string]*T); ok && r.ID != "" {
		r.record = index[r.ID]
	}
}

// linker is a *Ref of any type.
type linker interface{ link(*Municipality) }

// Number is an exact decimal. Valid is false if the cell is empty, which is not the same as
// 0.
type Number struct{ decimal.NullDecimal }

// UnmarshalText reads a cell. The table has emptied cells that cannot be read.
func (n *Number) UnmarshalText(text []byte) error {
	d, err := decimal.NewFromString(string(text))
	n.Decimal, n.Valid = d, err == nil
	return nil
}

// MarshalText writes the number, or nothing if it is not known.
func (n Number) MarshalText() ([]byte, error) {
	if !n.Valid {
		return nil, nil
	}
	return []byte(n.Decimal.String()), nil
}

// String is the number as registers have it, "" if it is not known.
func (n Number) String() string {
	if !n.Valid {
		return ""
	}
	return n.Decimal.String()
}
