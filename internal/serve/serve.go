// Package serve shows a repository's website on the computer it is edited on, and keeps
// up with every change.
//
// A change makes a new view: the repository is read, checked and planned anew, and the
// open data is kept in memory, but no page is rendered until somebody looks at it. Open
// pages learn of the new view by a server-sent event and load themselves again. Then all
// pages are rendered and their links verified in the background, until the next change.
//
// Nothing an editor saves can end the server. Where the repository has errors, or a
// layout does not hold, every address answers with a page that says what is wrong, in
// the language of the address, until it is mended.
//
// The preview differs from a build in three things: the base URL is the server's own,
// pages hold the script that reloads them, and there is no SHA256SUMS.
package serve

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/fsnotify/fsnotify"

	"achyk/internal/diag"
	"achyk/internal/pipeline"
)

// settle is how long files must be left alone before they are read: a save is several
// events, and a checkout thousands.
const settle = 30 * time.Millisecond

// Event is what happened, for whoever watches the terminal.
type Event struct {
	Pages    int                   // of the new view, or those verified
	Seconds  float64               // that it took
	Verified bool                  // all pages were rendered and all links hold, but for Err
	Problems diag.List             // findings; with errors the view is not shown
	Limit    pipeline.HistoryLimit // what of the history cannot be shown, told where it was not told before
	Err      error                 // links.Broken, a layout that does not hold, a disk that fails
}

// Server is the preview of one folder.
type Server struct {
	options pipeline.Options
	tell    func(Event)
	watcher *fsnotify.Watcher
	view    atomic.Pointer[view]
	started int64 // tells the views of this server from those of an earlier one
	views   int
	limit   pipeline.HistoryLimit // told last
}

// view is the site after one change.
type view struct {
	name     string         // differs from that of every other view
	plan     *pipeline.Plan // nil where there is nothing to show but what is wrong
	problems diag.List
	err      error
	limit    pipeline.HistoryLimit
	outdated chan struct{} // closed when the next view is there
}

// New reads the repository and begins to watch it. tell is called for every Event, by
// one goroutine at a time.
func New(o pipeline.Options, tell func(Event)) (*Server, error) {
	if info, err := os.Stat(o.Source); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("%w: %s", pipeline.ErrSource, o.Source)
	}
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("watch files: %w", err)
	}
	o.Source, o.Cache = filepath.Clean(o.Source), &pipeline.Cache{}
	var one sync.Mutex
	inTurn := func(e Event) {
		one.Lock()
		defer one.Unlock()
		tell(e)
	}
	s := &Server{options: o, tell: inTurn, watcher: watcher, started: time.Now().UnixNano()}
	if err := s.watch(o.Source); err != nil {
		watcher.Close()
		return nil, fmt.Errorf("watch files: %w", err)
	}
	s.rebuild()
	return s, nil
}

// Listen listens at addr. Where the port is taken and another will do, it tries the ones
// above.
func Listen(addr string, another bool) (net.Listener, error) {
	listener, err := net.Listen("tcp", addr)
	host, number, splitErr := net.SplitHostPort(addr)
	port, numberErr := strconv.Atoi(number)
	if err == nil || !another || splitErr != nil || numberErr != nil {
		return listener, err
	}
	for next := port + 1; next <= port+100 && next <= 65535; next++ {
		if l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(next))); err == nil {
			return l, nil
		}
	}
	return nil, err
}

// Run serves and follows changes until the context ends. It closes the listener.
func (s *Server) Run(ctx context.Context, listener net.Listener) error {
	defer s.watcher.Close()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	server := &http.Server{
		Handler: s, ReadHeaderTimeout: 10 * time.Second,
		BaseContext: func(net.Listener) context.Context { return ctx }, // ends the waiting of open pages
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	s.follow(ctx, failed)
	stop()
	rest, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	if err := server.Shutdown(rest); err != nil {
		return server.Close()
	}
	select {
	case err := <-failed:
		if !errors.Is(err, http.ErrServerClosed) {
			return err
		}
	default:
	}
	return nil
}

// follow makes a new view after every change. Verifying runs beside it and is given up
// when its view is outdated; there is never more than one.
func (s *Server) follow(ctx context.Context, failed chan error) {
	giveUp := s.verify(ctx)
	defer func() { giveUp() }()
	change := time.NewTimer(time.Hour)
	change.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case err := <-failed:
			failed <- err
			return
		case e := <-s.watcher.Events:
			if s.matters(e) {
				change.Reset(settle)
			}
		case err := <-s.watcher.Errors:
			s.tell(Event{Err: err})
			change.Reset(settle) // events may have been lost
		case <-change.C:
			giveUp()
			s.rebuild()
			giveUp = s.verify(ctx)
		}
	}
}

// rebuild makes the next view.
func (s *Server) rebuild() {
	start := time.Now()
	v := s.read()
	s.views++
	v.name = fmt.Sprintf("%x-%d", s.started, s.views)
	v.outdated = make(chan struct{})
	if old := s.view.Swap(v); old != nil {
		close(old.outdated)
	}
	e := Event{Seconds: time.Since(start).Seconds(), Problems: v.problems, Err: v.err}
	if v.plan != nil {
		e.Pages = v.plan.PageCount()
	}
	if v.limit != s.limit {
		s.limit, e.Limit = v.limit, v.limit
	}
	s.tell(e)
}

// read goes through the stages of the pipeline as far as the plan, or as far as it can.
func (s *Server) read() *view {
	v := &view{}
	source, err := pipeline.Open(s.options)
	if err != nil {
		v.err = err
		return v
	}
	defer source.Close() // the files are those of the folder, git has said all it has to
	if v.limit, v.err = source.HistoryLimit(); v.err != nil {
		return v
	}
	loaded, err := source.Load()
	if err != nil {
		v.err = err
		return v
	}
	judged := loaded.Judge()
	if v.problems = judged.Problems; v.problems.HasErrors() {
		return v
	}
	history, err := loaded.History()
	if err != nil {
		v.err = err
		return v
	}
	if v.plan, v.err = judged.Plan(history, judged.Extend(history)); v.err != nil {
		v.plan = nil
	}
	return v
}

// verify starts verifying the view and returns what gives it up. It leaves a processor
// to whoever is looking at a page.
func (s *Server) verify(ctx context.Context) (giveUp func()) {
	v := s.view.Load()
	if v.plan == nil {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		start := time.Now()
		err := v.plan.Verify(ctx, max(1, runtime.GOMAXPROCS(0)-1))
		if ctx.Err() == nil {
			s.tell(Event{Verified: true, Pages: v.plan.PageCount(), Seconds: time.Since(start).Seconds(), Err: err})
		}
	}()
	return func() { cancel(); <-done }
}

// watch watches the folders of a site from dir on: the top, where such a folder may
// appear, and all below them. Files are watched by their folders, so that a save that
// puts a new file in the place of the old one is seen.
func (s *Server) watch(dir string) error {
	return filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil // gone already
		case err != nil:
			return err
		case !e.IsDir():
			return nil
		case name != s.options.Source && !s.ours(name):
			return fs.SkipDir
		}
		return s.watcher.Add(name)
	})
}

// ours tells whether a path is below one of the folders of a site, and not the system's
// or an editor's own.
func (s *Server) ours(name string) bool {
	rel, err := filepath.Rel(s.options.Source, name)
	if err != nil {
		return false
	}
	segments := strings.Split(filepath.ToSlash(rel), "/")
	return slices.Contains(pipeline.Roots, segments[0]) && !slices.ContainsFunc(segments, pipeline.Ignored)
}

// matters tells whether an event is a change of the site; a new folder is watched.
func (s *Server) matters(e fsnotify.Event) bool {
	if !s.ours(e.Name) || e.Op == fsnotify.Chmod {
		return false
	}
	if e.Has(fsnotify.Create) {
		if err := s.watch(e.Name); err != nil {
			s.tell(Event{Err: err})
		}
	}
	return true
}
