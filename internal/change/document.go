package change

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/table"
)

// replacedDocuments finds documents whose content is another than what was published under
// their name, and letters whose text is: whoever quoted one would find something else. One
// that is gone is missed by those who read the files, and one that no record published was
// never promised.
func (j *judge) replacedDocuments(r *register) (all []finding) {
	then, now := j.at(j.Ahead.Base), snapshot{j, j.Files}
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
			j.compared[d.path] = true // several records may have it
			all = append(all, finding{
				code: diag.DocumentReplaced, key: old.Key, field: d.field, old: fingerprint(then.file(d.path)), new: fingerprint(now.file(d.path)),
				args: diag.Args{"file": d.path}, by: j.author(func(m snapshot) string { return string(content(m)) }),
			})
		}
	}
	return all
}

// document is a file that a record publishes; nil content where there is none.
type document struct {
	field, path string
	content     func([]byte) []byte // what of it is published
}

// documents are the files that a record names before and after; of a letter, its texts.
func (r *register) documents(old, new *table.Row) (all []document) {
	if r.name == jme.AnalyticLetters {
		for _, l := range locale.Langs {
			all = append(all, document{path: "content/" + r.town.ID + "/letters/" + old.Key + "." + l.String() + ".md", content: words})
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

func unchanged(data []byte) []byte { return data }

// words are those of a text below its front matter, whose cells are judged as a record's;
// how its lines are broken says nothing.
func words(text []byte) []byte {
	if text == nil {
		return nil
	}
	const fence = "+++"
	if _, below, ok := bytes.Cut(bytes.TrimPrefix(bytes.TrimSpace(text), []byte(fence)), []byte("\n"+fence)); ok {
		text = below
	}
	return bytes.Join(bytes.Fields(text), []byte(" "))
}

// fingerprint is how a reader finds the beginning of a checksum again.
func fingerprint(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}
