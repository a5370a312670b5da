package site

import (
	"bytes"
	"regexp"
	"strings"

	"achyk/internal/site/page"
)

// folderLink matches a link to a folder of the site, or the address of a form that leads to one, as the templates
// and Markdown write them. Links to other sites and to places of the same page are none.
var folderLink = regexp.MustCompile(`( (?:href|action)="[^":?#]*/)((?:#[^"]*)?")`)

// FromFolder returns pages whose links name files, so that they can be opened from a folder. A
// server answers "ky/" with the file "ky/index.html"; a folder does not.
func FromFolder(pages page.Pages) page.Pages {
	return page.Pages{N: pages.N, At: func(i int) page.Page {
		p := pages.At(i)
		if render := p.Render; strings.HasSuffix(p.Path, ".html") {
			p.Render = func(b *bytes.Buffer) error {
				from := b.Len()
				if err := render(b); err != nil {
					return err
				}
				made := folderLink.ReplaceAll(b.Bytes()[from:], []byte("${1}index.html${2}"))
				b.Truncate(from)
				b.Write(made)
				return nil
			}
		}
		return p
	}}
}
