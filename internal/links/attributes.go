package links

import (
	"iter"
	"regexp"
	"strings"
)

// meaning is what the value of an attribute is, for this package.
type meaning int

const (
	nothing    meaning = iota // no link and no id
	anID                      // the name of a place within the page
	aURL                      // one address
	aBase                     // the address that relative links are relative to
	candidates                // addresses of pictures, with their widths
	addresses                 // several addresses, with spaces between them
	directive                 // of <meta>: what its content is
	content                   // of <meta>: an address, if it is a refresh
)

// holds tells what an attribute holds; the names are in lower case. An attribute that holds
// an address on one element holds one on every other, but for those named with their element.
// They are the attributes of type URL of the HTML Standard, xlink:href of SVG, and
// background and longdesc of older HTML.
func holds(element, attribute []byte) meaning {
	switch string(attribute) {
	case "id":
		return anID
	case "href":
		if string(element) == "base" {
			return aBase
		}
		return aURL
	case "src", "action", "formaction", "poster", "cite", "xlink:href", "background", "longdesc":
		return aURL
	case "srcset", "imagesrcset":
		return candidates
	case "ping":
		return addresses
	case "name":
		if string(element) == "a" { // HTML 4's way to name a place, which browsers still follow
			return anID
		}
	case "data":
		if string(element) == "object" {
			return aURL
		}
	case "http-equiv":
		return directive
	case "content":
		if string(element) == "meta" {
			return content
		}
	}
	return nothing
}

const space = " \t\n\f\r" // ASCII whitespace of the HTML Standard

// srcset returns the addresses of an attribute such as "a.png 1x, b.png 2x" (HTML Standard,
// 4.8.4.3.5). An address may contain commas, but not begin or end with one.
func srcset(value string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for {
			value = strings.TrimLeft(value, space+",")
			if value == "" {
				return
			}
			end := strings.IndexAny(value, space)
			if end < 0 {
				end = len(value)
			}
			address := value[:end]
			value = value[end:]
			if bare := strings.TrimRight(address, ","); bare != address {
				address = bare // a comma at once: no width
			} else if comma := strings.IndexByte(value, ','); comma >= 0 {
				value = value[comma:]
			} else {
				value = ""
			}
			if !yield(address) {
				return
			}
		}
	}
}

// refreshContent is the content of <meta http-equiv="refresh"> (HTML Standard, 4.2.5.3):
// "5", "0; url=../a/", "0;URL='../a/'".
var refreshContent = regexp.MustCompile(`(?is)^\s*[\d.]+\s*[;,\s]\s*(?:url\s*=\s*)?(?:"([^"]*)|'([^']*)|([^"'].*))`)

// refreshed returns the address that a page is refreshed from, and whether there is one
// other than its own.
func refreshed(content []byte) (address string, ok bool) {
	m := refreshContent.FindSubmatch(content)
	if m == nil {
		return "", false
	}
	return string(m[1]) + string(m[2]) + string(m[3]), true
}
