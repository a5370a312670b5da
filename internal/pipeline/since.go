package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"time"

	"achyk/internal/change"
	"achyk/internal/desk"
	"achyk/internal/diag"
	"achyk/internal/gitrepo"
	"achyk/internal/jme"
	"achyk/internal/judgement"
	"achyk/internal/load"
	"achyk/internal/regulation"
)

// SinceError says why changes since a revision cannot be judged.
type SinceError struct {
	Rev string
	Why string // "lost" (unknown, and Options.Live is set), "shallow" or "unrelated"
	Err error
}

func (e *SinceError) Error() string {
	return fmt.Sprintf("changes since %q: %s: %v", e.Rev, e.Why, e.Err)
}

func (e *SinceError) Unwrap() error { return e.Err }

// changes are what was found of the changes since a revision.
type changes struct {
	findings, corrections diag.List
	turned                []regulation.Turn
	edits                 []desk.Edits
	files                 []desk.FileEdit
}

// judgeChanges judges the changes since a revision. It compares the files with the newest
// commit that the revision and the commit checked out have in common, which is taken as
// published. With Options.Live it compares them with the revision itself: a forced push takes commits off the
// branch, and their records are on the site all the same. What is over is judged by the day of the run, unless Options.AsOf names another: the day of
// the commit is a word of whoever proposes it.
func (j *Judged) judgeChanges(rev string) (c changes, err error) {
	ahead, err := j.ahead(rev)
	if err != nil {
		return c, err
	}
	files, err := j.git.FS(ahead.Base)
	if errors.Is(err, fs.ErrNotExist) { // the published commit has no such folder, so nothing is published
		return c, nil
	}
	if err != nil {
		return c, err
	}
	published, _, err := load.Load(files)
	if err != nil {
		return c, err
	}
	c.turned, c.edits = j.turned(published), desk.Compare(published, j.Data)
	altered, err := j.git.Changed(ahead.Base, j.files, "content", "data", "layouts")
	if err != nil {
		return c, err
	}
	c.files = desk.Files(altered, files, j.files)
	now := time.Now()
	if y, m, d := j.Today.Date(); j.todayFrom == "flag" {
		now = time.Date(y, m, d, 0, 0, 0, 0, j.Data.Site.Zone())
	}
	c.findings, c.corrections, err = change.Proposal{
		Published: published, Proposed: j.Data, Problems: j.Problems, Files: j.files,
		Repo: j.git, Tip: j.commit, Ahead: ahead, Now: now.In(j.Data.Site.Zone()),
	}.Judge()
	return c, err
}

// turned returns the outcomes that the proposed files turn. What is published is judged as of
// the same day, so that the days that have passed turn none. Where nothing was judged, nothing turns.
func (j *Judged) turned(published *jme.Dataset) (all []regulation.Turn) {
	if j.unjudged {
		return nil
	}
	for _, is := range j.Judgements {
		if was := published.Municipality(is.Municipality.ID); was != nil {
			all = append(all, regulation.Turns(judgement.Of(was, j.Today).Outcomes, is.Outcomes)...)
		}
	}
	return all
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
	published, err := j.resolve(rev)
	if err != nil && j.options.Live {
		return gitrepo.Ahead{}, &SinceError{rev, "lost", err}
	}
	if err != nil {
		return gitrepo.Ahead{}, err
	}
	ahead, err := j.git.Ahead(j.commit, published)
	if errors.Is(err, gitrepo.ErrUnrelated) {
		return gitrepo.Ahead{}, &SinceError{rev, "unrelated", err}
	}
	if j.options.Live {
		ahead.Base = published
	}
	return ahead, err
}
