package build

import (
	"bytes"
	"cmp"
	"hash/maphash"
	"html"
	"net/url"
	"slices"
	"strings"
	"sync"

	"achyk/internal/locale"
)

// links checks that every link within the site leads somewhere. Pages are read as they
// are rendered, by many goroutines, and forgotten: a link to a page or file is judged at
// once, since the plan knows all paths; only a link to a place within another page (its
// fragment) waits until that page has been read.
//
// No HTML parser is needed. The templates and goldmark write attributes as ` name="value"`
// and never a bare quote in text, so that a quoted value read to its end keeps the reader
// outside of values.
type links struct {
	plan     *Plan
	basePath string // of the base URL: "/" or "/some/folder/"
	seed     maphash.Seed

	mu      sync.Mutex
	ids     map[string][]uint64     // by page, hashes of its ids
	waiting map[fragment]BrokenLink // broken unless the page has the id; of the first page that has it
	found   BrokenLinks
}

type fragment struct {
	page string
	id   uint64
}

func (p *Plan) links() *links {
	l := &links{plan: p, basePath: "/", seed: maphash.MakeSeed(), ids: map[string][]uint64{}, waiting: map[fragment]BrokenLink{}}
	if u, err := url.Parse(p.baseURL); err == nil && u.Path != "" {
		l.basePath = u.Path
	}
	return l
}

// read notes the ids of a page and judges its links.
func (l *links) read(page string, data []byte) {
	if !strings.HasSuffix(page, ".html") {
		return
	}
	var ids []uint64
	var found BrokenLinks
	waiting := map[fragment]BrokenLink{}
	var path []byte
	for rest := data; ; {
		i := bytes.Index(rest, []byte(`="`))
		if i < 0 {
			break
		}
		name, value := rest[:i], rest[i+2:]
		end := bytes.IndexByte(value, '"')
		if end < 0 {
			break
		}
		value, rest = value[:end], value[end+1:]
		switch {
		case ends(name, "id"):
			ids = append(ids, maphash.Bytes(l.seed, unescaped(value)))
		case ends(name, "href"), ends(name, "src"), ends(name, "action"):
			var place []byte
			var internal bool
			path, place, internal = l.resolve(path[:0], page, unescaped(value))
			if !internal {
				continue
			}
			if _, ok := l.plan.paths[string(path)]; !ok {
				found = append(found, BrokenLink{page, string(decoded(unescaped(value))), NoPage})
			} else if len(place) > 0 {
				f := fragment{string(path), maphash.Bytes(l.seed, place)}
				waiting[f] = BrokenLink{page, string(decoded(unescaped(value))), NoFragment}
			}
		}
	}
	for f := range waiting {
		if f.page == page && slices.Contains(ids, f.id) {
			delete(waiting, f)
		}
	}

	l.mu.Lock()
	defer l.mu.Unlock()
	l.ids[page] = ids
	l.found = append(l.found, found...)
	for f, b := range waiting {
		if first, ok := l.waiting[f]; !ok || b.Page < first.Page {
			l.waiting[f] = b
		}
	}
}

// ends tells whether text ends with the name of an attribute.
func ends(text []byte, attribute string) bool {
	i := len(text) - len(attribute)
	return i > 0 && string(text[i:]) == attribute && (text[i-1] == ' ' || text[i-1] == '\n')
}

// unescaped is the value of an attribute.
func unescaped(value []byte) []byte {
	if bytes.IndexByte(value, '&') < 0 {
		return value
	}
	return []byte(html.UnescapeString(string(value)))
}

// resolve appends to path the path of the file a link leads to, and returns the place
// within it. A link that leaves the site is not internal.
func (l *links) resolve(path []byte, page string, link []byte) (file, place []byte, internal bool) {
	if i := bytes.IndexByte(link, '#'); i >= 0 {
		link, place = link[:i], decoded(link[i+1:])
	}
	if i := bytes.IndexByte(link, '?'); i >= 0 {
		link = link[:i]
		if len(link) == 0 {
			return append(path, page...), place, true
		}
	}
	switch {
	case len(link) == 0:
		return append(path, page...), place, true
	case bytes.HasPrefix(link, []byte(l.plan.baseURL)):
		link = link[len(l.plan.baseURL):]
	case bytes.HasPrefix(link, []byte("//")):
		return path, nil, false
	case link[0] == '/':
		if !bytes.HasPrefix(link, []byte(l.basePath)) {
			return append(path, link...), nil, true // above the site: no such file
		}
		link = link[len(l.basePath):]
	default:
		if i := bytes.IndexAny(link, ":/"); i >= 0 && link[i] == ':' {
			return path, nil, false // a scheme: https, mailto
		}
		path = append(path, page[:strings.LastIndexByte(page, '/')+1]...)
	}
	link = decoded(link)
	for {
		segment, rest, more := bytes.Cut(link, []byte("/"))
		switch string(segment) {
		case "", ".":
		case "..":
			if len(path) == 0 {
				return append(path, link...), nil, true // above the site: no such file
			}
			path = path[:bytes.LastIndexByte(path[:len(path)-1], '/')+1]
		default:
			path = append(path, segment...)
			if more {
				path = append(path, '/')
			}
		}
		if !more {
			break
		}
		link = rest
	}
	if len(path) == 0 || path[len(path)-1] == '/' {
		path = append(path, "index.html"...)
	}
	return path, place, true
}

// decoded undoes percent encoding.
func decoded(s []byte) []byte {
	if bytes.IndexByte(s, '%') < 0 {
		return s
	}
	if d, err := url.PathUnescape(string(s)); err == nil {
		return []byte(d)
	}
	return s
}

// broken is what does not hold, once all pages have been read.
func (l *links) broken() BrokenLinks {
	broken := l.found
	for f, b := range l.waiting {
		if ids, isPage := l.ids[f.page]; isPage && !slices.Contains(ids, f.id) {
			broken = append(broken, b)
		}
	}
	for i := range l.plan.pages {
		page := l.plan.pages[i].Path
		lang, rest := splitLang(page)
		if lang == "" {
			continue
		}
		for _, other := range locale.Langs {
			if !l.plan.Has(other.String() + rest) {
				broken = append(broken, BrokenLink{page, other.String() + rest, NoLanguage})
			}
		}
	}
	slices.SortFunc(broken, func(a, b BrokenLink) int {
		return cmp.Or(cmp.Compare(a.Page, b.Page), cmp.Compare(a.Link, b.Link), cmp.Compare(a.What, b.What))
	})
	return slices.Compact(broken)
}
