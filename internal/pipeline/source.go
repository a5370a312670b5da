package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"achyk/internal/gitrepo"
	"achyk/internal/load"
	"achyk/layouts"
)

// Source is what a site is made from: a folder as it is, or a commit.
type Source struct {
	options    Options
	files      fs.FS
	git        *gitrepo.Repo  // nil where there is none
	commit     gitrepo.Commit // zero where there is none
	unreadable error          // why the git repository cannot be read; the build goes on without
	clean      bool           // the files are those of the commit
	changed    []string       // files that are not, sorted
}

// layoutsFolder is where a repository keeps layouts of its own.
const layoutsFolder = "layouts"

// Roots are the folders a site is made of.
var Roots = append(load.Roots[:len(load.Roots):len(load.Roots)], layoutsFolder)

// Open finds the files and the commit they belong to.
func Open(o Options) (*Source, error) {
	if info, err := os.Stat(o.Source); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSource, err)
	} else if !info.IsDir() {
		return nil, fmt.Errorf("%w: %s is a file", ErrSource, o.Source)
	}
	s := &Source{options: o, files: os.DirFS(o.Source)}
	open := s.openFolder
	if o.Ref != "" {
		open = s.openCommit
	}
	if err := open(); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// openCommit takes the files of the commit that was asked for.
func (s *Source) openCommit() (err error) {
	if s.git, err = gitrepo.Open(s.options.Source); err != nil {
		return err
	}
	if s.commit, err = s.git.Resolve(s.options.Ref); err != nil {
		return err
	}
	s.clean = true
	s.files, err = s.git.FS(s.commit)
	return err
}

// openFolder takes the files of the folder, and looks which commit is checked out there.
func (s *Source) openFolder() (err error) {
	if s.git, err = gitrepo.Open(s.options.Source); err == nil {
		s.commit, err = s.git.Head()
	}
	switch {
	case errors.Is(err, gitrepo.ErrFormat):
		s.unreadable = err
		return nil
	case errors.Is(err, gitrepo.ErrNone):
		return nil
	case err != nil:
		return err
	}
	s.changed, err = s.git.Changed(s.commit, s.files, Roots...)
	s.clean = len(s.changed) == 0
	return err
}

// Close lets go of the git repository.
func (s *Source) Close() {
	if s.git != nil {
		s.git.Close()
	}
}

// dirty tells whether there is a commit, and the files are not those of it.
func (s *Source) dirty() bool { return s.commit.Hash != "" && !s.clean }

// HistoryLimit is why the history of a repository is not shown, or not all of it; its
// message is "history.gap.<what>". The zero value says that nothing is missing, or that
// there is no git repository at all.
type HistoryLimit struct {
	What    string // "commits": there is none; "format": it cannot be read; "shallow": older commits are missing
	Setting string // that makes it a format that cannot be read
}

// HistoryLimit tells what of the history cannot be shown.
func (s *Source) HistoryLimit() (HistoryLimit, error) {
	switch {
	case s.unreadable != nil:
		return HistoryLimit{"format", Setting(s.unreadable)}, nil
	case s.git == nil:
		return HistoryLimit{}, nil
	case s.commit.Hash == "":
		return HistoryLimit{What: "commits"}, nil
	}
	cut, err := s.git.Shallow()
	if len(cut) > 0 {
		return HistoryLimit{What: "shallow"}, err
	}
	return HistoryLimit{}, err
}

// Why there is no history to show: no git repository or no commit in it, or a repository in
// a format that is not known.
var (
	ErrNoHistory = errors.New("no git history")
	ErrFormat    = gitrepo.ErrFormat
)

// Setting is what makes a repository one of a format that cannot be read, as git writes it;
// empty for other errors.
func Setting(err error) string {
	var format *gitrepo.FormatError
	if errors.As(err, &format) {
		return format.Setting
	}
	return ""
}

// layouts returns the repository's own layouts, or the program's.
func (s *Source) layouts() fs.FS {
	if own, err := fs.Glob(s.files, layoutsFolder+"/*.html"); err == nil && len(own) > 0 {
		if sub, err := fs.Sub(s.files, layoutsFolder); err == nil {
			return sub
		}
	}
	return layouts.Files
}

// Ignored tells by its name whether a file or folder is the system's, an editor's or a
// spreadsheet's and none of the repository's.
func Ignored(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$")
}
