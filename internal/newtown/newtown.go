// Package newtown has the files of a new municipality's repository: settings, a regulation to be
// compared with the adopted one, empty registers, the calendar, pages, and what runs the program in
// CI. The sentences are its own, and are about no municipality.
//
// The files lie in files/repository. In their names "dot-" stands for a leading dot and TOWN for the
// municipality's id, and "<name>.<language>.md" is for sites that have the language. A file that ends
// in .tmpl is a template that shows a Town; the others are copied. The clauses of a procedure are
// beside that folder.
package newtown

import (
	"bytes"
	"embed"
	"io/fs"
	"path"
	"slices"
	"strings"
	"text/template"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation/rules"
	"achyk/internal/table"
)

//go:embed files
var files embed.FS

// Kinds are the kinds of municipalities.
var Kinds = []string{"city", "ayil-aimak"}

// Procedures are the procedures by which they monitor.
var Procedures = []string{jme.ByContest, jme.ByGroup}

// Town says for whom the repository is.
type Town struct {
	ID            string
	Name          locale.Text
	Kind          string
	Procedure     string
	Languages     []locale.Lang
	Original      locale.Lang // one of them
	Demonstration bool        // the data is a trial, and every page says so
	Year          int         // the regulation is taken to be in force from its first day, until its date is known
}

// byContest are the registers that only the procedure by contest fills.
var byContest = []string{
	"annual_list", "contests", "contest_services", "criteria", "organisations", "applications",
	"scores", "recusals", "contracts", "payments", "letters",
}

const repository = "files/repository/"

// Files are the texts of the files, by their paths.
func (t Town) Files() (map[string][]byte, error) {
	all := map[string][]byte{}
	for _, r := range jme.BuiltIn() {
		if r.Origin != jme.FromCSV || r.Shared || t.Procedure != jme.ByContest && slices.Contains(byContest, r.Name) {
			continue
		}
		var b bytes.Buffer
		empty, _ := table.New(jme.Schema(r.Name), "", nil)
		if err := empty.WriteCSV(&b, false); err != nil {
			return nil, err
		}
		all["data/"+t.ID+"/"+r.Name+".csv"] = b.Bytes()
	}
	err := fs.WalkDir(files, path.Clean(repository), func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !t.has(e.Name()) {
			return err
		}
		to := strings.NewReplacer("dot-", ".", "TOWN", t.ID).Replace(strings.TrimPrefix(name, repository))
		all[strings.TrimSuffix(to, ".tmpl")], err = t.file(name)
		return err
	})
	return all, err
}

// has tells whether the site has the language of a text; a file that is no text has none.
func (t Town) has(name string) bool {
	parts := strings.Split(strings.TrimSuffix(name, ".tmpl"), ".")
	if len(parts) < 3 {
		return true
	}
	l, ok := locale.ParseLang(parts[len(parts)-2])
	return !ok || slices.Contains(t.Languages, l)
}

// file is the text of a file.
func (t Town) file(name string) ([]byte, error) {
	data, err := files.ReadFile(name)
	if err != nil || path.Ext(name) != ".tmpl" {
		return data, err
	}
	parsed, err := template.New(path.Base(name)).Parse(string(data))
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = parsed.Execute(&b, t)
	return b.Bytes(), err
}

// In tells whether the site has a language. Templates use it, as they do what follows.
func (t Town) In(code string) bool {
	return slices.ContainsFunc(t.Languages, func(l locale.Lang) bool { return l.String() == code })
}

// Codes is the list of the languages, as TOML.
func (t Town) Codes() string {
	var codes []string
	for _, l := range t.Languages {
		codes = append(codes, quoted(l.String()))
	}
	return "[" + strings.Join(codes, ", ") + "]"
}

// City is whether the municipality is a city.
func (t Town) City() bool { return t.Kind == Kinds[0] }

// Called is the name of the municipality, as TOML.
func (t Town) Called() string { return t.toml(t.Name) }

// Titled is the name with what follows it in the title of the site, as TOML.
func (t Town) Titled(ky, ru, en string) string {
	return t.toml(locale.Join(nil, t.Name, locale.Text{Ky: ky, Ru: ru, En: en}, func(name, what string) string { return name + ": " + what }))
}

// Text is a text, as TOML, in the languages of the site.
func (t Town) Text(ky, ru, en string) string { return t.toml(locale.Text{Ky: ky, Ru: ru, En: en}) }

func (t Town) toml(text locale.Text) string {
	var parts []string
	for _, l := range t.Languages {
		if s := text.Get(l); s != "" {
			parts = append(parts, l.String()+" = "+quoted(s))
		}
	}
	return "{ " + strings.Join(parts, ", ") + " }"
}

// Clauses are the clauses of the procedure with their assumptions, as TOML.
func (t Town) Clauses() (string, error) {
	text, err := t.file("files/" + t.Procedure + ".toml.tmpl")
	return string(text), err
}

// Named is the name for readers of a language, as Markdown.
func (t Town) Named(code string) string {
	l, _ := locale.ParseLang(code)
	return markdown.Replace(t.Name.In(l))
}

// Assumption is an assumption of the regulation, as TOML: its first reading applies, and a comment
// lists all that the rules know.
func (t Town) Assumption(code, clause string, title, text [3]string) string {
	readings := rules.All.Convention(code).Values
	var b strings.Builder
	b.WriteString("# " + strings.Join(readings, " | ") + "\n[[assumption]]\ncode   = " + quoted(code) + "\n")
	if clause != "" {
		b.WriteString("clause = " + quoted(clause) + "\n")
	}
	b.WriteString("title  = " + t.Text(title[0], title[1], title[2]) + "\n")
	b.WriteString("text   = " + t.Text(text[0], text[1], text[2]) + "\n")
	b.WriteString("value  = " + quoted(readings[0]) + "\n")
	return b.String()
}

// Say is a text for [Town.Assumption].
func (t Town) Say(ky, ru, en string) [3]string { return [3]string{ky, ru, en} }

// markdown puts a backslash before every sign that Markdown may read as its own.
var markdown = func() *strings.Replacer {
	var pairs []string
	for _, sign := range "\\`*_{}[]()<>#+-.!|~&\"'" {
		pairs = append(pairs, string(sign), `\`+string(sign))
	}
	return strings.NewReplacer(pairs...)
}()

// quoted is a string of TOML.
func quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case r < ' ' || r == 0x7f:
			b.WriteString(`\u00` + string("0123456789abcdef"[r>>4]) + string("0123456789abcdef"[r&15]))
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
