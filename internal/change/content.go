package change

import (
	"path"
	"strings"

	"achyk/internal/change/closing"
	"achyk/internal/diag"
	"achyk/internal/jme"
)

// alteredFiles finds layouts that were altered, added or removed, and published texts and files that
// are gone or were replaced. Layouts put any words and scripts on every page. Package layouts reads
// them, so their names are all that is known of them here.
func (j *judge) alteredFiles() (all []finding) {
	changed, err := j.Repo.Changed(j.Ahead.Base, j.Files, "content", "layouts")
	if err != nil {
		j.fail(err)
		return nil
	}
	then, now := j.published(), j.proposal()
	for _, name := range changed {
		old, new := then.file(name), now.file(name)
		f := finding{code: diag.ContentAltered, path: name}
		switch root, _, _ := strings.Cut(name, "/"); {
		case root == "layouts" && path.Ext(name) != ".go": // the program's own folder has Go code, too
			f.code = diag.LayoutAltered
		case root == "layouts", old == nil, !j.site(name), new != nil && (j.compared[name] || !closing.Replaced(name, old, new)):
			continue
		}
		if old != nil {
			f.old = fingerprint(old)
		}
		if new != nil {
			f.new = fingerprint(new)
		}
		f.by = j.author(func(m snapshot) string { return string(m.file(name)) })
		all = append(all, f)
	}
	return all
}

// site reports whether a file below content is a page or a file of the site. A letter of which
// nothing is left is judged as a record.
func (j *judge) site(name string) bool {
	parts := strings.Split(name, "/")
	switch {
	case len(parts) == 3:
		return parts[1] == "pages"
	case len(parts) == 4 && parts[2] == "letters":
		id, _, _ := strings.Cut(parts[3], ".")
		now := j.Proposed.Municipality(parts[1])
		return now != nil && now.Table(jme.AnalyticLetters).Lookup(id) != nil
	}
	return len(parts) == 4 && (parts[2] == "news" || parts[2] == "regulation") || len(parts) > 3 && parts[2] == "files"
}
