package history

import (
	"errors"
	"slices"
	"sync"

	"achyk/internal/diag"
	"achyk/internal/gitrepo"
	"achyk/internal/limits"
)

// compare goes through the versions of a lineage, newest first, and writes into the touch
// of each step what the step changed. The cache may know some of the changes. When nothing is
// left of the budget, the versions before are not read.
func (l *lineage) compare(blobs *gitrepo.Blobs, cache *Cache, b *budget) error {
	if len(l.steps) == 0 {
		return nil
	}
	l.deltas = map[deltaKey]*delta{}
	v := l.view.clone()
	newer := l.steps[0].new // what the older versions are compared with
	var parsed *version     // the same, if it has been parsed
	first := true           // nothing was compared with newer yet
	at, skipped := 0, 0     // the step that made newer, and the unreadable versions before it
	for i, s := range l.steps {
		key := deltaKey{v.sum, s.old, newer}
		d := cache.delta(key)
		if d != nil {
			parsed = nil
			if !b.take(d.cost) || first && !b.take(limits.VersionSplit*d.newerSize) {
				d = nil
			}
		} else {
			var err error
			if parsed, d, err = v.compareBlobs(blobs, s.old, newer, parsed, first, b); err != nil {
				return err
			}
			l.changed = true
		}
		if d == nil {
			for _, s := range l.steps[at:] {
				s.touch.Problem = diag.OverLimit
			}
			return nil
		}
		l.deltas[key] = d
		first = false
		switch {
		case d.newer != "":
			l.steps[at].touch.Problem = d.newer
			newer, at, first = s.old, i+1, true
		case d.older != "":
			if i+1 < len(l.steps) {
				l.steps[i+1].touch.Problem = d.older
			}
			skipped++
		default:
			l.steps[at].touch.setChanges(d, skipped)
			v.learn(d.names)
			newer, at, skipped = s.old, i+1, 0
		}
	}
	return nil
}

// compareBlobs finds what became of an older version in a newer one. parsed is the newer
// version if the caller has parsed it already, else nil. compareBlobs returns the version
// that the next step is compared with: the older one or, if that cannot be read, the newer
// one; nil if the newer one cannot be read. The delta is nil if the budget does not suffice.
func (v *view) compareBlobs(blobs *gitrepo.Blobs, older, newer gitrepo.Blob, parsed *version, first bool, b *budget) (*version, *delta, error) {
	s := &spending{budget: b}
	if parsed == nil {
		data, problem, err := readVersion(blobs, newer)
		if err != nil || first && !b.take(limits.VersionSplit*len(data)) {
			return nil, nil, err
		}
		if problem == "" {
			unlock := lockLarge(len(data))
			parsed, _, problem = v.parse(data)
			unlock()
		}
		if problem != "" {
			s.spend(limits.VersionBase)
			return nil, s.delta(&delta{newer: problem, newerSize: len(data)}), nil
		}
	}
	data, problem, err := readVersion(blobs, older)
	if err != nil {
		return nil, nil, err
	}
	if !s.spend(limits.VersionBase + len(data)) {
		return nil, nil, nil
	}
	size := len(parsed.data)
	if problem != "" {
		return parsed, s.delta(&delta{older: problem, newerSize: size}), nil
	}
	defer lockLarge(len(data) + size)()
	next, d := v.between(data, parsed, s)
	if next == nil {
		next = parsed
	}
	d.newerSize = size
	return next, s.delta(d), nil
}

// readVersion reads a version. It returns a problem if the version has more bytes than a register
// may have.
func readVersion(blobs *gitrepo.Blobs, blob gitrepo.Blob) ([]byte, diag.Code, error) {
	data, err := blobs.Read(blob, limits.Register)
	if over := (*limits.Exceeded)(nil); errors.As(err, &over) {
		return nil, diag.OverLimit, nil
	}
	return data, "", err
}

// largeVersion is the size of versions of which only one is split into cells at a time, because
// these take several times as much memory.
const largeVersion = 4 << 20

var large sync.Mutex

// lockLarge locks large for versions of so many bytes, if they are large. It returns a function
// that unlocks it.
func lockLarge(size int) func() {
	if size <= largeVersion {
		return func() {}
	}
	large.Lock()
	return large.Unlock
}

// setChanges writes what a version changed since the last readable one, before which
// skipped versions were unreadable. With skipped versions nobody knows which of them
// created a record.
func (t *Touch) setChanges(d *delta, skipped int) {
	t.Columns, t.Records, t.Skipped = d.columns, d.records, skipped
	if skipped == 0 {
		return
	}
	t.Records = slices.Clone(t.Records) // the cache shares the original
	for i := range t.Records {
		if t.Records[i].Kind == Created {
			t.Records[i].Kind = Unclear
		}
	}
}
