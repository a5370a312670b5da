package site

import (
	"cmp"
	"slices"
	"time"

	"achyk/internal/history"
	"achyk/internal/jme"
)

// HistoryView is the timeline of a record.
type HistoryView struct {
	Pending []CellView // of the folder the site is built from, in no commit yet
	New     bool       // the whole record is in no commit yet
	Changes []RecordChange
	More    string
	Note    string
}

// RecordChange is one entry of it.
type RecordChange struct {
	Date, ISO string
	Mark      string
	Kind      string
	Author    Said
	Subject   Said
	Commit    Link
	Signature *SignatureView
	Reason    []Said // as of ChangedCommit
	Cells     []CellView
}

// mostChanges of a record are on its page; achyk history tells them all.
const mostChanges = 20

// timeline is nil where there is no history to tell: none at all, or none of a register
// that is made from others.
func (e *edition) timeline(r jme.Record) *HistoryView {
	if e.History == nil || !e.tracked[r.Table.Label] {
		return nil
	}
	v := &HistoryView{}
	changes := e.History.Of("", r.Table.Label, r.Row.Key)
	for i, c := range changes {
		if i == mostChanges {
			v.More = e.N("site.record.more", len(changes)-mostChanges)
			break
		}
		kind := c.Shown()
		change := RecordChange{
			Date: e.Date(c.Commit.Time.In(e.zone)), ISO: c.Commit.Time.Format(time.RFC3339), Mark: changeMarks[kind], Kind: e.T("site.changes.kind." + string(kind)),
			Author: e.foreign(c.Commit.Author), Subject: e.foreign(c.Commit.Subject),
		}
		change.Commit, change.Signature = e.commitLink(c.Commit.Hash), e.signature(c.Commit)
		change.Reason = e.reason(c.Commit)
		if c.Kind != history.Created {
			change.Cells = e.cells(r.Table.Schema, c.Cells)
		}
		v.Changes = append(v.Changes, change)
	}
	if e.History.Shallow {
		v.Note = e.T("site.changes.shallow")
	}
	if p := e.pending(r); p != nil {
		v.New, v.Pending = p.Kind == history.Created, e.cells(r.Table.Schema, p.Cells)
	}
	return v
}

func (e *edition) pending(r jme.Record) *history.Record {
	all := e.Pending[r.Table.Label]
	i, ok := slices.BinarySearchFunc(all, r.Row.Key, func(x history.Record, key string) int { return cmp.Compare(x.Key, key) })
	if !ok {
		return nil
	}
	return &all[i]
}
