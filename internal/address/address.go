// Package address says which addresses of the web the site links to.
package address

import (
	"net/url"
	"strconv"
	"strings"

	"achyk/internal/characters"
	"achyk/internal/limits"
)

// Valid tells whether a text is the address of a page that anybody can open: http or https, a
// host, a port that a computer can have, if any, and neither a user nor a password. It has no space, control or invisible character,
// quote or angle bracket: files such as robots.txt and calendars have it in a line of its own.
func Valid(text string) bool {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil || !ValidPort(u) {
		return false
	}
	_, _, code := characters.Find(text)
	return code == "" && !strings.ContainsFunc(text, outside) && !strings.ContainsAny(u.Hostname(), "$_'(),;!*&=+~%") && u.Hostname()[0] != '.'
}

// ValidBase tells whether pages of a site can lie below an address: it is valid, not longer than
// one that verify takes, and has neither a query nor a fragment, nor a path that leads up.
func ValidBase(text string) bool {
	u, err := url.Parse(text)
	return err == nil && len(text) <= limits.Address && Valid(text) && !strings.ContainsAny(text, "?#") && !strings.Contains(u.Path+"/", "/../") && !strings.Contains(u.Path+"/", "/./")
}

// ValidPort tells whether an address has no port, or one from 1 to 65535.
func ValidPort(u *url.URL) bool {
	n, err := strconv.ParseUint(u.Port(), 10, 16)
	return u.Port() == "" || err == nil && n > 0
}

// outside tells whether a character stands in no address: browsers drop or change it.
func outside(r rune) bool {
	return r <= ' ' || strings.ContainsRune("<>\"\\^`{|}\u00A0\u3000", r)
}
