package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"time"

	"achyk/internal/change"
	"achyk/internal/diag"
	"achyk/internal/gitrepo"
	"achyk/internal/load"
)

// SinceError says why changes since a revision cannot be judged.
type SinceError struct {
	Rev string
	Why string // "unknown", "shallow" or "unrelated"
	Err error
}

func (e *SinceError) Error() string {
	return fmt.Sprintf("changes since %q: %s: %v", e.Rev, e.Why, e.Err)
}

func (e *SinceError) Unwrap() error { return e.Err }

// judgeChanges judges the changes since a revision. It compares the files with the newest
// commit that the revision and the commit checked out have in common, which is taken as
// published.
func (j *Judged) judgeChanges(rev string) (findings, corrections diag.List, err error) {
	ahead, err := j.ahead(rev)
	if err != nil {
		return nil, nil, err
	}
	files, err := j.git.FS(ahead.Base)
	if errors.Is(err, fs.ErrNotExist) { // the published commit has no such folder, so nothing is published
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	published, _, err := load.Load(files)
	if err != nil {
		return nil, nil, err
	}
	y, m, d := j.Today.Date()
	return change.Proposal{
		Published: published, Proposed: j.Data, Problems: j.Problems, Files: j.files,
		Repo: j.git, Tip: j.commit, Ahead: ahead, Now: time.Date(y, m, d, 0, 0, 0, 0, j.Data.Site.Zone()),
	}.Judge()
}

// ahead returns the commits by which the commit checked out is ahead of a revision. It refuses
// a clone that lacks older commits, because the common commit may be one of them.
func (j *Judged) ahead(rev string) (gitrepo.Ahead, error) {
	if j.unreadable != nil {
		return gitrepo.Ahead{}, j.unreadable
	}
	if j.commit.Hash == "" {
		return gitrepo.Ahead{}, ErrNoHistory
	}
	cut, err := j.git.Shallow()
	if err != nil {
		return gitrepo.Ahead{}, err
	}
	if len(cut) > 0 {
		return gitrepo.Ahead{}, &SinceError{rev, "shallow", errors.New("older commits are not here")}
	}
	published, err := j.git.Resolve(rev)
	if err != nil {
		return gitrepo.Ahead{}, &SinceError{rev, "unknown", err}
	}
	ahead, err := j.git.Ahead(j.commit, published)
	if errors.Is(err, gitrepo.ErrUnrelated) {
		return gitrepo.Ahead{}, &SinceError{rev, "unrelated", err}
	}
	return ahead, err
}
