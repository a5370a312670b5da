package site

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"io/fs"

	"github.com/jba/templatecheck"

	"achyk/layouts"
)

// Templates are the checked templates, one for each kind of page.
type Templates struct {
	chooser      *templatecheck.CheckedTemplate[ChooserView]
	home         *templatecheck.CheckedTemplate[HomeView]
	municipality *templatecheck.CheckedTemplate[MunicipalityView]
	year         *templatecheck.CheckedTemplate[YearView]
	why          *templatecheck.CheckedTemplate[WhyView]
	contest      *templatecheck.CheckedTemplate[ContestView]
	group        *templatecheck.CheckedTemplate[GroupView]
	findings     *templatecheck.CheckedTemplate[FindingsView]
	letter       *templatecheck.CheckedTemplate[LetterView]
	answers      *templatecheck.CheckedTemplate[AnswersView]
	list         *templatecheck.CheckedTemplate[ListView]
	record       *templatecheck.CheckedTemplate[RecordView]
	regulation   *templatecheck.CheckedTemplate[RegulationView]
	compliance   *templatecheck.CheckedTemplate[ComplianceView]
	rules        *templatecheck.CheckedTemplate[RulesView]
	deadlines    *templatecheck.CheckedTemplate[DeadlinesView]
	missing      *templatecheck.CheckedTemplate[MissingView]
	changes      *templatecheck.CheckedTemplate[ChangesView]
	data         *templatecheck.CheckedTemplate[DataView]
	dictionary   *templatecheck.CheckedTemplate[DictionaryView]
	news         *templatecheck.CheckedTemplate[NewsView]
	article      *templatecheck.CheckedTemplate[ArticleView]
	notFound     *templatecheck.CheckedTemplate[NotFoundView]

	// Of the pages in a ZIP.
	offline         *templatecheck.CheckedTemplate[OfflineView]
	offlineRegister *templatecheck.CheckedTemplate[OfflineRegisterView]
	offlineStart    *templatecheck.CheckedTemplate[OfflineStartView]
	value           *templatecheck.CheckedTemplate[Value]
	offlineStyle    []byte

	banner, menu, foot *templatecheck.CheckedTemplate[FrameView]

	// The styles: registers, nearly all of the pages, carry only what they need.
	head, storyHead template.HTML
}

// Parse reads the layouts: *.html and *.css. Each template is checked against the
// struct it is given, so an error here names the file and line of a misspelt field, and
// after it none can occur.
func Parse(files fs.FS) (*Templates, error) {
	set, err := layouts.Parse(files)
	if err != nil {
		return nil, fmt.Errorf("layouts: %w", err)
	}
	t := &Templates{}
	for _, err := range []error{
		check(set, "chooser", &t.chooser), check(set, "home", &t.home),
		check(set, "municipality", &t.municipality), check(set, "year", &t.year),
		check(set, "why", &t.why), check(set, "contest", &t.contest), check(set, "group", &t.group),
		check(set, "findings", &t.findings), check(set, "letter", &t.letter), check(set, "answers", &t.answers),
		check(set, "list", &t.list), check(set, "record", &t.record),
		check(set, "regulation", &t.regulation), check(set, "compliance", &t.compliance), check(set, "rules", &t.rules), check(set, "deadlines", &t.deadlines),
		check(set, "missing", &t.missing), check(set, "changes", &t.changes), check(set, "data", &t.data), check(set, "dictionary", &t.dictionary),
		check(set, "news", &t.news), check(set, "article", &t.article), check(set, "notfound", &t.notFound),
		check(set, "offline", &t.offline), check(set, "offlineregister", &t.offlineRegister), check(set, "offlinestart", &t.offlineStart), check(set, "cell", &t.value),
		check(set, "banner", &t.banner), check(set, "menu", &t.menu), check(set, "foot", &t.foot),
	} {
		if err != nil {
			return nil, fmt.Errorf("layouts: %w", err)
		}
	}
	if t.head, err = head(files, "site.css"); err != nil {
		return nil, fmt.Errorf("layouts: %w", err)
	}
	if t.storyHead, err = head(files, "site.css", "story.css"); err != nil {
		return nil, fmt.Errorf("layouts: %w", err)
	}
	if t.offlineStyle, err = layouts.Style(files, "site.css", "offline.css"); err != nil {
		return nil, fmt.Errorf("layouts: %w", err)
	}
	return t, nil
}

// head inlines style sheets, with the policy that allows them and nothing else: one
// request less is worth a second on a slow phone (ux.md 5.1).
func head(files fs.FS, names ...string) (template.HTML, error) {
	style, err := layouts.Style(files, names...)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(style)
	return template.HTML(fmt.Sprintf(
		`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-%s'; img-src 'self' data:; base-uri 'none'; form-action 'none'">`+"\n<style>%s</style>",
		base64.StdEncoding.EncodeToString(sum[:]), style)), nil
}

func check[V any](set *template.Template, name string, into **templatecheck.CheckedTemplate[V]) error {
	t := set.Lookup(name + ".html")
	if t == nil {
		return fmt.Errorf("%s.html: no such template", name)
	}
	checked, err := templatecheck.NewChecked[V](t)
	if err != nil {
		return fmt.Errorf("%s.html: %w", name, err)
	}
	*into = checked
	return nil
}
