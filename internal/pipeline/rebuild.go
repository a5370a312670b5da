package pipeline

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"time"

	"achyk/internal/diag"
	"achyk/internal/frozen"
	"achyk/internal/limits"
)

// Reasons why a site cannot be made again.
var (
	ErrNoCommit    = errors.New("the site was built from files in no git repository")
	ErrUnclean     = errors.New("the site was built from files that are in no commit")
	ErrAbsent      = errors.New("the repository does not hold the commit")
	ErrBuildRecord = errors.New("build.json is not as this program writes it")
)

// hash matches the hash of a commit. A record that names a branch is refused, because the
// branch may have moved.
var hash = regexp.MustCompile(`^[0-9a-f]{40}$`)

// versionName matches the versions of programs, which stand on every page.
var versionName = regexp.MustCompile(`^[0-9A-Za-z.+-]{0,100}$`)

// Rebuild makes the site of a build record again, from the commit that the record names, and
// hands the files to a sink. It publishes nothing and checks no link. Of the options it uses
// Source, Jobs and Progress. It takes the day, the base URL and the versions from the record,
// and the version of the program too: that stands on every page, so a site that another version
// made differs only where the programs do.
//
// It returns the record of what it made. If the commit has errors, it makes nothing and returns
// them, as Build does. A commit that was built before can have errors because rules changed
// since.
func Rebuild(ctx context.Context, o Options, of *BuildRecord, to Sink) (*BuildRecord, diag.List, error) {
	o, err := o.ofRecord(of)
	if err != nil {
		return nil, nil, err
	}
	o.report(Reading, 0, 0)
	source, err := Open(o)
	if err != nil {
		if !errors.Is(err, ErrSource) {
			err = fmt.Errorf("%w: %w", ErrAbsent, err)
		}
		return nil, nil, err
	}
	defer source.Close()
	loaded, err := source.Load()
	if err != nil {
		return nil, nil, err
	}
	judged := loaded.Judge()
	if judged.Problems.HasErrors() {
		return nil, judged.Problems, nil
	}
	history, err := loaded.History()
	if err != nil {
		return nil, nil, err
	}
	plan, err := judged.Plan(history, judged.Extend(history))
	if err != nil {
		return nil, nil, err
	}
	if wrong := plan.Problems(); len(wrong) > 0 {
		return nil, append(judged.Problems, wrong...), nil
	}
	if wrong, err := plan.LayoutFindings(plan.Render(ctx, o, to, func(string, []byte) {})); err != nil || len(wrong) > 0 {
		return nil, append(judged.Problems, wrong...), err
	}
	record, err := plan.BuildRecord()
	if err != nil {
		return nil, nil, err
	}
	return record, judged.Problems, to.Write(buildRecordName, record.JSON())
}

// CommitHash returns the commit of a record that may come from anybody. The error is ErrNoCommit, or
// ErrBuildRecord if it is not written as a hash.
func (r *BuildRecord) CommitHash() (string, error) {
	switch {
	case r.Commit == "":
		return "", ErrNoCommit
	case !hash.MatchString(r.Commit):
		return "", &FieldError{"commit", r.Commit}
	}
	return r.Commit, nil
}

// ofRecord returns the options of the build that a record describes. The record may come from
// anybody, so its values are checked.
func (o Options) ofRecord(of *BuildRecord) (Options, error) {
	commit, err := of.CommitHash()
	if err != nil {
		return o, err
	}
	if !of.Clean {
		return o, ErrUnclean
	}
	if n := len(of.Versions); n > limits.Tags {
		return o, &FieldError{"versions", strconv.Itoa(n)}
	}
	named := map[string]bool{}
	for _, v := range of.Versions {
		if !frozen.Names(v.Tag) || !hash.MatchString(v.Commit) || named[v.Tag] {
			return o, &FieldError{"versions", v.Tag + " " + v.Commit}
		}
		named[v.Tag] = true
	}
	if !versionName.MatchString(of.Version) {
		return o, &FieldError{"version", of.Version}
	}
	if at, err := url.Parse(of.BaseURL); len(of.BaseURL) > limits.Address+len("/") || err != nil || at.Host == "" || at.Scheme != "https" && at.Scheme != "http" {
		return o, &FieldError{"base_url", of.BaseURL}
	}
	o.Ref, o.Version, o.BaseURL, o.Offline, o.versions = commit, of.Version, of.BaseURL, of.Offline, slices.Clone(of.Versions)
	o.distrust = true
	o.AsOf = time.Time{} // the day of the commit
	if of.AsOfFrom == "flag" {
		day, err := time.Parse(time.DateOnly, of.AsOf)
		if y := day.Year(); err != nil || y < limits.FirstYear || y > limits.LastYear {
			return o, &FieldError{"as_of", of.AsOf}
		}
		o.AsOf = day
	}
	return o, nil
}
