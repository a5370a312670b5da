// Package ocds publishes the contests, awards, contracts and payments of a municipality in
// the Open Contracting Data Standard 1.1 (https://standard.open-contracting.org), with its
// bids extension:
//
//	data/<municipality>/ocds/releases.json   a release package
//	data/<municipality>/ocds/records.json    a record package
//
// They are made where municipality.toml has an ocds_prefix, which the Open Contracting
// Partnership gives to each publisher. Without a prefix there can be no identifiers, so
// there are no files.
//
// A contracting process is a contest with the contracts that came of it, or a contract
// concluded directly. Its ocid is <prefix>-<municipality>.<register>.<id>.
//
// There is a release for each day on which something happened in a process: the contest was
// announced, an application came, applications were opened, the contest was decided, a
// contract was signed or came to its end, fieldwork ended, a report was delivered, money was
// paid. The release tells all that was known of the process at the end of that day. The
// registers have no day for the status of an application: releases tell it from the decision
// on, and the newest release tells it before a decision too. Everything else without a day is
// told in all releases.
//
// A release's id ends in a fingerprint of its content, so a release never changes. If a
// register changes, a release with another id replaces it; the old one stays in the history
// of the repository. Each release repeats what earlier ones say, so merging all of them gives
// the newest one, which is the compiled release of the record.
//
// A day is written as its first moment, 00:00:00, or its last, 23:59:59, by the
// municipality's own clock, as the standard asks for dates without a time. Texts are in
// Kyrgyz; translations are in fields with the suffixes _ru and _en.
//
// Invented data is marked as such in the field demonstration of packages and releases, in the
// name of the publisher, and in the title of each process.
package ocds

import (
	"io"
	"time"

	"achyk/internal/dataset"
	"achyk/internal/files"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/plainjson"
)

const bidsExtension = "https://raw.githubusercontent.com/open-contracting-extensions/ocds_bid_extension/v1.1.5/extension.json"

// Files returns both packages of each municipality that has a prefix and at least one
// process.
func Files(s dataset.Snapshot) (all []files.File) {
	for _, m := range s.Data.Municipalities {
		told := processes(s, m)
		if len(told) == 0 {
			continue
		}
		for _, name := range []string{"releases", "records"} {
			all = append(all, files.File{
				Path: path(m, name), About: files.About{Kind: kind, Municipality: m.ID, Title: locale.Same("OCDS " + name + ".json")},
				Write: func(w io.Writer) error { return write(w, s, m, told, name == "records") },
			})
		}
	}
	return all
}

// kind is the format of both packages. Its place in lists is behind the downloads that hold
// all registers.
var kind = files.Kind{Key: "ocds", Media: "application/json", IANA: true, Code: "JSON", Place: 5}

func path(m *jme.Municipality, name string) string {
	return "data/" + m.ID + "/ocds/" + name + ".json"
}

// write writes the release package of a municipality, or its record package if records is
// true. There must be at least one process.
func write(w io.Writer, s dataset.Snapshot, m *jme.Municipality, processes []process, records bool) error {
	site, base := s.Data.Site, s.Data.Site.BaseURL
	releases, who := base+path(m, "releases"), s.Publisher(m)
	p := bundle{
		URI: releases, Version: "1.1", Extensions: []string{bidsExtension},
		Publisher:     publisher{who.Name.In(site.Original()), who.Website},
		Policy:        base + site.Original().String() + "/" + m.ID + "/data/",
		Demonstration: site.Demonstration,
	}
	if site.Licence != "" {
		p.License = dataset.Licence(site.Licence).Path
	}
	if site.Demonstration {
		p.Publisher.Name += " — " + locale.For(site.Original()).T("opendata.demonstration.title")
	}
	published := processes[0].today.AddDate(0, 0, -1) // the as-of day, or the newest moment on it
	for _, process := range processes {
		told, newest := process.releases()
		if newest.After(published) {
			published = newest.In(process.zone)
		}
		if !records {
			p.Releases = append(p.Releases, told...)
			continue
		}
		r := record{OCID: told[0].OCID, Compiled: told[len(told)-1]}
		r.Compiled.Tag, r.Compiled.ID = []string{"compiled"}, r.OCID+"-"+r.Compiled.Date
		for _, x := range told {
			r.Releases = append(r.Releases, pointer{releases + "#" + x.ID, x.Date, x.Tag})
		}
		p.Records = append(p.Records, r)
	}
	if records {
		p.URI, p.Packages = base+path(m, "records"), []string{releases}
	}
	p.PublishedDate = published.Format(time.RFC3339)
	return plainjson.Indented(w, p)
}
