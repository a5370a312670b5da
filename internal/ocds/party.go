package ocds

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

// party names an organisation that has a role, and notes it.
func (t *telling) party(id string, called locale.Text, role string, complete func(*party)) *ref {
	ref := &ref{t.m.ID + "." + id, called.In(locale.Ky)}
	if !t.role(ref, role) {
		p := &party{ID: ref.ID, name: name(called), Roles: []string{role}}
		p.Ky = ref.Name
		if complete != nil {
			complete(p)
		}
		t.parties = append(t.parties, p)
	}
	return ref
}

// role adds a role of a party, and tells whether there is that party.
func (t *telling) role(ref *ref, role string) bool {
	for _, p := range t.parties {
		if p.ID == ref.ID {
			if !slices.Contains(p.Roles, role) {
				p.Roles = append(p.Roles, role)
			}
			return true
		}
	}
	return false
}

// body is the council, whose order is carried out, or the executive.
func (t *telling) body(issuer, role string) *ref {
	if issuer == "executive" {
		return t.party("executive", t.m.Settings.Executive, role, nil)
	}
	return t.party("council", t.m.Settings.Council, role, nil)
}

// funder is a donor, whom the registers know by name only.
func (t *telling) funder(name, role string) *ref {
	sum := sha256.Sum256([]byte(name))
	return t.party("funder."+hex.EncodeToString(sum[:6]), locale.Text{Ky: name}, role, nil)
}

// organisation is one of the register. The number of a person in business is not passed on.
func (t *telling) organisation(o *jme.Organisation, role string) *ref {
	if o == nil {
		return nil
	}
	return t.party("organisations."+o.ID, o.Name, role, func(p *party) {
		if o.RegistryNumber != "" && o.LegalForm != "individual-entrepreneur" {
			p.Identifier = &identifier{o.RegistryNumber, o.Name.In(locale.Ky)}
		}
		if o.Website != "" {
			p.Contact = &contact{o.Website}
		}
	})
}

func (t *telling) supplier(o *jme.Organisation) []*ref {
	if x := t.organisation(o, "supplier"); x != nil {
		return []*ref{x}
	}
	return nil
}
