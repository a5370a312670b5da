package attachment_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"achyk/internal/attachment"
	"achyk/internal/diag"
	"achyk/internal/limits"
	"achyk/internal/tools/towntest"
)

// office returns an archive of the files that are given with their contents in turn.
func office(t testing.TB, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// types returns the file of an office document that gives the types of its parts.
func types(all ...string) string {
	var b strings.Builder
	b.WriteString(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>`)
	for _, t := range all {
		b.WriteString(`<Override PartName="/p" ContentType="` + t + `"/>`)
	}
	b.WriteString(`</Types>`)
	return b.String()
}

const (
	format   = "application/vnd.openxmlformats-officedocument."
	word     = format + "wordprocessingml.document.main+xml"
	excel    = format + "spreadsheetml.sheet.main+xml"
	textFile = "application/vnd.oasis.opendocument.text"
)

// judge returns the code that a document gets, and what is named in it.
func judge(t testing.TB, name, content string) (diag.Code, string) {
	t.Helper()
	d, err := attachment.Judge("content/town/files/"+name, strings.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	if d == nil {
		return "", ""
	}
	if d.Name() != "content/town/files/"+name {
		t.Errorf("%s is reported for %q", name, d.Name())
	}
	return d.Code, d.Value
}

// TestCauses checks that a report names why the content is not what the name says, and only that.
func TestCauses(t *testing.T) {
	compound := func(stream string) string { // a header of 512 bytes and the first folder after it
		file := make([]byte, 1024)
		copy(file, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
		file[30] = 9
		for i, c := range stream {
			file[512+2*i] = byte(c)
		}
		return string(file)
	}
	odf := func(manifest string) string {
		return office(t, "mimetype", textFile, "content.xml", "x", "META-INF/manifest.xml", manifest)
	}
	for _, c := range []struct{ name, content, want, have string }{
		{"a.pdf", "", "empty", ""},
		{"a.txt", " \n\t", "empty", ""},
		{"a.pdf", "<!DOCTYPE html><p>", "kind", "text/html"},
		{"a.png", "GIF89a…", "kind", "image/gif"},
		{"a.png", "\x01\x02\x03\x04", "kind", ""},
		{"a.txt", "a\x00\x01", "kind", ""},
		{"a.pdf", "\n%PDF-1.7", "damaged", ""},
		{"a.txt", "\xd7\xe5\xf7\xe8\xec", "encoding", ""},
		{"a.csv", strings.Repeat("а", 100_000) + "\xd7", "encoding", ""},
		{"a.txt", "\xff\xfeA\x00", "encoding", ""},
		{"a.csv", " <a>", "markup", ""},
		{"a.docx", "PK\x03\x04…", "damaged", ""},
		{"a.docx", office(t, "a", "b"), "kind", ""},
		{"a.docx", office(t, "[Content_Types].xml", types(excel)), "kind", ""},
		{"a.docx", office(t, "[Content_Types].xml", "<Types"), "damaged", ""},
		{"a.docx", compound("EncryptedPackage"), "password", ""},
		{"a.docx", compound("WordDocument"), "old", ""},
		{"a.docx", compound("")[:40], "old", ""},
		{"a.odt", office(t, "a", "b"), "kind", ""},
		{"a.odt", odf(`<manifest><file-entry><encryption-data/></file-entry></manifest>`), "password", ""},
		{"a.svg", "<svg xmlns='http://www.w3.org/2000/svg'>", "damaged", ""},
	} {
		d, err := attachment.Judge(c.name, strings.NewReader(c.content), int64(len(c.content)))
		if err != nil || d == nil || d.Code != diag.DocumentContent || d.Args["what"] != diag.Phrase("content."+c.want+".what") || d.Args["have"] != c.have {
			t.Errorf("%s, %.40q: %v, %v", c.name, c.content, d, err)
		}
	}
}

// TestKinds judges documents by name and content. The content decides whether a name is true,
// the name whether the content may be published.
func TestKinds(t *testing.T) {
	png, _ := base64.StdEncoding.DecodeString("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
	const script = `<!DOCTYPE html><script>alert(1)</script>`
	const drawn = `<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>`
	for _, c := range []struct {
		name, content string
		want          diag.Code
	}{
		{"a.pdf", "%PDF-1.7\n…", ""},
		{"a.PDF", "%PDF-1.7\n…", ""},
		{"a.pdf", script + "%PDF-1.7\n…", diag.DocumentContent},
		{"a.pdf", "\n%PDF-1.7\n…", diag.DocumentContent},
		{"a.pdf", "", diag.DocumentContent},
		{"a.pdf", string(png), diag.DocumentContent},
		{"a.txt", "Чечим кабыл алынды.\n", ""},
		{"a.txt", "\ufeffЧечим кабыл алынды.\n", ""},
		{"a.txt", "x < 5 & y > 3 <script>", ""}, // further back no browser takes it for a page
		{"a.txt", script, diag.DocumentContent},
		{"a.txt", "  \n<p>a", diag.DocumentContent},
		{"a.txt", `<?xml version="1.0"?><html/>`, diag.DocumentContent},
		{"a.txt", "\xd7\xe5\xf7\xe8\xec", diag.DocumentContent}, // windows-1251
		{"a.txt", strings.Repeat("а", 100_000) + "\xd7", diag.DocumentContent},
		{"a.txt", "\xff\xfeA\x00", diag.DocumentContent},
		{"a.txt", "", diag.DocumentContent},
		{"a.csv", "id,name\n1,Суу\n", ""},
		{"a.csv", script, diag.DocumentContent},
		{"a.png", string(png), ""},
		{"a.png", string(png) + script, ""}, // a picture by its content type
		{"a.png", script, diag.DocumentContent},
		{"a.jpg", "\xff\xd8\xff\xe0…", ""},
		{"a.JPG", "\xff\xd8\xff\xe0…", ""},
		{"a.jpeg", "\xff\xd8\xff\xe0…", ""},
		{"a.jpg", string(png), diag.DocumentContent},
		{"a.gif", "GIF89a…", ""},
		{"a.gif", "GIF89a=1;alert(1)//…", ""}, // no page runs it: its policy allows no scripts
		{"a.webp", "RIFF\x00\x00\x00\x00WEBPVP8 …", ""},
		{"a.mp3", "ID3\x04\x00\x00\x00\x00\x00\x0aTIT2\x00\x00\x00\x00\x00\x00", ""},
		{"a.mp3", strings.Repeat("\xff\xfb\x90\x00"+strings.Repeat("\x00", 413), 4), ""},
		{"a.mp3", script, diag.DocumentContent},
		{"a.ogg", "OggS\x00\x02…", ""},
		{"a.mp4", "\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", ""},
		{"a.m4a", "\x00\x00\x00\x1cftypM4A \x00\x00\x00\x00M4A mp42isom", ""},
		{"a.webm", "\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm", ""},
		{"a.svg", drawn, ""},
		{"a.svg", string(png), diag.DocumentContent},
		{"a.html", script, diag.DocumentKind},
		{"a.htm", script, diag.DocumentKind},
		{"a.xhtml", script, diag.DocumentKind},
		{"a.xml", `<?xml version="1.0"?><a/>`, diag.DocumentKind},
		{"a.svgz", "\x1f\x8b\x08", diag.DocumentKind},
		{"a.js", "alert(1)", diag.DocumentKind},
		{"a.swf", "FWS", diag.DocumentKind},
		{"a.exe", "MZ", diag.DocumentKind},
		{"a.doc", "\xd0\xcf\x11\xe0", diag.DocumentKind},
		{"a.docm", office(t, "[Content_Types].xml", types(word)), diag.DocumentKind},
		{"a.zip", office(t, "a", "b"), diag.DocumentKind},
		{"a", script, diag.DocumentKind},
		{"a.pdf.html", "%PDF-1.7", diag.DocumentKind},
		{"a.html.pdf", "%PDF-1.7", ""},
		{"a.", "%PDF-1.7", diag.DocumentKind},
	} {
		if got, value := judge(t, c.name, c.content); got != c.want {
			t.Errorf("%s, %.40q: %q (%s), want %q", c.name, c.content, got, value, c.want)
		}
	}
}

// TestOffice judges office documents: what they are, and whether they hold macros, controls or
// embedded programs, under whatever name.
func TestOffice(t *testing.T) {
	plain := []string{"[Content_Types].xml", types(word), "word/document.xml", "<w/>"}
	with := func(files ...string) string { return office(t, append(plain[:4:4], files...)...) }
	var many []string
	for i := range limits.Archive / 1000 {
		many = append(many, fmt.Sprint(i)+strings.Repeat("x", 1000), "")
	}
	for _, c := range []struct {
		what, name, content string
		want                diag.Code
	}{
		{"text", "a.docx", with(), ""},
		{"an embedded table", "a.docx", with("word/embeddings/a.xlsx", "PK"), ""},
		{"table", "a.xlsx", office(t, "[Content_Types].xml", types(excel)), ""},
		{"a table named as a text", "a.docx", office(t, "[Content_Types].xml", types(excel)), diag.DocumentContent},
		{"any archive", "a.docx", office(t, "a.html", "<script>"), diag.DocumentContent},
		{"damaged", "a.docx", with()[:200], diag.DocumentContent},
		{"behind other bytes", "a.docx", "<script>" + with(), diag.DocumentContent},
		{"protected by a password", "a.docx", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", diag.DocumentContent},
		{"types are no XML", "a.docx", office(t, "[Content_Types].xml", "<Types"), diag.DocumentContent},
		{"types twice", "a.docx", office(t, "[Content_Types].xml", types(word), `[CONTENT_TYPES].XML`, types(word)), diag.DocumentContent},
		{"types without end", "a.docx", office(t, "[Content_Types].xml", "<Types>"+strings.Repeat(" ", 9<<20)+"</Types>"), diag.DocumentContent},
		{"macros", "a.docx", office(t, "[Content_Types].xml", types(word, "application/vnd.ms-office.vbaProject")), diag.DocumentActive},
		{"macros in a renamed document", "a.docx", office(t, "[Content_Types].xml", types("application/vnd.ms-word.document.macroEnabled.main+xml")), diag.DocumentActive},
		{"a control", "a.docx", office(t, "[Content_Types].xml", types(word, "application/vnd.ms-office.activeX+xml")), diag.DocumentActive},
		{"an embedded program", "a.docx", office(t, "[Content_Types].xml", types(word, format+"oleObject")), diag.DocumentActive},
		{"a macro sheet", "a.xlsx", office(t, "[Content_Types].xml", types(excel, "application/vnd.ms-excel.intlmacrosheet+xml")), diag.DocumentActive},
		{"macros without a type", "a.docx", with("word/vbaProject.bin", ""), diag.DocumentActive},
		{"a program", "a.docx", with("word/embeddings/a.exe", "MZ"), diag.DocumentActive},
		{"settings of a printer", "a.docx", with("word/printerSettings/printerSettings1.bin", ""), ""},
		{"open text", "a.odt", office(t, "mimetype", textFile), ""},
		{"open text with an object", "a.odt", office(t, "mimetype", textFile, "META-INF/manifest.xml", `<a media-type="application/vnd.sun.star.oleobject"/>`), diag.DocumentActive},
		{"open text as a table", "a.ods", office(t, "mimetype", textFile), diag.DocumentContent},
		{"open text with folders", "a.odt", office(t, "mimetype", textFile, "Scripts/", "", "Pictures/a.png", ""), ""},
		{"open text with Basic", "a.odt", office(t, "mimetype", textFile, "Basic/Standard/Module1.xml", ""), diag.DocumentActive},
		{"open text with Python", "a.odt", office(t, "mimetype", textFile, "Scripts/python/a.py", ""), diag.DocumentActive},
		{"an object with Basic", "a.odt", office(t, "mimetype", textFile, "Object 1/Basic/Standard/a.xml", ""), diag.DocumentActive},
		{"too many files", "a.docx", office(t, many...), diag.OverLimit},
	} {
		if got, value := judge(t, c.name, c.content); got != c.want {
			t.Errorf("%s: %q (%s), want %q", c.what, got, value, c.want)
		}
	}
}

// TestDrawings judges drawings. value is what is named as not allowed.
func TestDrawings(t *testing.T) {
	svg := func(inside string) string { return `<svg xmlns="http://www.w3.org/2000/svg">` + inside + `</svg>` }
	head := func(attributes string) string { return `<svg xmlns="http://www.w3.org/2000/svg" ` + attributes + `/>` }
	nested := func(n int) string { return svg(strings.Repeat("<g>", n) + strings.Repeat("</g>", n)) }
	for _, c := range []struct {
		drawing string
		want    diag.Code
		value   string
	}{
		{svg(``), "", ""},
		{`<?xml version="1.0" encoding="UTF-8" standalone="no"?><!-- a -->` + svg(`<title>Көпүрө &amp; жол</title><text x="1">a</text>`), "", ""},
		{"\ufeff" + svg(``), "", ""},
		{svg(`<defs><linearGradient id="a"><stop offset="0" stop-color="rgb(1, 2, 3)"/></linearGradient></defs><g fill="url(#a)" transform="translate(1) scale(2)"/>`), "", ""},
		{svg(`<style>.a { fill: url("#a"); font-family: 'DejaVu Sans' }</style>`), "", ""},
		{svg(`<linearGradient id="b" href="#a"/>`), "", ""},
		{`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><linearGradient xlink:href="#a"/></svg>`, "", ""},
		{`<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:g/></s:svg>`, "", ""},

		{svg(`<script>alert(1)</script>`), diag.DocumentActive, "<script>"},
		{`<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script/></s:svg>`, diag.DocumentActive, "<script>"},
		{svg(`<h:script xmlns:h="http://www.w3.org/1999/xhtml"/>`), diag.DocumentActive, "<script>"},
		{svg(`<SCRIPT/>`), diag.DocumentActive, "<SCRIPT>"},
		{svg(`<foreignObject/>`), diag.DocumentActive, "<foreignObject>"},
		{svg(`<g xmlns="http://www.w3.org/1999/xhtml"/>`), diag.DocumentActive, "<g>"},
		{svg(`<x:g/>`), diag.DocumentActive, "<g>"},
		{`<html xmlns="http://www.w3.org/1999/xhtml"/>`, diag.DocumentActive, "<html>"},
		{`<svg/>`, diag.DocumentActive, "<svg>"}, // no browser draws it
		{svg(`<a href="javascript:alert(1)"/>`), diag.DocumentActive, "<a>"},
		{svg(`<animate attributeName="href" to="javascript:alert(1)"/>`), diag.DocumentActive, "<animate>"},
		{svg(`<set attributeName="onload" to="alert(1)"/>`), diag.DocumentActive, "<set>"},
		{svg(`<use href="#a"/>`), diag.DocumentActive, "<use>"},
		{svg(`<image href="https://else.example/a.png"/>`), diag.DocumentActive, "<image>"},
		{svg(`<filter><feImage href="a"/></filter>`), diag.DocumentActive, "<filter>"},
		{svg(`<pattern/>`), diag.DocumentActive, "<pattern>"},
		{head(`onload="alert(1)"`), diag.DocumentActive, "onload"},
		{head(`ONLOAD="alert(1)"`), diag.DocumentActive, "ONLOAD"},
		{svg(`<g onclick="alert(1)"/>`), diag.DocumentActive, "onclick"},
		{svg(`<linearGradient href="https://else.example/#a"/>`), diag.DocumentActive, "href"},
		{svg(`<linearGradient href=" #a"/>`), diag.DocumentActive, "href"},
		{head(`xml:base="https://else.example/"`), diag.DocumentActive, "base"},
		{head(`fill="url(https://else.example/a)"`), diag.DocumentActive, "fill"},
		{head(`fill="URL ( 'https://else.example/a')"`), diag.DocumentActive, "fill"},
		{head(`style="background:image-set('https://else.example/a' 1x)"`), diag.DocumentActive, "style"},
		{head(`style="fill:u\72l(https://else.example/a)"`), diag.DocumentActive, "style"},
		{svg(`<style>@import "https://else.example/a.css";</style>`), diag.DocumentActive, "style"},
		{svg(`<style>a{fill:&#117;rl(//else.example/a)}</style>`), diag.DocumentActive, "style"},
		{svg(`<style>a{fill:u<!-- -->rl(//else.example/a)}</style>`), diag.DocumentActive, "style"},
		{svg(`<style>a{fill:image-set<![CDATA[("//else.example/a")]]>}</style>`), diag.DocumentActive, "style"},
		{`<!DOCTYPE svg [<!ENTITY a "<script/>">]>` + svg(`&a;`), diag.DocumentActive, "<!DOCTYPE>"},
		{`<?xml-stylesheet href="a.xsl"?>` + svg(``), diag.DocumentActive, "<?xml-stylesheet?>"},
		{`<?xml version="1.0" encoding = "UTF-16"?>` + svg(``), diag.DocumentActive, "<?xml?>"},
		{`<?xml version="1.0" encoding="utf-7"?>` + svg(``), diag.DocumentContent, ".svg"},
		{svg(`&unknown;`), diag.DocumentContent, ".svg"},
		{svg(`<g>`), diag.DocumentContent, ".svg"},
		{svg("\xd7"), diag.DocumentContent, ".svg"},
		{`text`, diag.DocumentContent, ".svg"},
		{svg(``) + "\n", "", ""},
		{"\ufeff" + svg(``), "", ""},
		{svg(``) + `text`, diag.DocumentContent, ".svg"},
		{`text` + svg(``), diag.DocumentContent, ".svg"},
		{svg(``) + svg(``), diag.DocumentContent, ".svg"},
		{`<svg xmlns="http://www.w3.org/2000/svg" xmlns:a="xmlns" a:onload="alert(1)"/>`, diag.DocumentActive, "a"},
		{`<svg xmlns="http://www.w3.org/2000/svg" xmlns:a="http://www.w3.org/2000/xmlns/" a:onload="alert(1)"/>`, diag.DocumentActive, "a"},
		{nested(limits.DrawingDepth - 1), "", ""},
		{nested(limits.DrawingDepth), diag.OverLimit, ""},
		{svg(strings.Repeat(" ", limits.Drawing)), diag.OverLimit, ""},
	} {
		if got, value := judge(t, "a.svg", c.drawing); got != c.want || value != c.value {
			t.Errorf("%.120s: %q (%s), want %q (%s)", c.drawing, got, value, c.want, c.value)
		}
	}
}

// TestPlace checks that a finding in a drawing points at the tag.
func TestPlace(t *testing.T) {
	const drawn = "<svg xmlns=\"http://www.w3.org/2000/svg\">\n<g\nonload=\"a\"/></svg>"
	d, err := attachment.Judge("a.svg", strings.NewReader(drawn), int64(len(drawn)))
	if err != nil || d == nil {
		t.Fatal(d, err)
	}
	if got := drawn[d.Span.Start:d.Span.End]; got != "<g\nonload=\"a\"/>" {
		t.Errorf("points at %q", got)
	}
}

// TestSample checks that the documents of the sample are published.
func TestSample(t *testing.T) {
	names, err := filepath.Glob(filepath.Join(towntest.Sample(t), "content/*/files/*"))
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if code, value := judge(t, filepath.Base(name), string(content)); code != "" {
			t.Errorf("%s: %s (%s)", name, code, value)
		}
	}
}

// FuzzJudge looks for documents that make the program panic, and for drawings that are published
// although they hold a word that only a script or a link needs.
func FuzzJudge(f *testing.F) {
	f.Add(uint8(0), `<svg xmlns="http://www.w3.org/2000/svg"><style>a{fill:url(#a)}</style></svg>`)
	f.Add(uint8(1), office(f, "[Content_Types].xml", types(word)))
	f.Add(uint8(2), office(f, "mimetype", textFile))
	f.Fuzz(func(t *testing.T, kind uint8, content string) {
		name := []string{"a.svg", "a.docx", "a.odt", "a.txt"}[kind%4]
		code, _ := judge(t, name, content)
		for _, word := range []string{"<script", "<foreignObject", "<!DOCTYPE", "<?xml-"} {
			if code == "" && name == "a.svg" && strings.Contains(content, word) && !strings.Contains(content, "<!--") && !strings.Contains(content, "CDATA") {
				t.Errorf("a drawing with %s is published: %q", word, content)
			}
		}
	})
}
