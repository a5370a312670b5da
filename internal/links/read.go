package links

import (
	"bytes"
	"hash/maphash"
	"strings"
)

// reader reads one page.
type reader struct {
	checker *Checker
	page    string // its path
	base    base   // what relative links are relative to
	based   bool   // a <base href> has been read

	ids     []uint64          // hashes of the page's ids
	waiting map[fragment]Link // broken unless a page has the id
	found   Broken
	path    []byte // buffer for resolve
}

// readHTML reads the ids and links of a page.
func (r *reader) readHTML(page []byte) {
	for t := range tags(page) {
		var target []byte  // the content of a <meta>
		isRefresh := false // and whether its http-equiv, which may follow, is "refresh"
		for _, a := range t.attributes {
			switch a.holds {
			case anID:
				r.ids = append(r.ids, maphash.Bytes(r.checker.seed, a.value))
			case aURL:
				r.link(a.value)
			case aBase:
				r.setBase(a.value)
			case candidates:
				for address := range srcset(string(a.value)) {
					r.link([]byte(address))
				}
			case addresses:
				for address := range bytes.FieldsSeq(a.value) {
					r.link(address)
				}
			case directive:
				isRefresh = strings.EqualFold(string(a.value), "refresh")
			case content:
				target = a.value
			}
		}
		if isRefresh {
			if address, ok := refreshed(target); ok {
				r.link([]byte(address))
			}
		}
	}
}

// setBase takes over the address of the first <base href>. HTML wants it before all links
// (HTML Standard, 4.2.3), so those before it are not judged again.
func (r *reader) setBase(address []byte) {
	if r.based {
		return
	}
	file, _, where := r.checker.resolve(nil, r.base, trimmed(address))
	r.based, r.base = true, base{string(file), where}
}

// isTop tells whether an id is that of the top of every page.
func isTop(id []byte) bool { return bytes.EqualFold(id, []byte("top")) }

// link judges a link.
func (r *reader) link(address []byte) {
	address = trimmed(address)
	file, id, where := r.checker.resolve(r.path[:0], r.base, address)
	r.path = file
	switch {
	case where == elsewhere:
	case where == above || !r.checker.has(file):
		r.found = append(r.found, Link{r.page, string(decoded(address)), NoPage})
	case len(id) > 0 && !isTop(id):
		f := fragment{maphash.Bytes(r.checker.seed, file), maphash.Bytes(r.checker.seed, id)}
		if _, known := r.waiting[f]; !known {
			r.waiting[f] = Link{r.page, string(decoded(address)), NoFragment}
		}
	}
}
