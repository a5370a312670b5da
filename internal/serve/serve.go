// Package serve shows the website of a repository on the computer where the repository is
// edited, and follows every change.
//
// After a change the server makes a new view: it reads, checks and plans the repository
// again. It keeps the open data in memory, and renders a page when somebody asks for it. It
// sends an event to the pages that are open in browsers, and they reload themselves. Then it
// renders all pages in the background and checks their links, until the next change.
//
// No saved file can end the server. If the repository has errors or a layout is broken,
// every address shows a page that says what is wrong, in the language of the address, until
// the error is corrected.
//
// The preview differs from a build in three ways: its base URL is the server's own, its
// pages have the script that reloads them, and it has no SHA256SUMS.
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

// settle is the time without a further event after which a change is read. Saving a file
// gives several events, and a git checkout gives thousands.
const settle = 30 * time.Millisecond

// Event tells the terminal what happened.
type Event struct {
	Pages    int                   // number of pages of the view
	Seconds  float64               // time that making or verifying the view took
	Verified bool                  // all pages were rendered and all links checked; Err has the result
	Problems diag.List             // findings in the repository; if one is an error, the view has no pages
	Limit    pipeline.HistoryLimit // what part of the history cannot be shown; empty if that did not change
	Err      error                 // links.Broken, a broken layout, or a failure to read the disk
}

// Server is the preview of one folder.
type Server struct {
	options pipeline.Options
	tell    func(Event)
	watcher *fsnotify.Watcher
	view    atomic.Pointer[view]
	started int64 // part of the names of views, so that they differ from those of an earlier server
	views   int
	limit   pipeline.HistoryLimit // of the last view
}

// view is the site as of one change.
type view struct {
	name     string         // unique
	plan     *pipeline.Plan // nil if there is an error, which all pages then show
	problems diag.List
	err      error
	limit    pipeline.HistoryLimit
	outdated chan struct{} // closed when there is a newer view
}

// New reads the repository and begins to watch its files. It calls tell for each Event, from
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

// Listen listens at addr. If the port is taken and another one is allowed, it tries the next
// hundred ports.
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

// Run serves the preview and follows changes until the context ends. Then it closes the
// listener.
func (s *Server) Run(ctx context.Context, listener net.Listener) error {
	defer s.watcher.Close()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	server := &http.Server{
		Handler: s, ReadHeaderTimeout: 10 * time.Second,
		BaseContext: func(net.Listener) context.Context { return ctx }, // ends the requests of open pages that wait for an event
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

// follow makes a new view after every change. It verifies one view at a time, in the
// background, and stops verifying it at the next change.
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
			change.Reset(settle) // some events may be lost
		case <-change.C:
			giveUp()
			s.rebuild()
			giveUp = s.verify(ctx)
		}
	}
}

// rebuild makes a new view and replaces the old one.
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
	defer source.Close() // the view reads files from the folder, not from git
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

// verify starts to verify the view and returns a function that stops it. It leaves one
// processor free for pages that somebody asks for.
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

// watch watches dir and the folders of the site below it. The top of the repository is
// watched because a folder of the site may be created there. Folders are watched rather
// than files, because many editors save by replacing the file.
func (s *Server) watch(dir string) error {
	return filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil // removed in the meantime
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

// ours reports whether a path belongs to the site: whether it is in one of its folders, and
// is not a file that an editor or the system makes for itself.
func (s *Server) ours(name string) bool {
	rel, err := filepath.Rel(s.options.Source, name)
	if err != nil {
		return false
	}
	segments := strings.Split(filepath.ToSlash(rel), "/")
	return slices.Contains(pipeline.Roots, segments[0]) && !slices.ContainsFunc(segments, pipeline.Ignored)
}

// matters reports whether an event is a change of the site. It begins to watch new folders.
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
