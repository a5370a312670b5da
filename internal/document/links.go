package document

import (
	"bytes"
	"html"
	"net/url"
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
		address = written(n.Destination)
	case *ast.Image:
		address, picture = written(n.Destination), true
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

// written returns an address as the renderer writes it, without the escapes of HTML.
func written(destination []byte) string {
	escaped := string(util.URLEscape(destination, true))
	if plain, err := url.PathUnescape(escaped); err == nil {
		return html.UnescapeString(plain)
	}
	return html.UnescapeString(escaped)
}

// target returns the scheme of an address in small letters, "" if it has none, and whether the
// address lies outside of the site. Browsers drop spaces and controls before an address and line
// ends within it, and take \ for /.
func target(address string) (scheme string, outside bool) {
	address = strings.Map(func(r rune) rune {
		switch {
		case r == '\\':
			return '/'
		case r <= ' ':
			return -1
		}
		return r
	}, address)
	if before, _, found := strings.Cut(address, ":"); found && !strings.ContainsAny(before, "/?#") {
		return strings.ToLower(before), true
	}
	return "", strings.HasPrefix(address, "//")
}

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
