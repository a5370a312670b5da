package site

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"net/url"
	"strconv"
	"strings"
	"time"

	"achyk/internal/locale"
)

// feed is a municipality's changes as Atom (RFC 4287), newest first.
func (e *edition) feed(t *town, entries []entry) Page {
	m := t.Municipality
	path := feedPath(m, e.lang)
	return Page{Path: path, Render: func(b *bytes.Buffer) error {
		base := e.Data.Site.BaseURL
		absolute := func(p string) string { return base + p }
		host := "achyk"
		if u, err := url.Parse(base); err == nil && u.Host != "" {
			host = u.Hostname()
		}
		f := atomFeed{
			Lang: e.lang.String(), Title: e.T("site.changes.title") + " — " + m.Settings.Name.In(e.lang), Subtitle: e.T("site.changes.lead"),
			ID: base + path, Rights: e.Data.Site.Licence,
			Links: []atomLink{{"self", "application/atom+xml", base + path}, {"alternate", "text/html", e.to(absolute, changesPath(m, ""))}},
		}
		if e.Data.Site.Demonstration {
			f.Subtitle = e.T("site.demo") + " " + f.Subtitle
		}
		var newest time.Time // not always the first: a commit has its author's date, and may be merged later
		room := 10 * mostOfPage
		for _, x := range entries[:min(len(entries), perChanges)] {
			when := x.commit.Time
			if when.IsZero() {
				when = e.today()
			}
			if when.After(newest) {
				newest = when
			}
			v := e.changedRegister(x, &room, absolute)
			item := atomEntry{
				Title: v.Register.Text.String() + ": " + x.commit.Subject, Updated: when.Format(time.RFC3339), Author: cmp.Or(x.commit.Author, m.Settings.Name.In(e.lang)),
				ID:   "tag:" + host + "," + strconv.Itoa(when.Year()) + ":" + x.commit.Hash + "/" + x.touch.Register + "/" + e.lang.String(),
				Link: atomLink{"alternate", "text/html", e.to(absolute, changesPath(m, x.reg.Schema.Name))},
			}
			var summary []string
			for _, c := range v.Counts {
				summary = append(summary, c.Label+": "+c.Count)
			}
			for _, r := range v.Records {
				for _, c := range r.Cells {
					summary = append(summary, r.Link.Text.String()+", "+c.Title+": "+cmp.Or(c.Old.Text, "—")+" → "+cmp.Or(c.New.Text, "—"))
				}
			}
			if s := x.commit.Signature; s.Status != "" {
				summary = append(summary, e.F("signature."+string(s.Status), locale.Args{"Signer": s.Signer}))
			}
			if v.Problem != "" {
				summary = append(summary, v.Problem)
			}
			item.Summary = strings.Join(summary, "\n")
			f.Entries = append(f.Entries, item)
		}
		f.Updated = cmp.Or(newest, e.today()).Format(time.RFC3339)
		b.WriteString(xml.Header)
		encoder := xml.NewEncoder(b)
		encoder.Indent("", " ")
		return encoder.Encode(f)
	}}
}

type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang     string      `xml:"xml:lang,attr"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle"`
	Updated  string      `xml:"updated"`
	Rights   string      `xml:"rights,omitempty"`
	Links    []atomLink  `xml:"link"`
	Entries  []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Author  string   `xml:"author>name"`
	Link    atomLink `xml:"link"`
	Summary string   `xml:"summary"`
}
