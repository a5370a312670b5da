package regulation

import (
	"cmp"
	"math/big"
	"slices"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

// Ranking is the applications to a contest with their totals, computed from the register of
// scores. Totals are exact fractions and are rounded only where they are shown.
type Ranking struct {
	Criteria []*jme.Criterion
	Sheets   []*Sheet // the highest total first; those with missing scores last
	Winner   *Sheet   // the sheet of the recorded winner, or nil
}

// Sheet is the points of one application.
type Sheet struct {
	Application *jme.Application
	Members     []*jme.Member // whose points count: those on the panel that day, without the recused
	Rows        []SheetRow    // one for each criterion of the ranking
	Total       *big.Rat      // the sum of the rows' Part
	Missing     int           // scores that are not recorded; unless it is 0, the total means nothing
	Place       int           // from 1; equal totals share a place; 0 where scores are missing
}

// SheetRow is one criterion of a sheet.
type SheetRow struct {
	Points []*big.Rat // by member; nil where none is recorded
	Mean   *big.Rat   // nil where there are no members
	Part   *big.Rat   // what the criterion adds to the total: Mean / highest points × weight
}

// Rank computes the totals of all applications that were admitted. The members are those on the
// panel on the day of the decision or, where it is not recorded, of the opening or the close.
func Rank(m *jme.Municipality, x *jme.Contest) *Ranking {
	return rank(NewClock(nil, m.Settings.TimeZone), x)
}

func rank(clock *Clock, x *jme.Contest) *Ranking {
	r, winner := &Ranking{Criteria: x.Criteria}, winnerOf(x)
	for _, a := range x.Applications {
		if a.Status == "refused" || a.Status == "withdrawn" || a.Status == "received" {
			continue
		}
		sheet := score(clock, x, a)
		if a == winner {
			r.Winner = sheet
		}
		r.Sheets = append(r.Sheets, sheet)
	}
	slices.SortStableFunc(r.Sheets, func(a, b *Sheet) int {
		if a.Missing > 0 || b.Missing > 0 {
			return cmp.Or(cmp.Compare(min(a.Missing, 1), min(b.Missing, 1)), cmp.Compare(a.Application.Number, b.Application.Number))
		}
		return cmp.Or(b.Total.Cmp(a.Total), cmp.Compare(a.Application.Number, b.Application.Number), cmp.Compare(a.Application.ID, b.Application.ID))
	})
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

// score makes the sheet of one application.
func score(clock *Clock, x *jme.Contest, a *jme.Application) *Sheet {
	s := &Sheet{Application: a, Total: new(big.Rat)}
	day := cmp.Or(x.Decided.Day(), clock.Day(x.Opened), clock.Day(x.Closes))
	if p := x.Panel.Get(); p != nil {
		for _, m := range p.Members {
			recused := slices.ContainsFunc(a.Recusals, func(r *jme.Recusal) bool { return r.Member.Is(m) })
			if !recused && !m.ValidFrom.Day().After(day) && (m.ValidTo.IsZero() || !m.ValidTo.Day().Before(day)) {
				s.Members = append(s.Members, m)
			}
		}
	}
	given := map[[2]string]*big.Rat{}
	for _, p := range a.Scores {
		if p.Points.Valid {
			given[[2]string{p.Member.ID, p.Criterion.ID}] = p.Points.Decimal.Rat()
		}
	}
	for _, criterion := range x.Criteria {
		row := SheetRow{Points: make([]*big.Rat, len(s.Members)), Part: new(big.Rat)}
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

var (
	keptInTie    = Statement{Kept, "tie"}
	keptByReason = Statement{Kept, "reason"} // the winner is not first, and the reason is recorded
)

// winnerFollowsScores checks that the winner has the highest total, or that the reason for
// another choice is recorded.
func winnerFollowsScores(c *Case) {
	c.eachContest(func(x *jme.Contest, o *Outcome) {
		r := rank(c.Clock, x)
		if r.Winner == nil {
			c.undecided(o)
			return
		}
		for _, s := range r.Sheets {
			o.see("applications", s.Application.ID)
		}
		if last := r.Sheets[len(r.Sheets)-1]; last.Missing > 0 {
			o.says(unknown, locale.Args{"Missing": number{aScore, last.Missing}, "Who": name(last.Application)})
			return
		}
		winner, first := r.Winner, r.Sheets[0]
		args := locale.Args{"Winner": name(winner.Application), "Total": points{winner.Total}, "First": name(first.Application), "Best": points{first.Total}}
		switch {
		case winner.Place > 1 && winner.Application.Reason.IsZero():
			o.says(broken, args)
		case winner.Place > 1:
			args["Reason"] = winner.Application.Reason
			o.says(keptByReason, args)
		case len(r.Sheets) > 1 && r.Sheets[1].Place == 1:
			o.says(keptInTie, args)
		default:
			o.says(kept, args)
		}
	})
}

func winnerOf(x *jme.Contest) *jme.Application {
	for _, a := range x.Applications {
		if a.Status == "winner" {
			return a
		}
	}
	return nil
}

// name is the name of the applicant or, where it is not known, the code of the application.
func name(a *jme.Application) locale.Text {
	if o := a.Organisation.Get(); o != nil {
		return o.Name
	}
	return locale.Same(a.ID)
}

// points is a total as the argument of a sentence, shown with two digits after the point.
type points struct{ *big.Rat }

func (x points) In(l locale.Lang) string { return locale.For(l).Number(x.FloatString(2)) }
