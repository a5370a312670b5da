//go:build js && wasm

package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"syscall/js"

	"achyk/internal/desk"
	"achyk/internal/document"
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
	Body        string `json:"body"`
	Instead     *int   `json:"instead"` // the number of the file whose place it takes
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
