package charts

import (
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/page"
)

// Comparison is measurements beside the earlier ones, as a table.
type Comparison struct {
	Lines []Compared
	Any   bool // at least one has an earlier value

	printer *locale.Printer
}

// T returns a message of the program.
func (c Comparison) T(key string) string { return c.printer.T("site." + key) }

// Compared is the value of an indicator, with the earlier one of the same provider.
type Compared struct {
	Indicator page.Link
	Where     page.Phrase
	Target    string
	Value     string
	Date      string // on which it was measured; empty if that is not recorded
	Before    string
	BeforeOn  string
	Change    string
	Good      string // "better", "worse", or "" if the change is neither
}

// Compare returns measurements beside the earlier ones.
func Compare(p *page.Place, taken []*jme.Measurement) Comparison {
	c := Comparison{printer: p.Printer}
	for _, x := range taken {
		if a := x.Assessment.Get(); a != nil {
			line := compare(p, a, x)
			c.Any = c.Any || line.Before != ""
			c.Lines = append(c.Lines, line)
		}
	}
	return c
}

// compare returns a value with the last earlier one of the same indicator, provider and territory. Values of different indicators
// are not compared.
func compare(p *page.Place, a *jme.Assessment, x *jme.Measurement) Compared {
	line := Compared{Indicator: p.Record("indicators", x.Indicator.ID)}
	i := x.Indicator.Get()
	if i == nil {
		return line
	}
	show := func(n jme.Number) string { return p.Measured(p.Number(n.String()), i.Unit) }
	line.Target, line.Date = show(i.Target), shortDay(p, x.Date)
	if x.Value.Valid {
		line.Value = Range(p, i, []*jme.Measurement{x})
	}
	if t := x.Territory.Get(); t != nil {
		line.Where = page.Phrase{p.Text(t.Name)}
	}
	var before *jme.Measurement
	for _, y := range i.Measurements {
		earlier := y.Assessment.Get()
		if earlier != nil && earlier != a && y.Date.Before(x.Date.Time) && earlier.Provider.ID == a.Provider.ID &&
			y.Territory.ID == x.Territory.ID && (before == nil || before.Date.Before(y.Date.Time)) {
			before = y
		}
	}
	if before == nil || !before.Value.Valid || !x.Value.Valid {
		return line
	}
	line.Before, line.BeforeOn = Range(p, i, []*jme.Measurement{before}), shortDay(p, before.Date)
	change := x.Value.Decimal.Sub(before.Value.Decimal)
	line.Change = p.Number(change.String())
	if change.IsPositive() {
		line.Change = "+" + line.Change
	}
	switch better := i.Better; {
	case change.IsZero() || better == "equal":
	case change.IsPositive() == (better == "higher"):
		line.Good = "better"
	default:
		line.Good = "worse"
	}
	return line
}

// shortDay writes a date for a table, or "" if it is not known.
func shortDay(p *page.Place, d jme.Date) string {
	if d.IsZero() {
		return ""
	}
	return p.ShortDate(d.Time)
}
