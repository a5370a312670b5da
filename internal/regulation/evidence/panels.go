package evidence

import (
	"slices"
	"time"

	"achyk/internal/jme"
	"achyk/internal/regulation"
	"achyk/internal/regulation/clock"
	"achyk/internal/selection"
)

// Seated is the day from which on the records tell of a panel and of members on it.
func Seated(p *jme.Panel) (day time.Time) {
	for _, m := range p.Members {
		if joined := clock.Latest(m.ValidFrom.Day(), p.Formed.Day()); day.IsZero() || joined.Before(day) {
			day = joined
		}
	}
	return day
}

// Seats counts the members of a panel on a day, and those of each side. Somebody with several seats is one
// member, of the side that has fewest of those that the clause of the case asks for.
func Seats(c *regulation.Case, o *regulation.Outcome, p *jme.Panel, day time.Time) (members int, sides map[string]int) {
	o.See("panels", p.ID)
	var there []*jme.Member
	for _, m := range p.Members {
		switch {
		case selection.There(m, day):
			o.See("panel_members", m.ID)
			there = append(there, m)
		case m.ValidFrom.Day().Equal(day), m.ValidTo.Day().AddDate(0, 0, 1).Equal(day):
			o.See("panel_members", m.ID) // whose change makes the day one to look at
		}
	}
	persons := selection.Persons(there)
	slices.SortStableFunc(persons, func(a, b []*jme.Member) int { return len(a) - len(b) })
	sides = map[string]int{}
	for _, seats := range persons {
		side := slices.MinFunc(seats, func(a, b *jme.Member) int { return lacking(c, b.Side, sides) - lacking(c, a.Side, sides) }).Side
		sides[side]++
	}
	return len(persons), sides
}

// lacking is how many members of a side the clause asks for beyond those counted so far.
func lacking(c *regulation.Case, side string, count map[string]int) int {
	n, _ := c.Whole(side)
	return n - count[side]
}
