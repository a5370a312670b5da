// Package build makes the website and its open data from a repository. It is the only
// package that knows every stage, and Build below is the program:
//
//	Open → Load → Check → History → Plan → Render → Verify → Publish
//
// The preview (package serve) goes the same way but renders a page only when somebody
// looks at it, so the stages up to Plan, and Verify, are here for both.
//
// What a build writes depends on the files of the repository, the as-of date, the base
// URL and the program's version, and on nothing else: not on the folder, the machine,
// the clock or the number of workers.
package build

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"achyk/internal/diag"
	"achyk/internal/files"
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
	Past    *Past     // keeps the history for the next build of the same commit; nil: it is read each time
	Layouts *Layouts  // keeps the layouts for the next build; nil: they are read each time

	tagged []Version // the versions to publish; nil: those of the tags there are

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

// Result tells what was built; its JSON is what build --json prints.
type Result struct {
	Pages   int     `json:"pages"`
	Files   int     `json:"files"` // pages among them, SHA256SUMS not
	Bytes   int64   `json:"bytes"`
	Seconds float64 `json:"seconds"`
	Commit  string  `json:"commit"` // empty without one
	AsOf    string  `json:"as_of"`
	Dest    string  `json:"dest"`
	Gap     Gap     `json:"-"` // what of the history the site cannot show
}

// Build builds the site. A repository with errors is refused: the list tells what is
// wrong, and the destination stays as it was. So it does after any error. An error of type
// links.Broken says that the site has broken links, which a text of the repository may have.
func Build(ctx context.Context, o Options) (Result, diag.List, error) {
	start := time.Now()
	o.say(Reading, 0, 0)
	repository, err := Open(o)
	if err != nil {
		return Result{}, nil, err
	}
	defer repository.Close()
	snapshot, err := repository.Load()
	if err != nil || snapshot.Problems.HasErrors() {
		return Result{}, snapshot.problems(), err
	}
	gap, err := repository.Gap()
	if err != nil {
		return Result{}, nil, err
	}
	staging, err := output.Stage(o.Dest)
	if err != nil {
		return Result{}, nil, err
	}
	defer staging.Discard()
	plan, err := snapshot.Plan()
	if err != nil {
		return Result{}, nil, err
	}
	record, err := snapshot.Record(plan)
	if err != nil {
		return Result{}, nil, err
	}
	check := plan.links()
	if err := plan.write(ctx, o, staging, check.Read); err != nil {
		return Result{}, nil, err
	}
	if broken := check.Broken(); len(broken) > 0 {
		return Result{}, nil, broken
	}

	o.say(Publishing, 0, 0)
	if err := staging.Write("build.json", record.JSON()); err != nil {
		return Result{}, nil, err
	}
	if err := staging.Publish(); err != nil {
		return Result{}, nil, err
	}
	result := Result{
		Pages: record.Pages, Files: record.Files, Commit: record.Commit, AsOf: record.AsOf, Dest: o.Dest, Gap: gap,
		Seconds: time.Since(start).Round(time.Millisecond).Seconds(),
	}
	for _, f := range staging.Files() {
		result.Bytes += f.Size
	}
	return result, snapshot.Problems, nil
}

func (o Options) say(stage Stage, done, total int) {
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

// Sink takes the files of a site from several goroutines; output.Staging is one.
type Sink interface {
	Write(path string, data []byte) error // data is valid only during the call
	files.Sink                            // for what need not fit into memory
}

// write makes everything but build.json, the files first, since pages tell their sizes;
// seen is shown each page in passing.
func (p *Plan) write(ctx context.Context, o Options, to Sink, seen func(path string, page []byte)) error {
	p.files.Into(to)
	if err := p.export(ctx, o); err != nil {
		return err
	}
	return p.render(ctx, o, func(path string, page []byte) error {
		seen(path, page)
		return to.Write(path, page)
	})
}

// buffers hold the pages that are being rendered.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// render renders all pages, several at a time, and hands each to take, which must not keep
// it. The first error ends it.
func (p *Plan) render(ctx context.Context, o Options, take func(path string, page []byte) error) error {
	return o.each(ctx, len(p.pages), func(i int) error {
		page := buffers.Get().(*bytes.Buffer)
		defer buffers.Put(page)
		page.Reset()
		if err := p.pages[i].Render(page); err != nil {
			return fmt.Errorf("render %s: %w", p.pages[i].Path, err)
		}
		if i%64 == 0 {
			o.say(Rendering, i, len(p.pages))
		}
		return take(p.pages[i].Path, page.Bytes())
	})
}

// export makes all files that are no pages, several at a time. The first error ends it.
func (p *Plan) export(ctx context.Context, o Options) error {
	all := p.files.All()
	return o.each(ctx, len(all), func(i int) error {
		o.say(Exporting, i, len(all))
		_, err := all[i].Sum()
		return err
	})
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

// What a build can fail of that is neither a finding nor ours.
var (
	ErrSource  = errors.New("the source folder cannot be read")
	ErrLayouts = errors.New("the layouts do not hold") // a template with a mistake
)
