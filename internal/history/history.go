// Package history is what became of each record: when it was created, which of its
// cells changed from what to what, when it was removed, by which commit and why.
//
// It reads a repository's commits from one of them back, always to the first parent, so
// that a merged proposal is one public act. Versions of a register are compared row by
// row, matched by the primary key as it is now, and cell by cell. What changes no cell
// is no change: the order of rows or columns, quotes, line ends, spaces around a cell, a
// file moved elsewhere, a column that holds the same under another name.
//
// A version that cannot be read is named as such; the next one that can is compared with
// the last one before it, and what both changed is shown at the later. A record is
// unclear where it stands in several rows, where its cells are shifted, and where it
// appears after a version that could not be read.
//
// Of a cell something is shown only if a schema of the register, now or at any commit,
// names its column and none says that it is personal: a column that was never meant to
// be published does not come back out of the past.
//
// Memory holds the changes, and of each register two versions at a time. Changes between
// two versions depend on nothing but the two and the schema, which is why they can be
// kept from one run to the next (see Cache).
package history

import (
	"cmp"
	"errors"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"achyk/internal/diag"
	"achyk/internal/gitrepo"
	"achyk/internal/jme"
	"achyk/internal/signature"
	"achyk/internal/source"
	"achyk/internal/table"
)

// History is what happened to the registers of a repository. It is not to be changed.
type History struct {
	Commits []*Commit // those that touched a register, newest first
	Shallow bool      // older commits exist, but not in this clone

	mu    sync.Mutex
	index map[string]map[string][]Change // by register and key; made when first asked for
}

// Commit is a commit that touched registers. Its author's date is what that computer's
// clock said: the order of commits is that of the list.
type Commit struct {
	gitrepo.Commit
	Signature signature.Verdict
	Touches   []Touch // by path

	brought []gitrepo.Commit // see Brought
}

// Touch is what a commit did to a register's file.
type Touch struct {
	Path     string // of the file then
	Register string // what the register is called now: "osh/findings", "calendar"
	From     string // where the file was before, if it was moved
	To       string // where this file went, if it was moved; then that Touch tells the rest

	Problem diag.Code // why this version cannot be read, or empty
	Skipped int       // versions before this one that could not be read; their changes are among these
	Columns Columns
	Records []Record // by key; none if nothing changed but the file's form
}

// Record is what a commit did to one record.
type Record struct {
	Key   string
	Kind  Kind
	Cells []Cell // those that changed, in the order of the columns
}

// Kind is what was done to a record.
type Kind string

// The kinds; their messages are "history.kind.<kind>".
const (
	Created Kind = "created"
	Changed Kind = "changed"
	Removed Kind = "removed"
	Unclear Kind = "unclear" // see the package's comment
)

// A change of what was published is a correction; filling in what was not known is not.
const (
	Filled    Kind = "filled"
	Corrected Kind = "corrected"
)

// Shown is the record's kind, of one that changed whether it was filled in or corrected.
func (r *Record) Shown() Kind {
	if r.Kind != Changed {
		return r.Kind
	}
	if slices.ContainsFunc(r.Cells, func(c Cell) bool { return c.Old != "" }) {
		return Corrected
	}
	return Filled
}

// After is what was done to a record in all, where this came after what was done before;
// empty where it came and went. A record that was removed and came back was corrected.
func (k Kind) After(before Kind) Kind {
	switch {
	case before == "":
		return k
	case k == Unclear || before == Unclear:
		return Unclear
	case before == Created && k == Removed:
		return ""
	case before == Created:
		return Created
	case k == Removed:
		return Removed
	case before == Corrected || before == Removed:
		return Corrected
	}
	return k
}

// Cell is one cell before and after; empty is not known.
type Cell struct{ Column, Old, New string }

// Change is one entry of a record's timeline.
type Change struct {
	*Record
	Commit *Commit
	Touch  *Touch
}

// Of returns the changes of a record, newest first. The municipality is empty for
// registers that belong to all.
func (h *History) Of(municipality, register, key string) []Change {
	return h.register(path.Join(municipality, register))[key]
}

// Keys returns the keys of all records a register ever held, in order.
func (h *History) Keys(municipality, register string) []string {
	var keys []string
	for key := range h.register(path.Join(municipality, register)) {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// register returns the index of a register.
func (h *History) register(label string) map[string][]Change {
	h.mu.Lock()
	defer h.mu.Unlock()
	if known, ok := h.index[label]; ok {
		return known
	}
	records := map[string][]Change{}
	for _, c := range h.Commits {
		for i := range c.Touches {
			if t := &c.Touches[i]; t.Register == label {
				for j := range t.Records {
					r := &t.Records[j]
					records[r.Key] = append(records[r.Key], Change{r, c, t})
				}
			}
		}
	}
	if h.index == nil {
		h.index = map[string]map[string][]Change{}
	}
	h.index[label] = records
	return records
}

// Read reads the history of the registers from tip back. What they are now, and which of
// their columns may be shown, the dataset says. With labels ("osh/findings") only those
// registers are read, and only signatures of commits that changed them verified. Nil keys
// verify none; a nil cache is fine.
func Read(repo *gitrepo.Repo, tip gitrepo.Commit, data *jme.Dataset, keys *signature.Keys, cache *Cache, labels ...string) (*History, error) {
	w, err := walk(repo, tip, keys, cache)
	if err != nil {
		return nil, err
	}
	blobs, err := repo.Blobs()
	if err != nil {
		return nil, err
	}
	if err := w.views(blobs, data); err != nil {
		return nil, err
	}
	var lines []*line
	for _, l := range w.lines {
		if len(labels) == 0 || slices.Contains(labels, l.label) {
			lines = append(lines, l)
		}
	}
	if err := w.compare(repo, lines, cache); err != nil {
		return nil, err
	}
	if err := w.verify(repo, keys, cache, labels); err != nil {
		return nil, err
	}
	cache.save(w, lines)
	return &History{Commits: w.commits, Shallow: w.shallow}, nil
}

// walked is the way from the tip back, before any version is read.
type walked struct {
	commits []*Commit
	shallow bool
	lines   []*line                   // of the registers' versions
	schemas map[string][]gitrepo.Blob // versions of schema files, by register

	passed   []passed // the same as the cache keeps it
	verified int      // signatures that the cache did not know
}

// passed is a commit on the way that touched a register or its schema.
type passed struct {
	commit gitrepo.Commit
	files  []file
}

// file is a file that a commit changed.
type file struct {
	gitrepo.FileChange
	from string // where it was before, if it was moved; Old is what was there
	to   string // where it went
}

// line is the versions of one register, newest first.
type line struct {
	label string
	paths []string // all that the file was ever at
	view  *view
	steps []step

	deltas map[pair]*delta // those of its steps
	fresh  bool            // some were not in the cache
}

// step is one version that followed another.
type step struct {
	touch    *Touch
	old, new gitrepo.Blob
}

// label is how a file's register is called: "osh/findings", "calendar". It is false for
// files that hold no register.
func label(name, ending string) (string, bool) {
	name, ok := strings.CutPrefix(name, dir+"/")
	name, isFile := strings.CutSuffix(name, ending)
	base := path.Base(name)
	return name, ok && isFile && strings.Count(name, "/") <= 1 && !strings.HasPrefix(base, ".") && !strings.HasPrefix(base, "~$")
}

// dir is the folder of the registers.
const (
	dir          = "data"
	csvEnding    = ".csv"
	schemaEnding = ".schema.toml"
)

// walk goes back from tip, up to where the cache knows the rest.
func walk(repo *gitrepo.Repo, tip gitrepo.Commit, keys *signature.Keys, cache *Cache) (*walked, error) {
	cut, err := repo.Shallow()
	if err != nil {
		return nil, err
	}
	cache.load(strings.Join(cut, " "), keys.Sum())
	blobs, err := repo.Blobs()
	if err != nil {
		return nil, err
	}
	w := &walked{schemas: map[string][]gitrepo.Blob{}}
	for s, err := range repo.Walk(tip, dir) {
		if err != nil {
			return nil, err
		}
		if rest, ok := cache.rest(s.Commit.Hash); ok {
			w.passed = append(w.passed, rest...)
			break
		}
		p := passed{commit: s.Commit}
		for _, c := range s.Changes {
			_, register := label(c.Path, csvEnding)
			_, schema := label(c.Path, schemaEnding)
			if register || schema {
				p.files = append(p.files, file{FileChange: c})
			}
		}
		if err := moves(p.files, blobs); err != nil {
			return nil, err
		}
		if len(p.files) == 0 {
			p.commit = gitrepo.Commit{Hash: s.Commit.Hash} // a stage of the way, no more
		}
		w.passed = append(w.passed, p)
	}
	w.shallow = slices.ContainsFunc(w.passed, func(p passed) bool { return slices.Contains(cut, p.commit.Hash) })
	w.arrange()
	return w, nil
}

// moves finds, among what one commit changed, registers that were moved: a file that
// went and one that came with the same bytes, or at least half of the same lines.
func moves(files []file, blobs *gitrepo.Blobs) error {
	for i := range files {
		came := &files[i]
		if _, ok := label(came.Path, csvEnding); !ok || !came.Old.IsZero() {
			continue
		}
		best, most := -1, 0.5
		for j := range files {
			went := &files[j]
			if _, ok := label(went.Path, csvEnding); !ok || !went.New.IsZero() || went.to != "" {
				continue
			}
			if went.Old == came.New {
				best = j
				break
			}
			a, err := blobs.Read(went.Old)
			if err != nil {
				return err
			}
			b, err := blobs.Read(came.New)
			if err != nil {
				return err
			}
			if s := similar(a, b); s >= most {
				best, most = j, s
			}
		}
		if best >= 0 {
			came.from, came.Old, files[best].to = files[best].Path, files[best].Old, came.Path
		}
	}
	return nil
}

// similar returns which part of the lines of the longer of two texts the other has too.
func similar(a, b []byte) float64 {
	lines, all, same := map[string]int{}, [2]int{}, 0
	for l := range strings.Lines(string(a)) {
		lines[strings.TrimSpace(l)]++
		all[0]++
	}
	for l := range strings.Lines(string(b)) {
		if l = strings.TrimSpace(l); lines[l] > 0 {
			lines[l]--
			same++
		}
		all[1]++
	}
	return float64(same) / float64(max(all[0], all[1], 1))
}

// arrange turns the way back into commits, and lines of versions.
func (w *walked) arrange() {
	at := map[string]*line{} // by the path at the time, going back
	for _, p := range w.passed {
		c := &Commit{Commit: p.commit}
		for _, f := range p.files {
			if register, ok := label(f.Path, schemaEnding); ok {
				w.schemas[register] = append(w.schemas[register], f.New, f.Old)
				continue
			}
			c.Touches = append(c.Touches, Touch{Path: f.Path, From: f.from, To: f.to})
		}
		if len(c.Touches) == 0 {
			continue
		}
		w.commits = append(w.commits, c)
		n := 0
		for _, f := range p.files {
			if _, ok := label(f.Path, csvEnding); !ok {
				continue
			}
			touch := &c.Touches[n]
			n++
			if f.to != "" {
				continue // its line goes on where it went
			}
			l := at[f.Path]
			if l == nil {
				l = &line{paths: []string{f.Path}}
				l.label, _ = label(f.Path, csvEnding)
				w.lines, at[f.Path] = append(w.lines, l), l
			}
			touch.Register = l.label
			l.steps = append(l.steps, step{touch, f.Old, f.New})
			if f.from != "" {
				delete(at, f.Path)
				at[f.from] = l
				l.paths = append(l.paths, f.from)
			}
		}
		for i, t := range c.Touches {
			if t.To != "" {
				c.Touches[i].Register = at[t.Path].label
			}
		}
	}
}

// views settles for each line by which key its rows are matched and what may be shown.
func (w *walked) views(blobs *gitrepo.Blobs, data *jme.Dataset) error {
	now := map[string]*table.Schema{}
	for _, m := range data.Municipalities {
		for _, t := range m.Tables {
			now[t.Label] = t.Schema
		}
	}
	for _, l := range w.lines {
		schema := now[l.label]
		if schema == nil {
			schema = jme.Schema(path.Base(l.label))
		}
		var schemas []*table.Schema
		for _, name := range l.paths {
			register, _ := label(name, csvEnding)
			for _, blob := range w.schemas[register] {
				text, err := blobs.Read(blob)
				if err != nil {
					return err
				}
				// Of a schema with mistakes nothing is known; the one before and the one after say it.
				if s, _ := table.ParseSchema(path.Base(register), &source.File{Path: name, Data: text}, table.Allowed{}); s != nil {
					schemas = append(schemas, s)
				}
			}
		}
		if schema == nil && len(schemas) > 0 {
			schema = schemas[0]
		}
		l.view = newView(schema, schemas)
	}
	return nil
}

func newView(now *table.Schema, then []*table.Schema) *view {
	v := &view{shown: map[string]bool{}}
	if now == nil {
		return v.sign()
	}
	v.keys = now.PrimaryKey
	personal := map[string]bool{}
	for _, s := range append([]*table.Schema{now}, then...) {
		for _, f := range s.Fields {
			v.shown[f.Name] = true
			personal[f.Name] = personal[f.Name] || s.Columns[f.Column].Personal
		}
	}
	for name, is := range personal {
		if is {
			delete(v.shown, name)
		}
	}
	return v.sign()
}

// compare finds the changes of all lines.
func (w *walked) compare(repo *gitrepo.Repo, lines []*line, cache *Cache) error {
	// The longest first, so that no worker is left alone with it.
	lines = slices.Clone(lines)
	slices.SortStableFunc(lines, func(a, b *line) int { return cmp.Compare(len(b.steps), len(a.steps)) })
	return each(repo, len(lines), func(blobs *gitrepo.Blobs, i int) error { return lines[i].compare(blobs, cache) })
}

// each has the numbers below n done, with as many workers as there are processors.
func each(repo *gitrepo.Repo, n int, do func(blobs *gitrepo.Blobs, i int) error) error {
	var next atomic.Int64
	var group sync.WaitGroup
	errs := make([]error, min(runtime.GOMAXPROCS(0), n))
	for worker := range errs {
		group.Go(func() {
			blobs, err := repo.Blobs()
			for err == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				err = do(blobs, i)
			}
			errs[worker] = err
		})
	}
	group.Wait()
	return errors.Join(errs...)
}

// verify judges the signatures of the commits that touched those registers, or any.
func (w *walked) verify(repo *gitrepo.Repo, keys *signature.Keys, cache *Cache, labels []string) error {
	var unknown []*Commit
	for _, c := range w.commits {
		if !c.Signed || len(labels) > 0 && !slices.ContainsFunc(c.Touches, func(t Touch) bool { return slices.Contains(labels, t.Register) }) {
			continue
		}
		var known bool
		if c.Signature, known = cache.verdict(c.Hash); !known {
			unknown = append(unknown, c)
		}
	}
	w.verified = len(unknown)
	return each(repo, len(unknown), func(blobs *gitrepo.Blobs, i int) error {
		s, err := blobs.Signed(unknown[i].Commit)
		if err == nil {
			unknown[i].Signature = keys.Verify(s)
		}
		return err
	})
}

// compare goes through the versions of a line, newest first, and notes at each step what
// it changed.
func (l *line) compare(blobs *gitrepo.Blobs, cache *Cache) error {
	if len(l.steps) == 0 {
		return nil
	}
	l.deltas = map[pair]*delta{}
	v, current, at, skipped := l.view, (*version)(nil), 0, 0
	blob := l.steps[0].new
	for i, s := range l.steps {
		p := pair{v.sum, s.old, blob}
		d := cache.delta(p)
		if d != nil {
			current = nil // to be read where it is needed again
		} else {
			if current == nil {
				data, err := blobs.Read(blob)
				if err != nil {
					return err
				}
				var problem diag.Code
				if current, _, problem = v.open(data); problem != "" {
					current, d = nil, &delta{newer: problem}
				}
			}
			if d == nil {
				data, err := blobs.Read(s.old)
				if err != nil {
					return err
				}
				var older *version
				if older, d = v.between(data, current); older != nil {
					current = older
				}
			}
			l.fresh = true
		}
		l.deltas[p] = d
		before := func(problem diag.Code) {
			if i+1 < len(l.steps) {
				l.steps[i+1].touch.Problem = problem
			}
		}
		switch {
		case d.newer != "":
			l.steps[at].touch.Problem = d.newer
			blob, at = s.old, i+1
		case d.older != "":
			before(d.older)
			skipped++
		default:
			l.steps[at].touch.tell(d, skipped)
			v = v.after(d.columns.Renamed)
			blob, at, skipped = s.old, i+1, 0
		}
	}
	return nil
}

// tell notes at a touch what it changed.
func (t *Touch) tell(d *delta, skipped int) {
	t.Columns, t.Records, t.Skipped = d.columns, d.records, skipped
	if skipped == 0 {
		return
	}
	t.Records = slices.Clone(t.Records) // the cache's stay as they are
	for i := range t.Records {
		if t.Records[i].Kind == Created {
			t.Records[i].Kind = Unclear
		}
	}
}
