package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// hugoFiles are the configuration and layouts of the site that Hugo builds of the same world: a page
// for each record and text in each language, lists of a hundred, and each register as JSON. The
// pages are poorer than Achyk's: no history, no citation, no downloads of single records, and no
// workbook, database or archive.
var hugoFiles = map[string]string{
	"hugo.toml": `baseURL = "https://bench.example/"
defaultContentLanguage = "ky"
defaultContentLanguageInSubdir = true
disableKinds = ["taxonomy", "term", "rss"]
[pagination]
pagerSize = 100
[languages.ky]
weight = 1
contentDir = "content/ky"
[languages.ru]
weight = 2
contentDir = "content/ru"
[languages.en]
weight = 3
contentDir = "content/en"
[outputs]
home = ["html"]
section = ["html", "json"]
page = ["html"]
`,
	"layouts/baseof.html": `<!doctype html>
<html lang="{{.Site.Language.Lang}}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{{.Title}}</title>
<link rel="canonical" href="{{.Permalink}}">
{{range .Translations}}<link rel="alternate" hreflang="{{.Language.Lang}}" href="{{.Permalink}}">{{end}}
<style>body{font:1rem/1.5 sans-serif;max-width:60rem;margin:auto;padding:1rem}table{border-collapse:collapse}td,th{border-bottom:1px solid;padding:.3rem;text-align:left}</style>
<header><nav>{{partialCached "menu.html" . .Site.Language.Lang}}</nav>
<p>{{range .AllTranslations}}<a href="{{.RelPermalink}}">{{.Language.Lang}}</a> {{end}}</p></header>
<main>{{block "main" .}}{{end}}</main>
</html>
`,
	"layouts/_partials/menu.html": `<ul>{{range .Site.Sections}}<li><a href="{{.RelPermalink}}">{{.Title}}</a>{{end}}</ul>
`,
	"layouts/home.html": `{{define "main"}}<h1>{{.Title}}</h1>{{range .Site.Sections}}<p><a href="{{.RelPermalink}}">{{.Title}}</a> {{len .Pages}}{{end}}{{end}}
`,
	"layouts/section.html": `{{define "main"}}<h1>{{.Title}}</h1>
{{$pages := .Paginate .Pages}}<table>{{range $pages.Pages}}<tr><th><a href="{{.RelPermalink}}">{{.Title}}</a><td>{{with .Params.day}}{{.}}{{end}}<td>{{.Params.territory}}<td>{{.Params.amount}}<td>{{.Params.kind}}<td>{{with .Params.note}}{{.}}{{end}}{{end}}</table>
<nav>{{with $pages.Prev}}<a href="{{.URL}}">‹</a>{{end}} {{with $pages.Next}}<a href="{{.URL}}">›</a>{{end}}</nav>{{end}}
`,
	"layouts/section.json": `[{{range $i, $p := .Pages}}{{if $i}},{{end}}
{{dict "id" $p.Params.key "name" $p.Title "note" $p.Params.note "day" $p.Params.day "amount" $p.Params.amount "kind" $p.Params.kind "parent" $p.Params.parent | jsonify}}{{end}}]
`,
	"layouts/page.html": `{{define "main"}}<p><a href="{{.CurrentSection.RelPermalink}}">{{.CurrentSection.Title}}</a></p><h1>{{.Title}}</h1>
{{with .Params.key}}<dl><dt>id<dd>{{.}}<dt>day<dd>{{$.Params.day}}<dt>amount<dd>{{$.Params.amount}}<dt>kind<dd>{{$.Params.kind}}<dt>territory<dd>{{$.Params.territory}}<dt>note<dd>{{$.Params.note}}
{{with $.Params.parent}}{{with $.Site.GetPage .}}<dt>parent<dd><a href="{{.RelPermalink}}">{{.Title}}</a>{{end}}{{end}}
{{with $.Params.children}}<dt>children<dd>{{range .}}{{with $.Site.GetPage .}}<a href="{{.RelPermalink}}">{{.Title}}</a> {{end}}{{end}}{{end}}</dl>{{end}}
{{.Content}}{{end}}
`,
}

// writeHugo writes the world as a site of Hugo.
func (w *world) writeHugo(dir string) error {
	for name, text := range hugoFiles {
		if err := write(filepath.Join(dir, name), text); err != nil {
			return err
		}
	}
	path := map[string]string{}
	children := map[string][]string{}
	for at, all := range w.Registers {
		for _, r := range all {
			path[r.ID] = "/" + registerName(at) + "/" + r.ID
			if r.Parent != "" {
				children[r.Parent] = append(children[r.Parent], path[r.ID])
			}
		}
	}
	for _, l := range languages {
		for at, all := range w.Registers {
			rows := make([]map[string]any, len(all))
			for i, r := range all {
				rows[i] = map[string]any{
					"path": r.ID, "title": r.Name[l], "params": map[string]any{
						"key": r.ID, "day": r.Day, "amount": r.Amount, "kind": r.Kind, "territory": r.Territory,
						"note": r.Note[l], "parent": path[r.Parent], "children": children[r.ID],
					},
				}
			}
			name := registerName(at)
			text, err := json.Marshal(rows)
			if err != nil {
				return err
			}
			err = write(filepath.Join(dir, "assets", l, name+".json"), string(text))
			if err != nil {
				return err
			}
			adapter := fmt.Sprintf("{{range resources.Get %q | transform.Unmarshal}}{{$.AddPage .}}{{end}}\n", l+"/"+name+".json")
			if err := write(filepath.Join(dir, "content", l, name, "_content.gotmpl"), adapter); err != nil {
				return err
			}
		}
		for _, a := range w.Articles {
			text := fmt.Sprintf("+++\ntitle = %q\ndate = %s\n+++\n\n%s", a.Title[l], a.Day, a.Body[l])
			if err := write(filepath.Join(dir, "content", l, "news", a.Slug+".md"), text); err != nil {
				return err
			}
		}
	}
	return nil
}

// write writes a text to a file.
func write(name, text string) error {
	return create(name, func(f *os.File) error {
		_, err := f.WriteString(text)
		return err
	})
}
