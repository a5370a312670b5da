package build

import (
	"crypto/sha256"
	"errors"
	"io/fs"
	"slices"
	"strings"

	"achyk/internal/gitrepo"
	"achyk/internal/history"
)

// Past keeps what was read of former commits: the history, for as long as it is that of
// the same commit, matched by the same schemas, and the versions of tags. The zero value is
// ready; nil keeps nothing.
type Past struct {
	of       [sha256.Size]byte
	history  *history.History
	versions map[gitrepo.Tag]*version
	since    map[string]bool // of the two commits of sinceOf, see Repository.since
	sinceOf  [2]string
}

// version returns what is kept of a tag, or nil.
func (p *Past) version(tag gitrepo.Tag) *version {
	if p == nil {
		return nil
	}
	return p.versions[tag]
}

func (p *Past) keep(v *version) {
	if p == nil {
		return
	}
	if p.versions == nil {
		p.versions = map[gitrepo.Tag]*version{}
	}
	p.versions[v.tag] = v
}

// history reads what became of the records up to the commit the site is built from; nil
// where there is none.
func (s *Snapshot) history() (*history.History, error) {
	r := s.repository
	if r.commit.Hash == "" {
		return nil, nil
	}
	of, err := s.pastOf()
	if err != nil {
		return nil, err
	}
	if kept := r.options.Past; kept != nil && kept.history != nil && kept.of == of {
		return kept.history, nil
	}
	keys, err := r.keys()
	if err != nil {
		return nil, err
	}
	h, err := history.Read(r.git, r.commit, s.Data, keys, r.cache())
	if err != nil {
		return nil, err
	}
	merged, err := r.git.Merged(r.commit)
	if err != nil {
		return nil, err
	}
	if h.Brought(merged); r.options.Past != nil {
		r.options.Past.of, r.options.Past.history = of, h
	}
	return h, nil
}

// pastOf tells apart what a history depends on.
func (s *Snapshot) pastOf() ([sha256.Size]byte, error) {
	var all strings.Builder
	all.WriteString(s.repository.commit.Hash)
	names, err := fs.Glob(s.repository.files, "data/*/*.schema.toml")
	for _, name := range names {
		data, readErr := fs.ReadFile(s.repository.files, name)
		err = errors.Join(err, readErr)
		sum := sha256.Sum256(data)
		all.WriteString("\x00" + name + "\x00" + string(sum[:]))
	}
	return sha256.Sum256([]byte(all.String())), err
}

// pending is what the folder holds and the commit does not, by register.
func (s *Snapshot) pending() (map[string][]history.Record, error) {
	r := s.repository
	if r.clean || r.commit.Hash == "" {
		return nil, nil
	}
	then, err := r.git.FS(r.commit)
	if err != nil {
		return nil, err
	}
	all := map[string][]history.Record{}
	for _, m := range s.Data.Municipalities {
		for _, t := range m.Tables {
			name := "data/" + t.Label + ".csv"
			if _, changed := slices.BinarySearch(r.changed, name); !changed {
				continue
			}
			data, err := fs.ReadFile(then, name)
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return nil, err
			}
			all[t.Label] = history.Pending(t, data)
		}
	}
	return all, nil
}
