package page

import (
	"bytes"
	"regexp"
)

// noteAsIs puts the foot with the note that some texts are not translated in the place of the one without it, if what is
// before the foot shows such a text.
func noteAsIs(made *bytes.Buffer, f Frame) {
	at := bytes.LastIndex(made.Bytes(), []byte(f.Foot))
	if at < 0 || f.Foot == "" || !showsAsIs(made.Bytes()[:at]) {
		return
	}
	rest := bytes.Clone(made.Bytes()[at+len(f.Foot):])
	made.Truncate(at)
	made.WriteString(string(f.asIs))
	made.Write(rest)
}

var (
	ofLanguage = regexp.MustCompile(`\slang="?([a-z]+)`)
	asides     = regexp.MustCompile(`^<details[\s>]|\stranslate="?no`)
)

// showsAsIs tells whether the main part of a page shows a text in another language than the page. Texts in details
// that are folded do not count, nor do names, which are in elements with translate=no.
func showsAsIs(page []byte) bool {
	_, html, _ := bytes.Cut(page, []byte("<main"))
	aside, deep := "", 0 // the name of the element that does not count, and how many of that name are open in it
	for bytes.Contains(html, []byte(" lang=")) {
		html = html[bytes.IndexByte(html, '<'):]
		tag := string(html[:tagEnd(html)])
		html = html[len(tag):]
		name, closes := tagName(tag)
		switch language := ofLanguage.FindStringSubmatch(tag); {
		case aside != "" && name != aside:
		case closes:
			if deep--; deep <= 0 {
				aside, deep = "", 0
			}
		case aside != "" || asides.MatchString(tag):
			aside, deep = name, deep+1
		case language != nil && language[1] != "und":
			return true
		}
	}
	return false
}
