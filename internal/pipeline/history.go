package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"achyk/internal/frozen"
	"achyk/internal/history"
	"achyk/internal/signature"
	"achyk/internal/table"
)

// History is what the commits up to the one that the site is made from say about the records.
type History struct {
	Records  *history.History            // the changes of each record; nil if there is no commit
	Pending  map[string][]history.Record // rows that are in the folder but in no commit, by the label of their register
	Versions []*frozen.Version           // versions of the data that have a tag, oldest first

	// After has the hashes of the commits that came after the newest version. It is nil if
	// there is no version, or if the clone lacks older commits.
	After map[string]bool
}

// Shallow reports whether older commits exist that the clone lacks.
func (h *History) Shallow() bool { return h.Records != nil && h.Records.Shallow }

// had reports whether a register had a record in a commit, so that others may have linked to it.
func (h *History) had(t *table.Table) bool {
	return h.Records != nil && len(h.Records.Keys("", t.Label)) > 0
}

// History reads the commits up to the one that the site is made from. Without a git repository
// the result is empty.
func (l *Loaded) History() (*History, error) {
	h := &History{}
	if l.commit.Hash == "" {
		return h, nil
	}
	var err error
	if h.Records, err = l.records(); err != nil {
		return nil, err
	}
	if h.Pending, err = l.pending(); err != nil {
		return nil, err
	}
	if h.Versions, err = l.versions(); err != nil {
		return nil, err
	}
	h.After, err = l.after(h.Versions)
	return h, err
}

// records reads the history of all registers as pages show it. It returns that of an earlier build if its key is
// the same.
func (l *Loaded) records() (*history.History, error) {
	key, err := l.historyKey()
	if err != nil {
		return nil, err
	}
	cache := l.options.Cache
	if cache != nil && cache.history != nil && cache.historyOf == key {
		return cache.history, nil
	}
	h, err := l.readHistory()
	if err != nil {
		return nil, err
	}
	merged, err := l.git.Merged(l.commit)
	if err != nil {
		return nil, err
	}
	h.Brought(merged)
	h.Shorten()
	if cache != nil {
		cache.historyOf, cache.history = key, h
	}
	return h, nil
}

// readHistory reads the history of the registers with the given labels, or of all registers if
// none is given.
func (l *Loaded) readHistory(labels ...string) (*history.History, error) {
	keys, err := l.keys()
	if err != nil {
		return nil, err
	}
	return history.Read(l.git, l.commit, l.Data, keys, l.historyCache(), labels...)
}

// keys reads the keys by which signatures are verified, from the commit that the site is built
// from. A key that is only in the folder has been approved by nobody, and would make two builds
// of one commit differ. With the keys of an older commit, a person who is no longer trusted
// could still approve changes. With the keys of each commit itself, anybody could add a key and
// sign with it.
func (s *Source) keys() (*signature.Keys, error) {
	files, err := s.git.FS(s.commit)
	if err != nil {
		return nil, err
	}
	keys, _, err := signature.Read(files)
	return keys, err
}

// pending returns the rows, by the label of their register, that are in the folder but not in
// the commit.
func (l *Loaded) pending() (map[string][]history.Record, error) {
	if l.clean {
		return nil, nil
	}
	committed, err := l.git.FS(l.commit)
	if err != nil {
		return nil, err
	}
	all := map[string][]history.Record{}
	for _, m := range l.Data.Municipalities {
		for _, t := range m.Tables {
			name := "data/" + t.Label + ".csv"
			if _, changed := slices.BinarySearch(l.changed, name); !changed {
				continue
			}
			data, err := fs.ReadFile(committed, name)
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return nil, err
			}
			all[t.Label] = history.Pending(t, data)
		}
	}
	return all, nil
}

// after returns the hashes of the commits that came after the newest version.
func (l *Loaded) after(versions []*frozen.Version) (map[string]bool, error) {
	if len(versions) == 0 {
		return nil, nil
	}
	newest := versions[len(versions)-1].Tag.Commit
	if cut, err := l.git.Shallow(); err != nil || len(cut) > 0 {
		return nil, err
	}
	of, cache := [2]string{newest.Hash, l.commit.Hash}, l.options.Cache
	if cache != nil && cache.after != nil && cache.afterOf == of {
		return cache.after, nil
	}
	ahead, err := l.git.Ahead(l.commit, newest)
	if err != nil {
		return nil, fmt.Errorf("commits after version %s: %w", newest.Hash, err)
	}
	after := map[string]bool{}
	for _, c := range ahead.Commits {
		after[c.Hash] = true
	}
	if cache != nil {
		cache.after, cache.afterOf = after, of
	}
	return after, nil
}
