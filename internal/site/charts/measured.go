package charts

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"achyk/internal/chart"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/page"
)

// Measured are the measurements for a service against their targets: a band for each assessment, the newest
// last.
func Measured(t *page.Town, s *jme.Service) Chart {
	return Chart{"services/" + s.ID + "/measured", record(t, "services", s.ID), func(p *page.Place) *Data {
		d := &Data{
			Title: p.T("site.chart.measured"), Of: p.Text(s.Name), Registers: []string{"measurements", "indicators"},
			Head: []page.Head{
				head(p, "findings.indicator", false), head(p, "chart.unit", false), head(p, "chart.day", false), head(p, "chart.place", false),
				head(p, "findings.value", true), head(p, "findings.target", true), head(p, "chart.part_of", true), head(p, "chart.sample", true),
			},
		}
		d.Chart.Keys = []chart.Key{{Shape: chart.Dot, Text: p.T("site.chart.one_measured")}, {Shape: chart.Post, Text: p.T("site.findings.target")}}
		met, all := 0, 0
		for _, i := range p.Town.Indicators {
			if q := i.Requirement.Get(); q == nil || !q.Service.Is(s) {
				continue
			}
			taken := slices.DeleteFunc(slices.Clone(i.Measurements), func(x *jme.Measurement) bool { return !x.Value.Valid || x.Assessment.Get() == nil })
			if len(taken) == 0 {
				continue
			}
			slices.SortStableFunc(taken, func(a, b *jme.Measurement) int {
				return cmp.Or(a.Assessment.Get().Year-b.Assessment.Get().Year, strings.Compare(a.Assessment.ID, b.Assessment.ID), a.Date.Compare(b.Date.Time), strings.Compare(a.ID, b.ID))
			})
			name := chart.Words(p.Text(i.Name))
			if i.Target.Valid {
				name.Text += ". " + p.F("site.chart.target", locale.Args{"target": p.Measured(p.Number(i.Target.String()), i.Unit)})
			}
			d.Chart.Rows = append(d.Chart.Rows, chart.Row{Label: name})
			least, most := ends(i, taken)
			for len(taken) > 0 {
				n := slices.IndexFunc(taken, func(x *jme.Measurement) bool { return x.Assessment.ID != taken[0].Assessment.ID })
				if n < 0 {
					n = len(taken)
				}
				d.Chart.Rows = append(d.Chart.Rows, measuredRow(p, i, taken[:n], least, most))
				for _, x := range taken[:n] {
					d.Rows = append(d.Rows, []Cell{said(p.Text(i.Name)), unit(p, i), date(p, x.Date), placeOf(p, x), number(p, x.Value.String()), target(p, i), part(p, i, x), sample(p, x)})
					if i.Target.Valid {
						if all++; i.Reached(x.Value.Decimal) {
							met++
						}
					}
				}
				taken = taken[n:]
			}
		}
		if len(d.Rows) == 0 {
			return nil
		}
		d.Says = p.N("site.chart.measured_say", len(d.Rows))
		if all > 0 {
			d.Says = p.NF("site.chart.target_say", all, locale.Args{"met": met})
		}
		return d
	}}
}

// measuredRow is the band of the measurements that one assessment took.
func measuredRow(p *page.Place, i *jme.Indicator, taken []*jme.Measurement, least, most float64) chart.Row {
	label := page.Text{Text: page.Year(taken[0].Assessment.Get().Year)}
	if x := taken[0].Assessment.Get().Provider.Get(); x != nil {
		label.Text += " — " + p.Text(x.Name).Text
	}
	row := chart.Row{Label: chart.Words(label), Least: least, Most: most}
	for _, x := range taken {
		row.Signs = append(row.Signs, chart.Sign{At: float(x.Value.Decimal), Shape: chart.Dot})
	}
	if i.Target.Valid {
		row.Signs = append(row.Signs, chart.Sign{At: float(i.Target.Decimal), Shape: chart.Post})
	}
	row.Says = []chart.Key{{Shape: chart.Dot, Text: Range(p, i, taken) + " " + p.N("site.chart.of_measured", len(taken))}}
	return row
}

// share is how many of how many a measurement in percent counted: 8 of 13 for 61.54 %. It is false of another unit, and where the
// percentage is not that of a whole number of the sample, as an average is not.
func share(i *jme.Indicator, m *jme.Measurement) (part, whole int, ok bool) {
	value, sample, hundred := m.Value.Decimal, m.Sample.Decimal, decimal.NewFromInt(100)
	if i.Unit != "%" || !m.Value.Valid || !sample.IsInteger() || !sample.IsPositive() {
		return 0, 0, false
	}
	count := value.Mul(sample).Div(hundred).Round(0)
	rounded := count.Mul(hundred).DivRound(sample, max(0, -value.Exponent()))
	if !rounded.Equal(value) || count.IsNegative() || count.GreaterThan(sample) {
		return 0, 0, false
	}
	return int(count.IntPart()), int(sample.IntPart()), true
}

// Range writes measurements with their unit, from the least to the greatest. Percentages of samples of the same size are written as
// people say them, "8 of 13 (61.54 %)": a percentage of a few says more than was seen. Before a minus there is no dash, which looks
// the same.
func Range(p *page.Place, i *jme.Indicator, taken []*jme.Measurement) string {
	byValue := func(a, b *jme.Measurement) int { return a.Value.Decimal.Cmp(b.Value.Decimal) }
	least, greatest := slices.MinFunc(taken, byValue), slices.MaxFunc(taken, byValue)
	said := p.Measured(p.Number(greatest.Value.String()), i.Unit)
	if !least.Value.Decimal.Equal(greatest.Value.Decimal) {
		to := "–"
		if least.Value.Decimal.IsNegative() {
			to = "…"
		}
		said = p.Number(least.Value.String()) + to + said
	}
	low, of, counted := share(i, least)
	high, _, _ := share(i, greatest)
	for _, x := range taken {
		_, whole, ok := share(i, x)
		counted = counted && ok && whole == of
	}
	if counted {
		said = p.Fraction(low, high, of) + " (" + said + ")"
	}
	return said
}

// ends are the values at the left and the right end of the bands of an indicator. Zero is among those between them.
func ends(i *jme.Indicator, taken []*jme.Measurement) (least, most float64) {
	if i.Unit == "%" {
		most = 100
	}
	for _, x := range taken {
		least, most = min(least, float(x.Value.Decimal)), max(most, float(x.Value.Decimal))
	}
	return min(least, float(i.Target.Decimal)), max(most, float(i.Target.Decimal))
}

// Strip is an indicator as it was last measured in a place, and what the same assessment measured in others.
type Strip struct {
	Indicator *jme.Indicator
	Here      *jme.Measurement
	Others    []*jme.Measurement
}

// StripsOf returns the newest measurement of each indicator among those of a place.
func StripsOf(here []*jme.Measurement) (strips []*Strip) {
	for _, x := range here {
		i := x.Indicator.Get()
		if i == nil || !x.Value.Valid {
			continue
		}
		n := slices.IndexFunc(strips, func(s *Strip) bool { return s.Indicator == i })
		if n < 0 {
			strips = append(strips, &Strip{Indicator: i, Here: x})
		} else if x.Date.After(strips[n].Here.Date.Time) {
			strips[n].Here = x
		}
	}
	for _, s := range strips {
		for _, y := range s.Indicator.Measurements {
			if y.Assessment.ID == s.Here.Assessment.ID && y.Territory.ID != s.Here.Territory.ID && y.Territory.ID != "" && y.Value.Valid {
				s.Others = append(s.Others, y)
			}
		}
	}
	return strips
}

// Strips are the indicators that were measured in a place: there, in others, and the target.
func Strips(t *page.Town, x *jme.Territory) Chart {
	return Chart{"territories/" + x.ID + "/measured", record(t, "territories", x.ID), func(p *page.Place) *Data {
		d := &Data{
			Title: p.T("site.subject.measured"), Of: p.Text(x.Name), Registers: []string{"measurements", "indicators"},
			Head: []page.Head{
				head(p, "findings.indicator", false), head(p, "chart.unit", false), head(p, "chart.day", false), head(p, "chart.place", false),
				head(p, "findings.value", true), head(p, "findings.target", true), head(p, "chart.part_of", true), head(p, "chart.sample", true),
			},
		}
		d.Chart.Keys = []chart.Key{
			{Shape: chart.Diamond, Text: p.T("site.subject.here")}, {Shape: chart.Ring, Text: p.T("site.subject.elsewhere")}, {Shape: chart.Post, Text: p.T("site.findings.target")},
		}
		var here []*jme.Measurement
		for _, m := range p.Town.Measurements {
			if m.Territory.Is(x) {
				here = append(here, m)
			}
		}
		strips := StripsOf(here)
		if len(strips) == 0 {
			return nil
		}
		for _, s := range strips {
			i := s.Indicator
			taken := append(slices.Clone(s.Others), s.Here)
			row := chart.Row{Label: chart.Words(p.Text(i.Name))}
			row.Least, row.Most = ends(i, taken)
			for _, y := range taken {
				sign := chart.Sign{At: float(y.Value.Decimal), Shape: chart.Ring}
				if y == s.Here {
					sign.Shape = chart.Diamond
				}
				row.Signs = append(row.Signs, sign)
				d.Rows = append(d.Rows, []Cell{said(p.Text(i.Name)), unit(p, i), date(p, y.Date), placeOf(p, y), number(p, y.Value.String()), target(p, i), part(p, i, y), sample(p, y)})
			}
			row.Says = append(row.Says, chart.Key{Shape: chart.Diamond, Text: Range(p, i, []*jme.Measurement{s.Here})})
			if len(s.Others) > 0 {
				row.Says = append(row.Says, chart.Key{Shape: chart.Ring, Text: Range(p, i, s.Others)})
			}
			if i.Target.Valid {
				row.Signs = append(row.Signs, chart.Sign{At: float(i.Target.Decimal), Shape: chart.Post})
				row.Says = append(row.Says, chart.Key{Shape: chart.Post, Text: p.Measured(p.Number(i.Target.String()), i.Unit)})
			}
			d.Chart.Rows = append(d.Chart.Rows, row)
		}
		d.Says = p.N("site.chart.measured_say", len(d.Rows))
		return d
	}}
}

// target is a cell with the target of an indicator.
func target(p *page.Place, i *jme.Indicator) Cell {
	if !i.Target.Valid {
		return Cell{Numeric: true}
	}
	return number(p, i.Target.String())
}

// part is a cell with how many of the sample were counted, if the measurement is a share of it.
func part(p *page.Place, i *jme.Indicator, x *jme.Measurement) Cell {
	if n, _, ok := share(i, x); ok {
		return count(p, n)
	}
	return Cell{Numeric: true}
}

// sample is a cell with how large the sample was.
func sample(p *page.Place, x *jme.Measurement) Cell {
	if !x.Sample.Valid {
		return Cell{Numeric: true}
	}
	return number(p, x.Sample.String())
}

// unit is a cell with the unit of an indicator.
func unit(p *page.Place, i *jme.Indicator) Cell {
	if i.Unit == "1" {
		return words(p.T("site.chart.times"))
	}
	return said(p.Untranslated(p.Unit(i.Unit)))
}

// placeOf is a cell with the place of a measurement.
func placeOf(p *page.Place, x *jme.Measurement) Cell {
	if place := x.Territory.Get(); place != nil {
		return said(p.Text(place.Name))
	}
	return Cell{}
}

// float is a number as a length.
func float(d decimal.Decimal) float64 {
	f, _ := d.Float64()
	return f
}
