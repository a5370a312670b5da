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
	Pending []CellView // of the folder the site is built from, in no commit yet
	New     bool       // the whole record is in no commit yet
	Changes []RecordChange
	More    string
	Note    string
}

// RecordChange is what one commit did to the record.
type RecordChange struct {
	CommitView
	Mark  string
	Kind  string
	Cells []CellView
}

// mostChanges is how many changes a record's page lists; achyk history lists all.
const mostChanges = 20

// Timeline is the history of a record; nil where there is none to tell: outside git, and
// of registers that the program makes.
func Timeline(p *page.Place, r jme.Record) *HistoryView {
	if p.History == nil || len(p.EntriesOf(r.Table)) == 0 {
		return nil
	}
	v := &HistoryView{}
	changes := p.History.Of("", r.Table.Label, r.Row.Key)
	for i, c := range changes {
		if i == mostChanges {
			v.More = p.N("site.record.more", len(changes)-mostChanges)
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

func recordChange(p *page.Place, r jme.Record, c history.Change) RecordChange {
	kind := c.Shown()
	v := RecordChange{CommitView: commitView(p, c.Commit, p.Date), Mark: marks[kind], Kind: p.T("site.changes.kind." + string(kind))}
	if c.Kind != history.Created {
		v.Cells = cells(p, r.Table.Schema, c.Cells)
	}
	return v
}

// pending is what the folder has of a record and the commit has not; nil for nothing.
func pending(p *page.Place, r jme.Record) *history.Record {
	all := p.Pending[r.Table.Label]
	i, ok := slices.BinarySearchFunc(all, r.Row.Key, func(x history.Record, key string) int { return cmp.Compare(x.Key, key) })
	if !ok {
		return nil
	}
	return &all[i]
}
