package regulation

import (
	"strings"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation/clock"
	"achyk/internal/table"
)

// Order is an order of events that a rule takes for granted: Later must not come before Earlier.
// No outcome whose evidence has the two the other way round is kept. Kind says what it is: Broken
// where a clause sets the order, Unknown where the records contradict each other.
type Order struct {
	Later, Earlier Event
	Kind           Kind
}

// Event is what a column of a register tells the day of, written "contracts.signed". Its words are
// the message "regulation.event.<register>_<column>".
type Event string

// Register is the register of the event's records.
func (e Event) Register() string {
	register, _, _ := strings.Cut(string(e), ".")
	return register
}

// Column is the column with the day.
func (e Event) Column() string {
	_, column, _ := strings.Cut(string(e), ".")
	return column
}

// Word is the event in words.
func (e Event) Word(p *locale.Printer) string {
	return p.T("regulation.event." + strings.ReplaceAll(string(e), ".", "_"))
}

// Say says which order a rule takes for granted.
func (x *Order) Say(p *locale.Printer) string {
	return p.F("regulation.order", locale.Args{"Later": x.Later.Word(p), "Earlier": x.Earlier.Word(p)})
}

// Statements about an outcome that would be kept if its evidence were in order. Their messages
// belong to no rule.
var (
	OutOfOrder    = Statement{Broken, "out_of_order"}
	Contradiction = Statement{Unknown, "contradiction"}
)

// common are the statements that every rule can make.
var common = []Statement{NotChecked, OutOfOrder, Contradiction}

// order settles anew an outcome that is kept although its evidence is not in the order that the
// rule takes for granted.
func (c *Case) order(o *Outcome) {
	if o.Kind != Kept {
		return
	}
	for i := range c.rule.Order {
		x := &c.rule.Order[i]
		for _, later := range c.happened(o, x.Later) {
			for _, earlier := range c.happened(o, x.Earlier) {
				if !later.before(earlier) {
					continue
				}
				said := OutOfOrder
				if x.Kind == Unknown {
					said = Contradiction
				}
				o.Order = x
				args := locale.Args{"Later": event(x.Later), "LaterDay": later.day, "Earlier": event(x.Earlier), "EarlierDay": earlier.day}
				if later.day.Equal(earlier.day) {
					args["LaterDay"], args["EarlierDay"] = hour(later.time.In(c.Settings.Zone())), hour(earlier.time.In(c.Settings.Zone()))
				}
				o.Says(said, args)
				return
			}
		}
	}
}

// moment is when something happened: a day and, where the register tells it, the time.
type moment struct {
	day  time.Time // midnight UTC
	time time.Time // zero: only the day is known
}

// before reports whether a moment lies before another. Of two of which one has no time, only the
// days are compared.
func (a moment) before(b moment) bool {
	if a.time.IsZero() || b.time.IsZero() {
		return a.day.Before(b.day)
	}
	return a.time.Before(b.time)
}

// happened tells when an event happened by the records that an outcome rests on.
func (c *Case) happened(o *Outcome, e Event) (all []moment) {
	for _, at := range o.Evidence {
		if at.Register != e.Register() {
			continue
		}
		r, ok := c.Record(at.Register, at.ID)
		if !ok {
			continue
		}
		cell := r.Table.Value(r.Row, e.Column())
		when, ok := table.ParseTime(cell)
		switch {
		case !ok:
		case len(cell) == len(time.DateOnly):
			all = append(all, moment{day: when})
		default:
			all = append(all, moment{clock.DayIn(c.Settings.Zone(), jme.Date{Time: when}), when})
		}
	}
	return all
}

// event is an event as an argument of a sentence.
type event Event

func (e event) In(l locale.Lang) string { return Event(e).Word(locale.For(l)) }

// hour is a day with the time as an argument of a sentence.
type hour time.Time

func (h hour) In(l locale.Lang) string { return locale.For(l).DateTime(time.Time(h)) }
