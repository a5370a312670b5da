package settings

import (
	"bytes"

	"achyk/internal/characters"
	"achyk/internal/diag"
	"achyk/internal/source"
)

// characters reports escapes that stand for a character which no text should hold, in strings
// and in keys. A text with one that is refused is not used.
func (c *comparison) characters(n *node, path string) {
	if r, _, code := characters.Find(n.text); n.kind == stringKind && code != "" {
		c.character(n, code, path, r)
	}
	for _, item := range n.items {
		c.characters(item, path)
	}
	for _, name := range n.keys {
		key := join(path, name)
		if r, _, code := characters.Find(name); code != "" {
			c.character(n.table[name], code, key, r)
		}
		c.characters(n.table[name], key)
	}
}

// character reports a character. Where it stands as it is, callers have judged it with the rest
// of the file.
func (c *comparison) character(n *node, code diag.Code, key string, r rune) {
	span := n.value
	if span == (source.Span{}) {
		span = n.place
	}
	if bytes.ContainsRune(c.file.Data[min(n.place.Start, span.Start):span.End], r) {
		return
	}
	c.unreliable = c.unreliable || code.Severity() == diag.Error
	name := characters.Name(r)
	c.problems.Add(diag.Diagnostic{Code: code, File: c.file, Span: span, Value: name, Args: diag.Args{"key": key, "value": name}})
}
