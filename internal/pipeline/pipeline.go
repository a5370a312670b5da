// Package pipeline makes the website and its open data from a repository. It is the only
// package that knows every stage. Build calls the stages one after another; each takes what
// the ones before returned, and changes none of it:
//
//	open     a folder or a commit → the files, and the git repository they are in
//	load     files → records, with findings and the day that counts as today
//	judge    records → outcomes of the regulations, with further findings
//	history  commits → what became of each record
//	extend   outcomes, deadlines and changes → registers like the others
//	plan     all of it → the list of pages and files; none is made yet
//	render   makes the files, then the pages
//	verify   refuses a site with links that lead nowhere
//	publish  puts the new site in the place of the old one
//
// Others go part of the way: Check reads and judges; Trace reads the history of a record;
// the preview (package serve) goes as far as the plan and renders a page when somebody looks
// at it; Rebuild makes a published site once more, to compare.
//
// What a build writes depends on the files of the repository, the day, the base URL and the
// program's version, and on nothing else: not on the folder, the machine, the clock or the
// number of workers.
package pipeline

import (
	"context"
	"errors"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"

	"achyk/internal/diag"
	"achyk/internal/output"
)

// Options is what is asked of a build.
type Options struct {
	Source  string    // folder of the repository
	Ref     string    // the commit to build; empty: the work tree
	Dest    string    // folder to publish to
	Since   string    // the commit to judge changes by, for Check; empty: none are judged
	AsOf    time.Time // "today", a day as midnight UTC; zero: the day of the commit
	BaseURL string    // instead of the one in site.toml; empty: that one
	Jobs    int       // workers; 0: one for each processor
	Version string    // of the program
	Cache   *Cache    // what one build leaves to the next; nil: every build starts anew

	versions []Version // the versions to publish; nil: those of the tags there are

	// Progress is told how far a stage has come, from any goroutine; nil: nobody is.
	Progress func(stage Stage, done, total int)
}

// Stage is a part of a build that takes time worth showing.
type Stage string

// The stages that are shown; their names are "build.stage.<stage>" in package locale.
const (
	Reading    Stage = "reading"
	Exporting  Stage = "exporting"
	Rendering  Stage = "rendering"
	Publishing Stage = "publishing"
)

// What a build can fail of that is neither a finding nor ours.
var (
	ErrSource  = errors.New("the source folder cannot be read")
	ErrLayouts = errors.New("the layouts do not hold") // a template with a mistake
)

// Result tells what was built; its JSON is what build --json prints.
type Result struct {
	Pages   int          `json:"pages"`
	Files   int          `json:"files"` // pages among them, SHA256SUMS not
	Bytes   int64        `json:"bytes"`
	Seconds float64      `json:"seconds"`
	Commit  string       `json:"commit"` // empty without one
	AsOf    string       `json:"as_of"`
	Dest    string       `json:"dest"`
	Limit   HistoryLimit `json:"-"` // what of the history the site cannot show
}

// Build builds the site. A repository with errors is refused: the list tells what is wrong.
// After that, and after any error, the destination is as it was. An error of type
// links.Broken says that links lead nowhere, which a text of the repository may be to blame
// for.
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
	staging, err := output.Stage(o.Dest) // early, so that a folder that cannot be used costs no time
	if err != nil {
		return Result{}, nil, err
	}
	defer staging.Discard()
	history, err := loaded.History()
	if err != nil {
		return Result{}, nil, err
	}
	data := judged.Extend(history)
	plan, err := judged.Plan(history, data)
	if err != nil {
		return Result{}, nil, err
	}
	links := plan.Links()
	if err := plan.Render(ctx, o, staging, links.Read); err != nil {
		return Result{}, nil, err
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

// result tells what was published.
func result(o Options, plan *Plan, staging *output.Staging, start time.Time) Result {
	record, _ := plan.BuildRecord() // has been made, so there is no error
	r := Result{
		Pages: record.Pages, Files: record.Files, Commit: record.Commit, AsOf: record.AsOf, Dest: o.Dest, Limit: plan.limit,
		Seconds: time.Since(start).Round(time.Millisecond).Seconds(),
	}
	for _, f := range staging.Files() {
		r.Bytes += f.Size
	}
	return r
}

func (o Options) report(stage Stage, done, total int) {
	if o.Progress != nil {
		o.Progress(stage, done, total)
	}
}

func (o Options) jobs() int {
	if o.Jobs > 0 {
		return o.Jobs
	}
	return runtime.GOMAXPROCS(0)
}

// each calls do(0) to do(n-1), in this order, from o.jobs() goroutines. After the first
// error, which it returns, and once the context is done, it begins no other call.
func (o Options) each(parent context.Context, n int, do func(i int) error) error {
	group, ctx := errgroup.WithContext(parent)
	group.SetLimit(o.jobs())
	for i := 0; i < n && ctx.Err() == nil; i++ {
		group.Go(func() error { return do(i) })
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return context.Cause(parent)
}
