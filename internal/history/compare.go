package history

import (
	"slices"

	"achyk/internal/diag"
	"achyk/internal/gitrepo"
)

// compare goes through the versions of a lineage, newest first, and writes into the touch
// of each step what the step changed. The cache may know some of the changes.
func (l *lineage) compare(blobs *gitrepo.Blobs, cache *Cache) error {
	if len(l.steps) == 0 {
		return nil
	}
	l.deltas = map[deltaKey]*delta{}
	v := l.view
	newer := l.steps[0].new // what the older versions are compared with
	var parsed *version     // the same, if it has been parsed
	at, skipped := 0, 0     // the step that made newer, and the unreadable versions before it
	for i, s := range l.steps {
		key := deltaKey{v.sum, s.old, newer}
		d := cache.delta(key)
		if d != nil {
			parsed = nil
		} else {
			var err error
			if parsed, d, err = v.compareBlobs(blobs, s.old, newer, parsed); err != nil {
				return err
			}
			l.changed = true
		}
		l.deltas[key] = d
		switch {
		case d.newer != "":
			l.steps[at].touch.Problem = d.newer
			newer, at = s.old, i+1
		case d.older != "":
			if i+1 < len(l.steps) {
				l.steps[i+1].touch.Problem = d.older
			}
			skipped++
		default:
			l.steps[at].touch.setChanges(d, skipped)
			v = v.beforeRenames(d.columns.Renamed)
			newer, at, skipped = s.old, i+1, 0
		}
	}
	return nil
}

// compareBlobs finds what became of an older version in a newer one. parsed is the newer
// version if the caller has parsed it already, else nil. compareBlobs returns the version
// that the next step is compared with: the older one or, if that cannot be read, the newer
// one; nil if the newer one cannot be read.
func (v *view) compareBlobs(blobs *gitrepo.Blobs, older, newer gitrepo.Blob, parsed *version) (*version, *delta, error) {
	if parsed == nil {
		data, err := blobs.Read(newer)
		if err != nil {
			return nil, nil, err
		}
		var problem diag.Code
		if parsed, _, problem = v.parse(data); problem != "" {
			return nil, &delta{newer: problem}, nil
		}
	}
	data, err := blobs.Read(older)
	if err != nil {
		return nil, nil, err
	}
	next, d := v.between(data, parsed)
	if next == nil {
		next = parsed
	}
	return next, d, nil
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
