package gitrepo

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-git/go-git/v5/plumbing"
	"golang.org/x/text/encoding/charmap"

	"achyk/internal/signature"
)

// commitObject is a commit as git stores it.
type commitObject struct {
	tree    plumbing.Hash
	parents []plumbing.Hash
	commit  Commit
}

// parseCommit reads a commit object. An author or a date that cannot be read is left out.
// A commit without a tree is an error.
func parseCommit(h plumbing.Hash, data []byte) (w commitObject, err error) {
	var author, encoding string
	signed := false
	head, message, _ := strings.Cut(string(data), "\n\n")
	for line := range strings.SplitSeq(head, "\n") {
		key, value, _ := strings.Cut(line, " ") // a continued line begins with a space, so its key is empty
		switch key {
		case "tree":
			w.tree = plumbing.NewHash(value)
		case "parent":
			w.parents = append(w.parents, plumbing.NewHash(value))
		case "author":
			author = value
		case "encoding":
			encoding = value
		case "gpgsig":
			signed = true
		}
	}
	if w.tree.IsZero() {
		return w, fmt.Errorf("commit %s: no tree", h)
	}
	name, _, when := parsePerson(author)
	w.commit = newCommit(h, name, when, message, encoding)
	w.commit.Signed = signed
	return w, nil
}

// parsePerson splits the value of an author or committer line: "Name <address> 1772362800
// +0600".
func parsePerson(line string) (name, address string, when time.Time) {
	name, rest, _ := strings.Cut(line, " <")
	end := strings.LastIndexByte(rest, '>')
	return name, rest[:max(end, 0)], parseTime(rest[end+1:])
}

// parseSigned separates the signature of a commit from the text that it signs. As in git,
// that text is the commit object without its signatures.
func parseSigned(data []byte) (s signature.Signed) {
	end := bytes.Index(data, []byte("\n\n")) + 1
	if end == 0 {
		end = len(data)
	}
	var other []byte // the signature of the same commit in a SHA-256 repository
	var author, committer, encoding string
	into := &s.Message
	for line := range bytes.Lines(data[:end]) {
		key, value, _ := bytes.Cut(line, []byte(" "))
		switch field := string(key); {
		case field == "" && into == &s.Signature:
			line = value
		case field == "": // a continued line of something else
		case field == "gpgsig":
			into, line = &s.Signature, value
		case strings.HasPrefix(field, "gpgsig"):
			into = &other
		default:
			into = &s.Message
			switch text := strings.TrimSuffix(string(value), "\n"); field {
			case "author":
				author = text
			case "committer":
				committer = text
			case "encoding":
				encoding = text
			}
		}
		*into = append(*into, line...)
	}
	s.Message = append(s.Message, data[end:]...)
	_, _, s.Made = parsePerson(committer)
	for _, line := range []string{committer, author} {
		name, address, _ := parsePerson(line)
		s.People = append(s.People, signature.Person{Name: publicName(name, encoding), Address: address})
	}
	return s
}

// publicName returns a name in UTF-8, without addresses and surplus spaces.
func publicName(name, encoding string) string {
	return strings.Join(strings.Fields(withoutAddresses(toUTF8(name, encoding))), " ")
}

// parseTime reads seconds since 1970 and an offset: "1772362800 +0600". It returns the
// zero time if the text is not a time, or if the year has more than four digits in UTC or
// in some zone. It does not correct times of a clock that was wrong.
func parseTime(s string) time.Time {
	seconds, zone, _ := strings.Cut(strings.TrimSpace(s), " ")
	n, err := strconv.ParseInt(seconds, 10, 64)
	t := time.Unix(n, 0).UTC()
	if err != nil || t.Year() <= 1 || t.Year() >= 9999 {
		return time.Time{}
	}
	if at, err := time.Parse("-0700", zone); err == nil {
		_, offset := at.Zone()
		return t.In(time.FixedZone("", offset))
	}
	return t
}

// newCommit makes a Commit of the parts of a commit object.
func newCommit(h plumbing.Hash, author string, when time.Time, message, encoding string) Commit {
	message = strings.ReplaceAll(toUTF8(message, encoding), "\r\n", "\n")
	subject, body, _ := strings.Cut(strings.TrimSpace(message), "\n\n")
	return Commit{
		Hash:    h.String(),
		Time:    when,
		Author:  publicName(author, encoding),
		Subject: strings.Join(strings.Fields(withoutAddresses(subject)), " "),
		Body:    strings.TrimSpace(withoutAddresses(body)),
	}
}

// address matches an e-mail address, with the brackets that git writes around it.
var address = regexp.MustCompile(`[ \t]*(?:<[^<>\s]*@[^<>\s]*>|[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+)`)

func withoutAddresses(s string) string {
	if !strings.Contains(s, "@") {
		return s
	}
	return address.ReplaceAllString(s, "")
}

// encodings are the encodings other than UTF-8 that commits in Kyrgyz or Russian are likely
// to have, by the names that git accepts.
var encodings = map[string]*charmap.Charmap{
	"windows-1251": charmap.Windows1251, "cp1251": charmap.Windows1251, "koi8-r": charmap.KOI8R,
	"cp866": charmap.CodePage866, "ibm866": charmap.CodePage866, "iso-8859-5": charmap.ISO8859_5,
	"iso-8859-1": charmap.ISO8859_1, "latin1": charmap.ISO8859_1, "windows-1252": charmap.Windows1252, "cp1252": charmap.Windows1252,
}

// toUTF8 converts text of a commit from its encoding. Bytes that it cannot convert become
// U+FFFD.
func toUTF8(s, encoding string) string {
	if utf8.ValidString(s) {
		return s
	}
	if known := encodings[strings.ToLower(encoding)]; known != nil {
		if s, err := known.NewDecoder().String(s); err == nil {
			return s
		}
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

// treeEntry is an entry of a tree object.
type treeEntry struct {
	mode string // "40000" for a folder, "100644" or "100755" for a file
	name string
	hash plumbing.Hash
}

// nextEntry reads the first entry of a tree object and returns the rest of the object.
func nextEntry(tree []byte) (e treeEntry, rest []byte, err error) {
	space, zero := bytes.IndexByte(tree, ' '), bytes.IndexByte(tree, 0)
	if space < 0 || zero < space || len(tree) < zero+21 {
		return e, nil, errDamaged
	}
	e.mode, e.name = string(tree[:space]), string(tree[space+1:zero])
	copy(e.hash[:], tree[zero+1:])
	return e, tree[zero+21:], nil
}

func (e *treeEntry) folder() bool { return e.mode == "40000" }

// file reports whether the entry is a regular file, not a link or a submodule.
func (e *treeEntry) file() bool { return strings.HasPrefix(e.mode, "100") }

// order returns the text by which git sorts entries: the name, for a folder with a slash
// at the end.
func (e *treeEntry) order() string {
	if e.folder() {
		return e.name + "/"
	}
	return e.name
}
