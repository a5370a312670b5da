package links

import (
	"bytes"
	"net/url"
	"strings"
)

// where is where a link leads.
type where int

const (
	within    where = iota // into the site, whether or not there is such a file
	above                  // out of the site's folder, on the same host
	elsewhere              // to another host, or to what is not a page ("mailto:")
)

// base is the address that a page's links are relative to: its own, or that of <base>.
type base struct {
	path  string // of a file of the site
	where where  // the path is known only within the site
}

// resolve finds the file that a link leads to. Within the site it appends the file's path to
// path, which is empty, and returns the id after "#". A folder stands for its index.html.
func (c *Checker) resolve(path []byte, from base, link []byte) (file, id []byte, leads where) {
	link, fragment, _ := bytes.Cut(link, []byte("#"))
	id = decoded(fragment)
	link, _, _ = bytes.Cut(link, []byte("?"))
	other := bytes.HasPrefix(link, []byte("//")) || hasScheme(link)
	link = decoded(link) // templates write the path of a base URL with percent signs, settings may not
	switch {
	case c.baseURL != "" && bytes.HasPrefix(link, []byte(c.baseURL)):
		link = link[len(c.baseURL):]
	case other:
		return path, nil, elsewhere
	case from.where == elsewhere:
		return path, nil, elsewhere
	case bytes.HasPrefix(link, []byte("/")):
		if !bytes.HasPrefix(link, []byte(c.basePath)) {
			return path, nil, above
		}
		link = link[len(c.basePath):]
	case from.where == above:
		return path, nil, above
	case len(link) == 0:
		return append(path, from.path...), id, within
	default:
		path = append(path, from.path[:strings.LastIndexByte(from.path, '/')+1]...)
	}
	path, ok := walk(path, link)
	if !ok {
		return path, nil, above
	}
	if len(path) == 0 || path[len(path)-1] == '/' {
		path = append(path, "index.html"...)
	}
	return path, id, within
}

// hasScheme tells whether an address begins with a scheme: "https:", "mailto:". The colon
// of "a/b:c" is part of a path.
func hasScheme(link []byte) bool {
	i := bytes.IndexAny(link, ":/")
	return i >= 0 && link[i] == ':'
}

// walk follows the segments of a relative path from a folder of the site, which is empty
// or ends in a slash. It fails at a ".." that leaves the site.
func walk(folder, steps []byte) (path []byte, ok bool) {
	path = folder
	for more := true; more; {
		var step []byte
		step, steps, more = bytes.Cut(steps, []byte("/"))
		switch string(step) {
		case "", ".":
		case "..":
			if len(path) == 0 {
				return path, false
			}
			path = path[:bytes.LastIndexByte(path[:len(path)-1], '/')+1]
		default:
			path = append(path, step...)
			if more {
				path = append(path, '/')
			}
		}
	}
	return path, true
}

// decoded undoes percent encoding. What is not encoded correctly stays as it is.
func decoded(s []byte) []byte {
	if bytes.IndexByte(s, '%') < 0 {
		return s
	}
	if d, err := url.PathUnescape(string(s)); err == nil {
		return []byte(d)
	}
	return s
}

// trimmed is an address as browsers read it: without space around it and without tabs and
// line breaks in it (URL Standard, 4.4).
func trimmed(address []byte) []byte {
	address = bytes.Trim(address, space)
	if !bytes.ContainsAny(address, "\t\n\r") {
		return address
	}
	return bytes.Map(func(r rune) rune {
		if strings.ContainsRune("\t\n\r", r) {
			return -1
		}
		return r
	}, address)
}
