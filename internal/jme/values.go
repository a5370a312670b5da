package jme

import (
	"reflect"
	"time"

	"github.com/shopspring/decimal"

	"achyk/internal/table"
)

// Date is a day, or a moment with its offset, as a cell of a register holds it. The
// zero Date is "not known".
type Date struct{ time.Time }

// UnmarshalText reads a cell; the table has already refused what does not parse.
func (d *Date) UnmarshalText(text []byte) error {
	if t, ok := table.ParseTime(string(text)); ok {
		d.Time = t
	}
	return nil
}

// MarshalText writes the day; it tells gocsv that a Date is one cell, not a struct of
// cells.
func (d Date) MarshalText() ([]byte, error) {
	if d.IsZero() {
		return nil, nil
	}
	return []byte(d.Format("2006-01-02")), nil
}

// Day is the calendar day in the date's own zone, as midnight UTC, so that days and
// moments compare by what the calendar on the wall says.
func (d Date) Day() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	y, m, day := d.Date()
	return time.Date(y, m, day, 0, 0, 0, 0, time.UTC)
}

// Ref is a reference to a record of T by its id. The zero Ref refers to nothing.
type Ref[T any] struct {
	ID     string
	record *T
}

// Get returns the record, or nil where the cell is empty or names none.
func (r Ref[T]) Get() *T { return r.record }

// Is tells whether the reference is to this very record.
func (r Ref[T]) Is(record *T) bool { return record != nil && r.record == record }

// UnmarshalText keeps the id; linking finds the record.
func (r *Ref[T]) UnmarshalText(text []byte) error {
	r.ID = string(text)
	return nil
}

// MarshalText writes the id; it tells gocsv that a Ref is one cell.
func (r Ref[T]) MarshalText() ([]byte, error) { return []byte(r.ID), nil }

// link finds the record of the reference's type.
func (r *Ref[T]) link(m *Municipality) {
	if index, ok := m.byID[reflect.TypeFor[T]()].(map[string]*T); ok && r.ID != "" {
		r.record = index[r.ID]
	}
}

type linker interface{ link(*Municipality) }

// Number is an exact decimal that may be unknown: zero appeals and no count are two
// things.
type Number struct{ decimal.NullDecimal }

// UnmarshalText reads a cell; the table has already refused what does not parse.
func (n *Number) UnmarshalText(text []byte) error {
	d, err := decimal.NewFromString(string(text))
	n.Decimal, n.Valid = d, err == nil
	return nil
}

// MarshalText writes the number, or nothing.
func (n Number) MarshalText() ([]byte, error) {
	if !n.Valid {
		return nil, nil
	}
	return []byte(n.Decimal.String()), nil
}

// String is the number as the registers write it, "" where it is not known.
func (n Number) String() string {
	if !n.Valid {
		return ""
	}
	return n.Decimal.String()
}
