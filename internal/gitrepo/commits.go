package gitrepo

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing"

	"achyk/internal/gitrepo/text"
	"achyk/internal/limits"
	"achyk/internal/signature"
)

// commitObject is a commit as git stores it.
type commitObject struct {
	tree    plumbing.Hash
	parents []plumbing.Hash
	commit  Commit
	size    int // in bytes
}

// weight is about how many bytes of memory the commit takes beside those of every commit.
func (c *commitObject) weight() int {
	return len(c.commit.Subject) + len(c.commit.Body) + len(c.commit.Author) + 20*len(c.parents)
}

// parseCommit reads a commit object. An author or a date that cannot be read is left out.
// A commit without a tree is an error, and so is one of which not even the parents and the author
// were read.
func parseCommit(h plumbing.Hash, data []byte) (w commitObject, err error) {
	var author, committer, encoding string
	signed := false
	w.size = len(data)
	head, message, whole := strings.Cut(string(data), "\n\n")
	if !whole && len(data) == limits.CommitObject {
		return w, &limits.Exceeded{What: "bytes before the message of commit " + h.String(), Limit: limits.CommitObject}
	}
	for line := range strings.SplitSeq(head, "\n") {
		key, value, _ := strings.Cut(line, " ") // a continued line begins with a space, so its key is empty
		switch key {
		case "tree":
			w.tree = plumbing.NewHash(value)
		case "parent":
			w.parents = append(w.parents, plumbing.NewHash(value))
		case "author":
			author = value
		case "committer":
			committer = value
		case "encoding":
			encoding = value
		case "gpgsig":
			signed = true
		}
	}
	if w.tree.IsZero() {
		return w, fmt.Errorf("commit %s: no tree", h)
	}
	name, _, when := text.Person(author)
	w.commit = newCommit(h, name, when, message, encoding)
	_, _, w.commit.Made = text.Person(committer)
	w.commit.Signed = signed
	return w, nil
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
	_, _, s.Made = text.Person(committer)
	for _, line := range []string{committer, author} {
		name, address, _ := text.Person(line)
		s.People = append(s.People, signature.Person{Name: publicName(name, encoding), Address: address})
	}
	return s
}

// newCommit makes a Commit of the parts of a commit object.
func newCommit(h plumbing.Hash, author string, when time.Time, message, encoding string) Commit {
	message = written(message, encoding)
	subject, body, _ := strings.Cut(strings.TrimSpace(message), "\n\n")
	return Commit{
		Hash:    h.String(),
		Time:    when,
		Author:  publicName(author, encoding),
		Subject: strings.Join(strings.Fields(text.WithoutPersonal(subject)), " "),
		Body:    strings.TrimSpace(text.WithoutPersonal(body)),
	}
}

// written is a message as its author wrote it, in UTF-8.
func written(message, encoding string) string {
	return text.Visible(lineEnds.Replace(text.Clip(text.UTF8(message, encoding), limits.Message)))
}

// Written returns the messages of commits as their authors wrote them, with the addresses and numbers of people
// that Subject and Body leave out. They are for the judge of a proposal, and must not be published.
func (r *Repo) Written(commits []Commit) ([]string, error) {
	o, err := r.newObjects()
	if err != nil {
		return nil, err
	}
	all := make([]string, len(commits))
	for i, c := range commits {
		data, err := o.Read(plumbing.CommitObject, plumbing.NewHash(c.Hash), limits.CommitObject)
		if err != nil {
			return nil, err
		}
		head, message, _ := strings.Cut(string(data), "\n\n")
		_, encoding, _ := strings.Cut(head, "\nencoding ")
		encoding, _, _ = strings.Cut(encoding, "\n")
		all[i] = written(message, encoding)
	}
	return all, nil
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// publicName returns a name in UTF-8, in one line and without what is not public.
func publicName(name, encoding string) string {
	return strings.Join(strings.Fields(text.WithoutPersonal(text.Visible(text.Clip(text.UTF8(name, encoding), limits.Person)))), " ")
}

// treeEntry is an entry of a tree object.
type treeEntry struct {
	mode string // "40000" for a folder, "100644" or "100755" for a file
	name []byte // a part of the tree object
	hash plumbing.Hash
}

var errTree = errors.New("the tree is damaged")

// nextEntry reads the first entry of a tree object and returns the rest of the object. At the end
// of the object the entry has no name.
func nextEntry(tree []byte) (e treeEntry, rest []byte, err error) {
	if len(tree) == 0 {
		return e, nil, nil
	}
	space, zero := bytes.IndexByte(tree, ' '), bytes.IndexByte(tree, 0)
	if space < 0 || zero <= space+1 || len(tree) < zero+21 {
		return e, nil, errTree
	}
	e.mode, e.name = mode(tree[:space]), tree[space+1:zero]
	copy(e.hash[:], tree[zero+1:])
	return e, tree[zero+21:], nil
}

// mode returns the mode of an entry. Some programs write "040000".
func mode(digits []byte) string {
	for _, known := range []string{"100644", "40000", "100755", "120000", "160000"} {
		if string(digits) == known {
			return known
		}
	}
	return strings.TrimLeft(string(digits), "0")
}

func (e *treeEntry) folder() bool { return e.mode == "40000" }
func (e *treeEntry) link() bool   { return e.mode == "120000" }
func (e *treeEntry) module() bool { return e.mode == "160000" }

// file reports whether the entry is a regular file, not a link or a submodule.
func (e *treeEntry) file() bool { return strings.HasPrefix(e.mode, "100") }

// compare compares entries in git's order: by name, for a folder with a slash at the end. An
// entry without a name comes after all others.
func (e *treeEntry) compare(other *treeEntry) int {
	if e.name == nil || other.name == nil {
		return cmp.Compare(len(other.name), len(e.name))
	}
	n := min(len(e.name), len(other.name))
	return cmp.Or(bytes.Compare(e.name[:n], other.name[:n]), cmp.Compare(e.at(n), other.at(n)))
}

// at returns a byte of the text by which git sorts, and -1 after its end.
func (e *treeEntry) at(i int) int {
	switch {
	case i < len(e.name):
		return int(e.name[i])
	case i == len(e.name) && e.folder():
		return '/'
	}
	return -1
}
