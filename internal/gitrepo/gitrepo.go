// Package gitrepo reads a git repository: its commits, and any commit's files
// as an [fs.FS]. It is the only package that knows go-git, it never writes,
// and it runs no git command.
//
//   - A repository is found from a folder upwards, as git finds it. Linked
//     worktrees, alternates and shallow or partial clones are read; an object
//     that a partial clone lacks is an error when it is asked for.
//   - No repository, or one without a commit, is [ErrNone], and one in a format
//     this package cannot read (SHA-256 hashes, reftable) is [ErrFormat]: callers
//     go on without history. Anything else is another error.
//   - Names and messages are UTF-8, whatever the commit was written in, and hold
//     no e-mail address, but for what is handed on to verify a signature.
//   - All paths are relative to the folder given to [Open], also where that
//     folder is not the top of the work tree, and have forward slashes.
//   - Only the repository's own files decide an answer: no environment
//     variable, no setting of the user or the machine is consulted.
//   - A [Repo] may be used by several goroutines.
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
	"github.com/go-git/go-git/v5/plumbing/cache"
	"github.com/go-git/go-git/v5/plumbing/object"
	"github.com/go-git/go-git/v5/plumbing/storer"
	"github.com/go-git/go-git/v5/storage/filesystem"
	"github.com/go-git/go-git/v5/storage/filesystem/dotgit"
)

// ErrNone says that there is no repository, or no commit in it yet.
var ErrNone = errors.New("no git history")

// ErrFormat says that the repository is in a format that cannot be read.
var ErrFormat = errors.New("unknown repository format")

// FormatError is an [ErrFormat] with the setting that says so, as git writes it:
// "extensions.objectformat = sha256".
type FormatError struct{ Setting string }

func (e *FormatError) Error() string { return ErrFormat.Error() + ": " + e.Setting }

// Is makes it an [ErrFormat].
func (e *FormatError) Is(target error) bool { return target == ErrFormat }

// Commit is one commit. The zero value is no commit.
type Commit struct {
	Hash    string    // 40 hexadecimal digits
	Time    time.Time // when its author made it, in the author's zone; zero where that cannot be read
	Author  string    // the name, never the address; empty where there is none
	Subject string    // first paragraph of the message, on one line
	Body    string    // the rest of the message
	Signed  bool      // it holds a signature, by whomever; see [Blobs.Signed]
}

// Repo is an open repository.
type Repo struct {
	top    string // top folder of the work tree
	prefix string // folder given to Open, relative to top; "." if the same

	mu     sync.Mutex // go-git's storage is for one goroutine at a time
	store  *filesystem.Storage
	packs  []*pack // opened when history is first read
	packed bool
}

// alternates is where absolute paths to other repositories' objects lead.
var alternates = osfs.New(string(filepath.Separator))

// Open opens the repository that holds dir: the one whose work tree has dir as
// its top folder or below it. Close it after use; later packs are seen only by
// opening it again.
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

// findGitDir returns the git directory of the work tree at top, which is
// top/.git or, in linked worktrees and submodules, what the file top/.git names.
func findGitDir(top string) (string, error) {
	dir := filepath.Join(top, ".git")
	if info, err := os.Stat(dir); err != nil {
		return "", err
	} else if info.IsDir() {
		_, err := os.Lstat(filepath.Join(dir, "HEAD")) // git, too, passes over a .git without it
		return dir, err
	}
	text, err := os.ReadFile(dir)
	if err != nil {
		return "", err
	}
	target, ok := strings.CutPrefix(string(text), "gitdir: ")
	if !ok {
		return "", fmt.Errorf("%s names no git directory", dir)
	}
	target = absolute(top, target)
	if _, err := os.Stat(target); err != nil {
		return "", fmt.Errorf("%s names %s, which cannot be read: %v", dir, target, err)
	}
	return target, nil
}

// absolute returns path, read from a one-line file, taken relative to dir.
func absolute(dir, path string) string {
	path = filepath.FromSlash(strings.TrimSpace(path))
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}

func open(dir, top, gitDir string) (*Repo, error) {
	prefix, err := filepath.Rel(top, dir)
	if err != nil {
		return nil, fmt.Errorf("open git repository: %w", err)
	}
	own := osfs.New(gitDir)
	var common billy.Filesystem // holds what linked worktrees share
	switch text, err := os.ReadFile(filepath.Join(gitDir, "commondir")); {
	case err == nil:
		common = osfs.New(absolute(gitDir, string(text)))
	case !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("open git repository: %w", err)
	}
	r := &Repo{
		top:    top,
		prefix: filepath.ToSlash(prefix),
		store: filesystem.NewStorageWithOptions(
			dotgit.NewRepositoryFilesystem(own, common),
			cache.NewObjectLRUDefault(),
			filesystem.Options{
				KeepDescriptors: true,
				AlternatesFS:    alternates,
			}),
	}
	if err := r.checkFormat(); err != nil {
		return nil, fmt.Errorf("git repository %s: %w", top, err)
	}
	return r, nil
}

// checkFormat refuses a repository whose format or extensions change how
// objects and references are read in a way that go-git does not know.
func (r *Repo) checkFormat() error {
	config, err := r.store.Config()
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
			continue // nothing changes for a reader
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
				continue // git passes over it, too
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
	err := r.store.Close()
	for _, p := range r.packs {
		err = errors.Join(err, p.file.Close())
	}
	return err
}

// Head returns the commit that is checked out, or [ErrNone].
func (r *Repo) Head() (Commit, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	ref, err := storer.ResolveReference(r.store, plumbing.HEAD)
	if errors.Is(err, plumbing.ErrReferenceNotFound) {
		return Commit{}, fmt.Errorf("git repository %s has no commit: %w", r.top, ErrNone)
	}
	if err != nil {
		return Commit{}, fmt.Errorf("read HEAD: %w", err)
	}
	c, err := object.GetCommit(r.store, ref.Hash())
	if err != nil {
		return Commit{}, fmt.Errorf("read HEAD, commit %s: %w", ref.Hash(), err)
	}
	return commit(c), nil
}

// commit returns what callers may know of c.
func commit(c *object.Commit) Commit {
	known := newCommit(c.Hash, c.Author.Name, c.Author.When, c.Message, string(c.Encoding))
	known.Signed = c.PGPSignature != "" // what go-git calls a signature of any kind
	return known
}
