package pipeline

import (
	"bytes"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/site"
)

// brokenLinks returns the links of the repository's texts that lead to no page or file of the
// site. Links to what commits and tags make are left out if the history was not read.
func (p *Plan) brokenLinks() (broken diag.List) {
	check := p.Links()
	for _, text := range p.texts {
		for i, link := range text.Links {
			if path, _, ok := check.Leads(text.Path, link.Address); !ok && p.knows(path) {
				broken.Add(brokenLink(text, i, ""))
			}
		}
	}
	broken.Sort()
	return broken
}

// BrokenPlaces returns the links of the repository's texts that lead to a page of the site which
// lacks the place that they name. It renders the pages that such links lead to, and no others.
func (p *Plan) BrokenPlaces() (broken diag.List, err error) {
	check := p.Links()
	var page bytes.Buffer
	rendered := map[string]bool{}
	for _, text := range p.texts {
		for i, link := range text.Links {
			path, id, ok := check.Leads(text.Path, link.Address)
			if !ok || id == "" || !p.knows(path) {
				continue
			}
			if !rendered[path] {
				rendered[path] = true
				page.Reset()
				is, err := p.Page(path, &page)
				if err != nil {
					return nil, err
				}
				if is {
					check.Read(path, page.Bytes())
				}
			}
			if !check.HasPlace(path, id) {
				broken.Add(brokenLink(text, i, id))
			}
		}
	}
	broken.Sort()
	return broken, nil
}

// brokenLink reports a link by its number. place is what the page lacks that it leads to, or "" if
// there is no such page.
func brokenLink(text site.Text, number int, place string) diag.Diagnostic {
	link := text.Links[number]
	return diag.Diagnostic{
		Code: diag.BrokenLink, File: text.File, Span: link.Span, Value: link.Address,
		Args: diag.Args{"value": link.Address, "page": strings.TrimSuffix(text.Path, "index.html"), "place": place},
	}
}

// knows tells whether it is known what the site has at a path: commits and tags make some pages and
// files, and the history may not have been read.
func (p *Plan) knows(path string) bool { return p.whole || !ofHistory(path) }

// ofHistory tells whether commits and tags make what is at a path. A regular expression would take a third of
// a millisecond for a path of 2,000 letters, and a text can have many links to it.
func ofHistory(path string) bool {
	return strings.HasPrefix(path, "feeds/") || strings.HasPrefix(path, "data/v/") ||
		strings.Contains("/"+path, "/changes/") || strings.Contains("/"+path, "/changes.")
}
