// Package gitrepo reads a git repository: its commits, and any commit's files
// as an [fs.FS]. It never writes, and it runs no git command.
// go-git reads the settings and the references, package object reads the objects; no
// other package knows go-git.
//
//   - [Open] looks for a repository in a folder and then in the folders above
//     it, as git does. It reads linked worktrees, alternates, and shallow and
//     partial clones. Reading an object that a partial clone lacks is an error.
//   - If there is no repository, or no commit in it, the error is [ErrNone]. If
//     this package cannot read the repository's format (SHA-256 hashes,
//     reftable), it is [ErrFormat]. In both cases callers go on without history.
//   - Names and messages are converted to UTF-8 and cut off at a length.
//     Characters that cannot be shown, e-mail addresses, phone numbers and
//     personal numbers are taken out of them. Only [Blobs.Signed] returns
//     addresses, because signatures are verified by them.
//   - What exceeds a limit is not read. The error is then [limits.Exceeded].
//   - Paths are relative to the folder given to [Open], which may be below the
//     top of the work tree. They have forward slashes on every system.
//   - Results depend only on the repository's own files, not on environment
//     variables or on the settings of a user or a machine.
//   - A [Repo] may be used by several goroutines at the same time.
package gitrepo

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/go-git/go-billy/v5"
	"github.com/go-git/go-billy/v5/osfs"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/storer"
	"github.com/go-git/go-git/v5/storage/filesystem"
	"github.com/go-git/go-git/v5/storage/filesystem/dotgit"

	"achyk/internal/gitrepo/object"
)

// ErrNone says that there is no repository, or no commit in it yet.
var ErrNone = errors.New("no git history")

// ErrFormat says that this package cannot read the format of the repository.
var ErrFormat = errors.New("unknown repository format")

// ErrMissing says that the repository lacks an object: it is a partial clone (git clone --filter), or damaged.
var ErrMissing = object.ErrMissing

// ErrHead says that the repository does not tell which commit is checked out.
var ErrHead = errors.New("read HEAD")

// ErrDamaged says that a file with which git keeps the repository cannot be understood or is no file.
var ErrDamaged = errors.New("damaged git repository")

// FormatError is an [ErrFormat] that names the setting in question as git writes
// it: "extensions.objectformat = sha256".
type FormatError struct{ Setting string }

func (e *FormatError) Error() string { return ErrFormat.Error() + ": " + e.Setting }

// Is makes errors.Is find an [ErrFormat].
func (e *FormatError) Is(target error) bool { return target == ErrFormat }

// Commit is what callers may know of a commit. The zero value is no commit.
type Commit struct {
	Hash    string    // 40 hexadecimal digits
	Time    time.Time // the author's time, in the author's zone; zero if it cannot be read
	Made    time.Time // when the commit itself was made, later than Time if it was rebased; zero if it cannot be read
	Author  string    // name without address; may be empty
	Subject string    // first paragraph of the message, in one line
	Body    string    // the rest of the message
	Signed  bool      // it has a signature, which may be wrong; see [Blobs.Signed]
}

// Repo is an open repository.
type Repo struct {
	top    string // top folder of the work tree
	prefix string // folder given to Open, relative to top; "." if it is the top
	gitDir string

	mu      sync.Mutex // only one goroutine at a time may use the following
	storage *filesystem.Storage
	store   *object.Store // opened when an object is first read
	shared  objects       // see with
}

// alternates is the file system in which go-git looks up the absolute paths of
// other repositories that share their objects with this one.
var alternates = plain{osfs.New(string(filepath.Separator))}

// Open opens the repository whose work tree contains dir. Close it after use. A
// repository that is open does not see packs that are written later.
func Open(dir string) (*Repo, error) {
	dir, err := filepath.Abs(dir)
	if err == nil {
		dir, err = filepath.EvalSymlinks(dir)
	}
	if err != nil {
		return nil, fmt.Errorf("find git repository: %w", err)
	}
	for top := dir; ; top = filepath.Dir(top) {
		gitDir, err := findGitDir(top)
		switch {
		case err == nil:
			return open(dir, top, gitDir)
		case !errors.Is(err, fs.ErrNotExist):
			return nil, fmt.Errorf("find git repository: %w", err)
		case top == filepath.Dir(top):
			return nil, fmt.Errorf("%s is in no git repository: %w", dir, ErrNone)
		}
	}
}

// findGitDir returns the git directory of the work tree at top: top/.git or, in
// linked worktrees and submodules, the folder that the file top/.git names.
func findGitDir(top string) (string, error) {
	dir := filepath.Join(top, ".git")
	if info, err := os.Stat(dir); err != nil {
		return "", err
	} else if info.IsDir() {
		_, err := os.Lstat(filepath.Join(dir, "HEAD")) // git, too, ignores a .git without it
		return dir, err
	}
	text, err := readPath(dir)
	if err != nil {
		return "", err
	}
	target, ok := strings.CutPrefix(text, "gitdir: ")
	if !ok {
		return "", fmt.Errorf("%w: %s names no git directory", ErrDamaged, dir)
	}
	target = absolute(top, target)
	if _, err := os.Stat(target); err != nil {
		return "", fmt.Errorf("%w: %s names %s, which cannot be read: %v", ErrDamaged, dir, target, err)
	}
	return target, nil
}

// absolute returns a path that is the only line of a file in dir, and may be
// relative to dir.
func absolute(dir, path string) string {
	path = filepath.FromSlash(strings.TrimSpace(path))
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}

// PrivateFolder returns the path of a folder for this program's own files, which need not exist.
// It is in the git directory: no commit can have a file there, so whoever proposes a change
// cannot put one into it.
func (r *Repo) PrivateFolder() string { return filepath.Join(r.gitDir, "achyk") }

func open(dir, top, gitDir string) (*Repo, error) {
	prefix, err := filepath.Rel(top, dir)
	if err != nil {
		return nil, fmt.Errorf("open git repository: %w", err)
	}
	own := plain{osfs.New(gitDir)}
	var common billy.Filesystem // what linked worktrees share
	switch text, err := readPath(filepath.Join(gitDir, "commondir")); {
	case err == nil:
		common = plain{osfs.New(absolute(gitDir, text))}
	case !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("open git repository: %w", err)
	}
	r := &Repo{
		top:     top,
		prefix:  filepath.ToSlash(prefix),
		gitDir:  gitDir,
		storage: filesystem.NewStorage(dotgit.NewRepositoryFilesystem(own, common), nil),
	}
	if err := r.checkFormat(); err != nil {
		return nil, fmt.Errorf("git repository %s: %w", top, err)
	}
	return r, nil
}

// checkFormat returns a FormatError if the repository has a format version or an
// extension with which go-git would read objects or references wrongly.
func (r *Repo) checkFormat() error {
	config, err := r.storage.Config()
	if unread := (*fs.PathError)(nil); err != nil && !errors.As(err, &unread) && !errors.Is(err, ErrDamaged) {
		err = fmt.Errorf("%w: config: %w", ErrDamaged, err)
	}
	if err != nil {
		return err
	}
	core, extensions := config.Raw.Section("core"), config.Raw.Section("extensions")
	version := core.Option("repositoryformatversion")
	switch version {
	case "", "0", "1":
	default:
		return &FormatError{"core.repositoryformatversion = " + version}
	}
	for _, option := range extensions.Options {
		name, value := strings.ToLower(option.Key), strings.ToLower(option.Value)
		switch name {
		case "noop", "partialclone", "preciousobjects", "relativeworktrees", "worktreeconfig":
			continue // makes no difference to a reader
		case "objectformat":
			if value == "sha1" {
				continue
			}
		case "refstorage":
			if value == "files" {
				continue
			}
		default:
			if version != "1" {
				continue // git, too, ignores other extensions in version 0
			}
		}
		return &FormatError{"extensions." + name + " = " + value}
	}
	return nil
}

// Close closes the files that the repository keeps open.
func (r *Repo) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	err := r.storage.Close()
	if r.store != nil {
		err = errors.Join(err, r.store.Close())
	}
	return err
}

// Head returns the commit that is checked out. The error is [ErrNone] if the
// repository has no commit, and [ErrHead] if HEAD names none.
func (r *Repo) Head() (c Commit, err error) {
	err = r.with(func(o objects) error {
		ref, err := storer.ResolveReference(r.storage, plumbing.HEAD)
		if errors.Is(err, plumbing.ErrReferenceNotFound) {
			return fmt.Errorf("git repository %s has no commit: %w", r.top, ErrNone)
		}
		if err != nil {
			return fmt.Errorf("%w: %w", ErrHead, err)
		}
		head, err := o.commit(ref.Hash())
		if err != nil {
			return fmt.Errorf("%w: %w", ErrHead, err)
		}
		c = head.commit
		return nil
	})
	return c, err
}
