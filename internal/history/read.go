package history

import (
	"cmp"
	"runtime"
	"slices"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"achyk/internal/fault"
	"achyk/internal/gitrepo"
	"achyk/internal/jme"
	"achyk/internal/limits"
	"achyk/internal/signature"
)

// Read reads the history of the registers from tip to the first commit. The dataset gives
// the present schemas, which decide by which key rows are matched and which columns may be
// shown. With labels ("osh/findings") Read reads only those registers and verifies only
// the signatures of commits that touched them. With nil keys it verifies no signature. The
// cache may be nil.
func Read(repo *gitrepo.Repo, tip gitrepo.Commit, data *jme.Dataset, keys *signature.Keys, cache *Cache, labels ...string) (*History, error) {
	s, err := scanCommits(repo, tip, keys, cache)
	if err != nil {
		return nil, err
	}
	blobs, err := repo.Blobs()
	if err != nil {
		return nil, err
	}
	if err := s.setViews(blobs, data); err != nil {
		return nil, err
	}
	var lineages []*lineage
	for _, l := range s.lineages {
		if len(labels) == 0 || slices.Contains(labels, l.label) {
			lineages = append(lineages, l)
		}
	}
	if err := compareAll(repo, lineages, cache); err != nil {
		return nil, err
	}
	if err := s.verifySignatures(repo, keys, cache, labels); err != nil {
		return nil, err
	}
	cache.save(s, lineages)
	return &History{Commits: s.commits, Shallow: s.shallow}, nil
}

// compareAll finds the changes of all lineages. It starts with the longest ones: a long
// one that starts last would keep one processor busy while the others wait.
//
// All lineages share limits.Versions. If that does not suffice, which of them were read before
// depends on the machine. Then they are read once more, one after another, the shortest first, and
// each may take an equal part of what is left. So every machine shows the same, and one register
// with a hostile past hides nothing of those that take less than their part.
func compareAll(repo *gitrepo.Repo, lineages []*lineage, cache *Cache) error {
	longestFirst := slices.Clone(lineages)
	slices.SortStableFunc(longestFirst, func(a, b *lineage) int { return cmp.Compare(len(b.steps), len(a.steps)) })
	all := newBudget(versions)
	err := inParallel(repo, len(lineages), func(blobs *gitrepo.Blobs, i int) error {
		return longestFirst[i].compare(blobs, cache, all)
	})
	if err != nil || !all.exceeded.Load() {
		return err
	}
	blobs, err := repo.Blobs()
	left := versions
	for i, l := range slices.Backward(longestFirst) {
		part := left / int64(i+1)
		b := newBudget(part)
		l.forget()
		if err == nil {
			err = l.compare(blobs, cache, b)
		}
		left -= part - max(b.left.Load(), 0)
	}
	return err
}

// versions is limits.Versions. It is a variable so that tests can lower it.
var versions int64 = limits.Versions

// forget takes out of the touches what compare wrote.
func (l *lineage) forget() {
	for _, s := range l.steps {
		t := s.touch
		*t = Touch{Path: t.Path, Register: t.Register, From: t.From, To: t.To}
	}
}

// mostReaders is how many versions are in memory at a time.
const mostReaders = 4

// inParallel calls do(blobs, 0..n-1) from as many goroutines as there are processors, but at most
// mostReaders, and returns the first error. Each goroutine has a reader of its own, which keeps what it
// read last.
func inParallel(repo *gitrepo.Repo, n int, do func(blobs *gitrepo.Blobs, i int) error) error {
	var next atomic.Int64
	var group errgroup.Group
	for range min(runtime.GOMAXPROCS(0), mostReaders, n) {
		group.Go(func() (err error) {
			defer fault.Catch(&err)
			blobs, err := repo.Blobs()
			for err == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					break
				}
				err = do(blobs, i)
			}
			return err
		})
	}
	return group.Wait()
}

// verifySignatures verifies the signatures of the commits that touched one of the
// registers, or of all commits if there are no labels.
func (s *scan) verifySignatures(repo *gitrepo.Repo, keys *signature.Keys, cache *Cache, labels []string) error {
	var unknown []*Commit
	for _, c := range s.commits {
		if !c.Signed || len(labels) > 0 && !slices.ContainsFunc(c.Touches, func(t Touch) bool { return slices.Contains(labels, t.Register) }) {
			continue
		}
		var known bool
		if c.Signature, known = cache.verdict(c.Hash); !known {
			unknown = append(unknown, c)
		}
	}
	s.verified = len(unknown)
	return inParallel(repo, len(unknown), func(blobs *gitrepo.Blobs, i int) error {
		signed, err := blobs.Signed(unknown[i].Commit)
		if err == nil {
			unknown[i].Signature = keys.Verify(signed)
		}
		return err
	})
}
