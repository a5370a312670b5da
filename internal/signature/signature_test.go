package signature

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/armor"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
	"github.com/hiddeco/sshsig"
	"golang.org/x/crypto/ssh"

	"achyk/internal/diag"
)

var made = time.Date(2026, 3, 1, 17, 0, 0, 0, time.UTC)

// commit is the commit that these tests sign, with a signature.
func commit(sig []byte) Signed {
	return Signed{
		Message: []byte("tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n\nТокту\n"), Signature: sig, Made: made,
		People: []Person{{"Айгүл", "Aigul@osh.example"}, {"Бакыт", "bakyt@osh.example"}},
	}
}

func newSSH(t *testing.T, key any, err error) ssh.Signer {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	s, err := ssh.NewSignerFromKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func ed(t *testing.T) ssh.Signer {
	_, key, err := ed25519.GenerateKey(nil)
	return newSSH(t, key, err)
}

func signSSH(t *testing.T, s ssh.Signer, hash sshsig.HashAlgorithm, namespace string) []byte {
	t.Helper()
	sig, err := sshsig.Sign(bytes.NewReader(commit(nil).Message), s, hash, namespace)
	if err != nil {
		t.Fatal(err)
	}
	return sshsig.Armor(sig)
}

func line(s ssh.Signer, before string) string {
	return before + " " + string(ssh.MarshalAuthorizedKey(s.PublicKey()))
}

func read(t testing.TB, files map[string]string) (*Keys, diag.List) {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	k, problems, err := Read(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return k, problems
}

// TestSSHKeys verifies signatures with every kind of key and hash that ssh-keygen offers.
func TestSSHKeys(t *testing.T) {
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	signers := []ssh.Signer{ed(t), newSSH(t, rsaKey, err)}
	for _, curve := range []elliptic.Curve{elliptic.P256(), elliptic.P384(), elliptic.P521()} {
		key, err := ecdsa.GenerateKey(curve, rand.Reader)
		signers = append(signers, newSSH(t, key, err))
	}
	for _, s := range signers {
		for _, hash := range []sshsig.HashAlgorithm{sshsig.HashSHA256, sshsig.HashSHA512} {
			k, _ := read(t, map[string]string{"data/allowed_signers": line(s, "Айгүл")})
			if got := k.Verify(commit(signSSH(t, s, hash, "git"))); got != (Verdict{Verified, "Айгүл"}) {
				t.Errorf("%s, %s: %v", s.PublicKey().Type(), hash, got)
			}
		}
	}
}

// securityKey signs as a hardware key does (PROTOCOL.u2f of OpenSSH). It signs the hash of
// the message together with the application, a flag that a person was present, and a
// counter.
type securityKey struct {
	ssh.Signer
	private ed25519.PrivateKey
	key     ssh.PublicKey
}

func (k *securityKey) PublicKey() ssh.PublicKey { return k.key }

func (k *securityKey) Sign(_ io.Reader, data []byte) (*ssh.Signature, error) {
	application, message := sha256.Sum256([]byte("ssh:")), sha256.Sum256(data)
	rest := []byte{1, 0, 0, 0, 7}
	blob := ed25519.Sign(k.private, slices.Concat(application[:], rest, message[:]))
	return &ssh.Signature{Format: ssh.KeyAlgoSKED25519, Blob: blob, Rest: rest}, nil
}

func TestSecurityKey(t *testing.T) {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ssh.ParsePublicKey(ssh.Marshal(struct {
		Type        string
		Key         []byte
		Application string
	}{ssh.KeyAlgoSKED25519, public, "ssh:"}))
	if err != nil {
		t.Fatal(err)
	}
	s := &securityKey{private: private, key: key}
	k, _ := read(t, map[string]string{"data/allowed_signers": line(s, "A")})
	c := commit(signSSH(t, s, sshsig.HashSHA512, "git"))
	if got := k.Verify(c); got != (Verdict{Verified, "A"}) {
		t.Error(got)
	}
	c.Message = c.Message[1:]
	if got := k.Verify(c); got.Status != Wrong {
		t.Error(got)
	}
}

func TestAllowedSigners(t *testing.T) {
	s, other := ed(t), ed(t)
	sig := signSSH(t, s, sshsig.HashSHA512, "git")
	for _, test := range []struct {
		line string
		want Verdict
	}{
		{line(s, "aigul@osh.example"), Verdict{Verified, "Айгүл"}}, // the committer
		{line(s, "bakyt@osh.example"), Verdict{Verified, "Бакыт"}}, // the author
		{line(s, "*@osh.example"), Verdict{Verified, "Айгүл"}},
		{line(s, "*@osh.example,!aigul@*"), Verdict{Verified, "Бакыт"}},
		{line(s, "chynara@osh.example"), Verdict{Verified, ""}}, // somebody else, whose address must not be shown
		{line(s, "chynara@osh.example,Чынара"), Verdict{Verified, "Чынара"}},
		{line(s, `"chynara@osh.example,Чынара Асанова"`), Verdict{Verified, "Чынара Асанова"}},
		{"# " + line(s, "A"), Verdict{Unverified, ""}},
		{"\n# 1\n" + line(other, "B") + line(s, "A"), Verdict{Verified, "A"}},
		{"", Verdict{Unverified, ""}},
		{line(other, "A"), Verdict{Unverified, ""}},
		{line(s, `A namespaces="git"`), Verdict{Verified, "A"}},
		{line(s, `A namespaces="file,g?t"`), Verdict{Verified, "A"}},
		{line(s, `A namespaces="file"`), Verdict{Unverified, ""}},
		{line(s, `A namespaces="*,!git"`), Verdict{Unverified, ""}},
		{line(s, `A valid-before="20260301170000Z"`), Verdict{Verified, "A"}},
		{line(s, `A valid-before="20260301165959Z"`), Verdict{Unverified, ""}},
		{line(s, `A valid-before="202603012300"`), Verdict{Verified, "A"}}, // Bishkek's time
		{line(s, `A valid-before="20260301225959"`), Verdict{Unverified, ""}},
		{line(s, `A VALID-AFTER="20260301",namespaces="git"`), Verdict{Verified, "A"}},
		{line(s, `A valid-after="20260302Z"`), Verdict{Unverified, ""}},
		{line(s, `A valid-before="20260101Z"`) + line(s, `B valid-after="20260101Z"`), Verdict{Verified, "B"}},
	} {
		k, problems := read(t, map[string]string{"data/allowed_signers": test.line})
		if got := k.Verify(commit(sig)); got != test.want || len(problems) > 0 {
			t.Errorf("%s: %v, want %v %v", test.line, got, test.want, problems)
		}
	}
}

// A signature that does not match the commit is wrong, whether its key is known or not.
func TestWrong(t *testing.T) {
	s := ed(t)
	known, _ := read(t, map[string]string{"data/allowed_signers": line(s, "A")})
	good := signSSH(t, s, sshsig.HashSHA512, "git")
	tampered := commit(good)
	tampered.Message = append(tampered.Message, '.')
	damaged := bytes.Replace(good, []byte("U1NIU0lH"), []byte("U1NIU0lI"), 1)
	for name, c := range map[string]Signed{
		"tampered":        tampered,
		"another purpose": commit(signSSH(t, s, sshsig.HashSHA512, "file")),
		"damaged":         commit(damaged),
		"cut":             commit(good[:len(good)/2]),
		"twice":           commit(append(good[:len(good):len(good)], good...)),
		"more":            commit(append(good[:len(good):len(good)], "more"...)),
		"nothing":         commit([]byte("x")),
		"PGP of nothing":  commit([]byte("-----BEGIN PGP SIGNATURE-----\n\nAAAA\n-----END PGP SIGNATURE-----\n")),
	} {
		for _, k := range []*Keys{known, nil} {
			if got := k.Verify(c); got != (Verdict{Status: Wrong}) {
				t.Errorf("%s: %v", name, got)
			}
		}
	}
	if got := known.Verify(commit([]byte("-----BEGIN SIGNED MESSAGE-----\n"))); got.Status != Unverified {
		t.Errorf("a signature of another kind: %v", got)
	}
}

func newPGP(t *testing.T, name, email string, config *packet.Config) *openpgp.Entity {
	t.Helper()
	if config == nil {
		config = &packet.Config{}
	}
	config.Algorithm = packet.PubKeyAlgoEdDSA
	if config.Time == nil {
		config.Time = func() time.Time { return made.AddDate(-1, 0, 0) }
	}
	e, err := openpgp.NewEntity(name, "", email, config)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func signPGP(t *testing.T, e *openpgp.Entity, hash crypto.Hash, at time.Time) []byte {
	t.Helper()
	// The library refuses to sign with a key that expired or was revoked. Somebody who has
	// the key can sign with it all the same.
	self, _ := e.PrimarySelfSignature()
	lifetime, revocations := self.KeyLifetimeSecs, e.Revocations
	self.KeyLifetimeSecs, e.Revocations = nil, nil
	defer func() { self.KeyLifetimeSecs, e.Revocations = lifetime, revocations }()
	var b bytes.Buffer
	err := openpgp.ArmoredDetachSign(&b, e, bytes.NewReader(commit(nil).Message), &packet.Config{DefaultHash: hash, Time: func() time.Time { return at }})
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func public(t *testing.T, e *openpgp.Entity) string {
	t.Helper()
	var b bytes.Buffer
	w, err := armor.Encode(&b, openpgp.PublicKeyType, nil)
	if err == nil {
		err = e.Serialize(w)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.String() + "\n"
}

func TestPGP(t *testing.T) {
	e, nameless, other := newPGP(t, "Айгүл Осмонова", "aigul@osh.example", nil), newPGP(t, "", "bakyt@osh.example", nil), newPGP(t, "Other", "", nil)
	short := newPGP(t, "Short", "", &packet.Config{KeyLifetimeSecs: 400 * 24 * 60 * 60})
	revokedFor := func(reason packet.ReasonForRevocation, at time.Time) *openpgp.Entity {
		r := newPGP(t, "Revoked", "", nil)
		if err := r.RevokeKey(reason, "", &packet.Config{Time: func() time.Time { return at }}); err != nil {
			t.Fatal(err)
		}
		return r
	}
	after := made.AddDate(0, 1, 0)
	stolen, noReason, retired := revokedFor(packet.KeyCompromised, after), revokedFor(packet.NoReason, after), revokedFor(packet.KeyRetired, after)
	k, problems := read(t, map[string]string{
		"data/a.asc": public(t, e) + public(t, nameless), "data/b.asc": public(t, short) + public(t, stolen) + public(t, noReason) + public(t, retired),
	})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, test := range []struct {
		e    *openpgp.Entity
		hash crypto.Hash
		at   time.Time
		want Verdict
	}{
		{e, crypto.SHA256, made, Verdict{Verified, "Айгүл Осмонова"}},
		{e, crypto.SHA512, made, Verdict{Verified, "Айгүл Осмонова"}},
		{nameless, crypto.SHA256, made, Verdict{Verified, "Бакыт"}},
		{other, crypto.SHA256, made, Verdict{Unverified, ""}},
		{short, crypto.SHA256, made, Verdict{Verified, "Short"}}, // valid at the time, expired since
		{short, crypto.SHA256, made.AddDate(0, 2, 0), Verdict{Unverified, ""}},
		{stolen, crypto.SHA256, made, Verdict{Unverified, ""}},
		{noReason, crypto.SHA256, made, Verdict{Unverified, ""}},
		{retired, crypto.SHA256, made, Verdict{Verified, "Revoked"}},
		{retired, crypto.SHA256, after.AddDate(0, 1, 0), Verdict{Unverified, ""}},
	} {
		sig := signPGP(t, test.e, test.hash, test.at)
		if got := k.Verify(commit(sig)); got != test.want {
			t.Errorf("%s, %s, %s: %v, want %v", test.e.PrimaryIdentity().Name, test.hash, test.at, got, test.want)
		}
		tampered := commit(sig)
		tampered.Message = []byte("tree")
		if got := k.Verify(tampered); got.Status != Wrong && test.e != other {
			t.Errorf("tampered, %s: %v", test.e.PrimaryIdentity().Name, got)
		}
	}
}

// A line or block without a usable key is reported with its place, and the others are read.
func TestUnread(t *testing.T) {
	s, e := ed(t), newPGP(t, "A", "", nil)
	lines := "# keys\nA ssh-ed25519 AAAA\n" + line(s, "B") + "C cert-authority " + line(s, "")[1:] + line(s, `D valid-before="2026-01-01"`) + line(s, `E verify-required`) + "F\n"
	k, problems := read(t, map[string]string{
		"data/allowed_signers": lines, "data/a.asc": "none\n", "data/town/allowed_signers": "x", "data/town/a.asc": "x", "data/.b.asc": "x",
		"data/c.asc": "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----\n" + public(t, e) + "-----BEGIN PGP PRIVATE KEY BLOCK-----\n",
	})
	var got []string
	for _, p := range problems {
		got = append(got, fmt.Sprint(p.Name(), ":", p.Position().Line, " ", p.Value))
	}
	want := "data/a.asc:1 data/a.asc|data/allowed_signers:2 A|data/allowed_signers:4 C|data/allowed_signers:5 D|data/allowed_signers:6 E|data/allowed_signers:7 F|" +
		"data/c.asc:1 -----BEGIN PGP PUBLIC KEY BLOCK-----|data/c.asc:%d -----BEGIN PGP PRIVATE KEY BLOCK-----"
	want = fmt.Sprintf(want, 5+strings.Count(public(t, e), "\n"))
	if strings.Join(got, "|") != want {
		t.Errorf("%s\nwant\n%s", strings.Join(got, "|"), want)
	}
	if v := k.Verify(commit(signSSH(t, s, sshsig.HashSHA512, "git"))); v.Signer != "B" {
		t.Error(v)
	}
	if v := k.Verify(commit(signPGP(t, e, crypto.SHA256, made))); v.Signer != "A" {
		t.Error(v)
	}
}

func TestSum(t *testing.T) {
	sums := map[[32]byte]bool{(*Keys)(nil).Sum(): true}
	for _, files := range []map[string]string{{}, {"data/allowed_signers": "#"}, {"data/allowed_signers": "# "}, {"data/a.asc": "#"}} {
		k, _ := read(t, files)
		sums[k.Sum()] = true
	}
	if len(sums) != 4 { // without a data folder the sum is that of nil
		t.Error("other keys have the same sum")
	}
}

func FuzzVerify(f *testing.F) {
	f.Add([]byte("-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAQ==\n-----END SSH SIGNATURE-----\n"))
	f.Add([]byte("-----BEGIN PGP SIGNATURE-----\n\niHUEABYKAB0=\n-----END PGP SIGNATURE-----\n"))
	f.Fuzz(func(t *testing.T, sig []byte) {
		if v := (&Keys{}).Verify(commit(sig)); v.Status == Verified || v.Status == "" {
			t.Error(v)
		}
	})
}

// FuzzRead: whatever the files with keys hold, nothing panics, and findings lie in them.
func FuzzRead(f *testing.F) {
	f.Add("Айгүл ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ\n*,!b@c namespaces=\"git\",valid-after=\"20260101\" ssh-rsa AAAA\n", "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDMEZ\n-----END PGP PUBLIC KEY BLOCK-----\n")
	f.Add("\ufeffx y\n  Айгүл ssh-rsa\t\n\xd0", "\xd0")
	f.Fuzz(func(t *testing.T, signers, armored string) {
		_, problems := read(t, map[string]string{"data/allowed_signers": signers, "data/a.asc": armored})
		for _, p := range problems {
			if p.Span.Start < 0 || p.Span.End < p.Span.Start || p.File != nil && p.Span.End > len(p.File.Data) {
				t.Errorf("%s at %v", p.Code, p.Span)
			}
			if p.Code == diag.KeyUnread && p.Span.End > 0 && !strings.HasPrefix(string(p.File.Slice(p.Span)), p.Value) {
				t.Errorf("%q at %q", p.Value, p.File.Slice(p.Span))
			}
		}
	})
}

func BenchmarkVerify(b *testing.B) {
	t := &testing.T{}
	s, e := ed(t), newPGP(t, "A", "", nil)
	k := &Keys{ssh: map[string][]allowed{string(s.PublicKey().Marshal()): {{principals: []string{"A"}}}}, pgp: openpgp.EntityList{e}}
	for name, sig := range map[string][]byte{"ssh": signSSH(t, s, sshsig.HashSHA512, "git"), "pgp": signPGP(t, e, crypto.SHA256, made)} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if v := k.Verify(commit(sig)); v.Status != Verified {
					b.Fatal(v)
				}
			}
		})
	}
}
