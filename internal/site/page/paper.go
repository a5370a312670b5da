package page

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"path"
	"slices"
	"strings"

	"achyk/internal/attachment"
	"achyk/internal/jme"
	"achyk/internal/papers"
	"achyk/internal/photo"
)

// Picture is a small picture that leads to the large one.
type Picture struct {
	Href, Src, Alt string
	Width, Height  int
}

// Picture returns the thumbnail of a document of the municipality, or nil if that is no picture or cannot be read: a
// link to it is left. A drawing is shown itself, unless it is heavier than a thumbnail.
func (p *Place) Picture(name string, caption Phrase) *Picture {
	kind, known := attachment.Of(name)
	size := p.Papers.Of(p.Town.Document(name)).Size
	if !known || !kind.Image || size.X == 0 || size.Y == 0 {
		return nil
	}
	href := p.FromTop(p.Town.FileAddress(name))
	made := &Picture{Href: href, Src: href, Alt: cmp.Or(caption.String(), path.Base(name))}
	if kind.Drawing {
		if p.Data.Files[p.Town.Document(name)] > photo.SmallWeight {
			return nil
		}
	} else {
		sum, err := p.Files.At(papers.SmallPath(p.Town.Document(name))).Sum()
		if err != nil || sum.Size == 0 {
			return nil
		}
		made.Src = p.FromTop("thumbnails" + strings.TrimPrefix(p.Town.FileAddress(name), "files") + ".jpg")
	}
	longest := max(size.X, size.Y)
	made.Width, made.Height = max(1, size.X*photo.SmallSide/longest), max(1, size.Y*photo.SmallSide/longest)
	return made
}

// Halved returns a picture as it is shown beside a text.
func (x Picture) Halved() *Picture {
	x.Width, x.Height = max(1, x.Width/2), max(1, x.Height/2)
	return &x
}

// Document returns the name in the repository of a document of the municipality.
func (t *Town) Document(name string) string { return "content/" + t.ID + "/files/" + name }

// Documents returns the names of the municipality's documents, in order.
func (t *Town) Documents(data *jme.Dataset) (names []string) {
	for name := range data.Files {
		if rest, ok := strings.CutPrefix(name, t.Document("")); ok {
			names = append(names, rest)
		}
	}
	slices.Sort(names)
	return names
}

// Original returns the SHA-256 of a picture as it is in the repository, if it is published without notes of the
// camera that it has there.
func (p *Place) Original(name string) string { return p.Papers.Of(p.Town.Document(name)).Original }

// Readable tells whether a document of the municipality has a page with its text.
func (t *Town) Readable(name string, size int64) bool {
	return strings.EqualFold(path.Ext(name), ".txt") && size <= papers.MostText
}

// PaperPath returns the address of the page with the text of a document. A name that cannot stand in an address
// gives the first bytes of its SHA-256.
func (t *Town) PaperPath(name string) string {
	slug := strings.ToLower(name[:len(name)-len(path.Ext(name))])
	if strings.Trim(slug, "abcdefghijklmnopqrstuvwxyz0123456789_-/") != "" || slug != name[:len(slug)] {
		sum := sha256.Sum256([]byte(name))
		slug = "k-" + hex.EncodeToString(sum[:6])
	}
	return t.Path() + "papers/" + folder(slug)
}
