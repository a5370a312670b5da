package build

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"time"

	"achyk/internal/diag"
)

// What stands in the way of making a site again.
var (
	ErrNoCommit = errors.New("the site was built from files in no git repository")
	ErrUnclean  = errors.New("the site was built from files that are in no commit")
	ErrAbsent   = errors.New("the repository does not hold the commit")
	ErrRecord   = errors.New("build.json is not as this program writes it")
)

// hash is a commit's; a record that names a branch instead names nothing certain.
var hash = regexp.MustCompile(`^[0-9a-f]{40}$`)

// Again makes the site of a record once more, from the commit it names, and hands its
// files on; nothing is published and no link is checked. Of the options only Source,
// Jobs and Progress count. The rest is the record's: the day, the address, the versions,
// and the program's version, which stands on pages, so that another version of the
// program is told by what it makes differently and not by its name alone.
//
// Returned is the record of what was made. A commit with errors is refused, as Build
// does: where it was built before, rules have changed since.
func Again(ctx context.Context, o Options, of *Record, to Sink) (*Record, diag.List, error) {
	o, err := o.again(of)
	if err != nil {
		return nil, nil, err
	}
	o.say(Reading, 0, 0)
	repository, err := Open(o)
	if err != nil {
		if !errors.Is(err, ErrSource) {
			err = fmt.Errorf("%w: %w", ErrAbsent, err)
		}
		return nil, nil, err
	}
	defer repository.Close()
	snapshot, err := repository.Load()
	if err != nil || snapshot.Problems.HasErrors() {
		return nil, snapshot.problems(), err
	}
	plan, err := snapshot.Plan()
	if err != nil {
		return nil, nil, err
	}
	record, err := snapshot.Record(plan)
	if err != nil {
		return nil, nil, err
	}
	if err := plan.write(ctx, o, to, func(string, []byte) {}); err != nil {
		return nil, nil, err
	}
	return record, snapshot.Problems, to.Write("build.json", record.JSON())
}

// again are the options of the build that a record, which may come from anybody, tells of.
func (o Options) again(of *Record) (Options, error) {
	switch {
	case of.Commit == "":
		return o, ErrNoCommit
	case !of.Clean:
		return o, ErrUnclean
	case !hash.MatchString(of.Commit):
		return o, fmt.Errorf("%w: commit %q", ErrRecord, of.Commit)
	}
	for _, v := range of.Versions {
		if !tagName.MatchString(v.Tag) || !hash.MatchString(v.Commit) {
			return o, fmt.Errorf("%w: version %q of commit %q", ErrRecord, v.Tag, v.Commit)
		}
	}
	o.Ref, o.Version, o.BaseURL, o.tagged = of.Commit, of.Version, of.BaseURL, slices.Clone(of.Versions)
	o.AsOf = time.Time{} // the day of the commit
	if of.AsOfFrom == "flag" {
		day, err := time.Parse(time.DateOnly, of.AsOf)
		if err != nil {
			return o, fmt.Errorf("%w: as of %q", ErrRecord, of.AsOf)
		}
		o.AsOf = day
	}
	return o, nil
}
