package opendata

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"

	"achyk/internal/files"
	"achyk/internal/jme"
	"achyk/internal/locale"
)

// popoloForm holds the commissions and groups of a municipality by the Popolo specification
// 1.0.1 (https://www.popoloproject.com). Organizations are the panels, the bodies that formed
// them, and the bodies that sent a member. Posts are the sides of a panel. A membership is a
// record of panel_members, with its days.
//
// Of people it has the name and this public role only. Each membership has a person of its
// own: the registers do not say whether two members with one name are the same human being.
//
// Ids are like osh.panels.<id> and osh.council. The id of a body of which only the name is
// known is a hash of the name. Names are in Kyrgyz; translations are in other_names, with a
// property lang. This property and demonstration, for invented data, are ours.
var popoloForm = form[*whole]{
	Kind: files.Kind{Key: "popolo", Media: "application/json", IANA: true, Code: "JSON", Place: 7},
	file: "popolo.json", title: titled("Popolo"),
	applies: func(w *whole) bool { return len(w.m.Panels) > 0 },
	write:   (*whole).panels,
}

type popolo struct {
	Demonstration bool                 `json:"demonstration,omitempty"`
	Licence       string               `json:"licence,omitempty"`
	Organizations []popoloOrganization `json:"organizations"`
	Posts         []popoloPost         `json:"posts"`
	Persons       []popoloPerson       `json:"persons"`
	Memberships   []popoloMembership   `json:"memberships"`
}

type popoloOrganization struct {
	ID             string       `json:"id"`
	Name           string       `json:"name"`
	OtherNames     []popoloName `json:"other_names,omitempty"`
	Classification string       `json:"classification,omitempty"`
	ParentID       string       `json:"parent_id,omitempty"`
	Founded        string       `json:"founding_date,omitempty"`
	Dissolved      string       `json:"dissolution_date,omitempty"`
	Sources        []popoloLink `json:"sources,omitempty"`
	Demonstration  bool         `json:"demonstration,omitempty"`
}

type popoloName struct {
	Name string `json:"name"`
	Lang string `json:"lang"`
}

type popoloLink struct {
	URL string `json:"url"`
}

type popoloPost struct {
	ID             string       `json:"id"`
	Label          string       `json:"label"`
	Labels         *locale.Text `json:"labels"`
	Role           string       `json:"role"` // the side, as the register writes it
	OrganizationID string       `json:"organization_id"`
	Demonstration  bool         `json:"demonstration,omitempty"`
}

type popoloPerson struct {
	ID            string `json:"id"`
	Name          string `json:"name"`
	Demonstration bool   `json:"demonstration,omitempty"`
}

type popoloMembership struct {
	ID             string       `json:"id"`
	Role           string       `json:"role"` // "chair" or "member"
	PersonID       string       `json:"person_id"`
	OrganizationID string       `json:"organization_id"`
	PostID         string       `json:"post_id"`
	OnBehalfOfID   string       `json:"on_behalf_of_id,omitempty"`
	Start          string       `json:"start_date,omitempty"`
	End            string       `json:"end_date,omitempty"`
	Sources        []popoloLink `json:"sources,omitempty"`
	Demonstration  bool         `json:"demonstration,omitempty"`
}

// panels writes the commissions and groups of a municipality with their members.
func (t town) panels(w io.Writer) error {
	m, invented := t.m, t.invented()
	p := popolo{Demonstration: invented, Licence: t.Data.Site.Licence,
		Organizations: []popoloOrganization{}, Posts: []popoloPost{}, Persons: []popoloPerson{}, Memberships: []popoloMembership{}}
	add := func(id string, name locale.Text, classification string) string {
		id = m.ID + "." + id
		if !slices.ContainsFunc(p.Organizations, func(x popoloOrganization) bool { return x.ID == id }) {
			p.Organizations = append(p.Organizations, popoloOrganization{
				ID: id, Name: name.In(locale.Ky), OtherNames: otherNames(name), Classification: classification, Demonstration: invented,
			})
		}
		return id
	}
	issuers := map[string]string{
		"council":   add("council", m.Settings.Council, "council"),
		"executive": add("executive", m.Settings.Executive, "executive"),
	}
	source := func(register, id string) []popoloLink {
		if r, ok := m.Record(register, id); ok && t.Data.Site.BaseURL != "" {
			return []popoloLink{{t.Data.Site.BaseURL + "data/" + m.Address(r) + ".json"}}
		}
		return nil
	}
	// sender returns the id of the body that sent a member. The register panel_members has
	// that body's name only.
	sender := func(name locale.Text) string {
		switch name.Ky {
		case m.Settings.Council.Ky:
			return issuers["council"]
		case m.Settings.Executive.Ky:
			return issuers["executive"]
		}
		for _, x := range m.Organisations {
			if x.Name.Ky == name.Ky {
				return add("organisations."+x.ID, x.Name, x.LegalForm)
			}
		}
		sum := sha256.Sum256([]byte(name.In(locale.Ky)))
		return add("named."+hex.EncodeToString(sum[:6]), name, "")
	}
	kinds, sides := jme.Schema("panels").Column("kind"), jme.Schema("panel_members").Column("side")
	for _, panel := range m.Panels {
		kind, id := kinds.Label(panel.Kind), m.ID+".panels."+panel.ID
		x := popoloOrganization{
			ID: id, Name: kind.Ky, OtherNames: otherNames(kind), Classification: panel.Kind,
			Founded: day(panel.Formed), Dissolved: day(panel.Dissolved), Sources: source("panels", panel.ID), Demonstration: invented,
		}
		if d := panel.Decision.Get(); d != nil {
			x.ParentID = issuers[d.Issuer]
		}
		p.Organizations = append(p.Organizations, x)
		for _, side := range sides.Values {
			if slices.ContainsFunc(panel.Members, func(x *jme.Member) bool { return x.Side == side.Code }) {
				p.Posts = append(p.Posts, popoloPost{id + "." + side.Code, side.Label.Ky, &side.Label, side.Code, id, invented})
			}
		}
		for _, member := range panel.Members {
			role := "member"
			if member.Chair {
				role = "chair"
			}
			person := m.ID + ".panel_members." + member.ID
			p.Persons = append(p.Persons, popoloPerson{person, member.Name, invented})
			x := popoloMembership{
				ID: person, Role: role, PersonID: person, OrganizationID: id, PostID: id + "." + member.Side,
				Start: day(member.ValidFrom), End: day(member.ValidTo), Sources: source("panel_members", member.ID), Demonstration: invented,
			}
			if !member.Organisation.IsZero() {
				x.OnBehalfOfID = sender(member.Organisation)
			}
			p.Memberships = append(p.Memberships, x)
		}
	}
	return Indented(w, p)
}

// otherNames returns the translations of a name.
func otherNames(t locale.Text) (names []popoloName) {
	for _, l := range []locale.Lang{locale.Ru, locale.En} {
		if name := t.Get(l); name != "" && name != t.Ky {
			names = append(names, popoloName{name, l.String()})
		}
	}
	return names
}

// day writes a day as YYYY-MM-DD, or "" if it is not known.
func day(d jme.Date) string {
	text, _ := d.MarshalText()
	return string(text)
}
