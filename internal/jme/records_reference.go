package jme

import (
	"github.com/shopspring/decimal"

	"achyk/internal/locale"
)

// Territory is a part of the municipality.
type Territory struct {
	ID         string         `csv:"id"`
	Name       locale.Text    `csv:"name"`
	Kind       string         `csv:"kind"`
	Population Number         `csv:"population"`
	Parent     Ref[Territory] `csv:"parent"`
	ValidFrom  Date           `csv:"valid_from"`
	ValidTo    Date           `csv:"valid_to"`
}

// Provider renders services.
type Provider struct {
	ID        string        `csv:"id"`
	Name      locale.Text   `csv:"name"`
	Kind      string        `csv:"kind"`
	Subkind   string        `csv:"subkind"`
	Website   string        `csv:"website"`
	ValidFrom Date          `csv:"valid_from"`
	ValidTo   Date          `csv:"valid_to"`
	Successor Ref[Provider] `csv:"successor"`
}

// Service is what residents get.
type Service struct {
	ID          string      `csv:"id"`
	Name        locale.Text `csv:"name"`
	Description locale.Text `csv:"description"`
	Level       string      `csv:"level"`
	LegalBasis  locale.Text `csv:"legal_basis"`
	ValidFrom   Date        `csv:"valid_from"`
	ValidTo     Date        `csv:"valid_to"`
}

// ServiceProvider says who renders a service, on what basis and since when.
type ServiceProvider struct {
	Service   Ref[Service]  `csv:"service"`
	Provider  Ref[Provider] `csv:"provider"`
	Basis     string        `csv:"basis"`
	Reference locale.Text   `csv:"reference"`
	ValidFrom Date          `csv:"valid_from"`
	ValidTo   Date          `csv:"valid_to"`
}

// Requirement is a norm or contract clause a service is held to (Osh, clauses 4 and 7).
type Requirement struct {
	ID         string       `csv:"id"`
	Service    Ref[Service] `csv:"service"`
	Direction  string       `csv:"direction"`
	SourceKind string       `csv:"source_kind"`
	Source     locale.Text  `csv:"source"`
	Clause     string       `csv:"clause"`
	Text       locale.Text  `csv:"requirement"`
	ValidFrom  Date         `csv:"valid_from"`
	ValidTo    Date         `csv:"valid_to"`
}

// Indicator is how a requirement is measured.
type Indicator struct {
	ID          string           `csv:"id"`
	Requirement Ref[Requirement] `csv:"requirement"`
	Name        locale.Text      `csv:"name"`
	Unit        string           `csv:"unit"`
	Target      Number           `csv:"target"`
	Better      string           `csv:"better"`
	Method      string           `csv:"method"`

	Measurements []*Measurement `csv:"-"`
}

// Reached reports whether a value reaches the target, which there must be.
func (i *Indicator) Reached(value decimal.Decimal) bool {
	switch c := value.Cmp(i.Target.Decimal); i.Better {
	case "higher":
		return c >= 0
	case "lower":
		return c <= 0
	default:
		return c == 0
	}
}

// Decision is a resolution or order.
type Decision struct {
	ID       string      `csv:"id"`
	Issuer   string      `csv:"issuer"`
	Kind     string      `csv:"kind"`
	Number   string      `csv:"number"`
	Date     Date        `csv:"date"`
	Title    locale.Text `csv:"title"`
	Document string      `csv:"document"`
}

// CalendarDay is a holiday, or a working day that would be none by its weekday.
type CalendarDay struct {
	Date   Date        `csv:"date"`
	Kind   string      `csv:"kind"`
	Name   locale.Text `csv:"name"`
	Status string      `csv:"status"`
	Source string      `csv:"source"`
}
