package serve

import (
	"bytes"
	_ "embed"
	"html/template"
	"slices"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/locale"
	"achyk/internal/report"
)

//go:embed wrong.html
var wrongSource string

var wrongPage = template.Must(template.New("wrong").Parse(wrongSource))

type wrongView struct {
	Lang, Title, Lead, Mend string
	Findings                []finding
	Error                   string
	Later                   string
}

type finding struct {
	Where, Code, What, Mend, Line string
	Warning                       bool
}

// shown is the most findings that a page lists.
const shown = 100

// wrong returns the page that says why the site cannot be shown, in the language that the
// path begins with.
func (v *view) wrong(name string) []byte {
	return executed("wrong", v.found(name, "title"))
}

// stale puts before what a page says why it is one of before the last change.
func (v *view) stale(name string, page []byte) []byte {
	const begin = "<body>"
	head, rest, ok := bytes.Cut(page, []byte(begin))
	if !ok {
		return page
	}
	return slices.Concat(head, []byte(begin), executed("stale", v.found(name, "stale")), rest)
}

func executed(name string, what wrongView) []byte {
	var b bytes.Buffer
	if err := wrongPage.ExecuteTemplate(&b, name, what); err != nil {
		return []byte(template.HTMLEscapeString(err.Error()))
	}
	return b.Bytes()
}

// found returns what is wrong, in the language that the path begins with, under the title "serve.wrong.<title>".
func (v *view) found(name, title string) wrongView {
	code, _, _ := strings.Cut(name, "/")
	lang, _ := locale.ParseLang(code)
	p := locale.For(lang)
	page := wrongView{
		Lang: lang.String(), Title: p.T("serve.wrong." + title), Lead: report.Summary(v.problems, p),
		Mend: p.T("report.mend"), Later: p.T("serve.wrong.later"),
	}
	if v.err != nil {
		page.Lead = p.T("serve.wrong.ours")
		page.Error = v.err.Error()
	}
	for i := range v.problems {
		d := &v.problems[i]
		if d.Severity() != diag.Error {
			continue
		}
		if len(page.Findings) == shown {
			break
		}
		f := finding{Where: report.Where(d), Code: string(d.Code), What: report.What(d, p), Mend: report.Mend(d, p)}
		if d.File != nil && d.Code != diag.InvalidUTF8 {
			f.Line = d.File.Line(d.Position().Line)
		}
		page.Findings = append(page.Findings, f)
	}
	return page
}
