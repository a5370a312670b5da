package build

import (
	"errors"
	"fmt"
	"io/fs"

	"achyk/internal/change"
	"achyk/internal/diag"
	"achyk/internal/gitrepo"
	"achyk/internal/load"
)

// SinceError says why changes cannot be judged.
type SinceError struct {
	Rev string
	Why string // "unknown", "shallow" or "unrelated"
	Err error
}

func (e *SinceError) Error() string {
	return fmt.Sprintf("changes since %q: %s: %v", e.Rev, e.Why, e.Err)
}

func (e *SinceError) Unwrap() error { return e.Err }

// judge judges the files against a revision: what that has in common with the commit
// checked out is what is published. A clone that is cut off does not hold it all.
func (s *Snapshot) judge(rev string) (findings, corrections diag.List, err error) {
	r := s.repository
	if r.unread != nil {
		return nil, nil, r.unread
	}
	if r.commit.Hash == "" {
		return nil, nil, ErrNoHistory
	}
	cut, err := r.git.Shallow()
	if err != nil {
		return nil, nil, err
	}
	if len(cut) > 0 {
		return nil, nil, &SinceError{rev, "shallow", errors.New("older commits are not here")}
	}
	published, err := r.git.Resolve(rev)
	if err != nil {
		return nil, nil, &SinceError{rev, "unknown", err}
	}
	ahead, err := r.git.Ahead(r.commit, published)
	if errors.Is(err, gitrepo.ErrUnrelated) {
		return nil, nil, &SinceError{rev, "unrelated", err}
	}
	if err != nil {
		return nil, nil, err
	}
	files, err := r.git.FS(ahead.Base)
	if errors.Is(err, fs.ErrNotExist) { // the folder is new: nothing is published
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	then, _, err := load.Load(files)
	if err != nil {
		return nil, nil, err
	}
	return change.Proposal{
		Published: then, Proposed: s.Data, Problems: s.Problems, Files: r.files,
		Repo: r.git, Tip: r.commit, Ahead: ahead, Now: r.asOf.In(r.zone),
	}.Judge()
}
