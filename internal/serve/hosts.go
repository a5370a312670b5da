package serve

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// hosts are the names by which the preview may be asked for.
type hosts struct {
	given string // in --addr
	port  string
	wide  bool // other computers can reach the preview
}

// hostsOf returns the hosts of a listener that was made for an address.
func hostsOf(listener net.Listener, address string) hosts {
	given, _, _ := net.SplitHostPort(address)
	ip, port, _ := net.SplitHostPort(listener.Addr().String())
	at, err := netip.ParseAddr(ip)
	return hosts{strings.ToLower(given), port, err == nil && !at.IsLoopback()}
}

// allow reports whether a request's header Host names this computer. The page of another site
// can ask for the preview by a name of its own, which leads to that site first and then here (DNS
// rebinding). The browser takes both for one site, so that page could read drafts. An address in
// numbers and localhost are never such a name.
func (h hosts) allow(host string) bool {
	name, port, err := net.SplitHostPort(host)
	if err != nil {
		name, port = strings.Trim(host, "[]"), "80"
	}
	name = strings.ToLower(name)
	if port != h.port || name == "" {
		return false
	}
	if ip, err := netip.ParseAddr(name); err == nil {
		return h.wide || ip.IsLoopback()
	}
	return name == "localhost" || name == h.given
}

// foreign reports whether a browser asks on behalf of another site, other than to follow a link.
// Such a request could take up all connections, or show by its success or size what is in the
// preview. Browsers that do not send Sec-Fetch-Site send Origin with the requests that a script
// could read.
func foreign(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "same-origin", "none":
		return false
	case "":
		origin := r.Header.Get("Origin")
		return origin != "" && origin != "http://"+r.Host
	}
	return r.Header.Get("Sec-Fetch-Mode") != "navigate" || r.Header.Get("Sec-Fetch-Dest") != "document"
}
