package load

import (
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"achyk/internal/diag"
	"achyk/internal/document"
	"achyk/internal/fault"
	"achyk/internal/jme"
	"achyk/internal/load/personal"
	"achyk/internal/locale"
	"achyk/internal/settings"
	"achyk/internal/source"
	"achyk/internal/table"
)

// front is the front matter of any article. Which keys a kind of article needs is judged when
// it has been read.
type front struct {
	ID          string    `toml:"id"`
	Year        int       `toml:"year"`
	Date        time.Time `toml:"date"`
	Title       string    `toml:"title"`
	Description string    `toml:"description"`
	Order       int       `toml:"order"`
	Panel       string    `toml:"panel"`
	Reports     []string  `toml:"reports"`
	Source      string    `toml:"source"`
}

// translated is the front matter of an article in one language, and where its keys stand.
type translated struct {
	front  front
	places *settings.Places
}

// article is an article in one language, as it was read.
type article struct {
	name, slug string
	lang       locale.Lang
	half       *diag.Diagnostic // git has left the file half done, so it was not read
	personal   personal.Text
	characters diag.List // what is wrong with characters and letters
	legible    bool      // else the file was not read further
	front      front
	body       *document.Document
	places     *settings.Places
	problems   diag.List
}

// papers are the endings of texts that office programs write. Somebody who puts one among the texts
// believes that the site shows it.
var papers = []string{".doc", ".docx", ".odt", ".rtf", ".pdf", ".txt"}

// articles reads a folder of Markdown files. Each is an article in one language.
func (l *loader) articles(dir string) []*jme.Article {
	articles, _ := l.readArticles(dir)
	return articles
}

// readArticles reads a folder of articles. It also returns, by slug, the translations whose
// front matter has no mistakes.
func (l *loader) readArticles(dir string) ([]*jme.Article, map[string]map[locale.Lang]translated) {
	var articles []*jme.Article
	var read []*article
	bySlug := map[string]*jme.Article{}
	sources := map[string]map[locale.Lang]translated{}
	for _, e := range l.folders[dir] {
		name := path.Join(dir, e.Name())
		slug, lang, ok := l.splitArticleName(e.Name())
		if !ok || e.IsDir() {
			why := "text"
			if slices.Contains(papers, strings.ToLower(path.Ext(name))) {
				why = "paper"
			}
			l.badName(name, why)
			continue
		}
		a := bySlug[slug]
		if a == nil {
			a = &jme.Article{Slug: slug, Bodies: map[locale.Lang]*document.Document{}}
			bySlug[slug], sources[slug] = a, map[locale.Lang]translated{}
			articles = append(articles, a)
		}
		a.Bodies[lang] = &document.Document{} // so that a file that cannot be read is not reported as missing
		if l.readable[name] {
			read = append(read, &article{name: name, slug: slug, lang: lang})
		}
	}
	l.parse(read)
	for _, t := range read {
		if !l.whole(t.name, t.half, nil) {
			continue
		}
		l.texts = append(l.texts, t.personal)
		l.problems.AddAll(t.characters)
		if !t.legible {
			continue
		}
		a, slug, lang, name := bySlug[t.slug], t.slug, t.lang, t.name
		fm, doc, places, problems := t.front, t.body, t.places, t.problems
		l.problems.AddAll(problems)
		a.Bodies[lang] = doc
		if path.Base(dir) == "news" && !problems.HasErrors() && strings.TrimSpace(string(doc.HTML)) == "" {
			l.reportName(diag.TextEmpty, name, name)
		}
		a.Title.Set(lang, fm.Title)
		a.Description.Set(lang, fm.Description)
		if lang == l.data.Site.Original() || a.Date.IsZero() {
			a.Date, a.Order, a.Source = fm.Date, fm.Order, fm.Source
		}
		if path.Base(dir) != "letters" { // the dates of letters are in their register
			l.dates(places)
		}
		if places == nil || problems.HasErrors() {
			continue
		}
		if fm.ID != "" && fm.ID != slug {
			l.problems.Add(diag.Diagnostic{Code: diag.TOMLValue, File: places.File(), Span: places.At("id"), Value: fm.ID, Args: diag.Args{"key": "id", "value": fm.ID, "words": []string{slug}}})
		}
		if fm.Title == "" {
			l.reportMissingKey(places.File(), "title", places.At())
			continue
		}
		sources[slug][lang] = translated{fm, places}
	}
	for _, a := range articles {
		if original := l.data.Site.Original(); a.Bodies[original] == nil {
			name := path.Join(dir, a.Slug+"."+original.String()+".md")
			l.reportName(diag.LanguageLost, name, name)
		}
		if original, ok := sources[a.Slug][l.data.Site.Original()]; ok {
			for _, in := range sources[a.Slug] {
				l.compareTranslation(original, in)
			}
		}
	}
	return articles, sources
}

// parse reads texts, many at a time, but those that the last Load read.
func (l *loader) parse(texts []*article) {
	keys, errs := make([]key, len(texts)), make([]error, len(texts))
	l.keepError(fault.InParallel(len(texts), func(i int) {
		t := texts[i]
		f, half, err := l.read(t.name)
		errs[i], keys[i] = err, keyOf("text", f)
		if known := l.before.texts[keys[i]]; known != nil {
			texts[i] = known
			return
		}
		t.personal, t.half = personal.InText(f), half
		if half != nil {
			return
		}
		if t.characters, t.legible = encoded(f); t.legible {
			t.body, t.places, t.problems = document.Parse(f, &t.front)
		}
	}))
	for i, t := range texts {
		l.keepError(errs[i])
		l.after.texts[keys[i]] = t
	}
}

// reportMissingKey reports a key that must be there.
func (l *loader) reportMissingKey(f *source.File, key string, at source.Span) {
	l.problems.Add(diag.Diagnostic{Code: diag.TOMLMissing, File: f, Span: at, Value: key, Args: diag.Args{"key": key}})
}

// letters reads the texts of the analytic letters, and makes a register of their front matter
// that other registers can refer to.
func (l *loader) letters(m *jme.Municipality) *table.Table {
	dir := "content/" + m.ID + "/letters"
	articles, sources := l.readArticles(dir)
	m.LetterTexts = articles
	schema := l.schema(jme.AnalyticLetters)
	var rows []table.Row
	whole := !l.unreadable(dir)
	for _, a := range articles {
		t, ok := sources[a.Slug][l.data.Site.Original()]
		if ok && t.front.Year == 0 {
			l.reportMissingKey(t.places.File(), "year", t.places.At())
			ok = false
		}
		if ok && t.front.Date.IsZero() {
			l.reportMissingKey(t.places.File(), "date", t.places.At())
			ok = false
		}
		if !ok {
			whole = false // why has been reported
			continue
		}
		cells := map[string]string{
			"id": a.Slug, "panel": t.front.Panel, "reports": strings.Join(t.front.Reports, " "),
			"year": strconv.Itoa(t.front.Year), "date": t.front.Date.Format("2006-01-02"),
		}
		for _, l := range schema.Langs {
			cells["title_"+l.String()] = a.Title.Get(l)
		}
		row := table.Row{Values: make([]string, len(schema.Fields)), Origin: table.Origin{
			File: t.places.File(), Spans: make([]source.Span, len(schema.Fields)), Files: make([]*source.File, len(schema.Fields)),
		}}
		for i, f := range schema.Fields {
			places := t.places
			if in := sources[a.Slug][f.Lang].places; in != nil && schema.Columns[f.Column].Type == table.Text {
				places = in
			}
			row.Values[i] = cells[f.Name]
			row.Origin.Files[i], row.Origin.Spans[i] = places.File(), places.At(schema.Columns[f.Column].Name)
		}
		rows = append(rows, row)
	}
	letters, problems := table.New(schema, m.ID+"/"+jme.AnalyticLetters, rows)
	letters.Whole = letters.Whole && whole
	l.problems.AddAll(problems)
	return letters
}
