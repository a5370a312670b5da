package locale

import (
	"strings"
	"time"
)

// Date is a day in full: "2026-жылдын 30-ноябры", "30 ноября 2026 года", "30 November 2026".
func (p *Printer) Date(t time.Time) string { return p.write(t, p.facts().Dates.Date) }

// Until is the last day of something, and says that it is included: "2026-жылдын 30-ноябрына чейин
// (ошол күндү кошо)".
func (p *Printer) Until(t time.Time) string { return p.write(t, p.facts().Dates.Until) }

// Since is the past day on which something began that still goes on: "2026-жылдын
// 30-ноябрынан бери".
func (p *Printer) Since(t time.Time) string { return p.write(t, p.facts().Dates.Since) }

// On is the day on which something happens: "2026-жылдын 30-ноябрында", "30 ноября 2026 года",
// "on 30 November 2026".
func (p *Printer) On(t time.Time) string { return p.write(t, p.facts().Dates.On) }

// AsOf is the day for which something is stated: "2026-жылдын 30-ноябрына карата".
func (p *Printer) AsOf(t time.Time) string { return p.write(t, p.facts().Dates.AsOf) }

// ShortDate is a day for tables: "30.11.2026", in English "30 Nov 2026".
func (p *Printer) ShortDate(t time.Time) string { return p.write(t, p.facts().Dates.Short) }

// DateTime is a day in full with the time: "2026-жылдын 30-ноябры, саат 17:00".
func (p *Printer) DateTime(t time.Time) string { return p.write(t, p.facts().Dates.DateTime) }

// YearMonth is a month in full: "2026-жылдын ноябры", "ноябрь 2026 года", "November 2026".
func (p *Printer) YearMonth(t time.Time) string { return p.write(t, p.facts().Dates.Month) }

// ShortYearMonth is a month for tables: "11.2026", in English "Nov 2026".
func (p *Printer) ShortYearMonth(t time.Time) string { return p.write(t, p.facts().Dates.ShortMonth) }

// write writes t by a layout. Package time knows no other months than the English ones; the words of the
// language are put in here. Of two lists that fit, the one with the longer word counts, because an
// ending follows the shorter one in the layout.
func (p *Printer) write(t time.Time, layout string) string {
	if t.IsZero() {
		return mistake("date")
	}
	var words []string
	for _, list := range p.facts().Months {
		if strings.Contains(layout, list[0]) && (words == nil || len(list[0]) > len(words[0])) {
			words = list
		}
	}
	if words == nil {
		return t.Format(layout)
	}
	before, after, _ := strings.Cut(layout, words[0])
	return t.Format(before) + words[t.Month()-1] + t.Format(after)
}

// moment is a time as the argument of a message: {{.Due}} is its date, {{.Due.Until}} the date as
// [Printer.Until] writes it, and so on.
type moment struct {
	p *Printer
	t time.Time
}

func (m moment) String() string { return m.p.Date(m.t) }
func (m moment) Until() string  { return m.p.Until(m.t) }
func (m moment) Since() string  { return m.p.Since(m.t) }
func (m moment) On() string     { return m.p.On(m.t) }
func (m moment) AsOf() string   { return m.p.AsOf(m.t) }
func (m moment) Short() string  { return m.p.ShortDate(m.t) }
func (m moment) Clock() string  { return m.p.DateTime(m.t) }
func (m moment) Month() string  { return m.p.YearMonth(m.t) }
