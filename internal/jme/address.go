package jme

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"regexp"
	"strings"

	"achyk/internal/table"
)

// Address is the address of a record: "osh/findings/f-1". Its page is below ky/, ru/ or
// en/, its JSON below data/. An address that has been published never changes.
func (m *Municipality) Address(r Record) string {
	return m.ID + "/" + r.Table.Schema.Name + "/" + Slug(r.Row)
}

// Slug is the last segment of a record's address: its key or, if that cannot stand in an
// address or be the name of a file, k- and the first six bytes of the key's SHA-256.
// Registers without a schema may have any keys, and Windows keeps some names for devices.
func Slug(row *table.Row) string {
	if isPlain(row.Key) && (len(row.Key) > len("com1") || !device.MatchString(row.Key)) {
		return row.Key
	}
	sum := sha256.Sum256([]byte(row.Key))
	return "k-" + hex.EncodeToString(sum[:6])
}

// isPlain tells whether a key is made of small letters, digits, and then also _ and -, and has
// at most 200 of them. A plan asks for every record in every language; a regular expression
// took half of its time.
func isPlain(key string) bool {
	for i := range len(key) {
		switch c := key[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', i > 0 && (c == '_' || c == '-'):
		default:
			return false
		}
	}
	return 1 <= len(key) && len(key) <= 200
}

var device = regexp.MustCompile(`^(con|prn|aux|nul|com[0-9]|lpt[0-9])$`)

// filesFolder is the folder of the municipality's documents in the repository.
func (m *Municipality) filesFolder() string { return "content/" + m.ID + "/files/" }

// FileAddress is the address of a document of content/<municipality>/files/, from the top
// of the site.
func (m *Municipality) FileAddress(name string) string {
	segments := strings.Split(name, "/")
	for i, s := range segments {
		segments[i] = url.PathEscape(s)
	}
	return "files/" + m.ID + "/" + strings.Join(segments, "/")
}
