package pipeline

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"achyk/internal/diag"
	"achyk/internal/frozen"
	"achyk/internal/gitrepo"
	"achyk/internal/history"
	"achyk/internal/jme"
	"achyk/internal/load"
	"achyk/internal/signature"
	"achyk/internal/site"
	"achyk/internal/site/page"
	"achyk/internal/stamped"
	"achyk/layouts"
)

// Cache keeps results of one build for the next build of the same repository, so that the
// preview does not read again what has not changed. Each result is stored with a key that names
// its inputs, and is used only while the key is the same. The zero value is an empty cache.
// Only one build at a time may use it.
type Cache struct {
	layouts   string // key of templates: what listFiles writes of the layouts
	templates *page.Templates

	contents stamped.Cache
	files    load.Cache

	historyOf [sha256.Size]byte // key of history; see historyKey
	history   *history.History

	versions map[gitrepo.Tag]*frozen.Version

	afterOf [2]string // key of after: hashes of the newest version and of the commit
	after   map[string]bool
}

// Forget says that a file, or something in a folder, was changed, by its path in the repository. Without it only a
// file with another size or time counts as changed.
func (c *Cache) Forget(path string) { c.contents.Forget(path) }

// parseProgram parses the layouts of the program, which are the same for all builds of a process.
var parseProgram = sync.OnceValues(func() (*page.Templates, error) { return site.Parse(layouts.Files) })

// parseLayouts parses the layouts, or returns the templates of an earlier build if the files are
// the same.
func (s *Source) parseLayouts() (*page.Templates, error) {
	files, cache := s.layouts(), s.options.Cache
	if files == layouts.Files {
		return parseProgram()
	}
	var list strings.Builder
	if err := listFiles(&list, files, ".", ""); err != nil {
		return nil, err
	}
	if cache != nil && cache.templates != nil && cache.layouts == list.String() {
		return cache.templates, nil
	}
	templates, err := site.Parse(files)
	if err == nil && cache != nil {
		cache.layouts, cache.templates = list.String(), templates
	}
	return templates, err
}

// contents returns where the bytes of the files are kept.
func (s *Source) contents() *stamped.Cache {
	if s.options.Cache == nil {
		return new(stamped.Cache)
	}
	return &s.options.Cache.contents
}

// read reads the files, but what was the same in the build before.
func (s *Source) read() (*jme.Dataset, diag.List, error) {
	if s.options.Cache == nil {
		return load.Load(s.files, signature.Check)
	}
	return s.options.Cache.files.Load(s.files, signature.Check)
}

// historyKey returns the key of Cache.history: a hash of the commit and of the schemas in the
// folder, by which records are matched.
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
