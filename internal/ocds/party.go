package ocds

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

// party enters an organisation with a role in the list of parties and returns a reference to
// it. If it is new in the list, complete adds what else is known of it; nil adds nothing.
func (t *telling) party(id string, called locale.Text, role string, complete func(*party)) *ref {
	ref := &ref{t.m.ID + "." + id, called.In(t.site.Original())}
	if !t.role(ref, role) {
		p := &party{ID: ref.ID, name: name(t.say(called)), Roles: []string{role}}
		p.Original = ref.Name
		if complete != nil {
			complete(p)
		}
		t.parties = append(t.parties, p)
	}
	return ref
}

// role adds a role to a party, and returns false if the list has no such party.
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

// body enters the body that issued a decision: the executive, or else the council.
func (t *telling) body(issuer, role string) *ref {
	if issuer == "executive" {
		return t.party("executive", t.m.Settings.Executive, role, nil)
	}
	return t.party("council", t.m.Settings.Council, role, nil)
}

// funder enters a donor. The registers have only its name, so its id is a hash of that.
func (t *telling) funder(name, role string) *ref {
	sum := sha256.Sum256([]byte(name))
	return t.party("funder."+hex.EncodeToString(sum[:6]), locale.Text{Ky: name}, role, nil)
}

// organisation enters an organisation of the register, and returns nil for nil. The registry
// number of an individual entrepreneur identifies a person and is left out.
func (t *telling) organisation(o *jme.Organisation, role string) *ref {
	if o == nil {
		return nil
	}
	return t.party("organisations."+o.ID, o.Name, role, func(p *party) {
		if o.RegistryNumber != "" && o.LegalForm != "individual-entrepreneur" {
			p.Identifier = &identifier{o.RegistryNumber, o.Name.In(t.site.Original())}
		}
		if o.Website != "" {
			p.Contact = &contact{o.Website}
		}
	})
}

// supplier enters the organisation that a contract was concluded with.
func (t *telling) supplier(o *jme.Organisation) []*ref {
	if x := t.organisation(o, "supplier"); x != nil {
		return []*ref{x}
	}
	return nil
}
