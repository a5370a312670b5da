package change

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"

	"achyk/internal/change/closing"
	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/table"
)

// replacedDocuments finds documents and letters whose content differs from what was published
// under the same name: whoever quoted the published one would find another text. It does
// not report removed documents, because package load reports files that records name and
// that are missing. It does not look at files that no published record named.
func (j *judge) replacedDocuments(r *register) (all []finding) {
	then, now := j.published(), j.proposal()
	for i := range r.was.Rows {
		old := &r.was.Rows[i]
		new := r.is.Lookup(old.Key)
		if new == nil {
			continue
		}
		for _, d := range r.documents(old, new) {
			content := func(m snapshot) []byte { return d.content(m.file(d.path)) }
			was, is := content(then), content(now)
			if j.compared[d.path] || was == nil || is == nil || bytes.Equal(was, is) {
				continue
			}
			j.compared[d.path] = true // several records may name the same document
			all = append(all, finding{
				code: diag.DocumentReplaced, key: old.Key, field: d.field, old: fingerprint(then.file(d.path)), new: fingerprint(now.file(d.path)),
				args: diag.Args{"file": d.path}, by: j.author(func(m snapshot) string { return string(content(m)) }),
			})
		}
	}
	return all
}

// document is a file that a record publishes.
type document struct {
	field, path string
	content     func([]byte) []byte // the part of the file that is published; nil for nil
}

// documents returns the files that a record names in both states; for a letter, its texts.
func (r *register) documents(old, new *table.Row) (all []document) {
	if r.name == jme.AnalyticLetters {
		for _, l := range r.is.Schema.Langs {
			all = append(all, document{path: "content/" + r.town.ID + "/letters/" + old.Key + "." + l.String() + ".md", content: closing.Words})
		}
		return all
	}
	for i, f := range r.was.Schema.Fields {
		name := old.Values[i]
		if r.was.Schema.Columns[f.Column].Type == table.Path && name != "" && r.is.Value(new, f.Name) == name {
			all = append(all, document{f.Name, "content/" + r.town.ID + "/files/" + name, unchanged})
		}
	}
	return all
}

// unchanged returns all of a file.
func unchanged(data []byte) []byte { return data }

// fingerprint returns the first 16 digits of the SHA-256 checksum, by which a reader can
// recognize the file.
func fingerprint(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}
