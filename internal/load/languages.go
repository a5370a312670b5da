package load

import (
	"io/fs"
	"slices"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/limits"
	"achyk/internal/locale"
	"achyk/internal/settings"
	"achyk/internal/source"
	"achyk/internal/translation"
)

// furtherCodes are the codes of the languages that site.toml names and that are not built in. They
// are read before the file itself, because its texts can be in these languages.
func furtherCodes(site []byte) (codes []string) {
	var s struct {
		Languages []string `toml:"languages"`
	}
	settings.Decode(&source.File{Path: "data/site.toml", Data: site}, source.Span{End: len(site)}, &s) // of all else it says unknown key
	for _, code := range s.Languages {
		if locale.CanRegister(code) && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return codes
}

// within are those of the codes that are read.
func within(codes []string) []string { return codes[:min(len(codes), limits.Languages)] }

// Languages are the languages that the texts of a repository can be in. It reads only what it needs, and
// says nothing of mistakes.
func Languages(fsys fs.FS) []locale.Lang {
	all := slices.Clone(locale.Langs[:])
	site, err := fs.ReadFile(fsys, "data/site.toml")
	if err != nil {
		return all
	}
	for _, code := range within(furtherCodes(site)) {
		l := translation.Without(code)
		if text, err := fs.ReadFile(fsys, translation.Path(code)); err == nil {
			l, _ = translation.Read(code, &source.File{Path: translation.Path(code), Data: text})
		}
		all = append(all, l)
	}
	return all
}

// Original is the original language of a repository. It says nothing of mistakes.
func Original(fsys fs.FS) locale.Lang {
	var s jme.Site
	if text, err := fs.ReadFile(fsys, "data/site.toml"); err == nil {
		settings.Decode(&source.File{Path: "data/site.toml", Data: text}, source.Span{End: len(text)}, &s, Languages(fsys)...)
	}
	if s.Langs() == nil {
		return locale.Ky
	}
	return s.Original()
}

// languages reads the catalogues of the further languages.
func (l *loader) languages() {
	if !l.readable["data/site.toml"] {
		return
	}
	site, err := fs.ReadFile(l.fsys, "data/site.toml")
	l.keepError(err)
	codes := furtherCodes(site)
	for _, code := range within(codes) {
		language := translation.Without(code)
		if f := l.file(translation.Path(code)); f != nil && l.legible(f) {
			read, problems := translation.Read(code, f)
			l.problems.AddAll(problems)
			language = read
		}
		l.data.Site.Further = append(l.data.Site.Further, language)
	}
	for _, e := range l.folders[translation.Folder] {
		if !slices.ContainsFunc(codes, func(code string) bool { return translation.Path(code) == translation.Folder+"/"+e.Name() }) {
			l.badName(translation.Folder+"/"+e.Name(), "language")
		}
	}
}

// siteLanguages judges the languages that site.toml names, now that it was read.
func (k *keys) siteLanguages() {
	s := &k.data.Site
	known := s.Langs()
	switch n := len(s.Languages); {
	case n > limits.Languages:
		k.problems.Add(diag.Diagnostic{Code: diag.OverLimit, File: k.places.File(), Span: k.at("languages"), Args: diag.Args{
			"what": diag.Phrase("limit.languages"), "have": n, "limit": limits.Languages, "key": "languages",
		}})
		s.Languages = codes(locale.Langs[:])
	case len(known) != n || !slices.ContainsFunc(known, locale.Lang.BuiltIn): // a language that stands twice is a slip of the hand
		k.wrong("languages", strings.Join(s.Languages, ", "), strings.Join(codes(s.Written()), ", "))
		s.Languages = codes(locale.Langs[:])
	}
	if l, ok := locale.Find(s.OriginalCode, s.Langs()); s.OriginalCode != "" && !(ok && l.BuiltIn()) {
		k.wrong("original", s.OriginalCode, codes(slices.DeleteFunc(s.Langs(), func(l locale.Lang) bool { return !l.BuiltIn() }))...)
		s.OriginalCode = ""
	}
	for _, further := range s.Further {
		name := translation.Path(further.String())
		if slices.Contains(s.Languages, further.String()) && !k.readable[name] && !k.unreadable(name) {
			k.problems.Add(diag.Diagnostic{
				Code: diag.LanguageNoCatalogue, File: k.places.File(), Span: k.at("languages"), Value: further.String(),
				Args: diag.Args{"value": further.String(), "file": name},
			})
		}
	}
}

// codes are the codes of languages.
func codes(languages []locale.Lang) []string {
	all := make([]string, len(languages))
	for i, l := range languages {
		all[i] = l.String()
	}
	return all
}
