// Package browsing tests pages in a browser: whether they are accessible, fit on a phone, load
// quickly on a slow network, are valid HTML and can be printed. It has tests only. They are not
// in package site because they take minutes, and go test ends the tests of a package after ten
// minutes.
package browsing
