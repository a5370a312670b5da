// Package atom writes feeds in the Atom format (RFC 4287). It knows no domain.
//
// A feed has the date of its newest entry, so that the same entries give the same bytes.
package atom

import (
	"cmp"
	"encoding/xml"
	"io"
	"strconv"
	"time"
)

// Feed is a feed. Entries are in the order in which they are written.
type Feed struct {
	XMLName  xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	Lang     string   `xml:"xml:lang,attr"`
	ID       string   `xml:"id"`
	Title    string   `xml:"title"`
	Subtitle string   `xml:"subtitle"`
	Updated  string   `xml:"updated"` // set by Write
	Rights   string   `xml:"rights,omitempty"`
	Links    []Link   `xml:"link"`
	Entries  []Entry  `xml:"entry"`
}

// Link is a link of a feed or an entry.
type Link struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

// Entry is an entry of a feed.
type Entry struct {
	ID      string `xml:"id"`
	Title   string `xml:"title"`
	Updated Time   `xml:"updated"`
	Author  string `xml:"author>name"`
	Link    Link   `xml:"link"`
	Summary string `xml:"summary"`
}

// Time is a time that is written as RFC 3339.
type Time struct{ time.Time }

// MarshalText writes the time.
func (t Time) MarshalText() ([]byte, error) { return []byte(t.Format(time.RFC3339)), nil }

// Links returns the links of a feed: to itself, and to the page that tells the same.
func Links(self, page string) []Link {
	return []Link{{"self", "application/atom+xml", self}, Page(page)}
}

// Page returns the link to a page.
func Page(address string) Link { return Link{"alternate", "text/html", address} }

// Tag returns the id of an entry (RFC 4151). It begins with the host of the site and a year in which the
// site had it.
func Tag(host string, year int, key string) string {
	return "tag:" + cmp.Or(host, "achyk") + "," + strconv.Itoa(year) + ":" + key
}

// Write writes a feed. A feed without entries has the time empty.
func Write(w io.Writer, f Feed, empty time.Time) error {
	var newest time.Time // not always that of the first entry: a commit keeps its author's date when it is merged later
	for _, x := range f.Entries {
		if x.Updated.After(newest) {
			newest = x.Updated.Time
		}
	}
	f.Updated = cmp.Or(newest, empty).Format(time.RFC3339)
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", " ")
	return encoder.Encode(f)
}
