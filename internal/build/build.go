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
	"io"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

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
	Write(path string, data []byte) error                      // data is valid only during the call
	Stream(path string, content func(w io.Writer) error) error // for what need not fit into memory
}

// write makes everything but build.json, the files first, since pages tell their sizes;
// seen is shown each page in passing.
func (p *Plan) write(ctx context.Context, o Options, to Sink, seen func(path string, page []byte)) error {
	if err := p.export(ctx, o, to.Stream); err != nil {
		return err
	}
	return p.render(ctx, o, func(path string, page []byte) error {
		seen(path, page)
		return to.Write(path, page)
	})
}

// render renders all pages with the workers asked for and hands each on; what it hands
// on is valid only during the call. The first error ends it.
func (p *Plan) render(ctx context.Context, o Options, take func(path string, page []byte) error) error {
	return o.each(ctx, len(p.pages), func() func(int) error {
		var page bytes.Buffer
		return func(i int) error {
			page.Reset()
			if err := p.pages[i].Render(&page); err != nil {
				return fmt.Errorf("render %s: %w", p.pages[i].Path, err)
			}
			if i%64 == 0 {
				o.say(Rendering, i, len(p.pages))
			}
			return take(p.pages[i].Path, page.Bytes())
		}
	})
}

// export writes the open data, the sitemap and the documents with the workers asked for,
// and when all of them are there, what tells of them.
func (p *Plan) export(ctx context.Context, o Options, write func(path string, content func(io.Writer) error) error) error {
	for _, part := range [][]*file{p.files[:p.late], p.files[p.late:]} {
		err := o.each(ctx, len(part), func() func(int) error {
			return func(i int) error {
				o.say(Exporting, i, len(part))
				return part[i].writeTo(write)
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// each has the numbers below n done by the workers asked for, in this order as they
// become free; worker makes one. The first error ends it.
func (o Options) each(ctx context.Context, n int, worker func() func(i int) error) error {
	var next atomic.Int64
	var group sync.WaitGroup
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	for range min(o.jobs(), n) {
		group.Go(func() {
			do := worker()
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				if err := do(i); err != nil {
					stop(err)
				}
			}
		})
	}
	group.Wait()
	return context.Cause(ctx)
}

// What a build can fail of that is neither a finding nor ours.
var (
	ErrSource  = errors.New("the source folder cannot be read")
	ErrLayouts = errors.New("the layouts do not hold") // a template with a mistake
)
