// Package signature tells whether a commit was signed by somebody whom the repository
// names: by an SSH key in data/allowed_signers, or by an OpenPGP key in a file
// data/*.asc.
//
// data/allowed_signers has the form that ssh-keygen(1) calls ALLOWED SIGNERS and that git
// reads (gpg.ssh.allowedSignersFile): a line for each key, with principals, options, type
// and key.
//
//	aigul@osh.example,Айгүл valid-before="20270101" ssh-ed25519 AAAAC3Nza…
//
// Of its options valid-after, valid-before and namespaces count; a moment without Z is
// Bishkek's, whatever the machine's zone. Lines for authorities that certify other keys
// are not read, and so is a signature by such a key not verified. A file data/*.asc holds
// armored public keys as gpg --armor --export writes them.
//
//   - A key must be valid at the moment the commit was made, as git asks of it: who leaves
//     office has the key end that day, and what was signed before stays verified. That
//     moment is what the signer's clock said, so a key that was stolen does not end: its
//     line is removed, or it is revoked, and then nothing that it signed is verified.
//   - A signature that does not fit the commit is wrong whoever made it, and so is one
//     made for another purpose (an SSH signature names its purpose: "git").
//   - A key tells who holds it, which need not be the author: the one who signs is named.
//   - Addresses serve to compare. What is told of a signer is a name, or nothing.
package signature

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ProtonMail/go-crypto/openpgp"
	"golang.org/x/crypto/ssh"

	"achyk/internal/diag"
	"achyk/internal/source"
)

// Signed is a commit's signature and what it was made over.
type Signed struct {
	Message   []byte // the commit without its signature
	Signature []byte // armored; of any kind
	Made      time.Time
	People    []Person // whom the commit names, first who made it, then its author
}

// Person is somebody a commit names. The address is not to be shown.
type Person struct{ Name, Address string }

// Verdict is what can be said of a commit's signature. The zero value is no signature.
type Verdict struct {
	Status Status
	Signer string // who signed, where that is verified and the name is known; no address
}

// Status of a signature; its message is "signature.<status>".
type Status string

// The statuses.
const (
	Verified   Status = "verified"   // by a key that the repository names and that was valid
	Unverified Status = "unverified" // by a key that is unknown, expired or revoked, or in a way that cannot be checked
	Wrong      Status = "wrong"      // it is damaged, for another purpose, or not of this commit
)

// Statuses lists all of them.
var Statuses = []Status{Verified, Unverified, Wrong}

// Keys are those by which signatures are verified. The nil value has none.
type Keys struct {
	ssh map[string][]allowed // by the key in wire form
	pgp openpgp.EntityList
	sum [sha256.Size]byte
}

// allowed is a line of allowed_signers.
type allowed struct {
	principals    []string // patterns
	namespaces    []string // patterns; nil: any
	after, before time.Time
}

// Sum tells these keys from others.
func (k *Keys) Sum() [sha256.Size]byte {
	if k == nil {
		return [sha256.Size]byte{}
	}
	return k.sum
}

const (
	folder  = "data"
	signers = "allowed_signers"
	armored = ".asc"
)

// Read reads the keys of a repository. A line or file that holds none is reported and
// passed over; the error is a disk's that fails.
func Read(fsys fs.FS) (*Keys, diag.List, error) {
	k, all := &Keys{ssh: map[string][]allowed{}}, sha256.New()
	var problems diag.List
	entries, err := fs.ReadDir(fsys, folder)
	if err != nil {
		return k, nil, nil // whoever reads registers says so
	}
	for _, e := range entries {
		keys := path.Ext(e.Name()) == armored
		if !e.Type().IsRegular() || !keys && e.Name() != signers || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		f := &source.File{Path: path.Join(folder, e.Name())}
		if f.Data, err = fs.ReadFile(fsys, f.Path); err != nil {
			return nil, nil, err
		}
		fmt.Fprintf(all, "%x  %s\n", sha256.Sum256(f.Data), f.Path)
		if keys {
			problems = append(problems, k.armored(f)...)
		} else {
			problems = append(problems, k.allow(f)...)
		}
	}
	all.Sum(k.sum[:0])
	return k, problems, nil
}

// allow reads allowed_signers.
func (k *Keys) allow(f *source.File) (problems diag.List) {
	at := 0
	for line := range strings.Lines(string(f.Data)) {
		start := at
		at += len(line)
		line = strings.TrimSpace(strings.TrimPrefix(line, "\uFEFF"))
		if line == "" || line[0] == '#' {
			continue
		}
		if key, a, ok := parseLine(line); ok {
			k.ssh[string(key.Marshal())] = append(k.ssh[string(key.Marshal())], a)
		} else {
			problems = append(problems, unread(f, source.Span{Start: start, End: start + len(line)}, strings.Fields(line)[0]))
		}
	}
	return problems
}

func unread(f *source.File, at source.Span, value string) diag.Diagnostic {
	return diag.Diagnostic{Code: diag.KeyUnread, File: f, Span: at, Value: value, Args: diag.Args{"value": value}}
}

// parseLine reads principals, options, type and key.
func parseLine(line string) (ssh.PublicKey, allowed, bool) {
	var a allowed
	principals, rest, ok := strings.Cut(line, " ")
	if strings.HasPrefix(line, `"`) {
		principals, rest, ok = strings.Cut(line[1:], `"`)
	}
	key, _, options, more, err := ssh.ParseAuthorizedKey([]byte(rest))
	if _, certificate := key.(*ssh.Certificate); !ok || err != nil || certificate || len(more) > 0 {
		return nil, a, false
	}
	a.principals = list(principals)
	for _, option := range options {
		name, value, _ := strings.Cut(option, "=")
		value = strings.Trim(value, `"`)
		switch strings.ToLower(name) {
		case "namespaces":
			a.namespaces = list(value)
		case "valid-after":
			a.after, ok = moment(value)
		case "valid-before":
			a.before, ok = moment(value)
		default:
			ok = false
		}
		if !ok {
			return nil, a, false
		}
	}
	return key, a, true
}

func list(s string) []string {
	all := strings.Split(s, ",")
	for i := range all {
		all[i] = strings.TrimSpace(all[i])
	}
	return all
}

// bishkek is the zone of moments without one. What signed commits prove may not depend on
// the machine.
var bishkek = time.FixedZone("", 6*60*60)

// moment reads YYYYMMDD, YYYYMMDDHHMM or YYYYMMDDHHMMSS, in UTC if a Z follows.
func moment(s string) (time.Time, bool) {
	zone := bishkek
	digits, utc := strings.CutSuffix(s, "Z")
	if utc {
		zone = time.UTC
	}
	for _, layout := range []string{"20060102", "200601021504", "20060102150405"} {
		if t, err := time.ParseInLocation(layout, digits, zone); err == nil && len(layout) == len(digits) {
			return t, true
		}
	}
	return time.Time{}, false
}

// covers tells whether the line allows what its key signed for git at a moment.
func (a *allowed) covers(at time.Time) bool {
	return !at.Before(a.after) && (a.before.IsZero() || !at.After(a.before)) && (a.namespaces == nil || matches(a.namespaces, "git"))
}

// matches tells whether a list of patterns, of which some may be negated, has the word.
func matches(patterns []string, word string) bool {
	found := false
	for _, p := range patterns {
		p, not := strings.CutPrefix(p, "!")
		if glob(p, word) {
			if not {
				return false
			}
			found = true
		}
	}
	return found
}

// glob matches * and ?, and nothing else, without regard to case, as addresses are compared.
func glob(pattern, word string) bool {
	expression := strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(regexp.QuoteMeta(pattern))
	ok, err := regexp.MatchString("(?is)^"+expression+"$", word)
	return ok && err == nil
}

// Verify judges a signature.
func (k *Keys) Verify(s Signed) Verdict {
	if k == nil {
		k = &Keys{}
	}
	armor := bytes.TrimSpace(s.Signature)
	switch {
	case bytes.Count(armor, []byte("-----BEGIN ")) != 1: // git writes one
		return Verdict{Status: Wrong}
	case bytes.HasPrefix(armor, []byte("-----BEGIN SSH SIGNATURE-----")):
		return k.verifySSH(armor, s)
	case bytes.HasPrefix(armor, []byte("-----BEGIN PGP ")):
		return k.verifyPGP(armor, s)
	}
	return Verdict{Status: Unverified} // X.509, or what is yet to come
}

// named returns the name of whom one of the patterns is the address of: the first in the
// commit that is.
func (s *Signed) named(patterns []string) string {
	for _, p := range s.People {
		if p.Address != "" && matches(patterns, p.Address) {
			return p.Name
		}
	}
	return ""
}

// name tells whether a text may be shown: it is one, and no address or pattern.
func name(s string) bool {
	return s != "" && utf8.ValidString(s) && !strings.ContainsAny(s, "@*?!")
}

// signer is the first principal that is a name, else the name the commit has for one that
// is an address.
func (a *allowed) signer(s *Signed) string {
	if i := slices.IndexFunc(a.principals, name); i >= 0 {
		return a.principals[i]
	}
	return s.named(a.principals)
}
