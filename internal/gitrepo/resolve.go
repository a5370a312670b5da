package gitrepo

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"
	"github.com/go-git/go-git/v5/plumbing/storer"
)

// A revision is a name followed by steps to ancestors: HEAD, v2026.1, origin/main~3,
// 4f1c2e7^2. Other notations of git (HEAD@{1}, :/text, main:path) are refused.
var (
	revision = regexp.MustCompile(`^(@|[^@^~:\s][^^~:{\s]*)((?:[~^]\d{0,6})*)$`)
	step     = regexp.MustCompile(`[~^]\d*`)
)

// Resolve returns the commit that rev names: HEAD, a tag, a branch, or a hash of
// which at least the first four digits are given, optionally followed by ~N and ^N.
// As in git, a tag or branch named 2026 takes precedence over a hash that begins
// with 2026. Unlike in go-git, the beginning of several hashes is an error.
func (r *Repo) Resolve(rev string) (Commit, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	c, err := r.resolve(rev)
	if err != nil {
		return Commit{}, fmt.Errorf("revision %q: %w", rev, err)
	}
	return commit(c), nil
}

func (r *Repo) resolve(rev string) (*object.Commit, error) {
	parts := revision.FindStringSubmatch(rev)
	if parts == nil {
		return nil, errors.New("not understood; give a tag, a branch or a commit hash")
	}
	c, err := r.named(parts[1])
	for _, s := range step.FindAllString(parts[2], -1) {
		if err != nil {
			break
		}
		n := 1
		if len(s) > 1 {
			n, _ = strconv.Atoi(s[1:])
		}
		if s[0] == '^' {
			if n > 0 {
				c, err = parent(c, n)
			}
			continue
		}
		for ; n > 0 && err == nil; n-- {
			c, err = parent(c, 1)
		}
	}
	return c, err
}

// parent returns the nth parent of c. The first parent is 1.
func parent(c *object.Commit, n int) (*object.Commit, error) {
	p, err := c.Parent(n - 1)
	if errors.Is(err, object.ErrParentNotFound) {
		return nil, fmt.Errorf("commit %s has no parent %d", c.Hash, n)
	}
	if errors.Is(err, plumbing.ErrObjectNotFound) {
		return nil, fmt.Errorf("parent %d of commit %s is not in this clone; is it shallow?", n, c.Hash)
	}
	return p, err
}

// named returns the commit of a whole hash, of a reference, or of the beginning of a
// hash. It tries them in this order.
func (r *Repo) named(name string) (*object.Commit, error) {
	if plumbing.IsHash(name) {
		return r.peel(plumbing.NewHash(name))
	}
	if name == "@" {
		name = "HEAD"
	}
	for _, rule := range plumbing.RefRevParseRules {
		ref, err := storer.ResolveReference(r.store, plumbing.ReferenceName(fmt.Sprintf(rule, name)))
		if err == nil {
			return r.peel(ref.Hash())
		}
	}
	commits := map[plumbing.Hash]*object.Commit{}
	if prefix := strings.ToLower(name); len(prefix) >= 4 {
		whole, err := hex.DecodeString(prefix[:len(prefix)&^1])
		if err != nil {
			return nil, errors.New("no such tag, branch or commit")
		}
		hashes, err := r.store.HashesWithPrefix(whole)
		if err != nil {
			return nil, err
		}
		for _, h := range hashes {
			if !strings.HasPrefix(h.String(), prefix) {
				continue
			}
			if c, err := r.peel(h); err == nil {
				commits[c.Hash] = c
			}
		}
	}
	if len(commits) > 1 {
		return nil, fmt.Errorf("%d commits begin so; give more digits", len(commits))
	}
	for _, c := range commits {
		return c, nil
	}
	return nil, errors.New("no such tag, branch or commit")
}

// peel returns the commit h, or the commit that the annotated tag h points to.
func (r *Repo) peel(h plumbing.Hash) (*object.Commit, error) {
	o, err := object.GetObject(r.store, h)
	for err == nil {
		switch t := o.(type) {
		case *object.Commit:
			return t, nil
		case *object.Tag:
			o, err = t.Object()
		default:
			return nil, fmt.Errorf("%s is a %s, not a commit", h, o.Type())
		}
	}
	if errors.Is(err, plumbing.ErrObjectNotFound) || errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("object %s is not in this clone", h)
	}
	return nil, err
}
