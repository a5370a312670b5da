// Package guide holds the guides for those who keep registers, so that one binary puts them on every site. A
// guide is a text <name>.<language>.md, in every language of the program, with pictures that
// TestGuidePictures in internal/site/browsing makes of our own pages:
//
//	go test ./internal/site/browsing -run GuidePictures -update
//
// A label of a page is written in bold, and has to be a message of that language. /ky/desk/ in
// backquotes becomes a link on the site, and links to other guides name their files.
package guide

import "embed"

// Files are the texts and the pictures.
//
//go:embed *.md *.png
var Files embed.FS

// Names are the guides, in the order in which they are listed.
var Names = []string{"upload", "check", "correct", "photo", "scores", "letter", "year", "town"}
