package locale

import (
	"strings"
	"time"
)

// layouts are the ways in which a language writes days and moments. A layout shows how it
// writes 2 January 2006, 15:04, the reference moment of package time; the word for January
// stands for the words of all months.
var layouts = [len(Langs)]struct {
	date, until, since, on, asOf    string
	short, dateTime, month, inShort string
}{
	Ky: {
		date: "2006-жылдын 2-январы", until: "2006-жылдын 2-январына чейин (ошол күндү кошо)", since: "2006-жылдын 2-январынан бери",
		on: "2006-жылдын 2-январында", asOf: "2006-жылдын 2-январына карата",
		short: "02.01.2006", dateTime: "2006-жылдын 2-январы, саат 15:04", month: "2006-жылдын январы", inShort: "01.2006",
	},
	Ru: {
		date: "2 января 2006 года", until: "до 2 января 2006 года включительно", since: "с 2 января 2006 года",
		on: "2 января 2006 года", asOf: "по состоянию на 2 января 2006 года",
		short: "02.01.2006", dateTime: "2 января 2006 года, 15:04", month: "январь 2006 года", inShort: "01.2006",
	},
	En: {
		date: "2 January 2006", until: "up to and including 2 January 2006", since: "since 2 January 2006",
		on: "on 2 January 2006", asOf: "as of 2 January 2006",
		short: "2 Jan 2006", dateTime: "2 January 2006, 15:04", month: "January 2006", inShort: "Jan 2006",
	},
}

// Date is a day in full: "2026-жылдын 30-ноябры", "30 ноября 2026 года", "30 November 2026".
func (p *Printer) Date(t time.Time) string { return write(t, layouts[p.lang].date) }

// Until is the last day of something, and says that it is included: "2026-жылдын 30-ноябрына чейин
// (ошол күндү кошо)".
func (p *Printer) Until(t time.Time) string { return write(t, layouts[p.lang].until) }

// Since is the past day on which something began that still goes on: "2026-жылдын
// 30-ноябрынан бери".
func (p *Printer) Since(t time.Time) string { return write(t, layouts[p.lang].since) }

// On is the day on which something happens: "2026-жылдын 30-ноябрында", "30 ноября 2026 года",
// "on 30 November 2026".
func (p *Printer) On(t time.Time) string { return write(t, layouts[p.lang].on) }

// AsOf is the day for which something is stated: "2026-жылдын 30-ноябрына карата".
func (p *Printer) AsOf(t time.Time) string { return write(t, layouts[p.lang].asOf) }

// ShortDate is a day for tables: "30.11.2026", in English "30 Nov 2026".
func (p *Printer) ShortDate(t time.Time) string { return write(t, layouts[p.lang].short) }

// DateTime is a day in full with the time: "2026-жылдын 30-ноябры, саат 17:00".
func (p *Printer) DateTime(t time.Time) string { return write(t, layouts[p.lang].dateTime) }

// YearMonth is a month in full: "2026-жылдын ноябры", "ноябрь 2026 года", "November 2026".
func (p *Printer) YearMonth(t time.Time) string { return write(t, layouts[p.lang].month) }

// ShortYearMonth is a month for tables: "11.2026", in English "Nov 2026".
func (p *Printer) ShortYearMonth(t time.Time) string { return write(t, layouts[p.lang].inShort) }

// write writes t by a layout. Package time knows the English months; the others are put in
// here.
func write(t time.Time, layout string) string {
	if t.IsZero() {
		return mistake("date")
	}
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

// months are the words for the twelve months, by the word for January. In a Kyrgyz date the month
// belongs to the year ("жылдын … ноябры"): it takes a possessive ending and then the ending of its
// case. The forms are those of official acts.
var months = map[string][12]string{
	"январы": {
		"январы", "февралы", "марты", "апрели", "майы", "июну",
		"июлу", "августу", "сентябры", "октябры", "ноябры", "декабры",
	},
	"январына": { // dative, before чейин and карата
		"январына", "февралына", "мартына", "апрелине", "майына", "июнуна",
		"июлуна", "августуна", "сентябрына", "октябрына", "ноябрына", "декабрына",
	},
	"январында": { // locative
		"январында", "февралында", "мартында", "апрелинде", "майында", "июнунда",
		"июлунда", "августунда", "сентябрында", "октябрында", "ноябрында", "декабрында",
	},
	"январынан": { // ablative, before бери and тартып
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
