package signature

import (
	"bytes"
	"encoding/pem"

	"github.com/hiddeco/sshsig"
	"golang.org/x/crypto/ssh"
)

// namespace is the purpose that git names in SSH signatures.
const namespace = "git"

// verifySSH verifies a signature that ssh-keygen -Y sign made. The signature contains the
// key, so a wrong signature is found even if the repository does not name the key.
func (k *Keys) verifySSH(armor []byte, s Signed) Verdict {
	block, rest := pem.Decode(armor)
	if block == nil || len(bytes.TrimSpace(rest)) > 0 {
		return Verdict{Status: Wrong}
	}
	sig, err := sshsig.ParseSignature(block.Bytes)
	if err != nil {
		return Verdict{Status: Wrong}
	}
	if sshsig.Verify(bytes.NewReader(s.Message), sig, sig.PublicKey, sig.HashAlgorithm, namespace) != nil {
		return Verdict{Status: Wrong}
	}
	if _, certificate := sig.PublicKey.(*ssh.Certificate); !certificate {
		for _, a := range k.ssh[string(sig.PublicKey.Marshal())] {
			if a.covers(s.Made) {
				return Verdict{Verified, a.signer(&s)}
			}
		}
	}
	return Verdict{Status: Unverified}
}
