package change

import (
	"crypto/sha256"
	"errors"
	"io/fs"
	"time"

	"achyk/internal/gitrepo"
	"achyk/internal/limits"
	"achyk/internal/source"
	"achyk/internal/table"
)

// snapshot is the files at one commit, or those of the proposal.
type snapshot struct {
	*judge
	name  string // the hash of the commit; empty for the proposal
	files fs.FS  // nil if there are none
}

// proposal returns the snapshot of the proposed files.
func (j *judge) proposal() snapshot { return snapshot{j, "", j.Files} }

// published returns the snapshot of the published files.
func (j *judge) published() snapshot { return j.at(j.Ahead.Base) }

// at returns the snapshot of a commit.
func (j *judge) at(c gitrepo.Commit) snapshot {
	files, ok := j.folders[c.Hash]
	if !ok {
		var err error
		if files, err = j.Repo.FS(c); err != nil && !errors.Is(err, fs.ErrNotExist) {
			j.fail(err)
		}
		j.folders[c.Hash] = files
	}
	return snapshot{j, c.Hash, files}
}

// file returns the content of a file, or nil if there is none, or one that is too large for any
// of its kind, which package load reports.
func (m snapshot) file(path string) []byte {
	if m.files == nil {
		return nil
	}
	data, err := fs.ReadFile(m.files, path)
	var tooLarge *limits.Exceeded
	if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.As(err, &tooLarge) {
		m.fail(err)
	}
	return data
}

// blob returns what git calls the content of a file. It is zero if there is no such file, or it lies in a folder.
func (m snapshot) blob(path string) (sum gitrepo.Blob) {
	if m.files == nil {
		return sum
	}
	if info, err := fs.Stat(m.files, path); err == nil { // else file tells why
		sum, _ = info.Sys().(gitrepo.Blob)
	}
	return sum
}

// cache keeps what was read from the files of snapshots. Snapshots in which a file is the same
// share the result.
type cache[T any] struct {
	byFile    map[[2]string]T // by the names of snapshot and file
	byBlob    map[blob]T      // in many commits the content is the same, which git tells without its being read
	byContent map[content]T
}

// blob stands for a path and a content that git has.
type blob struct {
	path string
	sum  gitrepo.Blob
}

// content stands for a path and the content of its file.
type content struct {
	path string
	sum  [sha256.Size]byte
}

// get returns what read makes of a file.
func (c *cache[T]) get(m snapshot, path string, read func(*source.File) T) T {
	if v, known := c.byFile[[2]string{m.name, path}]; known {
		return v
	}
	if c.byFile == nil {
		c.byFile, c.byBlob, c.byContent = map[[2]string]T{}, map[blob]T{}, map[content]T{}
	}
	sum := m.blob(path)
	v, known := c.byBlob[blob{path, sum}]
	if known {
		c.byFile[[2]string{m.name, path}] = v
		return v
	}
	data := m.file(path)
	at := content{path, sha256.Sum256(data)}
	if v, known = c.byContent[at]; !known {
		if *m.left -= int64(len(data)); *m.left < 0 {
			m.fail(&limits.Exceeded{What: "bytes of the files in the commits of the proposal", Limit: limits.Proposed})
			data = nil
		}
		v = read(&source.File{Path: path, Data: data})
	}
	c.byFile[[2]string{m.name, path}], c.byContent[at] = v, v
	if !sum.IsZero() {
		c.byBlob[blob{path, sum}] = v
	}
	return v
}

// table reads a register.
func (m snapshot) table(r *register) *table.Table {
	return m.tables.get(m, r.path(), func(f *source.File) *table.Table {
		t, _ := table.Read(f, r.label, r.is.Schema)
		return t
	})
}

// property is something that can be read from a snapshot, as a text that can be compared.
type property func(snapshot) string

// property returns the value of a cell of the record as a property. Without a field the
// property is whether the record exists.
func (e *edit) property(field string) property {
	return func(m snapshot) string {
		if e.was.File == nil && e.is.File == nil { // the records of this register are files
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

// author returns the commit that gave a property the value it has in the proposed files: a
// commit of the proposal in which the value differs from that of a parent, and from which
// the tip has it. The result is the zero Commit if the value differs from the tip's, so
// that the change is not committed. author follows all parents: package history follows
// only the first ones, so it would name a merge instead of the commit with the reason.
func (j *judge) author(of property) gitrepo.Commit {
	return j.authorBy(of, func(c gitrepo.Commit) gitrepo.Commit { return c })
}

// author is judge.author for a cell of the record or, without a field, for the record.
func (e *edit) author(j *judge, field string) gitrepo.Commit {
	if e.was.File == nil && e.is.File == nil {
		return j.author(e.property(field))
	}
	return j.authorBy(e.property(field), func(c gitrepo.Commit) gitrepo.Commit { return j.oldest(e.register, c) })
}

// oldest follows single parents from a commit of the proposal as long as the register has the same content. Who
// looks for the author of each of a thousand cells would else visit each of a thousand commits for it.
func (j *judge) oldest(r *register, c gitrepo.Commit) gitrepo.Commit {
	var passed []string
	for {
		if known, ok := r.oldest[c.Hash]; ok {
			c = known
			break
		}
		passed = append(passed, c.Hash)
		parents := j.Ahead.Parents[c.Hash]
		if len(parents) != 1 {
			break
		}
		if _, ahead := j.Ahead.Parents[parents[0].Hash]; !ahead || j.at(parents[0]).table(r) != j.at(c).table(r) { // one content is read once
			break
		}
		c = parents[0]
	}
	if r.oldest == nil {
		r.oldest = map[string]gitrepo.Commit{}
	}
	for _, hash := range passed {
		r.oldest[hash] = c
	}
	return c
}

// authorBy is author, which passes from each commit to an older one that is the same to the property.
func (j *judge) authorBy(of property, older func(gitrepo.Commit) gitrepo.Commit) gitrepo.Commit {
	now := of(j.proposal())
	if of(j.at(j.Tip)) != now {
		return gitrepo.Commit{}
	}
	seen := map[string]bool{}
	var search func(c gitrepo.Commit) (gitrepo.Commit, bool)
	search = func(c gitrepo.Commit) (gitrepo.Commit, bool) {
		c = older(c)
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

// time returns the time as of which a change by a commit is judged, in the zone of the proposal: the
// latest of the clocks of the commit and of the published one and of Now. So a clock that is set
// back makes no date seem still open.
func (j *judge) time(c gitrepo.Commit) time.Time {
	t := j.Now
	for _, clock := range []time.Time{c.Time, j.Ahead.Base.Time} {
		if clock.After(t) {
			t = clock
		}
	}
	return t.In(j.Now.Location())
}
