package signature

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ProtonMail/go-crypto/openpgp"
)

// Signer is a key that a repository names.
type Signer struct {
	Fingerprint string // as ssh-keygen -l or gpg writes it
	Name        string // of the holder, if the file has it; never an address
	Path        string // of the file
	Sum         string // changes with anything that the repository says of the key, such as its holder or term
}

// Signers returns the keys that can verify a signature, by their fingerprints.
func (k *Keys) Signers() []Signer {
	if k == nil {
		return nil
	}
	return slices.SortedFunc(maps.Values(k.signers), func(a, b Signer) int { return strings.Compare(a.Fingerprint, b.Fingerprint) })
}

// note notes what a file says of a key. A key may be named more than once.
func (k *Keys) note(s Signer, says []byte) {
	earlier := k.signers[s.Fingerprint]
	s.Sum = fmt.Sprintf("%x", sha256.Sum256(append([]byte(earlier.Sum), says...)))
	if earlier.Name != "" {
		s.Name = earlier.Name
	}
	k.signers[s.Fingerprint] = s
}

// notePGP notes an OpenPGP key.
func (k *Keys) notePGP(e *openpgp.Entity, path string) {
	s := Signer{Fingerprint: fmt.Sprintf("%X", e.PrimaryKey.Fingerprint), Path: path}
	if identity := e.PrimaryIdentity(); identity != nil && identity.UserId != nil {
		if name := strings.TrimSpace(identity.UserId.Name); isName(name) {
			s.Name = name
		}
	}
	var says bytes.Buffer
	bare := *e
	bare.Identities = nil // Serialize writes them in any order
	bare.Serialize(&says) // what cannot be written is not noted
	for _, name := range slices.Sorted(maps.Keys(e.Identities)) {
		one := openpgp.Entity{PrimaryKey: e.PrimaryKey, Identities: map[string]*openpgp.Identity{name: e.Identities[name]}}
		one.Serialize(&says)
	}
	k.note(s, says.Bytes())
}
