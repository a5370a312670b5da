package locale

import (
	"strings"
	"time"
)

// Date is a day in full: "2026-жылдын 30-ноябры", "30 ноября 2026 года", "30 November 2026".
func (p *Printer) Date(t time.Time) string {
	return p.date(t, "2006-жылдын 2-январы", "2 января 2006 года", "2 January 2006")
}

// Until is the day something ends, that day included: "2026-жылдын 30-ноябрына чейин".
func (p *Printer) Until(t time.Time) string {
	return p.date(t, "2006-жылдын 2-январына чейин", "до 2 января 2006 года", "until 2 January 2006")
}

// Since is the past day something began and still goes on: "2026-жылдын 30-ноябрынан бери".
func (p *Printer) Since(t time.Time) string {
	return p.date(t, "2006-жылдын 2-январынан бери", "с 2 января 2006 года", "since 2 January 2006")
}

// On is the day something happens: "2026-жылдын 30-ноябрында", "30 ноября 2026 года", "on 30 November 2026".
func (p *Printer) On(t time.Time) string {
	return p.date(t, "2006-жылдын 2-январында", "2 января 2006 года", "on 2 January 2006")
}

// AsOf is the day for which something is stated: "2026-жылдын 30-ноябрына карата".
func (p *Printer) AsOf(t time.Time) string {
	return p.date(t, "2006-жылдын 2-январына карата", "по состоянию на 2 января 2006 года", "as of 2 January 2006")
}

// ShortDate is a day for tables: "30.11.2026", in English "30 Nov 2026".
func (p *Printer) ShortDate(t time.Time) string {
	return p.date(t, "02.01.2006", "02.01.2006", "2 Jan 2006")
}

// DateTime is a day in full with the time: "2026-жылдын 30-ноябры, саат 17:00".
func (p *Printer) DateTime(t time.Time) string {
	return p.date(t, "2006-жылдын 2-январы, саат 15:04", "2 января 2006 года, 15:04", "2 January 2006, 15:04")
}

// YearMonth is a month in full: "2026-жылдын ноябры", "ноябрь 2026 года", "November 2026".
func (p *Printer) YearMonth(t time.Time) string {
	return p.date(t, "2006-жылдын январы", "январь 2006 года", "January 2006")
}

// ShortYearMonth is a month for tables: "11.2026", in English "Nov 2026".
func (p *Printer) ShortYearMonth(t time.Time) string {
	return p.date(t, "01.2006", "01.2006", "Jan 2006")
}

// date writes t by the layout of the printer's language. A layout is package time's reference
// moment, 2 January 2006, 15:04, as that language writes it; January's word stands for the month's.
func (p *Printer) date(t time.Time, ky, ru, en string) string {
	if t.IsZero() {
		return mistake("date")
	}
	layout := Text{ky, ru, en}.Get(p.lang)
	i := strings.Index(layout, "январ")
	if i < 0 {
		return t.Format(layout)
	}
	january, rest := layout[i:], ""
	if j := strings.IndexAny(january, " ,"); j >= 0 {
		january, rest = january[:j], january[j:]
	}
	return t.Format(layout[:i]) + months[january][t.Month()-1] + t.Format(rest)
}

// months are the words for the twelve months, by January's. In a Kyrgyz date the month belongs to
// the year ("жылдын … ноябры") and takes that ending before the one of its case; the forms are those
// seen in official acts.
var months = map[string][12]string{
	"январы": {
		"январы", "февралы", "марты", "апрели", "майы", "июну",
		"июлу", "августу", "сентябры", "октябры", "ноябры", "декабры",
	},
	"январына": { // towards: чейин, карата
		"январына", "февралына", "мартына", "апрелине", "майына", "июнуна",
		"июлуна", "августуна", "сентябрына", "октябрына", "ноябрына", "декабрына",
	},
	"январында": { // on
		"январында", "февралында", "мартында", "апрелинде", "майында", "июнунда",
		"июлунда", "августунда", "сентябрында", "октябрында", "ноябрында", "декабрында",
	},
	"январынан": { // from: бери, тартып
		"январынан", "февралынан", "мартынан", "апрелинен", "майынан", "июнунан",
		"июлунан", "августунан", "сентябрынан", "октябрынан", "ноябрынан", "декабрынан",
	},
	"января": {
		"января", "февраля", "марта", "апреля", "мая", "июня",
		"июля", "августа", "сентября", "октября", "ноября", "декабря",
	},
	"январь": {
		"январь", "февраль", "март", "апрель", "май", "июнь",
		"июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
	},
}

// moment is a time as a message's argument: {{.Due}} is its date, {{.Due.Until}} the same in that use.
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
