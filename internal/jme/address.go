package jme

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"regexp"
	"strings"

	"achyk/internal/table"
)

// Address is where a record is found: "osh/findings/f-1", below a language as a page,
// below data as JSON. An address once published is never changed.
func (m *Municipality) Address(r Record) string {
	return m.ID + "/" + r.Table.Schema.Name + "/" + Slug(r.Row)
}

// Slug is the last segment of a record's address: its key, or a fingerprint of a key that
// is not fit for an address, as registers without a schema can have, or for a file's name,
// since Windows keeps some for devices: k- and the first six bytes of its SHA-256.
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

// filesFolder is where the repository keeps the municipality's documents.
func (m *Municipality) filesFolder() string { return "content/" + m.ID + "/files/" }

// FileAddress is where a document of content/<municipality>/files/ is published, from the
// top of the site.
func (m *Municipality) FileAddress(name string) string {
	segments := strings.Split(name, "/")
	for i, s := range segments {
		segments[i] = url.PathEscape(s)
	}
	return "files/" + m.ID + "/" + strings.Join(segments, "/")
}
