package pipeline

import (
	"fmt"
	"io/fs"
	"slices"

	"achyk/internal/catalogue"
	"achyk/internal/diag"
	"achyk/internal/files"
	"achyk/internal/frozen"
	"achyk/internal/gitrepo"
	"achyk/internal/limits"
	"achyk/internal/site/page"
)

// versions reads the registers of all tags whose name begins with v, in the order of their
// commits. Tags without registers are left out.
func (s *Source) versions() ([]*frozen.Version, error) {
	tags, err := s.tags()
	if err != nil {
		return nil, err
	}
	var all []*frozen.Version
	for _, tag := range tags {
		v, err := s.version(tag)
		if err != nil {
			return nil, fmt.Errorf("version %s: %w", tag.Name, err)
		}
		if v != nil {
			all = append(all, v)
		}
	}
	slices.SortStableFunc(all, func(a, b *frozen.Version) int { return a.Tag.Commit.Made.Compare(b.Tag.Commit.Made) })
	return all, nil
}

// version returns the version of a tag, from the cache if it has it.
func (s *Source) version(tag gitrepo.Tag) (*frozen.Version, error) {
	cache := s.options.Cache
	if cache == nil {
		return s.makeVersion(tag)
	}
	if v, ok := cache.versions[tag]; ok {
		return v, nil
	}
	v, err := s.makeVersion(tag)
	if err != nil {
		return nil, err
	}
	if cache.versions == nil {
		cache.versions = map[gitrepo.Tag]*frozen.Version{}
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
			if !frozen.Names(tag.Name) {
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
func (s *Source) makeVersion(tag gitrepo.Tag) (*frozen.Version, error) {
	tree, err := s.git.FS(tag.Commit)
	if err != nil {
		return nil, err
	}
	return frozen.Make(tree, tag)
}

// versionFiles returns the files of all versions.
func (h *History) versionFiles() (all []files.File) {
	for _, v := range h.Versions {
		all = append(all, v.Files()...)
	}
	return all
}

// pageVersions returns the versions as pages list them.
func (h *History) pageVersions() (all []page.Version) {
	for _, v := range h.Versions {
		all = append(all, page.Version{Tag: v.Tag.Name, Commit: v.Tag.Commit.Hash, Date: v.AsOf})
	}
	return all
}

// catalogueVersions returns the versions as catalogues list them.
func (h *History) catalogueVersions() (all []catalogue.Version) {
	for _, v := range h.Versions {
		all = append(all, catalogue.Version{Tag: v.Tag.Name, Date: v.AsOf})
	}
	return all
}
