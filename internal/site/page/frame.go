package page

import (
	"cmp"
	"html/template"
	"strings"
	"unicode/utf8"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

// Base holds the fields that every page needs.
type Base struct {
	Lang        string
	OpenGraph   string
	Head        template.HTML
	Flows       bool   // what comes later moves nothing: the page may be painted before it is whole
	Title       string // of the HTML document: the page's title and the site's
	Description string
	Canonical   string
	Default     string // absolute address of the language chooser
	Home        string
	SiteTitle   string
	Place       string // name of the municipality
	Languages   []Language
	Crumbs      []Link
	Feed        string // address of the feed of the municipality's changes
	Frame       Frame
	LinkCard    *LinkCard   // that messengers show beside a link to the page; may be nil
	Described   template.JS // JSON-LD for search engines; may be empty

	printer *locale.Printer
}

// LinkCard is a picture that messengers show beside a link to a page.
type LinkCard struct {
	Address       string // absolute; empty where the site has no address, and so no pictures
	Alt           string
	Width, Height int
	Says          string // how things stand, by which the description of the page begins as well; may be empty
}

// Pictured gives the page a picture, which may be nil. What the picture says, the description says first: messengers
// show both, and links that readers share have the description.
func (b *Base) Pictured(c *LinkCard) {
	if c == nil {
		return
	}
	if c.Address != "" {
		b.LinkCard = c
	}
	if c.Says != "" && !strings.HasPrefix(b.Description, c.Says) {
		b.Description = Clip(c.Says+" "+b.Description, DescriptionLimit)
	}
}

// T returns a message of the program. A template has no words of its own; it calls T for each.
func (b Base) T(key string) string { return b.printer.T("site." + key) }

// Crumb adds a link to the breadcrumbs.
func (b *Base) Crumb(text Phrase, href string) {
	b.Crumbs = append(b.Crumbs, Link{Text: text, Href: href})
}

// How long the title and description of a page may be, in characters. Search engines and messengers
// cut what is longer, and would cut off the end of a title, which says whose page it is.
const (
	titleLimit       = 65
	DescriptionLimit = 150

	leastOfTitle = 30 // of a page's own title, beside what follows it
)

// Base returns the Base of the page at p. It shortens a long title or description. If the title
// is empty, the page has the title of the site.
func (p *Place) Base(title, description string) Base { return p.BaseOf(title, "", description) }

// TownBase is Base with the name of the municipality after the title.
func (p *Place) TownBase(title, description string) Base {
	return p.BaseOf(title, p.TownName(), description)
}

// BaseOf is Base with a few words after the title that say what it is the title of.
func (p *Place) BaseOf(title, of, description string) Base {
	site := p.Data.Site
	b := Base{
		Lang: p.Lang.String(), OpenGraph: p.Lang.OpenGraph(), Head: p.Templates.heads[p.style], Flows: p.style == Clauses,
		Title: Clip(site.Title.In(p.Lang), titleLimit), Description: Clip(cmp.Or(description, site.Description.In(p.Lang)), DescriptionLimit),
		Canonical: p.canonical(p.Lang), Default: p.canonical(site.Original()),
		Home: p.To(""), SiteTitle: site.Title.In(p.Lang),
		Frame: p.frame(), printer: p.Printer,
	}
	if title != "" {
		b.Title = fitted(title, of, b.SiteTitle)
	}
	if p.path == "" {
		b.Default = site.BaseURL // the page on which readers choose a language
	}
	for _, l := range site.Langs() {
		b.Languages = append(b.Languages, Language{
			Code: l.String(), Name: l.Name(), Current: l == p.Lang,
			Href: p.FromTop(l.String() + "/" + p.path), Address: p.canonical(l),
		})
	}
	if t := p.Town; t != nil {
		b.Place = t.Settings.Name.In(p.Lang)
		if p.History != nil {
			b.Feed = p.FromTop(t.FeedFile(p.Lang))
		}
		b.Crumbs = []Link{{Text: Own(b.SiteTitle), Href: b.Home}, {Text: Phrase{p.Text(t.Settings.Name)}, Href: p.To(t.Path())}}
	}
	return b
}

// canonical returns the absolute address of the page in a language.
func (p *Place) canonical(l locale.Lang) string {
	return p.Data.Site.BaseURL + l.String() + "/" + p.path
}

// fitted joins a title with what it is the title of and the title of the site. It shortens first the
// title, then the words after it, and a title of the site that would leave no room.
func fitted(title, of, site string) string {
	site = Clip(site, titleLimit/3)
	room := titleLimit - utf8.RuneCountInString(" · "+site)
	if of != "" {
		own := min(utf8.RuneCountInString(title), leastOfTitle)
		of = " — " + Clip(of, max(room-own-len(" - "), leastOfTitle/2))
	}
	return Clip(title, room-utf8.RuneCountInString(of)) + of + " · " + site
}

// OfArticle tells search engines in which languages the text of the page is. Where it is not
// translated, the page shows it in another language and points at the page in that language, so that
// engines do not offer readers of one language the text of another.
func (b *Base) OfArticle(p *Place, a *jme.Article) {
	original := p.Data.Site.Original()
	for i, l := range p.Data.Site.Langs() {
		if _, shown := a.Body(l, original); shown != l {
			b.Languages[i].Address = ""
			if l == p.Lang {
				b.Canonical = p.canonical(shown)
			}
		}
	}
}

// TownName returns the name of the municipality in the language of the page.
func (p *Place) TownName() string { return p.Town.Settings.Name.In(p.Lang) }

// Frame is the banner, menu and foot of a page. Many pages have the same frame, so each frame
// is rendered once and kept. This takes a third off the time of a build.
type Frame struct {
	Banner, Menu, Foot template.HTML

	asIs template.HTML // Foot with the note on texts that are not translated
}

// FrameView is what the templates of a frame show.
type FrameView struct {
	Home       string
	SiteTitle  string
	Search     string // where the form leads; empty on the page of the search, which has a form of its own
	Town       string // the id of the municipality in which to look first; empty if there is one only
	Place      string
	Menu       []Link // of the municipality
	Pages      []Link // about, glossary …
	Demo       bool
	AsOf       string
	Commit     string // abbreviated
	CommitDate string
	Dirty      bool
	Changes    Link // to the last change, with its day; no text if there is no history
	Repository string
	Licence    string
	AsIs       bool // the page shows texts that are not translated

	printer *locale.Printer
}

// T returns a message of the program.
func (f FrameView) T(key string) string { return f.printer.T("site." + key) }

var (
	banner = Kind[FrameView]{Template: "banner"}
	menu   = Kind[FrameView]{Template: "menu"}
	foot   = Kind[FrameView]{Template: "foot"}

	frameKinds = []AnyKind{banner, menu, foot}
)

// frameKey holds what a frame depends on within an edition.
type frameKey struct {
	root    string
	town    *Town
	current string // the page's address if the frame may have a link to the page itself
}

// frame returns the frame of a page.
func (p *Place) frame() Frame {
	key := frameKey{root: p.root, town: p.Town}
	if strings.Count(p.path, "/") <= 2 { // frames link to addresses of one or two segments only
		key.current = p.path
	}
	if f, ok := p.frames.Load(key); ok {
		return f.(Frame)
	}
	v := p.frameView()
	noted := v
	noted.AsIs = true
	var f Frame
	for _, part := range []struct {
		kind Kind[FrameView]
		view FrameView
		into *template.HTML
	}{{banner, v, &f.Banner}, {menu, v, &f.Menu}, {foot, v, &f.Foot}, {foot, noted, &f.asIs}} {
		var out strings.Builder
		if err := part.kind.Write(p.Templates, &out, part.view); err != nil {
			panic(err) // the templates are checked, and a strings.Builder cannot fail
		}
		*part.into = template.HTML(out.String())
	}
	p.frames.Store(key, f)
	return f
}

func (p *Place) frameView() FrameView {
	site := p.Data.Site
	v := FrameView{
		Home: p.To(""), SiteTitle: site.Title.In(p.Lang),
		Demo: site.Demonstration, AsOf: p.AsOf(p.Today), Dirty: p.Build.Dirty,
		Repository: site.Repository, Licence: site.Licence, printer: p.Printer,
	}
	if p.path != SearchPath {
		v.Search = p.To(SearchPath)
		if p.Town != nil && len(p.Towns) > 1 {
			v.Town = p.Town.ID
		}
	}
	if p.Build.Commit != "" {
		v.Commit, v.CommitDate = Abbreviated(p.Build.Commit), p.ShortDate(p.Build.CommitTime)
	}
	for _, a := range p.Data.Pages {
		v.Pages = append(v.Pages, p.entry(Phrase{p.Text(a.Title)}, a.Slug+"/"))
	}
	v.Pages = append(v.Pages, p.entry(Own(p.T("site.guide.title")), GuidePath("")))
	entries, changes := p.Entries, ChangesPath
	if t := p.Town; t != nil {
		entries, changes = t.Entries, t.ChangesPath("")
		v.Place, v.Menu = t.Settings.Name.In(p.Lang), p.menu()
	}
	if len(entries) > 0 {
		v.Changes = Link{Text: Own(p.ChangedOn(entries[0].Commit)), Href: p.To(changes)}
	}
	return v
}

// menu returns the entries of a municipality's menu.
func (p *Place) menu() []Link {
	var links []Link
	t := p.Town
	if c := t.Current(); c != nil {
		links = append(links, p.entry(Own(p.F("site.menu.year", locale.Args{"Year": Year(c.Year)})), t.YearPath(c.Year)))
	}
	links = append(links,
		p.entry(Own(p.T("site.menu.deadlines")), t.DeadlinesPath()),
		p.entry(Own(p.T("site.menu.regulation")), t.RegulationPath()),
		p.entry(Own(p.T("site.menu.data")), t.DataPath()))
	if len(t.News) > 0 {
		links = append(links, p.entry(Own(p.T("site.menu.news")), t.NewsPath("")))
	}
	return links
}

// entry returns a link. It is marked as current if it leads to the page on which it stands.
func (p *Place) entry(text Phrase, path string) Link {
	return Link{Text: text, Href: p.To(path), Current: path == p.path}
}
