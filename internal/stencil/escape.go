package stencil

import (
	"bytes"
	"fmt"
	"html/template"
	"reflect"
	"strconv"
	"strings"
	"text/template/parse"
)

// escaper returns the function that html/template has put at the end of a pipeline.
func escaper(n *parse.CommandNode) (string, bool) {
	if len(n.Args) != 1 {
		return "", false
	}
	id, ok := n.Args[0].(*parse.IdentifierNode)
	if !ok {
		return "", false
	}
	return strings.CutPrefix(id.Ident, "_html_template_")
}

var (
	textType   = reflect.TypeFor[string]()
	htmlType   = reflect.TypeFor[template.HTML]()
	urlType    = reflect.TypeFor[template.URL]()
	styleType  = reflect.TypeFor[template.CSS]()
	scriptType = reflect.TypeFor[template.JS]()
	stringer   = reflect.TypeFor[fmt.Stringer]()
)

// writer returns a function that writes values of a type, escaped by the functions of these names.
func writer(escapers string, typ reflect.Type) (func(*bytes.Buffer, reflect.Value), bool) {
	switch {
	case typ == urlType && (escapers == "urlescaper attrescaper" || escapers == "urlfilter urlnormalizer attrescaper"):
		return func(b *bytes.Buffer, v reflect.Value) { escape(b, address(v.String(), true)) }, true
	case typ == styleType && escapers == "cssvaluefilter attrescaper":
		return func(b *bytes.Buffer, v reflect.Value) { escape(b, v.String()) }, true
	case typ == htmlType && escapers == "htmlescaper", typ == scriptType && escapers == "jsvalescaper",
		typ == styleType && escapers == "cssvaluefilter":
		return func(b *bytes.Buffer, v reflect.Value) { b.WriteString(v.String()) }, true
	}
	if isText := typ != nil && typ != htmlType && typ.Kind() == reflect.String && !typ.Implements(stringer); isText &&
		(escapers == "htmlescaper" || escapers == "attrescaper" || escapers == "rcdataescaper") {
		return func(b *bytes.Buffer, v reflect.Value) { escape(b, v.String()) }, true
	}
	if typ != textType {
		return otherWriter(escapers, typ)
	}
	switch escapers {
	case "urlescaper attrescaper":
		return func(b *bytes.Buffer, v reflect.Value) { escape(b, address(v.String(), false)) }, true
	case "urlfilter urlnormalizer attrescaper":
		return func(b *bytes.Buffer, v reflect.Value) {
			text := v.String()
			if !safeScheme(text) {
				text = "#ZgotmplZ"
			}
			escape(b, address(text, true))
		}, true
	}
	return nil, false
}

// otherWriter is writer for numbers, and for what makes its text itself.
func otherWriter(escapers string, typ reflect.Type) (func(*bytes.Buffer, reflect.Value), bool) {
	plain := escapers == "htmlescaper" || escapers == "attrescaper"
	switch {
	case typ == nil || !plain && escapers != "cssvaluefilter":
		return nil, false
	case typ.Kind() == reflect.Int && !typ.Implements(stringer):
		return func(b *bytes.Buffer, v reflect.Value) { b.Write(strconv.AppendInt(b.AvailableBuffer(), v.Int(), 10)) }, true
	case plain && typ.Implements(stringer) && typ.Kind() != reflect.Pointer && typ.Kind() != reflect.Interface:
		return func(b *bytes.Buffer, v reflect.Value) { escape(b, v.Interface().(fmt.Stringer).String()) }, true
	}
	return nil, false
}

// escape writes a text for HTML as html/template does in texts and in quoted attributes.
func escape(b *bytes.Buffer, text string) {
	written := 0
	for i := range len(text) {
		var with string
		switch text[i] {
		case 0:
			with = "\uFFFD"
		case '"':
			with = "&#34;"
		case '&':
			with = "&amp;"
		case '\'':
			with = "&#39;"
		case '+':
			with = "&#43;"
		case '<':
			with = "&lt;"
		case '>':
			with = "&gt;"
		default:
			continue
		}
		b.WriteString(text[written:i])
		b.WriteString(with)
		written = i + 1
	}
	b.WriteString(text[written:])
}

// safeScheme reports whether an address may stand in a link: it is relative, or leads to the web or to
// a mailbox.
func safeScheme(address string) bool {
	scheme, _, has := strings.Cut(address, ":")
	return !has || strings.Contains(scheme, "/") ||
		strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "mailto")
}

// address escapes what may not stand in an address: all but letters, digits and -._~, and in a whole
// address also its delimiters and what is escaped already.
func address(text string, whole bool) string {
	const hex = "0123456789abcdef"
	var b strings.Builder
	written := 0
	for i := range len(text) {
		c := text[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("-._~", c) >= 0:
			continue
		case whole && (strings.IndexByte("!#$&*+,/:;=?@[]", c) >= 0 || c == '%' && i+2 < len(text) && isHex(text[i+1]) && isHex(text[i+2])):
			continue
		}
		b.WriteString(text[written:i])
		b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		written = i + 1
	}
	if written == 0 {
		return text
	}
	b.WriteString(text[written:])
	return b.String()
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
