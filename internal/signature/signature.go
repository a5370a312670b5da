// Package signature verifies the signatures of commits. A signature is verified if its key
// is one that the repository names: an SSH key in data/allowed_signers or an OpenPGP key in
// a file data/*.asc.
//
// data/allowed_signers has the format that ssh-keygen(1) calls ALLOWED SIGNERS and that git
// reads (gpg.ssh.allowedSignersFile): one line for each key, with principals, options, type
// and key.
//
//	aigul@osh.example,Айгүл valid-before="20270101" ssh-ed25519 AAAAC3Nza…
//
// The options valid-after, valid-before and namespaces are supported. A time without Z is
// in Bishkek's time zone on every machine. A line with cert-authority is reported and
// ignored, so a signature by a certified key is not verified. A file data/*.asc holds
// armored public keys as gpg --armor --export writes them.
//
//   - As in git, a key must be valid at the time of the commit. So the key of someone who
//     leaves office gets an end date, and earlier signatures stay verified. But the time
//     of a commit is what the signer's clock said, and a thief can set a clock back. A
//     stolen key must therefore be removed from the file or revoked; then no signature by
//     it is verified, not even an earlier one.
//   - A signature that does not match the commit is wrong, whether the key is known or
//     not. So is a signature for another purpose: an SSH signature names its purpose,
//     which for commits is "git".
//   - The verdict names the holder of the key, who need not be the author.
//   - Addresses are only compared. A verdict never contains one; if no name is known, the
//     signer is empty.
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
	"unicode"

	"github.com/ProtonMail/go-crypto/openpgp"
	"golang.org/x/crypto/ssh"

	"achyk/internal/characters"
	"achyk/internal/diag"
	"achyk/internal/source"
)

// Signed is the signature of a commit and the text that it signs.
type Signed struct {
	Message   []byte    // the commit without its signature
	Signature []byte    // armored, SSH or OpenPGP or another kind
	Made      time.Time // the committer's time
	People    []Person  // the committer, then the author
}

// Person is the committer or author of a commit. Callers must not show the address.
type Person struct{ Name, Address string }

// Verdict is the result of verifying a signature. The zero value is no signature.
type Verdict struct {
	Status Status
	Signer string // the name of the holder of a verified key, if it is known; never an address
}

// Status is the status of a signature. Its message is "signature.<status>".
type Status string

// The statuses of a signature.
const (
	Verified   Status = "verified"   // the repository names the key, and it was valid
	Unverified Status = "unverified" // the key is unknown, expired or revoked, or the kind of signature is not supported
	Wrong      Status = "wrong"      // it is damaged, for another purpose, or does not match the commit
)

// Statuses lists all statuses.
var Statuses = []Status{Verified, Unverified, Wrong}

// Keys are the keys that a repository names. A nil *Keys has none.
type Keys struct {
	ssh map[string][]allowed // by the key in the format of the SSH protocol
	pgp openpgp.EntityList
	sum [sha256.Size]byte

	signers map[string]Signer // by fingerprint
}

// allowed is a line of allowed_signers, without its key.
type allowed struct {
	principals    []string // patterns
	namespaces    []string // patterns; nil: any
	after, before time.Time
}

// Sum returns a checksum of the files that the keys were read from. Keys of different files
// have different sums. The sum of nil is zero.
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

// Check returns the findings on the keys of a repository. History reads the keys once more.
func Check(fsys fs.FS) (diag.List, error) {
	_, problems, err := Read(fsys)
	return problems, err
}

// Read reads the keys of a repository. It reports and ignores a line or file without a
// usable key. The error says that a file could not be read from the disk.
func Read(fsys fs.FS) (*Keys, diag.List, error) {
	k, all := &Keys{ssh: map[string][]allowed{}, signers: map[string]Signer{}}, sha256.New()
	var problems diag.List
	entries, err := fs.ReadDir(fsys, folder)
	if err != nil {
		return k, nil, nil // package load reports that there is no data folder
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
			problems = append(problems, k.readArmored(f)...)
		} else {
			problems = append(problems, k.allow(f)...)
		}
	}
	all.Sum(k.sum[:0])
	return k, problems, nil
}

// allow reads allowed_signers.
func (k *Keys) allow(f *source.File) (problems diag.List) {
	begin := f.Begin()
	if i := characters.Invalid(f.Data); i >= 0 {
		problems.Add(diag.Diagnostic{Code: diag.InvalidUTF8, File: f, Span: source.Span{Start: i, End: i + 1}})
	} else if r, i, code := characters.Find(f.Text()[begin:]); code != "" {
		at := source.Span{Start: begin + i, End: begin + i + len(string(r))}
		problems.Add(diag.Diagnostic{Code: code, File: f, Span: at, Value: characters.Name(r), Args: diag.Args{"value": characters.Name(r)}})
	}
	at := 0
	for line := range strings.Lines(string(f.Data)) {
		end := at + len(strings.TrimRightFunc(line, unicode.IsSpace))
		at += len(line)
		line = strings.TrimSpace(strings.TrimPrefix(line, "\uFEFF"))
		if line == "" || line[0] == '#' {
			continue
		}
		if key, a, ok := parseLine(line); ok {
			k.ssh[string(key.Marshal())] = append(k.ssh[string(key.Marshal())], a)
			k.note(Signer{Fingerprint: ssh.FingerprintSHA256(key), Name: a.name(), Path: f.Path}, []byte(line))
		} else {
			problems = append(problems, unread(f, source.Span{Start: end - len(line), End: end}, strings.Fields(line)[0]))
		}
	}
	return problems
}

func unread(f *source.File, at source.Span, value string) diag.Diagnostic {
	return diag.Diagnostic{Code: diag.KeyUnread, File: f, Span: at, Value: value, Args: diag.Args{"value": value}}
}

// parseLine reads a line of allowed_signers. It returns false for a line that is not
// supported.
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
			a.after, ok = parseTime(value)
		case "valid-before":
			a.before, ok = parseTime(value)
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

// bishkek is the zone of times that name none. It is fixed so that verdicts do not depend
// on the machine's zone.
var bishkek = time.FixedZone("", 6*60*60)

// parseTime reads YYYYMMDD, YYYYMMDDHHMM or YYYYMMDDHHMMSS, with a Z after it in UTC.
func parseTime(s string) (time.Time, bool) {
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

// covers reports whether the line allows a signature for git at that time.
func (a *allowed) covers(at time.Time) bool {
	return !at.Before(a.after) && (a.before.IsZero() || !at.After(a.before)) && (a.namespaces == nil || matches(a.namespaces, "git"))
}

// matches reports whether one of the patterns matches the word and none of those that begin
// with "!" does.
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

// glob matches a pattern in which * stands for any text and ? for one character. Case does
// not matter, as in addresses.
func glob(pattern, word string) bool {
	expression := strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(regexp.QuoteMeta(pattern))
	ok, err := regexp.MatchString("(?is)^"+expression+"$", word)
	return ok && err == nil
}

// Verify verifies a signature.
func (k *Keys) Verify(s Signed) Verdict {
	if k == nil {
		k = &Keys{}
	}
	armor := bytes.TrimSpace(s.Signature)
	switch {
	case bytes.Count(armor, []byte("-----BEGIN ")) != 1: // git writes exactly one
		return Verdict{Status: Wrong}
	case bytes.HasPrefix(armor, []byte("-----BEGIN SSH SIGNATURE-----")):
		return k.verifySSH(armor, s)
	case bytes.HasPrefix(armor, []byte("-----BEGIN PGP ")):
		return k.verifyPGP(armor, s)
	}
	return Verdict{Status: Unverified} // X.509 or another kind
}

// nameOf returns the name of the first person of the commit whose address matches one of
// the patterns.
func (s *Signed) nameOf(patterns []string) string {
	for _, p := range s.People {
		if p.Address != "" && matches(patterns, p.Address) {
			return p.Name
		}
	}
	return ""
}

// isName reports whether a principal is a name, which may be shown, and not an address or a
// pattern. A name has no character that no text should hold.
func isName(s string) bool {
	_, _, code := characters.Find(s)
	return s != "" && code == "" && !strings.ContainsAny(s, "@*?!\n\r\t")
}

// signer returns the first principal that is a name. If there is none, it returns the name
// of the person of the commit whose address is a principal.
func (a *allowed) signer(s *Signed) string {
	if name := a.name(); name != "" {
		return name
	}
	return s.nameOf(a.principals)
}

// name returns the first principal that is a name, or "".
func (a *allowed) name() string {
	if i := slices.IndexFunc(a.principals, isName); i >= 0 {
		return a.principals[i]
	}
	return ""
}
