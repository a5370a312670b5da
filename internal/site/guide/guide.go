// Package guide makes the pages of the guides for those who keep registers: their list, and a page for each.
// The texts and pictures belong to the program (package docs/guide), so every
// site has those of its languages.
package guide

import (
	"bytes"
	"fmt"
	"html/template"
	"image/png"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"sync"

	"achyk/docs/guide"
	"achyk/internal/document"
	"achyk/internal/files"
	"achyk/internal/locale"
	"achyk/internal/site/page"
	"achyk/internal/source"
)

// Text is a guide in one language.
type Text struct {
	Name  string             `toml:"-"` // the last segment of its address
	Title string             `toml:"title"`
	Lead  string             `toml:"lead"`
	Text  *document.Document `toml:"-"`
}

// texts are the guides of each language, in the order of guide.Names.
var texts = sync.OnceValue(func() map[locale.Lang][]Text {
	all := map[locale.Lang][]Text{}
	for _, l := range locale.Langs {
		for _, name := range guide.Names {
			all[l] = append(all[l], read(name, l))
		}
	}
	return all
})

// In returns the guides for readers of an edition, in the order in which they are listed, and their
// language: those of a further language get the guides in the original of the site.
func In(e *page.Edition) ([]Text, locale.Lang) {
	l := e.Lang
	if !l.BuiltIn() {
		l = e.Data.Site.Original()
	}
	return texts()[l], l
}

// guidesOf are the guides as pages show them, marked if they are in another language than the page.
func guidesOf(e *page.Edition) []Text {
	all, original := In(e)
	if original == e.Lang {
		return all
	}
	all = slices.Clone(all)
	for i := range all {
		t := &all[i]
		whole := *t.Text
		whole.HTML = template.HTML(fmt.Sprintf("<div lang=%q>%s</div>", original, whole.HTML))
		t.Title, t.Lead, t.Text = locale.Marked(t.Title, original), locale.Marked(t.Lead, original), &whole
	}
	return all
}

// read reads a guide. The guides are a part of the program, so a mistake in one is a fault.
func read(name string, l locale.Lang) Text {
	file := name + "." + l.String() + ".md"
	data, err := guide.Files.ReadFile(file)
	if err != nil {
		panic(err)
	}
	t := Text{Name: name}
	doc, _, problems := document.Parse(&source.File{Path: "docs/guide/" + file, Data: data}, &t)
	if len(problems) > 0 || t.Title == "" || t.Lead == "" {
		panic(fmt.Sprintf("docs/guide/%s: %v", file, problems))
	}
	t.Text = doc
	return t
}

// ContentsView is the list of the guides.
type ContentsView struct {
	page.Base
	Heading string
	Lead    string
	Guides  []Line
}

// Line is a guide in the list.
type Line struct {
	Link page.Link
	Lead string
}

// Contents is the list of the guides.
var Contents = page.Kind[ContentsView]{Template: "guides", Pages: func(s *page.Site, add page.Add[ContentsView]) {
	add(nil, page.GuidePath(""), func(p *page.Place) ContentsView {
		v := ContentsView{Heading: p.T("site.guide.title"), Lead: p.T("site.guide.lead")}
		v.Base = p.Base(v.Heading, v.Lead)
		for _, t := range guidesOf(p.Edition) {
			v.Guides = append(v.Guides, Line{page.Link{Text: page.Own(t.Title), Href: p.To(page.GuidePath(t.Name))}, t.Lead})
		}
		return v
	})
}}

// View is one guide.
type View struct {
	page.Base
	Heading string
	Lead    string
	Text    template.HTML
	Desk    page.Link
}

// Pages are the pages of the guides.
var Pages = page.Kind[View]{Template: "guide", Pages: func(s *page.Site, add page.Add[View]) {
	originals, _ := In(s.EditionIn(s.Data.Site.Original())) // every language has the same guides
	for i, g := range originals {
		add(nil, page.GuidePath(g.Name), func(p *page.Place) View {
			t := guidesOf(p.Edition)[i]
			v := View{
				Base: p.Base(t.Title, t.Lead), Heading: t.Title, Lead: t.Lead, Text: linked(p, t.Text.HTML),
				Desk: page.Link{Text: page.Own(p.T("site.desk.title")), Href: p.To(page.DeskPath)},
			}
			v.Crumb(page.Own(p.T("site.guide.title")), p.To(page.GuidePath("")))
			return v
		})
	}
}}

// In a text, what leads elsewhere on the site: the desk, another guide, a picture.
var (
	toDesk    = regexp.MustCompile(`<code>/[a-z]+/desk/</code>`)
	toGuide   = regexp.MustCompile(`href="([a-z]+)\.[a-z]+\.md"`)
	toPicture = regexp.MustCompile(`<img src="([a-z.-]+\.png)"`)
)

// linked makes a text of the repository one of the site.
func linked(p *page.Place, text template.HTML) template.HTML {
	s := toDesk.ReplaceAllStringFunc(string(text), func(code string) string {
		return `<a href="` + p.To(page.DeskPath) + `">` + code + "</a>"
	})
	s = toGuide.ReplaceAllStringFunc(s, func(link string) string {
		return `href="` + p.To(page.GuidePath(toGuide.FindStringSubmatch(link)[1])) + `"`
	})
	return template.HTML(toPicture.ReplaceAllStringFunc(s, func(img string) string {
		name := toPicture.FindStringSubmatch(img)[1]
		return fmt.Sprintf(`<img src="%s" %s loading="lazy"`, p.FromTop(page.GuidePath("")+name), size(name))
	}))
}

// size returns the attributes by which a browser keeps room for a picture.
func size(name string) string {
	data, err := guide.Files.ReadFile(name)
	if err != nil {
		panic(err)
	}
	c, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		panic(err)
	}
	return fmt.Sprintf(`width="%d" height="%d"`, c.Width, c.Height)
}

// Files are the pictures of the languages of a site.
func Files(s *page.Site) (all []files.File) {
	for _, l := range s.Data.Site.Langs() {
		names, err := fs.Glob(guide.Files, "*."+l.String()+".png")
		if err != nil {
			panic(err) // of the pattern
		}
		for _, name := range names {
			all = append(all, files.File{Path: path.Join(page.GuidePath(""), name), Write: func(w io.Writer) error {
				data, err := guide.Files.ReadFile(name)
				if err != nil {
					return err
				}
				_, err = w.Write(data)
				return err
			}})
		}
	}
	return all
}
