package serve

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"achyk/internal/pipeline"
	"achyk/internal/regular"
)

// settle is the time without a further event after which a change is read. Saving a file
// gives several events, and a git checkout gives thousands.
const settle = 30 * time.Millisecond

// patience is the longest time for which a change waits for events to end: while a large file is copied
// into the folder, there is one every few milliseconds.
const patience = 300 * time.Millisecond

// follow makes a new view after every change. It verifies one view at a time, in the
// background, and stops verifying it at the next change.
func (s *Server) follow(ctx context.Context, failed chan error) {
	giveUp := s.verify(ctx)
	defer func() { giveUp() }()
	change := time.NewTimer(time.Hour)
	change.Stop()
	var since time.Time // of the first change that was not read; zero: there is none
	later := func() {
		if since.IsZero() {
			since = time.Now()
		}
		change.Reset(min(settle, time.Until(since.Add(patience))))
	}
	for {
		select {
		case <-ctx.Done():
			return
		case err := <-failed:
			failed <- err
			return
		case e := <-s.watcher.Events:
			if s.matters(e) {
				later()
			}
		case err := <-s.watcher.Errors:
			s.tell(Event{Err: err})
			s.options.Cache.Forget(".") // some events may be lost
			later()
		case <-change.C:
			since = time.Time{}
			giveUp()
			s.rebuild()
			giveUp = s.verify(ctx)
		}
	}
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

// path returns the path of a file in the repository, or "" if it is elsewhere.
func (s *Server) path(name string) string {
	rel, err := filepath.Rel(s.options.Source, name)
	if err != nil {
		return ""
	}
	return filepath.ToSlash(rel)
}

// ours reports whether a path belongs to the site: whether it is in one of its folders, and
// is not a file that an editor or the system makes for itself. The files by which git tells which commit is
// checked out, and what branches and tags are, belong to it as well: pages name commits and versions.
func (s *Server) ours(name string) bool {
	path := s.path(name)
	if git, inside := strings.CutPrefix(path+"/", ".git/"); inside {
		return slices.Contains([]string{"", "HEAD/", "packed-refs/", "refs/"}, git) ||
			(strings.HasPrefix(git, "refs/heads/") || strings.HasPrefix(git, "refs/tags/")) && !strings.HasSuffix(git, ".lock/")
	}
	segments := strings.Split(path, "/")
	return slices.Contains(pipeline.Roots, segments[0]) && !slices.ContainsFunc(segments, regular.Ignored)
}

// matters reports whether an event is a change of the site. It begins to watch new folders, and what was read of the
// file before is not used again.
func (s *Server) matters(e fsnotify.Event) bool {
	if !s.ours(e.Name) || e.Op == fsnotify.Chmod {
		return false
	}
	s.options.Cache.Forget(s.path(e.Name))
	if e.Has(fsnotify.Create) {
		if err := s.watch(e.Name); err != nil {
			s.tell(Event{Err: err})
		}
	}
	return true
}
