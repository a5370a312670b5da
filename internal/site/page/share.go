package page

import (
	"net/url"
	"strings"
)

// Share is a link with which a reader tells others of a page, without a script.
type Share struct{ Name, Href string }

// Shares returns the links with which readers tell others of the page: messengers open with its
// description, which says how things stand, and its address. There are none where the site has no address.
func (b Base) Shares() []Share {
	if !strings.Contains(b.Canonical, "://") {
		return nil
	}
	text, address := escaped(b.Description), escaped(b.Canonical)
	return []Share{
		{"WhatsApp", "https://wa.me/?text=" + text + "%20" + address},
		{"Telegram", "https://t.me/share/url?url=" + address + "&text=" + text},
	}
}

// escaped escapes a text for an address. Telegram shows a plus as it is, so a space becomes %20.
func escaped(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }
