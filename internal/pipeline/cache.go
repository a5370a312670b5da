package pipeline

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"strings"

	"achyk/internal/gitrepo"
	"achyk/internal/history"
	"achyk/internal/site"
	"achyk/internal/site/page"
)

// Cache is what one build leaves to the next of the same repository, so that the preview
// need not read again what has not changed. Everything in it is kept under what it depends
// on. The zero value is ready. It serves one build at a time.
type Cache struct {
	layouts   string // what listFiles says of the layouts that templates are of
	templates *page.Templates

	historyOf [sha256.Size]byte // what the history depends on; see historyKey
	history   *history.History

	versions map[gitrepo.Tag]*version

	afterOf [2]string // newest version and commit that after is about, by hash
	after   map[string]bool
}

// Templates parses the layouts, or returns those of an earlier build if the files are the
// same.
func (s *Source) templates() (*page.Templates, error) {
	files, cache := s.layouts(), s.options.Cache
	var list strings.Builder
	if err := listFiles(&list, files, ".", ""); err != nil {
		return nil, err
	}
	if cache != nil && cache.templates != nil && cache.layouts == list.String() {
		return cache.templates, nil
	}
	templates, err := site.Parse(files)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrLayouts, err)
	}
	if cache != nil {
		cache.layouts, cache.templates = list.String(), templates
	}
	return templates, nil
}

// historyKey tells apart what a history depends on: the commit, and the schemas by which
// records are matched.
func (l *Loaded) historyKey() (key [sha256.Size]byte, err error) {
	names, err := fs.Glob(l.files, "data/*/*.schema.toml")
	if err != nil {
		return key, err
	}
	all := sha256.New()
	fmt.Fprintln(all, l.commit.Hash)
	for _, name := range names {
		data, err := fs.ReadFile(l.files, name)
		if err != nil {
			return key, err
		}
		fmt.Fprintf(all, "%s %x\n", name, sha256.Sum256(data))
	}
	return [sha256.Size]byte(all.Sum(nil)), nil
}
