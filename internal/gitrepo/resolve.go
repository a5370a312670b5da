package gitrepo

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/storer"

	"achyk/internal/limits"
)

// A revision is a name followed by steps to ancestors: HEAD, v2026.1, origin/main~3,
// 4f1c2e7^2. Other notations of git (HEAD@{1}, :/text, main:path) are refused.
var (
	revision = regexp.MustCompile(`^(@|[^@^~:\s][^^~:{\s]*)((?:[~^]\d{0,6})*)$`)
	step     = regexp.MustCompile(`[~^]\d*`)
)

// ErrRevision and ErrAmbiguous say why a revision names no commit.
var ErrRevision, ErrAmbiguous = errors.New("no such tag, branch or commit"), errors.New("several commits begin so; give more digits")

// Resolve returns the commit that rev names: HEAD, a tag, a branch, or a hash of
// which at least the first four digits are given, optionally followed by ~N and ^N.
// As in git, a tag or branch named 2026 takes precedence over a hash that begins
// with 2026. Unlike in go-git, the beginning of several hashes is an error.
func (r *Repo) Resolve(rev string) (c Commit, err error) {
	err = r.with(func(o objects) error {
		found, err := r.resolve(o, rev)
		c = found.commit
		return err
	})
	if err != nil {
		return Commit{}, fmt.Errorf("revision %q: %w", rev, err)
	}
	return c, nil
}

func (r *Repo) resolve(o objects, rev string) (commitObject, error) {
	parts := revision.FindStringSubmatch(rev)
	if parts == nil {
		return commitObject{}, fmt.Errorf("%w: not understood", ErrRevision)
	}
	c, err := r.named(o, parts[1])
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
				c, err = o.parent(c, n)
			}
			continue
		}
		for ; n > 0 && err == nil; n-- {
			c, err = o.parent(c, 1)
		}
	}
	return c, err
}

// parent returns the nth parent of c. The first parent is 1.
func (o objects) parent(c commitObject, n int) (commitObject, error) {
	if n > len(c.parents) {
		return c, fmt.Errorf("%w: commit %s has no parent %d", ErrRevision, c.commit.Hash, n)
	}
	p, err := o.commit(c.parents[n-1])
	if errors.Is(err, plumbing.ErrObjectNotFound) {
		return p, fmt.Errorf("parent %d of commit %s is not in this clone; is it shallow?", n, c.commit.Hash)
	}
	return p, err
}

// named returns the commit of a whole hash, of a reference, or of the beginning of a
// hash. It tries them in this order.
func (r *Repo) named(o objects, name string) (commitObject, error) {
	if plumbing.IsHash(name) {
		return o.peel(plumbing.NewHash(name))
	}
	if name == "@" {
		name = "HEAD"
	}
	for _, rule := range plumbing.RefRevParseRules {
		ref, err := storer.ResolveReference(r.storage, plumbing.ReferenceName(fmt.Sprintf(rule, name)))
		if err == nil {
			return o.peel(ref.Hash())
		}
	}
	commits := map[string]commitObject{}
	if prefix := strings.ToLower(name); len(prefix) >= 4 {
		whole, err := hex.DecodeString(prefix[:len(prefix)&^1])
		if err != nil {
			return commitObject{}, ErrRevision
		}
		hashes, err := r.store.WithPrefix(whole)
		if err != nil {
			return commitObject{}, err
		}
		for _, h := range hashes {
			if !strings.HasPrefix(h.String(), prefix) {
				continue
			}
			if c, err := o.peel(h); err == nil {
				commits[c.commit.Hash] = c
			}
		}
	}
	if len(commits) > 1 {
		return commitObject{}, fmt.Errorf("%w: %d commits", ErrAmbiguous, len(commits))
	}
	for _, c := range commits {
		return c, nil
	}
	return commitObject{}, ErrRevision
}

// mostTags is how many tags may each name the next one, until one names a commit.
const mostTags = 10

// peel returns the commit h, or the commit that the annotated tag h points to.
func (o objects) peel(h plumbing.Hash) (commitObject, error) {
	for range mostTags {
		d, err := o.Find(h, limits.CommitObject)
		switch {
		case errors.Is(err, plumbing.ErrObjectNotFound):
			return commitObject{}, fmt.Errorf("object %s is not in this clone", h)
		case err != nil:
			return commitObject{}, err
		case d.Kind == plumbing.CommitObject:
			return parseCommit(h, d.Data)
		case d.Kind != plumbing.TagObject:
			return commitObject{}, fmt.Errorf("%s is a %s, not a commit", h, d.Kind)
		}
		target, ok := bytes.CutPrefix(d.Data, []byte("object "))
		if !ok || len(target) < 40 {
			return commitObject{}, fmt.Errorf("%s is a tag of nothing", h)
		}
		h = plumbing.NewHash(string(target[:40]))
	}
	return commitObject{}, fmt.Errorf("%s is a tag of too many tags", h)
}
