// Package layouts holds the templates and the style of the site, so that one binary can
// build any repository. A repository with a layouts folder of its own is built with that
// instead.
//
// Each <kind>.html is executed with the struct of the same name in package site
// (list.html with site.ListView, …) and checked against it. base.html holds the parts they
// share; site.css is the style of every page, story.css what all but the registers' pages add,
// offline.css what the pages in a ZIP add.
// Words come from package locale by {{.T "…"}}; templates hold none.
package layouts

import "embed"

// Files are the templates and the style.
//
//go:embed *.html *.css
var Files embed.FS
