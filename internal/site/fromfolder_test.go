package site

import (
	"bytes"
	"testing"

	"achyk/internal/site/page"
)

// TestOfflinePages checks that links and forms which lead to a folder of the site lead to its file, also those
// to a place of the page, and that others are left alone.
func TestOfflinePages(t *testing.T) {
	for is, want := range map[string]string{
		`<a href="../osh/">`:                    `<a href="../osh/index.html">`,
		`<a href="./#norms">`:                   `<a href="./index.html#norms">`,
		`<form role="search" action="search/">`: `<form role="search" action="search/index.html">`,
		`<a href="findings.csv">`:               `<a href="findings.csv">`,
		`<a href="#norms">`:                     `<a href="#norms">`,
		`<a href="https://example.org/">`:       `<a href="https://example.org/">`,
	} {
		pages := []page.Page{{Path: "index.html", Render: func(b *bytes.Buffer) error { b.WriteString(is); return nil }}}
		var b bytes.Buffer
		if err := FromFolder(page.Made(pages)).At(0).Render(&b); err != nil || b.String() != want {
			t.Errorf("%s is written as %s, want %s (%v)", is, b.String(), want, err)
		}
	}
}
