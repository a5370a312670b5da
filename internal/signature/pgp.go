package signature

import (
	"bytes"
	"crypto"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/armor"
	pgperrors "github.com/ProtonMail/go-crypto/openpgp/errors"
	"github.com/ProtonMail/go-crypto/openpgp/packet"

	"achyk/internal/diag"
	"achyk/internal/source"
)

// readArmored reads the public keys of a file, which may have several armored blocks.
func (k *Keys) readArmored(f *source.File) (problems diag.List) {
	const begin = "-----BEGIN "
	text, at := string(f.Data), 0
	for {
		i := strings.Index(text[at:], begin)
		if i < 0 {
			break
		}
		start := at + i
		end := len(text)
		if next := strings.Index(text[start+len(begin):], begin); next >= 0 {
			end = start + len(begin) + next
		}
		at = end
		block := text[start:end]
		line, _, _ := strings.Cut(block, "\n")
		line = strings.TrimSpace(line)
		keys, err := openpgp.ReadArmoredKeyRing(strings.NewReader(block))
		if err != nil || line != "-----BEGIN PGP PUBLIC KEY BLOCK-----" { // a private key must not be published
			problems = append(problems, unread(f, source.Span{Start: start, End: start + len(line)}, line))
			continue
		}
		k.pgp = append(k.pgp, keys...)
		for _, e := range keys {
			k.notePGP(e, f.Path)
		}
	}
	if at == 0 {
		problems = append(problems, unread(f, source.Span{}, f.Path))
	}
	return problems
}

// collisionFree lists the hash functions without known collisions. Signatures with others,
// such as SHA-1, can be made to match a second text.
var collisionFree = []crypto.Hash{crypto.SHA224, crypto.SHA256, crypto.SHA384, crypto.SHA512, crypto.SHA3_256, crypto.SHA3_512}

// verifyPGP verifies a signature that gpg --detach-sign made. The key must be valid at the
// time that the signature names.
func (k *Keys) verifyPGP(text []byte, s Signed) Verdict {
	block, err := armor.Decode(bytes.NewReader(text))
	if err != nil || block.Type != openpgp.SignatureType {
		return Verdict{Status: Wrong}
	}
	data, err := io.ReadAll(block.Body)
	if err != nil {
		return Verdict{Status: Wrong}
	}
	p, err := packet.Read(bytes.NewReader(data))
	if unsupported := pgperrors.UnsupportedError(""); errors.As(err, &unsupported) {
		return Verdict{Status: Unverified}
	}
	sig, ok := p.(*packet.Signature)
	if err != nil || !ok {
		return Verdict{Status: Wrong}
	}
	if sig.IssuerKeyId == nil || !slices.Contains(collisionFree, sig.Hash) || sig.SigType != packet.SigTypeBinary && sig.SigType != packet.SigTypeText {
		return Verdict{Status: Unverified}
	}
	config := &packet.Config{Time: func() time.Time { return sig.CreationTime }}
	_, signer, err := openpgp.VerifyDetachedSignature(k.pgp, bytes.NewReader(s.Message), bytes.NewReader(data), config)
	switch {
	case signer == nil && errors.Is(err, pgperrors.ErrUnknownIssuer):
		return Verdict{Status: Unverified}
	case signer == nil:
		return Verdict{Status: Wrong}
	case err != nil || revoked(signer, *sig.IssuerKeyId):
		return Verdict{Status: Unverified}
	}
	identity := signer.PrimaryIdentity()
	if identity == nil || identity.UserId == nil {
		return Verdict{Status: Verified}
	}
	if full := strings.TrimSpace(identity.UserId.Name); isName(full) {
		return Verdict{Verified, full}
	}
	return Verdict{Verified, s.nameOf([]string{identity.UserId.Email})}
}

// revoked reports whether a key was revoked for a reason that makes all its signatures
// worthless. A key that was retired or replaced by a new one keeps its earlier signatures.
// Any other reason may mean that somebody else has the key and can choose the time that a
// signature names.
func revoked(e *openpgp.Entity, id uint64) bool {
	all := e.Revocations
	for _, sub := range e.Subkeys {
		if sub.PublicKey.KeyId == id {
			all = slices.Concat(all, sub.Revocations)
		}
	}
	return slices.ContainsFunc(all, func(r *packet.Signature) bool {
		return r.RevocationReason == nil || *r.RevocationReason != packet.KeySuperseded && *r.RevocationReason != packet.KeyRetired
	})
}
