package page

import (
	"strings"

	"achyk/internal/history"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/table"
)

// Entry is the change of one register by one commit.
type Entry struct {
	Commit   *history.Commit
	Touch    *history.Touch
	Town     *Town        // nil if the register belongs to all towns, or if there is no such town any more
	Register *table.Table // nil if there is no such register any more
}

// Shared reports whether the register belongs to all towns, as the calendar by which working days are counted.
func (x Entry) Shared() bool { return x.Town == nil && x.Register != nil }

// entries returns the entries of all commits, newest first.
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

// ChangedOn says on which day a commit changed the data.
func (p *Place) ChangedOn(c *history.Commit) string {
	return p.F("site.foot.changed", locale.Args{"on": p.On(c.Time.In(p.Zone())), "commit": Abbreviated(c.Hash)})
}

// LastChange returns the day on which the records of a register of the town were last changed,
// or "" if it is not known. For registers that the program makes, it is the day of the site.
func (p *Place) LastChange(reg *table.Table) string {
	if jme.Derived(reg.Schema.Name) {
		return p.ShortDate(p.Today)
	}
	if entries := p.EntriesOf(reg); len(entries) > 0 {
		return p.ShortDate(entries[0].Commit.Time.In(p.Zone()))
	}
	return ""
}

// CommitLink returns a link to a page that shows a commit. It has no Href if site.toml does not
// say where commits can be seen.
func (e *Edition) CommitLink(hash string) Link {
	return Link{Text: Own(Abbreviated(hash)), Href: e.Data.Site.CommitAddress(hash)}
}

// Abbreviated returns the first ten digits of the hash of a commit.
func Abbreviated(hash string) string { return hash[:min(10, len(hash))] }
