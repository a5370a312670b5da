// Package browsing tests pages in a browser: that they are accessible, narrow enough for a
// phone, quick on a slow network, valid HTML, and printable. It has tests only. They stand
// apart from those of package site because they take minutes, and Go ends a package's
// tests after ten.
package browsing
