package history

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"maps"

	"achyk/internal/gitrepo"
	"achyk/internal/signature"
)

// Version is the number of the way in which this package, and the packages below it, read
// a history and store it. Two programs with the same Version find the same changes in the
// same repository and can read each other's cache. TestVersion compares the result for a
// fixed repository with a recorded one and says when Version must be raised.
const Version = 5

// Cache keeps, from one call of Read to the next, the list of commits before a commit, the
// changes between pairs of versions, and the verdicts on signatures. All of these are found
// by hashes: the list by the hash of its first commit, the changes by the hashes of the two
// versions and the view. So a branch that was rewritten finds only what it still shares.
// The list is not used if the clone is cut off at other commits, nor the verdicts if the
// keys are others.
//
// A cache that is damaged or was written with another Key is treated as empty, so its file
// may be deleted at any time.
type Cache struct {
	Key  string        // tells programs apart that may read the same history differently; see Version
	Load func() []byte // returns what was saved last; nil if there is nothing or it cannot be read
	Save func([]byte)  // may fail silently; then the next Read takes longer

	contents
	at map[string]int // index in visited, by hash
}

// contents is what the cache stores.
type contents struct {
	cutOff   string // the commits at which a shallow clone is cut off
	visited  []visited
	deltas   map[deltaKey]*delta
	keys     [sha256.Size]byte // the sum of the keys that gave the verdicts
	verdicts map[string]signature.Verdict
}

// deltaKey is all that a delta depends on.
type deltaKey struct {
	view     [sha256.Size]byte
	old, new gitrepo.Blob
}

// visitedFrom returns the stored list of commits from the commit of that hash on.
func (c *Cache) visitedFrom(hash string) ([]visited, bool) {
	if c == nil {
		return nil, false
	}
	i, ok := c.at[hash]
	if !ok {
		return nil, false
	}
	return c.visited[i:], true
}

// delta returns a stored delta, or nil.
func (c *Cache) delta(key deltaKey) *delta {
	if c == nil {
		return nil
	}
	return c.deltas[key]
}

// verdict returns the stored verdict on the signature of the commit of that hash.
func (c *Cache) verdict(hash string) (signature.Verdict, bool) {
	if c == nil {
		return signature.Verdict{}, false
	}
	v, ok := c.verdicts[hash]
	return v, ok
}

// header is the first line of the stored file.
func (c *Cache) header() string { return fmt.Sprintf("achyk history, %s\n", c.Key) }

// load reads what was saved and keeps the parts that are valid for a clone that is cut off
// at these commits, and for these keys.
func (c *Cache) load(cutOff string, keys [sha256.Size]byte) {
	if c == nil {
		return
	}
	c.at = map[string]int{}
	stored, ok := c.open(c.Load())
	if !ok {
		stored = contents{cutOff: cutOff, keys: keys}
	}
	if stored.cutOff != cutOff {
		stored.cutOff, stored.visited = cutOff, nil
	}
	if stored.keys != keys {
		stored.keys, stored.verdicts = keys, nil
	}
	if stored.verdicts == nil {
		stored.verdicts = map[string]signature.Verdict{}
	}
	c.contents = stored
	for i, v := range stored.visited {
		c.at[v.commit.Hash] = i
	}
}

// open checks the header and the checksum of a file and decodes what is between them.
func (c *Cache) open(file []byte) (contents, bool) {
	body, ok := bytes.CutPrefix(file, []byte(c.header()))
	if !ok || len(body) < sha256.Size {
		return contents{}, false
	}
	sum := sha256.Sum256(file[:len(file)-sha256.Size])
	body, stored := body[:len(body)-sha256.Size], body[len(body)-sha256.Size:]
	if !bytes.Equal(sum[:], stored) {
		return contents{}, false
	}
	return decode(string(body))
}

// save stores what this Read used. If it read only some lineages, it also keeps the stored
// changes of the others. It saves nothing if nothing changed.
func (c *Cache) save(s *scan, read []*lineage) {
	if c == nil {
		return
	}
	list := s.visited
	if s.limited {
		list = nil // from another commit it would go further back
	}
	changed := s.verified > 0 || len(list) != len(c.visited) || len(list) > 0 && c.visited[0].commit.Hash != list[0].commit.Hash
	deltas := map[deltaKey]*delta{}
	if len(read) < len(s.lineages) {
		maps.Copy(deltas, c.deltas)
	}
	for _, l := range read {
		changed = changed || l.changed
		maps.Copy(deltas, l.deltas)
	}
	if !changed {
		return
	}
	for _, commit := range s.commits {
		if commit.Signature.Status != "" {
			c.verdicts[commit.Hash] = commit.Signature
		}
	}
	file := encode([]byte(c.header()), contents{c.cutOff, list, deltas, c.keys, c.verdicts})
	sum := sha256.Sum256(file)
	c.Save(append(file, sum[:]...))
}
