// Package pipeline makes the website and its open data from a repository. It is the only
// package that knows every stage. Build calls the stages one after another. Each stage takes
// what the earlier ones returned and does not change it:
//
//	open     a folder or a commit → its files, and the git repository they are in
//	load     files → records, with findings and the day that counts as today
//	judge    records → outcomes of the regulations, with further findings
//	history  commits → the changes of each record
//	extend   outcomes, deadlines and changes → registers beside those that were read
//	plan     all of these → a list of the pages and files, none of which is made yet
//	render   list → first the files, then the pages
//	verify   pages → a refusal if links lead nowhere
//	publish  the new site replaces the old one
//
// Other entry points call some of the stages: Read loads. Check loads, judges and plans the site as
// it would be without a history, which shows what only a plan can: links of texts that lead nowhere, and layouts. Trace
// loads, and reads the history of one record. The preview (package serve) plans, and renders a page when
// a browser asks for it. Rebuild makes a published site again, so that package verify can compare
// the two.
//
// What a build writes depends on the files of the repository, its commits and tags, the day,
// the base URL and the version of the program. It does not depend on the folder, the machine,
// the clock or the number of workers.
package pipeline

import (
	"context"
	"errors"
	"path/filepath"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"

	"achyk/internal/diag"
	"achyk/internal/fault"
	"achyk/internal/output"
)

// Options says what to build and how.
type Options struct {
	Source  string    // folder of the repository
	Ref     string    // the commit to build; empty: the files as they are in the folder
	Dest    string    // folder to publish to
	Since   string    // Check judges the changes since this commit; empty: it judges none
	Live    bool      // Since is the commit of the published site, also if it is on no branch any more
	Assume  []string  // how Check reads assumptions otherwise, each "code=value"
	AsOf    time.Time // "today", a day as midnight UTC; zero: the day of the commit
	BaseURL string    // replaces the one in site.toml; empty: it is not replaced
	Offline bool      // links name files, so that the pages can be opened from a folder without a server
	Jobs    int       // number of workers; 0: as many as Go uses processors (GOMAXPROCS)
	Version string    // version of the program
	Cache   *Cache    // results kept from build to build; nil: none are kept

	versions []Version // the versions to publish; nil: those of the tags that the repository has
	distrust bool      // do not use the stored history; see historyCache
	most     int       // files of the site; 0: limits.Published. Tests have less

	// Progress is called from any goroutine with the number of things that a stage has done. It
	// may be nil.
	Progress func(stage Stage, done, total int)
}

// Stage is a part of a build that takes long enough to be shown.
type Stage string

// The stages that are shown. The key of a stage's name in package locale is
// "build.stage.<stage>".
const (
	Reading    Stage = "reading"
	Exporting  Stage = "exporting"
	Rendering  Stage = "rendering"
	Publishing Stage = "publishing"
)

// Errors of a build that are neither findings in the repository nor faults of the program.
var (
	ErrSource  = errors.New("the source folder cannot be read")
	ErrChanged = errors.New("a file was changed while the site was built")
)

// Result says what was built. build --json prints it.
type Result struct {
	Pages   int          `json:"pages"`
	Files   int          `json:"files"` // with the pages, without SHA256SUMS
	Bytes   int64        `json:"bytes"`
	Seconds float64      `json:"seconds"`
	Commit  string       `json:"commit"` // empty if the files are in no commit
	AsOf    string       `json:"as_of"`
	Dest    string       `json:"dest"`
	Limit   HistoryLimit `json:"-"` // which part of the history the site cannot show
}

// Build builds the site and publishes it to Options.Dest. If the repository has errors, Build
// publishes nothing and returns them in the list. The error is of type links.Broken if other
// links lead nowhere than those of texts to pages and files: a layout or a text may be the
// cause. Whenever Build does not publish, Dest stays as it was.
func Build(ctx context.Context, o Options) (Result, diag.List, error) {
	start := time.Now()
	o.report(Reading, 0, 0)
	source, err := Open(o)
	if err != nil {
		return Result{}, nil, err
	}
	defer source.Close()
	loaded, err := source.Load()
	if err != nil {
		return Result{}, nil, err
	}
	judged := loaded.Judge()
	if judged.Problems.HasErrors() {
		return Result{}, judged.Problems, nil
	}
	staging, err := output.Stage(o.Dest, o.kept()...) // before the long stages, so that a folder which cannot be written is reported at once
	if err != nil {
		return Result{}, nil, err
	}
	defer staging.Discard()
	history, err := loaded.History()
	if err != nil {
		return Result{}, nil, err
	}
	plan, err := judged.Plan(history, judged.Extend(history))
	if err != nil {
		return Result{}, nil, err
	}
	if wrong := plan.Problems(); len(wrong) > 0 {
		return Result{}, append(judged.Problems, wrong...), nil
	}
	links := plan.Links() // reads the links of each page while it is rendered
	if wrong, err := plan.LayoutFindings(plan.Render(ctx, o, staging, links.Read)); err != nil || len(wrong) > 0 {
		return Result{}, append(judged.Problems, wrong...), err
	}
	if broken := links.Broken(); len(broken) > 0 {
		return Result{}, nil, broken
	}
	o.report(Publishing, 0, 0)
	if err := plan.Publish(staging); err != nil {
		return Result{}, nil, err
	}
	return result(o, plan, staging, start), judged.Problems, nil
}

// kept returns the folders that a site must not be published into, nor in the place of.
func (o Options) kept() []string {
	kept := []string{filepath.Join(o.Source, ".git")}
	for _, root := range Roots {
		kept = append(kept, filepath.Join(o.Source, root))
	}
	return kept
}

// RefusedError is the error of a build whose Dest may not be replaced.
type RefusedError = output.RefusedError

// DestinationError is the error of a build whose Dest the system does not let it use.
type DestinationError = output.DestinationError

// RemainsError is the error of a build that has published the site and could not remove the old one.
type RemainsError = output.RemainsError

// result returns the Result of a build that was published.
func result(o Options, plan *Plan, staging *output.Staging, start time.Time) Result {
	record, _ := plan.BuildRecord() // Publish made it already, so there is no error
	return Result{
		Pages: record.Pages, Files: record.Files, Commit: record.Commit, AsOf: record.AsOf, Dest: o.Dest, Limit: plan.limit,
		Bytes: staging.Bytes(), Seconds: time.Since(start).Round(time.Millisecond).Seconds(),
	}
}

// report calls Progress, if there is one.
func (o Options) report(stage Stage, done, total int) {
	if o.Progress != nil {
		o.Progress(stage, done, total)
	}
}

// jobs returns the number of workers.
func (o Options) jobs() int {
	if o.Jobs > 0 {
		return o.Jobs
	}
	return runtime.GOMAXPROCS(0)
}

// each calls do(0) to do(n-1), in this order, from o.jobs() goroutines. After an error, or once
// the context is done, it begins no further call. It returns the first error.
func (o Options) each(parent context.Context, n int, do func(i int) error) error {
	group, ctx := errgroup.WithContext(parent)
	group.SetLimit(o.jobs())
	for i := 0; i < n && ctx.Err() == nil; i++ {
		group.Go(func() (err error) {
			defer fault.Catch(&err)
			return do(i)
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return context.Cause(parent)
}
