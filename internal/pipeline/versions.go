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
	"achyk/internal/limits"
	"achyk/internal/load"
	"achyk/internal/opendata"
	"achyk/internal/site/page"
	"achyk/internal/table"
)

// version is the registers as they were at a tag. It holds the published files, which are
// small, and not the records.
type version struct {
	tag   gitrepo.Tag
	asOf  time.Time // the day of the tag's commit
	files []versionFile
}

// versionFile is one published file of a version.
type versionFile struct {
	path string
	data []byte
}

// tagName matches the tags whose names can be a folder in an address.
var tagName = regexp.MustCompile(`^v[0-9A-Za-z][0-9A-Za-z._-]*$`)

// namesVersion tells whether the data of a tag of that name is published.
func namesVersion(tag string) bool { return tagName.MatchString(tag) && len(tag) <= limits.Name }

// versions reads the registers of all tags whose name begins with v, in the order of their
// commits. The files of a version depend on its commit alone, so they are the same in every
// build. Tags without registers are left out.
func (s *Source) versions() ([]version, error) {
	tags, err := s.tags()
	if err != nil {
		return nil, err
	}
	var all []version
	for _, tag := range tags {
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

// version returns the version of a tag, from the cache if it has it.
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

// tags returns the tags of the repository that name a version. Those of commits without data are
// left out: they mark the program, or are older than the data. For Rebuild they are the tags of
// the build record, so that one which was removed later is published again.
func (s *Source) tags() (tags []gitrepo.Tag, err error) {
	if s.options.versions == nil {
		all, err := s.git.Tags("v")
		for _, tag := range all {
			if !namesVersion(tag.Name) {
				continue
			}
			tree, err := s.git.FS(tag.Commit)
			if err != nil {
				return nil, fmt.Errorf("version %s: %w", tag.Name, err)
			}
			if _, err := fs.Stat(tree, "data"); err == nil {
				tags = append(tags, tag)
			}
		}
		return tags, err
	}
	for _, v := range s.options.versions {
		c, err := s.git.Resolve(v.Commit)
		if err != nil {
			return nil, fmt.Errorf("version %s: %w", v.Tag, err)
		}
		tags = append(tags, gitrepo.Tag{Name: v.Tag, Commit: c})
	}
	return tags, nil
}

// tooManyTags returns a finding if more tags name a version than Rebuild makes again. A site that
// has them all could not be verified.
func (s *Source) tooManyTags() (findings diag.List, err error) {
	if s.commit.Hash == "" {
		return nil, nil
	}
	tags, err := s.tags()
	if len(tags) > limits.Tags {
		findings.Add(diag.Diagnostic{Code: diag.OverLimit, Path: ".git/refs/tags", Args: diag.Args{
			"what": diag.Phrase("limit.tags"), "have": len(tags), "limit": limits.Tags, "key": "", "kind": "tags",
		}})
	}
	return findings, err
}

// makeVersion reads the commit of a tag and makes its files.
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
	committed := func(register string) []byte {
		if !unsound[register] {
			return nil
		}
		raw, err := fs.ReadFile(tree, path.Join("data", register+".csv"))
		if err != nil {
			return nil // a register that is made of documents has no CSV; it is published as far as it could be read
		}
		return raw
	}
	published := dataset.Kept(data, func(t *table.Table) bool { return unsound[t.Label] })
	index, frozenAt := files.New(), dataset.Snapshot{Data: published, AsOf: v.asOf, Commit: tag.Commit.Hash}
	if err := opendata.AddFrozen(index, frozenAt, "data/v/"+tag.Name+"/", committed); err != nil {
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
