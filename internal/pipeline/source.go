package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	"achyk/internal/gitrepo"
	"achyk/internal/load"
	"achyk/internal/regular"
	"achyk/internal/stamped"
	"achyk/layouts"
)

// Source is the folder, or the commit of a repository, that a site is made from.
type Source struct {
	options    Options
	files      fs.FS
	git        *gitrepo.Repo   // nil if there is none
	commit     gitrepo.Commit  // zero if there is none
	unreadable error           // why the git repository cannot be read; the build goes on without it
	clean      bool            // the files are the same as in the commit
	changed    []string        // files that differ from the commit, sorted by path
	folder     fs.FS           // the folder that files are read from; nil for a commit
	stamps     *stamped.Stamps // of the files in it when it was opened
}

// layoutsFolder is the folder of a repository's own layouts.
const layoutsFolder = "layouts"

// Roots are the top folders of a repository that a site is made from.
var Roots = load.Roots

// SourceIsFolder returns an ErrSource with its cause if the folder of the repository is no folder that can be read.
func (o Options) SourceIsFolder() error {
	info, err := os.Stat(o.Source)
	if err == nil && !info.IsDir() {
		err = &fs.PathError{Op: "open", Path: o.Source, Err: syscall.ENOTDIR}
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrSource, err)
	}
	return nil
}

// Open finds the files and the commit that they belong to. Close the source after use.
func Open(o Options) (*Source, error) {
	if err := o.SourceIsFolder(); err != nil {
		return nil, err
	}
	s := &Source{options: o}
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

// Files are the files of the folder, or of the commit.
func (s *Source) Files() fs.FS { return s.files }

// Committed returns the files as they were committed, or nil if there is no commit.
func (s *Source) Committed() (fs.FS, error) {
	if s.commit.Hash == "" {
		return nil, nil
	}
	return s.git.FS(s.commit)
}

// openCommit takes the files of the commit that Options.Ref names.
func (s *Source) openCommit() (err error) {
	if s.git, err = gitrepo.Open(s.options.Source); err != nil {
		return err
	}
	if s.commit, err = s.resolve(s.options.Ref); err != nil {
		return err
	}
	s.clean = true
	s.files, err = s.git.FS(s.commit)
	return err
}

// openFolder takes the files of the folder. It finds out which commit is checked out; compare finds
// out which files differ from it.
func (s *Source) openFolder() (err error) {
	s.folder = regular.Files(os.DirFS(s.options.Source))
	if s.stamps, err = stamped.Take(s.folder, Roots...); err != nil {
		return err
	}
	s.files = s.contents().Files(s.folder, s.stamps, load.Whole)
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
	return nil
}

// compare finds out which files of a folder differ from the commit.
func (s *Source) compare() (err error) {
	if s.folder == nil || s.commit.Hash == "" {
		return nil
	}
	s.changed, err = s.git.Changed(s.commit, s.files, Roots...)
	s.clean = len(s.changed) == 0
	return err
}

// unchanged returns ErrChanged if a file was changed, added or removed since the folder was
// opened. The site would then show one state of the file on one page and another on the next,
// and build.json could call it the site of a commit.
func (s *Source) unchanged() error {
	if s.folder == nil {
		return nil
	}
	now, err := stamped.Take(s.folder, Roots...)
	if err == nil && !s.stamps.Equal(now) {
		err = ErrChanged
	}
	return err
}

// Close closes the git repository.
func (s *Source) Close() {
	if s.git != nil {
		s.git.Close()
	}
}

// dirty reports whether there is a commit and the files differ from it.
func (s *Source) dirty() bool { return s.commit.Hash != "" && !s.clean }

// HistoryLimit says why the history of a repository, or part of it, cannot be shown. The key of
// its message is "history.gap.<what>". The zero value says that nothing is missing, or that
// there is no git repository.
type HistoryLimit struct {
	What    string // "commits": there are no commits; "format": git's format cannot be read; "shallow": older commits are missing; "": nothing
	Setting string // of git, for "format": the one that the program does not know
}

// HistoryLimit returns which part of the history cannot be shown.
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

// Errors that say why there is no history to show.
var (
	// There is no git repository, or it has no commit.
	ErrNoHistory = errors.New("no git history")
	// The git repository has a format that the program cannot read.
	ErrFormat = gitrepo.ErrFormat
	// An object is missing: the clone is a partial one, or damaged.
	ErrMissing = gitrepo.ErrMissing
	// The repository does not tell which commit is checked out.
	ErrHead = gitrepo.ErrHead
	// A file with which git keeps the repository cannot be understood or is no file.
	ErrDamaged = gitrepo.ErrDamaged
)

// Setting returns the setting that gives a git repository a format which cannot be read, as git
// writes it. It is empty for other errors.
func Setting(err error) string {
	var format *gitrepo.FormatError
	if errors.As(err, &format) {
		return format.Setting
	}
	return ""
}

// layouts returns the repository's own layouts if it has any, else those of the program.
func (s *Source) layouts() fs.FS {
	if own, err := fs.Glob(s.files, layoutsFolder+"/[^.]*.html"); err == nil && len(own) > 0 {
		if sub, err := fs.Sub(s.files, layoutsFolder); err == nil {
			return sub
		}
	}
	return layouts.Files
}
