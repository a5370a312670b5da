package ocds

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"achyk/internal/dataset"
	"achyk/internal/jme"
)

// process is a contracting process.
type process struct {
	m         *jme.Municipality
	site      jme.Site
	zone      *time.Location
	today     time.Time    // the first moment after the as-of day
	register  string       // "contests" or "contracts"
	id        string       // of its contest, or of its direct contract
	contest   *jme.Contest // nil for a direct contract
	contracts []*jme.Contract
}

// processes returns the processes of a municipality that have a release: those with a
// contest, then those of direct contracts.
func processes(s dataset.Snapshot, m *jme.Municipality) (all []process) {
	if m.Settings.OCDSPrefix == "" {
		return nil
	}
	zone := m.Settings.Zone()
	y, month, day := s.AsOf.Date()
	add := func(p process) {
		p.m, p.site, p.zone, p.today = m, s.Data.Site, zone, time.Date(y, month, day+1, 0, 0, 0, 0, zone)
		if len(p.happenings()) > 0 {
			all = append(all, p)
		}
	}
	for _, c := range m.Contests {
		p := process{register: "contests", id: c.ID, contest: c}
		for _, k := range m.Contracts {
			if k.Contest.Is(c) {
				p.contracts = append(p.contracts, k)
			}
		}
		add(p)
	}
	for _, k := range m.Contracts {
		if k.Contest.Get() == nil {
			add(process{register: "contracts", id: k.ID, contracts: []*jme.Contract{k}})
		}
	}
	return all
}

// happening is something that happened in a process, of which a release tells.
type happening struct {
	at  time.Time
	tag string // a code of the standard's codelist releaseTag.csv
}

// happenings returns what has happened in a process until the end of the as-of day, in order.
func (p process) happenings() (all []happening) {
	add := func(at time.Time, known bool, tag string) {
		if known && at.Before(p.today) {
			all = append(all, happening{at, tag})
		}
	}
	if c := p.contest; c != nil {
		add(p.day(c.Announced), !c.Announced.IsZero(), "tender")
		for _, a := range c.Applications {
			add(a.Received.Time, !a.Received.IsZero(), "tenderUpdate")
		}
		add(c.Opened.Time, !c.Opened.IsZero(), "tenderUpdate")
		decided := "tenderUpdate"
		switch {
		case slices.ContainsFunc(c.Applications, won):
			decided = "award"
		case c.Result == jme.Cancelled:
			decided = "tenderCancellation"
		}
		add(p.day(c.Decided), !c.Decided.IsZero(), decided)
	}
	for _, k := range p.contracts {
		if p.winner(k) == nil {
			add(p.day(k.Signed), !k.Signed.IsZero(), "award")
		}
		add(p.day(k.Signed), !k.Signed.IsZero(), "contract")
		for _, x := range k.Payments {
			add(p.day(x.Date), !x.Date.IsZero(), "implementation")
		}
		for _, a := range p.assessments(k) {
			add(p.day(a.FieldworkTo), !a.FieldworkTo.IsZero(), "implementation")
			for _, r := range a.Reports {
				add(p.day(r.Delivered), !r.Delivered.IsZero(), "implementation")
			}
		}
		add(p.day(k.Ends).AddDate(0, 0, 1), !k.Ends.IsZero(), "contractTermination")
	}
	slices.SortStableFunc(all, func(a, b happening) int { return a.at.Compare(b.at) })
	if len(all) > 0 && all[0].tag == "tenderUpdate" {
		all[0].tag = "tender" // the first release of a contest has this tag
	}
	return all
}

// releases returns a release for each day on which something happened, and the moment of the
// last happening.
func (p process) releases() (all []release, newest time.Time) {
	happenings := p.happenings()
	for i := 0; i < len(happenings); {
		end := p.midnight(happenings[i].at).AddDate(0, 0, 1)
		var tags []string
		for ; i < len(happenings) && happenings[i].at.Before(end); i++ {
			if newest = happenings[i].at; !slices.Contains(tags, happenings[i].tag) {
				tags = append(tags, happenings[i].tag)
			}
		}
		r := (&telling{process: p, end: end, newest: i == len(happenings)}).release()
		r.Date, r.Tag = newest.In(p.zone).Format(time.RFC3339), tags
		said, err := json.Marshal(r)
		if err != nil {
			panic(err) // cannot happen: the structs hold strings and valid numbers only
		}
		sum := sha256.Sum256(said)
		r.ID = r.OCID + "-" + r.Date[:len("2006-01-02")] + "-" + hex.EncodeToString(sum[:4])
		all = append(all, r)
	}
	return all, newest
}

func won(a *jme.Application) bool { return a.Status == "winner" }

// winner returns the winning application that a contract was signed for, or nil.
func (p process) winner(k *jme.Contract) *jme.Application {
	if p.contest == nil {
		return nil
	}
	for _, a := range p.contest.Applications {
		if won(a) && a.Organisation.ID == k.Organisation.ID {
			return a
		}
	}
	return nil
}

// assessments returns the assessments that a contract pays for.
func (p process) assessments(k *jme.Contract) (all []*jme.Assessment) {
	for _, a := range p.m.Assessments {
		if a.Contract.Is(k) {
			all = append(all, a)
		}
	}
	return all
}

func (p process) midnight(t time.Time) time.Time {
	y, m, d := t.In(p.zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, p.zone)
}

// day returns the first moment of a day, by the municipality's clock.
func (p process) day(d jme.Date) time.Time {
	y, m, day := d.Date()
	return time.Date(y, m, day, 0, 0, 0, 0, p.zone)
}
