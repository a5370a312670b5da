// Package scores counts the score sheets of a contest anew from the register of scores. The rule
// on the winner and the page of the contest both use it, so they cannot disagree.
//
// An application has a sheet unless it was refused, withdrawn or only received. The members whose
// points count are those who were on the panel on the day of the decision and did not stand aside
// from this application; somebody with two seats gives points once. For each criterion, the mean of their points is divided by the highest
// points and multiplied by the weight; the total is the sum over the criteria. Totals are exact
// fractions, so two applications are equal only if their points make them equal; whoever shows a
// total rounds it.
//
// Points that cannot count are told apart as stray: those of anybody else, by a criterion of another
// contest, or above the highest points of the criterion.
//
// If a score of one of these members is not recorded, or a criterion lacks its weight or highest
// points, the total of the application means nothing, and it has no place.
package scores

import (
	"cmp"
	"math/big"
	"slices"
	"time"

	"achyk/internal/jme"
	"achyk/internal/regulation/clock"
	"achyk/internal/selection"
)

// Ranking is the applications to a contest with their totals.
type Ranking struct {
	Criteria []*jme.Criterion
	Sheets   []*Sheet // the highest total first; those with missing scores last
	Winner   *Sheet   // the sheet of the recorded winner, or nil
}

// Sheet is the points of one application.
type Sheet struct {
	Application *jme.Application
	Members     []*jme.Member // whose points count: those on the panel that day, without the recused
	Rows        []Row         // one for each criterion of the ranking
	Total       *big.Rat      // the sum of the rows' Part
	Missing     int           // numbers that are not recorded; unless it is 0, the total means nothing
	Stray       [4]int        // points that are recorded and cannot count, by Why; unless all are 0, the total is doubtful
	Place       int           // from 1; equal totals share a place; 0 where scores are missing
}

// Why tells why recorded points cannot count.
type Why int

// The reasons.
const (
	Counts     Why = iota - 1 // they can
	Absent                    // their member was not there that day, or stood aside
	SecondSeat                // of somebody whose points count from another seat
	Elsewhere                 // by a criterion of another contest
	TooHigh                   // above the highest points of the criterion
)

// Stray adds up the points of all sheets that cannot count, by Why.
func (r *Ranking) Stray() (stray [4]int) {
	for _, s := range r.Sheets {
		for why, n := range s.Stray {
			stray[why] += n
		}
	}
	return stray
}

// Row is one criterion of a sheet.
type Row struct {
	Points []*big.Rat // by member, as in Sheet.Members; nil where none is recorded
	Mean   *big.Rat   // nil where there are no members, or no weight or highest points
	Part   *big.Rat   // what the criterion adds to the total: Mean / highest points × weight
}

// Rank computes the totals of all applications that were admitted. The members are those on the
// panel on the day of the decision or, where it is not recorded, of the opening or the close,
// which are moments in the time zone of the municipality.
func Rank(x *jme.Contest, zone *time.Location) *Ranking {
	r, winner := &Ranking{Criteria: x.Criteria}, Winner(x)
	day := cmp.Or(x.Decided.Day(), clock.DayIn(zone, x.Opened), clock.DayIn(zone, x.Closes))
	for _, a := range x.Applications {
		if a.Status == "refused" || a.Status == "withdrawn" || a.Status == "received" {
			continue
		}
		sheet := score(x, a, day)
		if a == winner {
			r.Winner = sheet
		}
		r.Sheets = append(r.Sheets, sheet)
	}
	slices.SortStableFunc(r.Sheets, compare)
	for i, s := range r.Sheets {
		switch {
		case s.Missing > 0:
		case i > 0 && s.Total.Cmp(r.Sheets[i-1].Total) == 0:
			s.Place = r.Sheets[i-1].Place
		default:
			s.Place = i + 1
		}
	}
	return r
}

// compare orders sheets: complete ones by their totals, then those with missing scores.
func compare(a, b *Sheet) int {
	order := cmp.Compare(min(a.Missing, 1), min(b.Missing, 1))
	if a.Missing == 0 && b.Missing == 0 {
		order = b.Total.Cmp(a.Total)
	}
	return cmp.Or(order, cmp.Compare(a.Application.Number, b.Application.Number), cmp.Compare(a.Application.ID, b.Application.ID))
}

// Winner is the application that is recorded as the winner, the first of several, or nil.
func Winner(x *jme.Contest) *jme.Application {
	for _, a := range Winners(x) {
		return a
	}
	return nil
}

// Winners are the applications that are recorded as winners.
func Winners(x *jme.Contest) (all []*jme.Application) {
	for _, a := range x.Applications {
		if a.Status == "winner" {
			all = append(all, a)
		}
	}
	return all
}

// score makes the sheet of an application from the members who were on the panel on a day.
func score(x *jme.Contest, a *jme.Application, day time.Time) *Sheet {
	s := &Sheet{Application: a, Members: members(x.Panel.Get(), a, day), Total: new(big.Rat)}
	given, seated := map[[2]string]*big.Rat{}, selection.Among(s.Members)
	for _, p := range a.Scores {
		if p.Points.Valid {
			given[[2]string{p.Member.ID, p.Criterion.ID}] = p.Points.Decimal.Rat()
			if why := counts(p, s.Members, seated, x, day); why != Counts {
				s.Stray[why]++
			}
		}
	}
	for _, criterion := range x.Criteria {
		row := Row{Points: make([]*big.Rat, len(s.Members)), Part: new(big.Rat)}
		sum := new(big.Rat)
		for i, m := range s.Members {
			if row.Points[i] = given[[2]string{m.ID, criterion.ID}]; row.Points[i] == nil {
				s.Missing++
				continue
			}
			sum.Add(sum, row.Points[i])
		}
		if !criterion.Weight.Valid || criterion.MaxPoints.Decimal.Sign() <= 0 {
			s.Missing++ // without a weight or highest points the part cannot be computed
		} else if len(s.Members) > 0 {
			row.Mean = sum.Quo(sum, big.NewRat(int64(len(s.Members)), 1))
			row.Part.Quo(criterion.Weight.Decimal.Rat(), criterion.MaxPoints.Decimal.Rat())
			row.Part.Mul(row.Part, row.Mean)
		}
		s.Total.Add(s.Total, row.Part)
		s.Rows = append(s.Rows, row)
	}
	if len(s.Members) == 0 || len(x.Criteria) == 0 {
		s.Missing++
	}
	return s
}

// counts tells whether points can count: they are by one of the members, by a criterion of the
// contest, and not above its highest points. Somebody with another seat than that of a member is seated too.
func counts(p *jme.Score, members []*jme.Member, seated func(*jme.Member) bool, x *jme.Contest, day time.Time) Why {
	criterion, member := p.Criterion.Get(), p.Member.Get()
	switch {
	case criterion == nil || !criterion.Contest.Is(x):
		return Elsewhere
	case member == nil:
		return Absent
	case !slices.Contains(members, member) && selection.There(member, day) && seated(member):
		return SecondSeat
	case !slices.Contains(members, member):
		return Absent
	case criterion.MaxPoints.Valid && p.Points.Decimal.GreaterThan(criterion.MaxPoints.Decimal):
		return TooHigh
	}
	return Counts
}

// members are those who were on a panel on a day and did not stand aside from an application.
func members(p *jme.Panel, a *jme.Application, day time.Time) []*jme.Member {
	if p == nil {
		return nil
	}
	var there []*jme.Member
	recused := selection.Recused(a)
	for _, m := range p.Members {
		if !recused(m) && selection.There(m, day) {
			there = append(there, m)
		}
	}
	var persons []*jme.Member
	for _, seats := range selection.Persons(there) {
		persons = append(persons, seats[0])
	}
	return persons
}
