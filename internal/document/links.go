package document

import (
	"bytes"
	"html"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"achyk/internal/characters"
	"achyk/internal/diag"
)

// schemes are those of addresses that a link may lead to.
var schemes = []string{"http", "https", "mailto", "tel"}

// link judges the address of a link, a bare address or a picture, or returns "" for another
// node. A page loads pictures of its own site only: whoever has another one would learn who reads
// the page.
func link(n ast.Node, body []byte) (address string, code diag.Code) {
	picture := false
	switch n := n.(type) {
	case *ast.Link:
		address = string(n.Destination)
	case *ast.Image:
		address, picture = string(n.Destination), true
	case *ast.AutoLink:
		if address = string(n.URL(body)); n.AutoLinkType == ast.AutoLinkEmail {
			address = "mailto:" + strings.TrimPrefix(address, "mailto:")
		}
	}
	scheme, outside := target(address)
	switch web := scheme == "http" || scheme == "https"; {
	case picture && outside && (web || scheme == ""):
		return address, diag.ForeignPicture
	case picture && scheme != "", scheme != "" && !slices.Contains(schemes, scheme):
		return address, diag.UnsafeLink
	}
	return address, ""
}

// target returns the scheme of an address in small letters, "" if it has none, and whether the
// address lies outside of the site. The address is judged as the page has it. Browsers drop
// spaces and controls before an address and line ends within it.
func target(address string) (scheme string, outside bool) {
	address = strings.Map(func(r rune) rune {
		if r <= ' ' {
			return -1
		}
		return r
	}, html.UnescapeString(string(util.URLEscape([]byte(address), true))))
	if m := schemeForm.FindStringSubmatch(address); m != nil {
		return strings.ToLower(m[1]), true
	}
	return "", strings.HasPrefix(address, "//")
}

var schemeForm = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9+.-]*):`)

// entity returns the place of the first entity in a text that stands for a character which no
// text may hold, such as &#8238;.
func entity(body []byte) (at, end int, code diag.Code) {
	for at = 0; ; at = end {
		i := bytes.IndexByte(body[at:], '&')
		if i < 0 {
			return 0, 0, ""
		}
		at += i
		end = at + 1
		length := bytes.IndexByte(body[at:min(len(body), at+40)], ';') + 1
		if length == 0 {
			continue
		}
		if c := refused(html.UnescapeString(string(util.ResolveEntityNames(util.ResolveNumericReferences(body[at : at+length]))))); c != "" {
			return at, at + length, c
		}
	}
}

// refused returns the code of the first character of a text that is refused, or "".
func refused(text string) diag.Code {
	if _, _, code := characters.Find(text); code != "" && code.Severity() == diag.Error {
		return code
	}
	return ""
}
