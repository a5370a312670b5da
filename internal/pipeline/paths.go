package pipeline

import (
	"fmt"
	"hash/maphash"
	"strings"

	"achyk/internal/site/page"
)

// paths finds pages by their paths. It keeps 64-bit hashes with a random seed in place of the paths, which are
// made anew with each page: the paths of 300,000 pages take 30 MB. Two paths with one hash would be taken for
// one; the chance of that is below one in ten million for a site of limits.Published files.
type paths struct {
	pages page.Pages
	seed  maphash.Seed
	at    map[uint64]int32 // index of the page; notAPage for what is neither a page nor in Plan.files
	html  int              // how many pages are HTML
	bytes int              // length of all paths together
}

// notAPage is the value in paths.at of what is not a page.
const notAPage = -1

// newPaths lists the paths of pages, and further ones. It refuses a path that stands there twice, or is taken.
func newPaths(pages page.Pages, taken func(path string) bool, further ...string) (*paths, error) {
	p := &paths{pages: pages, seed: maphash.MakeSeed(), at: make(map[uint64]int32, pages.N+len(further))}
	claim := func(path string, page int) error {
		hash := maphash.String(p.seed, path)
		if _, twice := p.at[hash]; twice || taken(path) {
			return fmt.Errorf("plan %s: two pages or files claim this path", path)
		}
		p.at[hash] = int32(page)
		p.bytes += len(path)
		return nil
	}
	for i, page := range pages.All() {
		if err := claim(page.Path, i); err != nil {
			return nil, err
		}
		if strings.HasSuffix(page.Path, ".html") {
			p.html++
		}
	}
	for _, path := range further {
		if err := claim(path, notAPage); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// have tells whether a path is among them.
func (p *paths) have(path []byte) bool {
	_, ok := p.at[maphash.Bytes(p.seed, path)]
	return ok
}

// page returns the page of a path, or false if it belongs to none.
func (p *paths) page(path string) (page.Page, bool) {
	i, ok := p.at[maphash.String(p.seed, path)]
	if !ok || i == notAPage {
		return page.Page{}, false
	}
	return p.pages.At(int(i)), true
}
