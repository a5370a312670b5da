package page

import (
	"strings"

	"achyk/internal/history"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/table"
)

// Entry is what one commit did to one register.
type Entry struct {
	Commit   *history.Commit
	Touch    *history.Touch
	Town     *Town        // nil for a register of all towns, and where the town is no longer there
	Register *table.Table // nil where the register is no longer there
}

// entries lists what all commits did, newest first.
func (s *Site) entries() []Entry {
	if s.History == nil {
		return nil
	}
	registers := map[string]Entry{}
	for _, t := range s.Towns {
		for _, reg := range t.Tables {
			e := Entry{Town: t, Register: reg}
			if !strings.Contains(reg.Label, "/") {
				e.Town = nil
			}
			registers[reg.Label] = e
		}
	}
	var all []Entry
	for _, c := range s.History.Commits {
		for i := range c.Touches {
			touch := &c.Touches[i]
			e := registers[touch.Register]
			if e.Commit, e.Touch = c, touch; touch.To == "" && (len(touch.Records) > 0 || touch.Problem != "" || len(touch.Columns.Renamed) > 0) {
				all = append(all, e)
			}
		}
	}
	return all
}

// ChangedOn says on which day a commit changed something.
func (p *Place) ChangedOn(c *history.Commit) string {
	return p.F("site.foot.changed", locale.Args{"on": p.On(c.Time.In(p.Zone())), "commit": Abbreviated(c.Hash)})
}

// LastChange is the day on which the records of a register were last changed; "" where it
// is not known. The registers that a build makes are as new as the site.
func (p *Place) LastChange(reg *table.Table) string {
	if jme.Derived(reg.Schema.Name) {
		return p.ShortDate(p.Today)
	}
	if entries := p.EntriesOf(reg); len(entries) > 0 && entries[0].Town == p.Town {
		return p.ShortDate(entries[0].Commit.Time.In(p.Zone()))
	}
	return ""
}

// CommitLink leads to where a commit can be seen, if the site says where.
func (e *Edition) CommitLink(hash string) Link {
	return Link{Text: Own(Abbreviated(hash)), Href: e.Data.Site.CommitAddress(hash)}
}

// Abbreviated is a commit's hash as people write it.
func Abbreviated(hash string) string { return hash[:min(10, len(hash))] }
