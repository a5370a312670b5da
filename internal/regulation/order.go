package regulation

import (
	"slices"
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
	Counted        bool // the last day is counted from one of the two: nothing but what is unknown stays as it is
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
var common = []Statement{NotChecked, OutOfOrder, Contradiction, WhenRecorded}

// order settles anew an outcome that is kept although its evidence is not in the order that the
// rule takes for granted.
func (c *Case) order(o *Outcome) {
	for i := range c.rule.Order {
		x := &c.rule.Order[i]
		if o.Kind != Kept && (!x.Counted || o.Kind == Unknown || o.Kind == NotApplicable) {
			continue
		}
		for _, p := range o.Compared(x) {
			later, known := c.happened(p.Later, x.Later)
			if !known {
				continue
			}
			earlier, known := c.happened(p.Earlier, x.Earlier)
			if !known || !later.before(earlier) {
				continue
			}
			said := OutOfOrder
			if x.Kind == Unknown {
				said = Contradiction
			}
			o.Order, o.Stands = x, c.since(o) // until then it was not to be kept
			if !o.Stands.IsZero() && earlier.day.After(o.Stands) && slices.Contains(happens(p.Earlier.Register), x.Earlier.Column()) {
				o.Stands = earlier.day
			}
			args := locale.Args{"Later": event(x.Later), "LaterDay": later.day, "Earlier": event(x.Earlier), "EarlierDay": earlier.day}
			if later.day.Equal(earlier.day) {
				args["LaterDay"], args["EarlierDay"] = hour(later.time.In(c.Settings.Zone())), hour(earlier.time.In(c.Settings.Zone()))
			}
			if o.Says(said, args); x.Counted {
				o.DueBy(time.Time{}, "")
				o.Latest = time.Time{}
			}
			return
		}
	}
}

// Pair are two records of which one tells what must not come before what the other tells.
type Pair struct{ Later, Earlier Record }

// Compare adds two records to the evidence and says that the orders of the rule are about these
// two. For an order of whose registers no two records are named so, each record of the evidence
// is compared with each.
func (o *Outcome) Compare(later, earlier Record) *Outcome {
	o.pairs = append(o.pairs, Pair{later, earlier})
	return o.See(later.Register, later.ID).See(earlier.Register, earlier.ID)
}

// Pairs are the records that Compare named.
func (o *Outcome) Pairs() []Pair { return o.pairs }

// Compared are the records that an order is about.
func (o *Outcome) Compared(x *Order) (pairs []Pair) {
	afterwards, before := x.Later.Register(), x.Earlier.Register()
	for _, p := range o.pairs {
		if p.Later.Register == afterwards && p.Earlier.Register == before {
			pairs = append(pairs, p)
		}
	}
	if len(pairs) > 0 {
		return pairs
	}
	for _, later := range o.Evidence {
		if later.Register != afterwards {
			continue
		}
		for _, earlier := range o.Evidence {
			if earlier.Register == before {
				pairs = append(pairs, Pair{later, earlier})
			}
		}
	}
	return pairs
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

// happened tells when an event happened by a record, and whether the record tells it.
func (c *Case) happened(of Record, e Event) (moment, bool) {
	r, ok := c.Record(of.Register, of.ID)
	if !ok {
		return moment{}, false
	}
	when := momentOf(r.Table.Value(r.Row, e.Column()), c.Clock)
	return when, !when.day.IsZero()
}

// momentOf is the moment that a cell tells, zero where it tells none.
func momentOf(cell string, days *clock.Clock) moment {
	when, ok := table.ParseTime(cell)
	switch {
	case !ok:
		return moment{}
	case len(cell) == len(time.DateOnly):
		return moment{day: when}
	}
	return moment{days.Day(jme.Date{Time: when}), when}
}

// event is an event as an argument of a sentence.
type event Event

func (e event) In(l locale.Lang) string { return Event(e).Word(locale.For(l)) }

// hour is a day with the time as an argument of a sentence.
type hour time.Time

func (h hour) In(l locale.Lang) string { return locale.For(l).DateTime(time.Time(h)) }
