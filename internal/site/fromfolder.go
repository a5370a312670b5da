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

// FromFolder makes the links of pages name files, so that the pages can be opened from a folder. A
// server answers "ky/" with the file "ky/index.html"; a folder does not.
func FromFolder(pages []page.Page) {
	for i := range pages {
		if render := pages[i].Render; strings.HasSuffix(pages[i].Path, ".html") {
			pages[i].Render = func(b *bytes.Buffer) error {
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
	}
}
