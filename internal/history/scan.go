package history

import (
	"path"
	"slices"
	"strings"

	"achyk/internal/gitrepo"
	"achyk/internal/limits"
	"achyk/internal/regular"
	"achyk/internal/signature"
)

// scan is what the commits from the tip to the first one touched, before any version of a
// register is read.
type scan struct {
	commits  []*Commit
	shallow  bool
	limited  bool // older commits are left out because of limits
	lineages []*lineage
	schemas  map[string][]gitrepo.Blob // the versions of schema files, by register

	visited  []visited // the same commits as the cache stores them
	verified int       // number of signatures that were not in the cache
}

// visited is one commit of the scan. Of a commit that touched no register and no schema
// only the hash is kept.
type visited struct {
	commit gitrepo.Commit
	files  []changedFile
	cost   int  // see limits.Walk
	cut    bool // the commit before it exceeds a limit
}

// changedFile is a register or schema file that a commit changed. For a moved file Old is
// the content at the path it was moved from.
type changedFile struct {
	gitrepo.FileChange
	movedFrom string
	movedTo   string
}

// lineage is the versions of one register, newest first, at whatever path the file was.
type lineage struct {
	label string
	paths []string // all paths that the file ever had
	view  *view
	steps []step

	deltas  map[deltaKey]*delta // of its steps
	changed bool                // some deltas were not in the cache
}

// step is the change from one version of a register to the next.
type step struct {
	touch    *Touch
	old, new gitrepo.Blob
}

// Registers and their schemas are files of this folder and of the folders in it.
const (
	dir          = "data"
	csvEnding    = ".csv"
	schemaEnding = ".schema.toml"
)

// label returns the label of the register that a file holds or describes: "osh/findings",
// "calendar". It returns false for other files, for hidden files and for the lock files of
// Excel ("~$findings.csv").
func label(name, ending string) (string, bool) {
	name, ok := strings.CutPrefix(name, dir+"/")
	name, isFile := strings.CutSuffix(name, ending)
	return name, ok && isFile && strings.Count(name, "/") <= 1 && !regular.Ignored(path.Base(name))
}

// scanCommits lists the commits from tip to the first one. It stops at the first commit
// that the cache knows, and takes the rest from the cache.
func scanCommits(repo *gitrepo.Repo, tip gitrepo.Commit, keys *signature.Keys, cache *Cache) (*scan, error) {
	cutOff, err := repo.Shallow()
	if err != nil {
		return nil, err
	}
	cache.load(strings.Join(cutOff, " "), keys.Sum())
	blobs, err := repo.Blobs()
	if err != nil {
		return nil, err
	}
	s := &scan{schemas: map[string][]gitrepo.Blob{}}
	left := limits.Walk
	for st, err := range repo.Walk(tip, dir, registerOrSchema) {
		if err != nil {
			return nil, err
		}
		if known, ok := cache.visitedFrom(st.Commit.Hash); ok {
			s.visited = append(s.visited, known...)
			break
		}
		v, err := visit(st, blobs)
		if err != nil {
			return nil, err
		}
		s.visited = append(s.visited, v)
		if left -= v.cost; left < 0 || len(s.visited) > limits.Commits {
			break
		}
	}
	s.limit()
	s.shallow = s.limited || slices.ContainsFunc(s.visited, func(v visited) bool { return v.cut || slices.Contains(cutOff, v.commit.Hash) })
	s.group()
	return s, nil
}

// registerOrSchema reports whether a file holds or describes a register.
func registerOrSchema(name string) bool {
	_, register := label(name, csvEnding)
	_, schema := label(name, schemaEnding)
	return register || schema
}

// limit leaves out the oldest commits beyond the limits, whether they were read or came from the
// cache. So both give the same history.
func (s *scan) limit() {
	left := limits.Walk
	for i, v := range s.visited {
		if left -= v.cost; left < 0 || i == limits.Commits {
			s.visited, s.limited = s.visited[:max(i, 1)], true
			return
		}
	}
}

// visit keeps what a commit changed.
func visit(s gitrepo.Step, blobs *gitrepo.Blobs) (visited, error) {
	v := visited{commit: s.Commit, cost: s.Read + 2000*len(s.Changes), cut: s.Cut}
	for _, c := range s.Changes {
		v.files = append(v.files, changedFile{FileChange: c})
	}
	if len(v.files) == 0 {
		v.commit = gitrepo.Commit{Hash: s.Commit.Hash}
		return v, nil
	}
	compared, err := findMoves(v.files, blobs)
	v.cost += 16*(len(v.commit.Subject)+len(v.commit.Body)) + 8*compared
	return v, err
}

// group turns the visited commits into commits with touches, and into lineages.
func (s *scan) group() {
	at := map[string]*lineage{} // by the path at the commit in question
	for _, v := range s.visited {
		c := &Commit{Commit: v.commit}
		for _, f := range v.files {
			if register, ok := label(f.Path, schemaEnding); ok {
				s.schemas[register] = append(s.schemas[register], f.New, f.Old)
				continue
			}
			c.Touches = append(c.Touches, Touch{Path: f.Path, From: f.movedFrom, To: f.movedTo})
		}
		if len(c.Touches) == 0 {
			continue
		}
		s.commits = append(s.commits, c)
		n := 0
		for _, f := range v.files {
			if _, ok := label(f.Path, csvEnding); !ok {
				continue
			}
			touch := &c.Touches[n]
			n++
			if f.movedTo == "" {
				s.extend(at, touch, f)
			}
		}
		for i, t := range c.Touches {
			if t.To != "" {
				c.Touches[i].Register = at[t.Path].label
			}
		}
	}
}

// extend adds a version to the lineage of the file's path, or begins a lineage. After a
// move the lineage goes on at the path that the file was moved from.
func (s *scan) extend(at map[string]*lineage, touch *Touch, f changedFile) {
	l := at[f.Path]
	if l == nil {
		l = &lineage{paths: []string{f.Path}}
		l.label, _ = label(f.Path, csvEnding)
		s.lineages, at[f.Path] = append(s.lineages, l), l
	}
	touch.Register = l.label
	l.steps = append(l.steps, step{touch, f.Old, f.New})
	if f.movedFrom != "" {
		delete(at, f.Path)
		at[f.movedFrom] = l
		l.paths = append(l.paths, f.movedFrom)
	}
}
