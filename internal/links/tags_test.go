package links

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
)

// TestPages shows which links and ids of a page are seen. Every link leads nowhere, so it is
// reported; ids are shown by links to them that are not.
func TestPages(t *testing.T) {
	for name, c := range map[string]struct{ page, want string }{
		"double quotes":      {`<a class="x" href="1"><img src="2"><form action="3">`, "1 2 3"},
		"single quotes":      {`<a class='x' href='1'><img alt='"' src='2'>`, "1 2"},
		"no quotes":          {`<a class=x href=1><img src=2/><a href=3 id=4>`, "1 2/ 3"},
		"capital letters":    {`<A HREF="1"><IMG Src='2'><a HREF=3>`, "1 2 3"},
		"space":              {"<a\n\thref\n=\n\"1\"\n><a   href = '2' ><a href= 3>", "1 2 3"},
		"entities":           {`<a href="1&amp;2"><a href='&#51;'><a href="4&copy=5"><a href="6&lt">`, "1&2 3 4&copy=5 6<"},
		"no value":           {`<a href hidden download><a disabled href="1" required>`, "1"},
		"repeated":           {`<a href="1" href="2"><a href='3' href="4">`, "1 3"}, // the first counts
		"without space":      {`<a class="x"href="1"><a class='x'href='2'/>`, "1 2"},
		"a tag in a value":   {`<a title="<a href='0'>" href="1"><p title='> href="0" '><b title=">" href="2">`, "1 2"},
		"a quote in text":    {`say "href='0'" and <a href="1">it's</a> href="0"`, "1"},
		"data attributes":    {`<a data-href="0" hreflang="0" aria-src="0" href="1">`, "1"},
		"self-closing":       {`<img src="1"/><img src="2" /><br/><a href="3">`, "1 2 3"},
		"end tags":           {`</a href="0"><a href="1"></a>`, "1"},
		"comments":           {`<!-- <a href="0"> --><a href="1"><!--> <a href="2"> --><!-- a > b <a href="0"> --><a href="3">`, "1 2 3"},
		"declarations":       {`<!DOCTYPE html><?xml href="0"?><![CDATA[x]]><a href="1">`, "1"},
		"script":             {`<script>"<a href='0'>" // </p> <!-- <script> </script> <a href="0"> --></script><script src="1"></script>`, "1"},
		"style":              {`<style>a > b { } /* <a href="0"> */</style><a href="1">`, "1"},
		"a capital style":    {`<STYLE>a > b { } /* <a href="0"> */</STYLE><a href="1">`, "1"},
		"title and textarea": {`<title><a href="0"></title><textarea><a href="0"></td></textarea><a href="1">`, "1"},
		"iframe":             {`<iframe src="1"><a href="0"></iframe><a href="2">`, "1 2"},
		"template":           {`<template id="x"><a href="0"><template></template><a href="0"></template><a href="1"><a href="#x">`, "1"},
		"a template's ids":   {`<template><p id="x"></template></template><a href="#x">`, "#x"},
		"noscript":           {`<noscript><a href="1"></noscript><a href="2">`, "1 2"},
		"svg":                {`<svg><a xlink:href="1"><use href="2"/><image href='3'/></svg>`, "1 2 3"},
		"lists of addresses": {`<img srcset="1, 2 2x,3 100w, 4,5 1.5x" src="6"><link imagesrcset="7"><a ping="8 9">`, "1 2 3 4,5 6 7 8 9"},
		"refresh": {`<meta http-equiv="refresh" content="0; url=1"><meta content="5;URL='2'" http-equiv=Refresh><meta http-equiv="refresh" content="5">` +
			`<meta name="description" content="0; url=0"><meta http-equiv="refresh" content='3, "3"'>`, "1 2 3"},
		"elements of media": {`<video poster="1" src="2"><object data="3"><p data="0"><q cite="4"><button formaction="5"><input src="6"><body background="7"><img longdesc="8">`, "1 2 3 4 5 6 7 8"},
		"ids":               {`<a href="#a"><p id=a><a href="#b"><p ID='b'><a href="#c&amp;d"><p id="c&amp;d"><a href="#e"><p name="e"><a href="#f"><a name="f">`, "#e"},
		"broken tags":       {`<a href="1" <b><p <a href="2"><a href="3"`, "1 2"},  // the page ends within the last
		"broken quotes":     {`<a href="1"><a title="x href="2"><a href="3>`, "1"}, // and so it does here
		"no tags":           {`a < b, <1 href="0">, < a href="0"> & <`, ""},
		"nothing":           {``, ""},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, l := range check("https://site.example/", map[string]string{"index.html": c.page}) {
				got = append(got, l.Link)
			}
			if have := strings.Join(got, " "); have != c.want {
				t.Errorf("%s\nhas the links %q, want %q", c.page, have, c.want)
			}
		})
	}
}

// tokenizedTags is tags without its shortcuts: the tokenizer reads everything. It returns the
// tags as text.
func tokenizedTags(page []byte) []string {
	var found []string
	var t tag
	tokens := html.NewTokenizer(bytes.NewReader(page))
	for templates := 0; ; {
		switch tokens.Next() {
		case html.ErrorToken:
			return found
		case html.StartTagToken, html.SelfClosingTagToken:
			t.tokenized(tokens)
			if templates == 0 && len(t.attributes) > 0 {
				found = append(found, t.text())
			}
			switch string(t.element) {
			case "template":
				templates++
			case "noscript":
				tokens.NextIsNotRawText()
			}
		case html.EndTagToken:
			if name, _ := tokens.TagName(); string(name) == "template" && templates > 0 {
				templates--
			}
		}
	}
}

func (t *tag) text() string {
	text := string(t.element)
	for _, a := range t.attributes {
		text += fmt.Sprintf(" %s=%q", a.name, a.value)
	}
	return text
}

func compareTags(t *testing.T, page []byte) {
	t.Helper()
	var have []string
	for tag := range tags(page) {
		have = append(have, tag.text())
	}
	if diff := cmp.Diff(tokenizedTags(page), have); diff != "" {
		t.Fatalf("%q (-tokenizer alone +tags):\n%s", page, diff)
	}
}

// TestTags compares the tags of pages made of random parts with those that the tokenizer
// finds when it reads everything.
func TestTags(t *testing.T) {
	parts := strings.Split("<|</|>|/>|\"|'|=|=\"|='| |\n|<!--|-->|&amp;|&|\r|\x00|ң|<![CDATA[|a|p|x-1|A| href=\"x\"| id='y'| class=\"z\"| href| src=x|"+
		"<a href=\"x\">|<td class=\"n\">|</td>|<p>|<a title=\"> b\" href=\"x\">|<base href=\"/\">|<script>|</script>|<style>|</style>|<title>|</title>|"+
		"<textarea>|</textarea>|<template>|</template>|<noscript>|</noscript>|<iframe>|</iframe>|<plaintext>|<svg>|</svg>", "|")
	random := rand.New(rand.NewPCG(1, 2))
	longest := 0
	for range 20_000 {
		var page []byte
		for range random.IntN(24) {
			page = append(page, parts[random.IntN(len(parts))]...)
		}
		compareTags(t, page)
		longest = max(longest, len(tokenizedTags(page)))
	}
	if longest < 5 {
		t.Errorf("no page has more than %d tags: nothing is compared", longest)
	}
}

func FuzzTags(f *testing.F) {
	f.Add([]byte(`<!DOCTYPE html><p class="x"><a href="y" id='z'>b</a><style>p > a { }</style><template><b id="c"></template>`))
	f.Add([]byte(`<script><!-- <script></script><a href="0">--></script><a href=1 href="2">&amp;<img src="&amp;">`))
	f.Fuzz(func(t *testing.T, page []byte) { compareTags(t, page) })
}
