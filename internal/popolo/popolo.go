// Package popolo publishes the commissions and groups of a municipality by the Popolo
// specification 1.0.1 (https://www.popoloproject.com):
//
//	data/<municipality>/popolo.json
//
// Organizations are the panels, the bodies that formed them, and the bodies that sent a
// member. Posts are the sides of a panel. A membership is a record of panel_members, with its
// days.
//
// Of people it has the name and this public role only. Each membership has a person of its
// own: the registers do not say whether two members with one name are the same human being.
//
// Ids are like osh.panels.<id> and osh.council. The id of a body of which only the name is
// known is a hash of the name. Names are in Kyrgyz; translations are in other_names, with a
// property lang. This property and demonstration, for invented data, are ours.
package popolo

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"

	"achyk/internal/dataset"
	"achyk/internal/files"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/plainjson"
)

// kind is the format of the file. Its place in lists is behind the downloads that hold all
// registers.
var kind = files.Kind{Key: "popolo", Media: "application/json", IANA: true, Code: "JSON", Place: 7}

// Files returns the file of each municipality that has panels.
func Files(s dataset.Snapshot) (all []files.File) {
	for _, m := range s.Data.Municipalities {
		if len(m.Panels) > 0 {
			all = append(all, files.File{
				Path: "data/" + m.ID + "/popolo.json", About: files.About{Kind: kind, Municipality: m.ID, Title: locale.Same("Popolo")},
				Write: func(w io.Writer) error { return plainjson.Indented(w, documentOf(s, m)) },
			})
		}
	}
	return all
}

// These types are the JSON of the file, with fields in the order in which they are written.

type document struct {
	Demonstration bool           `json:"demonstration,omitempty"`
	Licence       string         `json:"licence,omitempty"`
	Organizations []organization `json:"organizations"`
	Posts         []post         `json:"posts"`
	Persons       []person       `json:"persons"`
	Memberships   []membership   `json:"memberships"`
}

type organization struct {
	ID             string      `json:"id"`
	Name           string      `json:"name"`
	OtherNames     []otherName `json:"other_names,omitempty"`
	Classification string      `json:"classification,omitempty"`
	ParentID       string      `json:"parent_id,omitempty"`
	Founded        string      `json:"founding_date,omitempty"`
	Dissolved      string      `json:"dissolution_date,omitempty"`
	Sources        []link      `json:"sources,omitempty"`
	Demonstration  bool        `json:"demonstration,omitempty"`
}

type otherName struct {
	Name string `json:"name"`
	Lang string `json:"lang"`
}

type link struct {
	URL string `json:"url"`
}

type post struct {
	ID             string       `json:"id"`
	Label          string       `json:"label"`
	Labels         *locale.Text `json:"labels"`
	Role           string       `json:"role"` // the side, as the register writes it
	OrganizationID string       `json:"organization_id"`
	Demonstration  bool         `json:"demonstration,omitempty"`
}

type person struct {
	ID            string `json:"id"`
	Name          string `json:"name"`
	Demonstration bool   `json:"demonstration,omitempty"`
}

type membership struct {
	ID             string `json:"id"`
	Role           string `json:"role"` // "chair" or "member"
	PersonID       string `json:"person_id"`
	OrganizationID string `json:"organization_id"`
	PostID         string `json:"post_id"`
	OnBehalfOfID   string `json:"on_behalf_of_id,omitempty"`
	Start          string `json:"start_date,omitempty"`
	End            string `json:"end_date,omitempty"`
	Sources        []link `json:"sources,omitempty"`
	Demonstration  bool   `json:"demonstration,omitempty"`
}

// builder makes the document of a municipality.
type builder struct {
	document
	m       *jme.Municipality
	site    jme.Site
	issuers map[string]string // ids of the council and the executive, by the code of decisions
}

// documentOf returns the commissions and groups of a municipality with their members.
func documentOf(s dataset.Snapshot, m *jme.Municipality) document {
	b := &builder{m: m, site: s.Data.Site, document: document{
		Demonstration: s.Data.Site.Demonstration, Licence: s.Data.Site.Licence,
		Organizations: []organization{}, Posts: []post{}, Persons: []person{}, Memberships: []membership{},
	}}
	b.issuers = map[string]string{
		"council":   b.body("council", m.Settings.Council, "council"),
		"executive": b.body("executive", m.Settings.Executive, "executive"),
	}
	for _, panel := range m.Panels {
		b.panel(panel)
		for _, member := range panel.Members {
			b.member(panel, member)
		}
	}
	return b.document
}

// body adds an organization, unless it is there already, and returns its id.
func (b *builder) body(id string, name locale.Text, classification string) string {
	id = b.m.ID + "." + id
	if !slices.ContainsFunc(b.Organizations, func(x organization) bool { return x.ID == id }) {
		b.Organizations = append(b.Organizations, organization{
			ID: id, Name: name.In(b.site.Original()), OtherNames: b.otherNames(name), Classification: classification, Demonstration: b.Demonstration,
		})
	}
	return id
}

// panel adds a panel, and a post for each of its sides that has members.
func (b *builder) panel(panel *jme.Panel) {
	kind, id := jme.Schema("panels").Column("kind").Label(panel.Kind), b.panelID(panel)
	x := organization{
		ID: id, Name: kind.In(b.site.Original()), OtherNames: b.otherNames(kind), Classification: panel.Kind,
		Founded: day(panel.Formed), Dissolved: day(panel.Dissolved), Sources: b.source("panels", panel.ID), Demonstration: b.Demonstration,
	}
	if d := panel.Decision.Get(); d != nil {
		x.ParentID = b.issuers[d.Issuer]
	}
	b.Organizations = append(b.Organizations, x)
	for _, side := range jme.Schema("panel_members").Column("side").Values {
		if slices.ContainsFunc(panel.Members, func(x *jme.Member) bool { return x.Side == side.Code }) {
			b.Posts = append(b.Posts, post{id + "." + side.Code, side.Label.In(b.site.Original()), &side.Label, side.Code, id, b.Demonstration})
		}
	}
}

// member adds a member of a panel as a person with a membership.
func (b *builder) member(panel *jme.Panel, member *jme.Member) {
	role := "member"
	if member.Chair {
		role = "chair"
	}
	id := b.m.ID + ".panel_members." + member.ID
	b.Persons = append(b.Persons, person{id, member.Name, b.Demonstration})
	x := membership{
		ID: id, Role: role, PersonID: id, OrganizationID: b.panelID(panel), PostID: b.panelID(panel) + "." + member.Side,
		Start: day(member.ValidFrom), End: day(member.ValidTo), Sources: b.source("panel_members", member.ID), Demonstration: b.Demonstration,
	}
	if !member.Organisation.IsZero() {
		x.OnBehalfOfID = b.sender(member.Organisation)
	}
	b.Memberships = append(b.Memberships, x)
}

func (b *builder) panelID(panel *jme.Panel) string { return b.m.ID + ".panels." + panel.ID }

// sender returns the id of the body that sent a member. The register panel_members has that
// body's name only.
func (b *builder) sender(name locale.Text) string {
	original := b.site.Original()
	switch name.Get(original) {
	case b.m.Settings.Council.Get(original):
		return b.issuers["council"]
	case b.m.Settings.Executive.Get(original):
		return b.issuers["executive"]
	}
	for _, x := range b.m.Organisations {
		if x.Name.Get(original) == name.Get(original) {
			return b.body("organisations."+x.ID, x.Name, x.LegalForm)
		}
	}
	sum := sha256.Sum256([]byte(name.In(original)))
	return b.body("named."+hex.EncodeToString(sum[:6]), name, "")
}

// source returns the address of a record's file, or none if the site has no address.
func (b *builder) source(register, id string) []link {
	if r, ok := b.m.Record(register, id); ok && b.site.BaseURL != "" {
		return []link{{b.site.BaseURL + "data/" + b.m.Address(r) + ".json"}}
	}
	return nil
}

// otherNames returns the translations of a name.
func (b *builder) otherNames(t locale.Text) (names []otherName) {
	for code, name := range t.Told(b.site.Further).Translations() {
		if name != t.Get(b.site.Original()) {
			names = append(names, otherName{name, code})
		}
	}
	return names
}

// day writes a day as YYYY-MM-DD, or "" if it is not known.
func day(d jme.Date) string {
	text, _ := d.MarshalText()
	return string(text)
}
