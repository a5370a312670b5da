package load

import (
	"io/fs"
	"path"
	"strings"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/settings"
	"achyk/internal/source"
	"achyk/internal/table"
)

// SchemaOf returns the label and the schema of the register that a file holds, by its path
// "data/<municipality>/<register>.csv" or "data/<register>.csv". It returns no schema for any other
// path, and for a register of a municipality's own whose schema is missing or wrong. It reads no
// other register, so that one register of a large repository can be read alone.
func SchemaOf(fsys fs.FS, name string) (label string, schema *table.Schema) {
	register, ok := strings.CutSuffix(path.Base(name), ".csv")
	label = strings.TrimPrefix(strings.TrimSuffix(name, ".csv"), "data/")
	town := path.Dir(label)
	if !ok || !strings.HasPrefix(name, "data/") || strings.Contains(town, "/") {
		return "", nil
	}
	if r, known := jme.Find(register); known {
		if r.Shared != (town == ".") || r.Origin != jme.FromCSV {
			return "", nil
		}
		return label, jme.Schema(register).In(locale.Ky, Languages(fsys))
	}
	file := "data/" + label + ".schema.toml"
	text, err := fs.ReadFile(fsys, file)
	if town == "." || err != nil {
		return "", nil
	}
	var own []string // which a reference may lead to
	if all, err := fs.Glob(fsys, "data/"+town+"/*.csv"); err == nil {
		for _, name := range all {
			own = append(own, strings.TrimSuffix(path.Base(name), ".csv"))
		}
	}
	schema, _ = table.ParseSchema(register, &source.File{Path: file, Data: text}, jme.Allowed(Languages(fsys), own...))
	return label, schema
}

// Zone returns the time zone of the clocks of a repository.
func Zone(fsys fs.FS) *time.Location {
	var s jme.Site
	if text, err := fs.ReadFile(fsys, "data/site.toml"); err == nil {
		f := &source.File{Path: "data/site.toml", Data: text}
		settings.Decode(f, source.Span{End: len(text)}, &s, Languages(fsys)...) // check reports what is wrong
	}
	return s.Zone()
}
