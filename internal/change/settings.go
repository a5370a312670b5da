package change

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/settings"
	"achyk/internal/source"
	"achyk/internal/table"
)

// guarded is a TOML file that decides what pages say: settings, a regulation or a schema.
type guarded struct {
	path string
	// was and is are pointers to what was loaded from the published and from the proposed file, with
	// the values that hold where a key is left out. A nil is stands for a schema, in which what
	// is left out says nothing.
	was, is any
	free    []string      // the keys that may be altered without a reason, without names of elements
	langs   []locale.Lang // that its texts can be in; nil: those that are built in
}

// guardedFiles returns the published files.
func (j *judge) guardedFiles() []guarded {
	site := j.Published.Site
	if j.Proposed.Site.Commit != "" { // where it was left out, the repository's address was used
		site.Commit = site.CommitAddress("{commit}")
	}
	langs := slices.Concat(j.Published.Site.Further, j.Proposed.Site.Further)
	all := []guarded{{"data/site.toml", &site, &j.Proposed.Site, []string{"description"}, langs}}
	for _, m := range j.Published.Municipalities {
		now := j.Proposed.Municipality(m.ID)
		if now == nil {
			now = &jme.Municipality{}
		}
		dir := "data/" + m.ID + "/"
		all = append(all,
			guarded{dir + "municipality.toml", &m.Settings, &now.Settings, []string{"introduction", "sources", "contact.office", "contact.address"}, langs},
			guarded{dir + "regulation.toml", &m.Regulation, &now.Regulation, []string{"act.note", "act.source", "basis.note", "basis.source", "amendment.note", "amendment.source"}, langs},
		)
		for _, t := range m.Tables {
			if t.Schema.Own && !t.Schema.Plain {
				all = append(all, guarded{dir + t.Schema.Name + ".schema.toml", &table.Schema{}, nil, []string{"description", "column.description"}, langs})
			}
		}
	}
	return all
}

// alteredValues finds values of a file that were altered or removed. They can alter what is said of
// past years, and of every record, without touching one: a missed deadline can become one that was
// met. What is added alters nothing that was published. A file with a mistake is not judged,
// because package load reports it, and neither is one that could not be read when it was
// published: what it said was on no page.
func (j *judge) alteredValues(g guarded) (all []finding) {
	then, now := j.published(), j.proposal()
	data := now.file(g.path)
	if data == nil {
		if then.file(g.path) == nil {
			return nil
		}
		return []finding{{
			code: diag.SettingsAltered, path: g.path, key: g.path, old: fingerprint(then.file(g.path)),
			by: j.author(func(m snapshot) string { return fingerprint(m.file(g.path)) }),
		}}
	}
	if _, places := g.decode(then.file(g.path)); places == nil {
		return nil
	}
	file, places := g.decode(data)
	if places == nil {
		return nil
	}
	wrote, writes := then.values(g), now.values(g)
	was, is := wrote, writes
	if g.is != nil {
		was, is = valuesOf(g.was), valuesOf(g.is)
	}
	removed := "" // an element, after which the names of what was in it follow
	names := slices.Collect(maps.Keys(was))
	for name := range is {
		if column, opens := strings.CutSuffix(name, openUntil); opens && was[name].text == "" && (column == "" || was[column].text != "") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		old, new := was[name], is[name]
		if wrote[name].text == writes[name].text || simplified(old.text) == simplified(new.text) || removed != "" && strings.HasPrefix(name, removed) || slices.Contains(g.free, g.keyOf(old.path)) {
			continue
		}
		at := new.path
		if new.text == "" {
			at = nil
			if strings.HasSuffix(name, " ") {
				removed = name
			}
		}
		all = append(all, finding{
			code: g.code(old.path), file: file, span: places.At(at...), key: strings.TrimSpace(name), old: old.text, new: new.text, args: outdated(name, was, is),
			by: j.author(func(m snapshot) string { return m.values(g)[name].text }),
		})
	}
	return all
}

// outdated says of an assumption with another value that its text is what it was: it explains the reading that no
// longer holds.
func outdated(name string, was, is values) diag.Args {
	of, ok := strings.CutSuffix(name, " value")
	if !ok || !strings.HasPrefix(of, "assumption ") || is[name].text == "" {
		return nil
	}
	for text, old := range was {
		if strings.HasPrefix(text, of+" text.") && is[text].text == old.text {
			return diag.Args{"detail": diag.Phrase("toml.assumption-text")}
		}
	}
	return nil
}

// openUntil is the key of a schema that lifts the guard of published records, so that adding it to
// what was there is an alteration.
const openUntil = "open_until"

// decode reads the file. The places are nil if there is no file, or one with a mistake.
func (g guarded) decode(data []byte) (*source.File, *settings.Places) {
	file := &source.File{Path: g.path, Data: data}
	places, problems := settings.Decode(file, source.Span{End: len(data)}, reflect.New(reflect.TypeOf(g.was).Elem()).Interface(), g.langs...)
	if data == nil || problems.HasErrors() {
		places = nil
	}
	return file, places
}

// code returns the code for a value. The words of a regulation are only shown; its other values
// decide outcomes.
func (g guarded) code(path []any) diag.Code {
	if _, regulation := g.was.(*jme.Regulation); regulation {
		if !g.isLanguage(path[len(path)-1]) {
			return diag.RegulationAltered
		}
	}
	return diag.SettingsAltered
}

// keyOf returns a key without the numbers of elements, as in "column.description". Of a text it
// is the key of the text.
func (g guarded) keyOf(path []any) string {
	var names []string
	for _, step := range path {
		if name, ok := step.(string); ok && !g.isLanguage(name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ".")
}

// values reads the values from a file. Parts of the file that cannot be read have no values.
func (m snapshot) values(g guarded) values {
	return m.read.get(m, g.path, func(f *source.File) values {
		v := reflect.New(reflect.TypeOf(g.was).Elem()).Interface()
		settings.Decode(f, source.Span{End: len(f.Data)}, v, g.langs...)
		return valuesOf(v)
	})
}

// isLanguage tells whether a step of a path is the language of a text.
func (g guarded) isLanguage(step any) bool {
	code, _ := step.(string)
	_, ok := locale.Find(code, slices.Concat(locale.Langs[:], g.langs))
	return ok
}
