package change

import (
	"errors"
	"io/fs"
	"time"

	"achyk/internal/gitrepo"
	"achyk/internal/source"
	"achyk/internal/table"
)

// snapshot is the files at one time.
type snapshot struct {
	*judge
	files fs.FS
}

// at is the snapshot of a commit.
func (j *judge) at(c gitrepo.Commit) snapshot {
	files, ok := j.folders[c.Hash]
	if !ok {
		var err error
		if files, err = j.Repo.FS(c); err != nil && !errors.Is(err, fs.ErrNotExist) {
			j.fail(err)
		}
		j.folders[c.Hash] = files
	}
	return snapshot{j, files}
}

// file returns the content of a file, nil where there is none.
func (m snapshot) file(path string) []byte {
	if m.files == nil {
		return nil
	}
	data, err := fs.ReadFile(m.files, path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		m.fail(err)
	}
	return data
}

// table reads a register. Moments that have the same of it share it.
func (m snapshot) table(r *register) *table.Table {
	data := m.file(r.path())
	at := r.label + "\x00" + string(data)
	t, ok := m.tables[at]
	if !ok {
		t, _ = table.Read(&source.File{Path: r.path(), Data: data}, r.label, r.is.Schema)
		m.tables[at] = t
	}
	return t
}

// state is what is asked of a snapshot, in one text.
type property func(snapshot) string

// state is what a cell of the record holds; without a field, whether the record is there.
func (e *edit) property(field string) property {
	return func(m snapshot) string {
		if e.was.File == nil && e.is.File == nil { // its records are files
			row := e.old
			if row == nil {
				row = e.new
			}
			if m.file(row.Origin.File.Path) == nil {
				return ""
			}
			return "there"
		}
		t := m.table(e.register)
		row := t.Lookup(e.key)
		switch {
		case row == nil:
			return ""
		case field == "":
			return "there"
		}
		return "there: " + t.Value(row, field)
	}
}

// author is the commit that made a state what it is: one of those ahead, that differs in
// it from a parent and from which the tip has it. It is no commit where the files have
// come to differ from the tip. History's way along first parents would name the merge
// instead, and never find the reason that a commit behind it gives.
func (j *judge) author(of property) gitrepo.Commit {
	now := of(snapshot{j, j.Files})
	if of(j.at(j.Tip)) != now {
		return gitrepo.Commit{}
	}
	seen := map[string]bool{}
	var search func(c gitrepo.Commit) (gitrepo.Commit, bool)
	search = func(c gitrepo.Commit) (gitrepo.Commit, bool) {
		parents, ahead := j.Ahead.Parents[c.Hash]
		if !ahead || seen[c.Hash] {
			return c, false
		}
		seen[c.Hash] = true
		made := len(parents) == 0
		for _, p := range parents {
			if of(j.at(p)) != now {
				made = true
			} else if by, found := search(p); found {
				return by, true
			}
		}
		return c, made
	}
	if by, found := search(j.Tip); found {
		return by
	}
	return j.Tip
}

// time is when a commit happened: not before what it rests on, whatever its clock said,
// and in the zone of the proposal.
func (j *judge) time(c gitrepo.Commit) time.Time {
	t := c.Time
	if c.Hash == "" {
		t = j.Now
	}
	if base := j.Ahead.Base.Time; t.Before(base) {
		t = base
	}
	return t.In(j.Now.Location())
}
