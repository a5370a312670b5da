package changes

import (
	"cmp"
	"slices"

	"achyk/internal/history"
	"achyk/internal/jme"
	"achyk/internal/site/page"
)

// HistoryView is the timeline of a record.
type HistoryView struct {
	Pending []CellView // cells that are in the folder but in no commit yet
	New     bool       // the whole record is in no commit yet
	Changes []RecordChange
	More    page.Link // says how many changes are not listed, and leads to those of the register
	Note    string
}

// RecordChange is the change of the record by one commit.
type RecordChange struct {
	CommitView
	Mark  string
	Kind  string
	Cells []CellView
}

// mostChanges is how many changes a record's page lists. Those of the register have the others.
const mostChanges = 20

// Timeline returns the timeline of a record. It is nil without a git repository, and for
// registers that the program makes or that no commit has.
func Timeline(p *page.Place, r jme.Record) *HistoryView {
	if p.History == nil || len(p.EntriesOf(r.Table)) == 0 {
		return nil
	}
	v := &HistoryView{}
	changes := p.History.Of("", r.Table.Label, r.Row.Key)
	for i, c := range changes {
		if i == mostChanges {
			v.More = page.Link{Text: page.Own(p.N("site.record.more", len(changes)-mostChanges)), Href: p.To(p.Town.ChangesPath(r.Table.Schema.Name))}
			break
		}
		v.Changes = append(v.Changes, recordChange(p, r, c))
	}
	if p.History.Shallow {
		v.Note = p.T("site.changes.shallow")
	}
	if x := pending(p, r); x != nil {
		v.New, v.Pending = x.Kind == history.Created, cells(p, r.Table.Schema, x.Cells)
	}
	return v
}

// recordChange returns the change of a record by one commit.
func recordChange(p *page.Place, r jme.Record, c history.Change) RecordChange {
	kind := c.Shown()
	v := RecordChange{CommitView: commitView(p, c.Commit, p.Date), Mark: marks[kind], Kind: p.T("site.changes.kind." + string(kind))}
	if kind == history.Created && p.History.Sets(c.Commit) {
		v.Kind = p.T("site.changes.first")
	}
	if c.Kind != history.Created {
		v.Cells = cells(p, r.Table.Schema, c.Cells)
	}
	return v
}

// pending returns the cells of a record that are in the folder but in no commit, or nil if
// there are none.
func pending(p *page.Place, r jme.Record) *history.Record {
	all := p.Pending[r.Table.Label]
	i, ok := slices.BinarySearchFunc(all, r.Row.Key, func(x history.Record, key string) int { return cmp.Compare(x.Key, key) })
	if !ok {
		return nil
	}
	return &all[i]
}
