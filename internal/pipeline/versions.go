package pipeline

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"time"

	"achyk/internal/catalogue"
	"achyk/internal/dataset"
	"achyk/internal/diag"
	"achyk/internal/files"
	"achyk/internal/gitrepo"
	"achyk/internal/load"
	"achyk/internal/opendata"
	"achyk/internal/site/page"
)

// version is the registers as they were at a tag. Only the files are kept, which are small,
// and not the records.
type version struct {
	tag   gitrepo.Tag
	asOf  time.Time // the day of its commit
	files []versionFile
}

type versionFile struct {
	path string
	data []byte
}

// tagName is what a tag must be called to have a folder of its own in addresses.
var tagName = regexp.MustCompile(`^v[0-9A-Za-z][0-9A-Za-z._-]*$`)

// versions reads the registers of all tags that begin with v. What is published of one
// follows from its commit alone, so its files are the same in every build. They are in the
// order of their commits. A tag without data is passed over: it is of the program, or from
// before there was any.
func (s *Source) versions() ([]version, error) {
	tags, err := s.tags()
	if err != nil {
		return nil, err
	}
	var all []version
	for _, tag := range tags {
		if !tagName.MatchString(tag.Name) {
			continue
		}
		v, err := s.version(tag)
		if err != nil {
			return nil, fmt.Errorf("version %s: %w", tag.Name, err)
		}
		if len(v.files) > 0 {
			all = append(all, *v)
		}
	}
	slices.SortStableFunc(all, func(a, b version) int { return a.tag.Commit.Time.Compare(b.tag.Commit.Time) })
	return all, nil
}

// version freezes a tag, unless an earlier build has.
func (s *Source) version(tag gitrepo.Tag) (*version, error) {
	cache := s.options.Cache
	if cache == nil {
		return s.makeVersion(tag)
	}
	if v := cache.versions[tag]; v != nil {
		return v, nil
	}
	v, err := s.makeVersion(tag)
	if err != nil {
		return nil, err
	}
	if cache.versions == nil {
		cache.versions = map[gitrepo.Tag]*version{}
	}
	cache.versions[tag] = v
	return v, nil
}

// tags are those of the repository. Where a site is built again, they are those it was built
// with: their commits are there whether or not the tags still are.
func (s *Source) tags() ([]gitrepo.Tag, error) {
	if s.options.versions == nil {
		return s.git.Tags("v")
	}
	var tags []gitrepo.Tag
	for _, v := range s.options.versions {
		c, err := s.git.Resolve(v.Commit)
		if err != nil {
			return nil, fmt.Errorf("version %s: %w", v.Tag, err)
		}
		tags = append(tags, gitrepo.Tag{Name: v.Tag, Commit: c})
	}
	return tags, nil
}

// makeVersion makes the files of a tag.
func (s *Source) makeVersion(tag gitrepo.Tag) (*version, error) {
	tree, err := s.git.FS(tag.Commit)
	if err != nil {
		return nil, err
	}
	data, problems, err := load.Load(tree)
	if err != nil {
		return nil, err
	}
	unsound := map[string]bool{}
	for i := range problems {
		if problems[i].Severity() == diag.Error {
			unsound[problems[i].Register] = true
		}
	}
	v := &version{tag: tag, asOf: dayOf(tag.Commit.Time.In(data.Site.Zone()))}
	as := func(register string) []byte {
		if !unsound[register] {
			return nil
		}
		raw, err := fs.ReadFile(tree, path.Join("data", register+".csv"))
		if err != nil {
			return nil // a register made of texts: what could be read of them is what there is
		}
		return raw
	}
	index, frozenAt := files.New(), dataset.Snapshot{Data: data, AsOf: v.asOf, Commit: tag.Commit.Hash}
	if err := opendata.AddFrozen(index, frozenAt, "data/v/"+tag.Name+"/", as); err != nil {
		return nil, err
	}
	for _, f := range index.All() {
		var b bytes.Buffer
		if err := f.CopyTo(&b); err != nil {
			return nil, err
		}
		v.files = append(v.files, versionFile{f.Path, b.Bytes()})
	}
	return v, nil
}

// versionFiles returns the files of all versions.
func (h *History) versionFiles() (all []files.File) {
	for _, v := range h.Versions {
		for _, f := range v.files {
			all = append(all, files.File{Path: f.path, Write: func(w io.Writer) error {
				_, err := w.Write(f.data)
				return err
			}})
		}
	}
	return all
}

// pageVersions returns the versions as pages list them.
func (h *History) pageVersions() (all []page.Version) {
	for _, v := range h.Versions {
		all = append(all, page.Version{Tag: v.tag.Name, Commit: v.tag.Commit.Hash, Date: v.asOf})
	}
	return all
}

// catalogueVersions returns the versions as catalogues list them.
func (h *History) catalogueVersions() (all []catalogue.Version) {
	for _, v := range h.Versions {
		all = append(all, catalogue.Version{Tag: v.tag.Name, Date: v.asOf})
	}
	return all
}
