// Package serve shows the website of a repository on the computer where the repository is
// edited, and follows every change.
//
// After a change the server makes a new view: it reads, checks and plans the repository
// again. It renders a page or makes a download when somebody asks for it. It sends an event to the
// pages that are open in browsers, and they reload themselves. Then it renders all pages in the
// background and checks their links, until the next change. A commit, a checkout and a tag are
// changes as well, unless git keeps the repository elsewhere, as for a second work tree.
//
// No saved file can end the server. If the repository has errors or a layout is broken, the site is
// shown as it was before the change, and every page begins with what is wrong, in the language of the
// page, until the error is corrected. So it is after a fault of the program. If there was no site before,
// every address shows what is wrong alone.
//
// A download is made when somebody asks for it, once for all who do. It is kept in a temporary
// folder until there is a newer view.
//
// What is not published yet must not be read by other sites that are open in the same browser:
// see hosts and foreign. How many connections there may be, and how long they may wait, is in
// package limits.
//
// The preview differs from a build in three ways: its base URL is the server's own, its
// pages have the script that reloads them, and it has no SHA256SUMS.
package serve

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/fsnotify/fsnotify"
	"golang.org/x/net/netutil"

	"achyk/internal/diag"
	"achyk/internal/fault"
	"achyk/internal/limits"
	"achyk/internal/output"
	"achyk/internal/pipeline"
)

// Event tells the terminal what happened.
type Event struct {
	Pages    int                   // number of pages of the view
	Seconds  float64               // time that making or verifying the view took
	Verified bool                  // all pages were rendered and all links checked; Err has the result
	Problems diag.List             // findings in the repository; if one is an error, the view has no pages
	Limit    pipeline.HistoryLimit // what part of the history cannot be shown; empty if that did not change
	Err      error                 // links.Broken, or a failure to read the disk
}

// Server is the preview of one folder.
type Server struct {
	options pipeline.Options
	tell    func(Event)
	watcher *fsnotify.Watcher
	hosts   hosts
	bounds  bounds
	waiting atomic.Int64 // open pages that wait for an event
	started int64        // part of the names of views, so that they differ from those of an earlier server
	views   int
	limit   pipeline.HistoryLimit // of the last view

	mu   sync.Mutex
	view *view
}

// bounds are how much readers may take up. Tests have smaller ones.
type bounds struct {
	connections, listeners int
	header, idle, write    time.Duration
}

var usual = bounds{
	connections: limits.Connections, listeners: limits.Listeners,
	header: limits.HeaderTime, idle: limits.IdleTime, write: limits.WriteTime,
}

// view is the site as of one change.
type view struct {
	name     string         // unique
	plan     *pipeline.Plan // nil if there is an error, and was one in all views before
	before   bool           // plan and kept are of the view before, because there is an error
	kept     *downloads     // nil if there is no plan
	problems diag.List
	err      error
	limit    pipeline.HistoryLimit
	outdated chan struct{} // closed when there is a newer view
	readers  int           // guarded by Server.mu
	replaced bool          // the same
}

// downloads is the folder of the downloads that were asked for. A view with an error shows those of the view before, which
// somebody may still be reading: the folder goes with the last of its views.
type downloads struct {
	*output.Temporary
	views int // guarded by Server.mu
}

// look returns the newest view. The caller calls done when it needs the view no more.
func (s *Server) look() (v *view, done func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v = s.view
	v.readers++
	return v, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		v.readers--
		v.tidy()
	}
}

// replace replaces the view by a newer one. One with an error shows the site of the view before.
func (s *Server) replace(v *view) {
	s.mu.Lock()
	defer s.mu.Unlock()
	old := s.view
	s.view = v
	if old != nil {
		if v.plan == nil && old.plan != nil && !errors.Is(v.err, http.ErrServerClosed) {
			v.plan, v.before = old.plan, true
			v.kept = old.kept
			v.kept.views++
		}
		old.replaced = true
		close(old.outdated)
		old.tidy()
	}
}

// tidy lets go of the downloads of a view that nobody looks at.
func (v *view) tidy() {
	if !v.replaced || v.readers > 0 || v.kept == nil {
		return
	}
	if v.kept.views--; v.kept.views == 0 {
		v.kept.Remove()
	}
	v.kept = nil
}

// New reads the repository and begins to watch its files. It calls tell for each Event, from
// one goroutine at a time.
func New(o pipeline.Options, tell func(Event)) (*Server, error) {
	if err := o.SourceIsFolder(); err != nil {
		return nil, err
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
		if err := told(tell, e); err != nil {
			told(tell, Event{Err: err}) // if that has a fault as well, nobody can be told
		}
	}
	s := &Server{options: o, tell: inTurn, watcher: watcher, bounds: usual, started: time.Now().UnixNano()}
	if err := s.watch(o.Source); err != nil {
		watcher.Close()
		return nil, fmt.Errorf("watch files: %w", err)
	}
	s.rebuild()
	return s, nil
}

// told calls tell, and returns the error if that has a fault.
func told(tell func(Event), e Event) (err error) {
	defer fault.Catch(&err)
	tell(e)
	return nil
}

// ErrAddress says that an address to listen at is not a host and a port.
var ErrAddress = errors.New("not a host and a port")

// ListenError says why the preview cannot listen at an address.
type ListenError struct {
	Address string
	Err     error
}

func (e *ListenError) Error() string { return e.Err.Error() }

func (e *ListenError) Unwrap() error { return e.Err }

// Listen listens at addr: of this computer only, unless a host is given. If the port is taken and another one is
// allowed, it tries the next hundred ports.
func Listen(addr string, another bool) (net.Listener, error) {
	host, number, err := net.SplitHostPort(addr)
	port, numberErr := strconv.Atoi(number)
	if err == nil {
		err = numberErr
	}
	if err != nil || port < 0 || port > 65535 {
		return nil, &ListenError{addr, ErrAddress}
	}
	host = cmp.Or(host, "127.0.0.1") // without a host everybody in the network could read drafts
	listener, err := net.Listen("tcp", net.JoinHostPort(host, number))
	if err == nil {
		return listener, nil
	}
	if !another {
		return nil, &ListenError{addr, err}
	}
	for next := port + 1; next <= port+100 && next <= 65535; next++ {
		if l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(next))); err == nil {
			return l, nil
		}
	}
	return nil, &ListenError{addr, err}
}

// Run serves the preview and follows changes until the context ends. Then it closes the
// listener. address is what Listen was called with: the preview answers to the name in it.
func (s *Server) Run(ctx context.Context, listener net.Listener, address string) (err error) {
	defer s.watcher.Close()
	defer s.replace(&view{err: http.ErrServerClosed, outdated: make(chan struct{})}) // removes downloads
	s.hosts = hostsOf(listener, address)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	server := &http.Server{
		Handler: s, ReadHeaderTimeout: s.bounds.header, IdleTimeout: s.bounds.idle, WriteTimeout: s.bounds.write, MaxHeaderBytes: limits.Header,
		BaseContext: func(net.Listener) context.Context { return ctx }, // ends the requests of open pages that wait for an event
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(netutil.LimitListener(listener, s.bounds.connections)) }()
	s.follow(ctx, failed)
	stop()
	rest, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	if server.Shutdown(rest) != nil { // some readers are slow
		err = server.Close()
	}
	select {
	case broken := <-failed:
		if !errors.Is(broken, http.ErrServerClosed) {
			return errors.Join(broken, err)
		}
	default:
	}
	return err
}

// rebuild makes a new view and replaces the old one.
func (s *Server) rebuild() {
	start := time.Now()
	v := s.read()
	s.views++
	v.name = fmt.Sprintf("%x-%d", s.started, s.views)
	v.outdated = make(chan struct{})
	made := v.plan
	s.replace(v)
	e := Event{Seconds: time.Since(start).Seconds(), Problems: v.problems, Err: v.err}
	if made != nil {
		e.Pages = made.PageCount()
	}
	if v.limit != s.limit {
		s.limit, e.Limit = v.limit, v.limit
	}
	s.tell(e)
}

// read goes through the stages of the pipeline as far as the plan, or as far as it can.
func (s *Server) read() *view {
	v := &view{}
	if v.err = s.readInto(v); v.err != nil {
		v.plan = nil
	}
	return v
}

func (s *Server) readInto(v *view) (err error) {
	defer fault.Catch(&err)
	source, err := pipeline.Open(s.options)
	if err != nil {
		return err
	}
	defer source.Close() // the view reads files from the folder, not from git
	if v.limit, err = source.HistoryLimit(); err != nil {
		return err
	}
	loaded, err := source.Load()
	if err != nil {
		return err
	}
	judged := loaded.Judge()
	if v.problems = judged.Problems; v.problems.HasErrors() {
		return nil
	}
	history, err := loaded.History()
	if err != nil {
		return err
	}
	if v.plan, err = judged.Plan(history, judged.Extend(history)); err != nil {
		return err
	}
	if wrong := v.plan.Problems(); len(wrong) > 0 {
		v.problems, v.plan = append(v.problems, wrong...), nil
		return nil
	}
	folder, err := output.NewTemporary("", "achyk-preview")
	if err != nil {
		return err
	}
	if err := v.plan.Keep(folder.Dir); err != nil {
		folder.Remove()
		return err
	}
	v.kept = &downloads{folder, 1}
	return nil
}

// layoutFindings returns the faults of layouts that the error of making a page tells of, and what else it tells of.
func (v *view) layoutFindings(err error) (diag.List, error) {
	if v.plan == nil {
		return nil, err
	}
	return v.plan.LayoutFindings(err)
}

// verify starts to verify the view and returns a function that stops it. It leaves one
// processor free for pages that somebody asks for.
func (s *Server) verify(ctx context.Context) (giveUp func()) {
	v, seen := s.look()
	if v.plan == nil || v.before {
		seen()
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer seen()
		start := time.Now()
		err := v.plan.Verify(ctx, max(1, runtime.GOMAXPROCS(0)-1))
		if ctx.Err() == nil {
			wrong, err := v.layoutFindings(err)
			s.tell(Event{Verified: true, Pages: v.plan.PageCount(), Seconds: time.Since(start).Seconds(), Problems: wrong, Err: err})
		}
	}()
	return func() { cancel(); <-done }
}
