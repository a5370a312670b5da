//go:build js && wasm

package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"syscall/js"
	"time"

	"achyk/internal/desk"
	"achyk/internal/document"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/source"
)

// article is what letter is asked: the front matter and the text of a letter or of news.
type article struct {
	Folder      string `json:"folder"` // letters or news
	Slug        string `json:"slug"`
	Language    string `json:"language"`
	Title       string `json:"title"`
	Date        string `json:"date"`
	Year        string `json:"year"`
	Panel       string `json:"panel"`
	Reports     string `json:"reports"`
	Description string `json:"description"`
	Order       int    `json:"order"` // that the form does not show, as what follows
	Source      string `json:"source"`
	Body        string `json:"body"`
	Instead     *int   `json:"instead"` // the number of the file whose place it takes
}

// published is a text that can be opened in the form.
type published struct {
	Folder   string `json:"folder"`
	Slug     string `json:"slug"`
	Language string `json:"language"`
	Title    string `json:"title"`
}

// texts lists the letters and news of a municipality.
func texts(m *jme.Municipality, langs []locale.Lang) []published {
	all := []published{}
	add := func(folder string, articles []*jme.Article) {
		for _, a := range articles {
			for _, l := range langs {
				if a.Bodies[l] != nil {
					all = append(all, published{folder, a.Slug, l.String(), a.Title.Get(l)})
				}
			}
		}
	}
	add("letters", m.LetterTexts)
	add("news", m.News)
	return all
}

// article reads a published text: its front matter, with texts in the place of lists and days, and its body.
func (d *browser) article(args []js.Value) (any, error) {
	var p published
	if err := json.Unmarshal([]byte(args[0].String()), &p); err != nil {
		return nil, err
	}
	name := "content/" + d.town.ID + "/" + p.Folder + "/" + p.Slug + "." + p.Language + ".md"
	data, err := fs.ReadFile(d.files, name)
	if err != nil {
		return nil, err
	}
	var front map[string]any
	if _, places, _ := document.Parse(&source.File{Path: name, Data: data}, &front); places == nil {
		return nil, errUnknown // a site is built of no such text
	}
	for key, value := range front {
		switch v := value.(type) {
		case time.Time:
			front[key] = v.Format(time.DateOnly)
		case []any:
			front[key] = strings.Trim(fmt.Sprint(v), "[]")
		}
	}
	_, body, _ := strings.Cut(string(data), "\n+++")
	_, body, _ = strings.Cut(body, "\n")
	front["folder"], front["slug"], front["language"], front["body"] = p.Folder, p.Slug, p.Language, strings.TrimSpace(body)
	text, err := json.Marshal(front)
	return string(text), err
}

// text returns the file of the article.
func (a *article) text() string {
	var b strings.Builder
	b.WriteString("+++\n")
	key := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s = %s\n", name, value)
		}
	}
	quoted := func(s string) string {
		if s == "" {
			return ""
		}
		return strconv.Quote(s)
	}
	key("id", quoted(a.Slug))
	if a.Folder == "letters" {
		key("year", a.Year)
	}
	key("date", a.Date)
	key("title", quoted(a.Title))
	key("description", quoted(a.Description))
	key("panel", quoted(a.Panel))
	if a.Order != 0 {
		key("order", strconv.Itoa(a.Order))
	}
	key("source", quoted(a.Source))
	var reports []string
	for id := range strings.FieldsSeq(strings.ReplaceAll(a.Reports, ",", " ")) {
		reports = append(reports, strconv.Quote(id))
	}
	if len(reports) > 0 {
		key("reports", "["+strings.Join(reports, ", ")+"]")
	}
	b.WriteString("+++\n\n" + strings.TrimSpace(strings.ReplaceAll(a.Body, "\r", "")) + "\n")
	return b.String()
}

func (d *browser) letter(args []js.Value) (any, error) {
	var a article
	if err := json.Unmarshal([]byte(args[0].String()), &a); err != nil {
		return nil, err
	}
	name := a.Slug + "." + a.Language + ".md"
	f := &source.File{Path: name, Data: []byte(a.text())}
	var front map[string]any
	shown, _, _ := document.Parse(f, &front) // what is wrong is told with the proposal
	answer, err := d.put(desk.Input{File: f, Put: "content/" + d.town.ID + "/" + a.Folder + "/" + name}, a.Instead)
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(map[string]any{"html": string(shown.HTML), "draft": json.RawMessage(answer.(string))})
	return string(text), err
}
