package page

import (
	"iter"
	"sort"
)

// Pages is a list of pages. A page is made when it is asked for: all of them would be most of what the
// plan of a large site holds, and would be the same in each language but for the first segment of the address.
// The zero value is the empty list.
type Pages struct {
	N  int
	At func(i int) Page // of 0 to N-1; may be called from any goroutine
}

// Made returns a list of pages that are made already.
func Made(pages []Page) Pages { return Pages{len(pages), func(i int) Page { return pages[i] }} }

// Joined returns lists one after another as one.
func Joined(lists ...Pages) Pages {
	starts, n := make([]int, len(lists)), 0
	for i, l := range lists {
		starts[i] = n
		n += l.N
	}
	return Pages{n, func(i int) Page {
		list := sort.Search(len(starts), func(l int) bool { return starts[l] > i }) - 1 // the last that starts at i is not empty
		return lists[list].At(i - starts[list])
	}}
}

// All returns the pages with their indexes.
func (p Pages) All() iter.Seq2[int, Page] {
	return func(yield func(int, Page) bool) {
		for i := range p.N {
			if !yield(i, p.At(i)) {
				return
			}
		}
	}
}
