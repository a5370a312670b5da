package posters

import (
	"crypto/sha256"
	"encoding/binary"
	"strconv"
	"strings"

	"achyk/internal/site/page"
)

// Numbers begin with a digit that is not 0, so that all have six.
const least, numbers = 100_000, 900_000

// number returns the number of a subject. It stands on paper: neither this function nor what it is
// given may ever change. TestNumbers holds some numbers.
func (x *subject) number() string {
	key := x.town.ID + "/" + x.record.Table.Schema.Name + "/" + x.record.Row.Key
	if x.service != nil {
		key += "/" + strconv.Itoa(x.year)
	}
	return numberOf(key)
}

// numberOf returns the number of a key.
func numberOf(key string) string {
	sum := sha256.Sum256([]byte(key))
	return strconv.FormatUint(least+binary.BigEndian.Uint64(sum[:8])%numbers, 10)
}

// path returns the path of the short address of a subject, from the top of the site.
func (x *subject) path() string { return "t/" + x.number() + "/" }

// short returns the short address in words.
func (x *subject) short(e *page.Edition) string {
	_, address, _ := strings.Cut(e.Data.Site.BaseURL+x.path(), "://")
	return address
}

// file returns the path of a PDF of the subject, from the top of the site.
func (x *subject) file(form string) string {
	name := "posters/" + x.town.Address(x.record) + "-"
	if x.service != nil {
		name += strconv.Itoa(x.year) + "-"
	}
	return name + form + ".pdf"
}
