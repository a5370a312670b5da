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
	if plainKey.MatchString(row.Key) && !device.MatchString(row.Key) {
		return row.Key
	}
	sum := sha256.Sum256([]byte(row.Key))
	return "k-" + hex.EncodeToString(sum[:6])
}

var (
	plainKey = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,199}$`)
	device   = regexp.MustCompile(`^(con|prn|aux|nul|com[0-9]|lpt[0-9])$`)
)

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
