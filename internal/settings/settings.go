// Package settings decodes TOML written by people into Go structs and reports each
// mistake at its place, as a diagnostic.
//
// Decode reports these kinds of mistakes:
//
//   - over-limit: tables and lists lie too deep within each other. Nothing else is reported.
//   - toml-syntax: the text is not TOML. Only the first is reported.
//   - toml-type: a value is not of the type its key needs. All are reported.
//   - toml-unknown-key: the struct has no field for a key. All are reported, because a
//     misspelt key that was skipped would be a setting somebody believes is in force.
//     Names are compared with their capitals, as TOML does: Title is not title.
//   - control-character and the like: an escape such as \u0000 stands for a character that no
//     text should hold (package characters). Callers judge what is not escaped.
//
// Two libraries share the work. go-toml's parser gives every key and value with its bytes;
// this package keeps them as a tree, compares the tree with the struct's type, and looks places
// up in it (Places). BurntSushi/toml refuses what is well formed but invalid, such as a key given
// twice or the 30th of February, and fills the struct.
package settings

import (
	"reflect"

	"github.com/BurntSushi/toml"

	"achyk/internal/diag"
	"achyk/internal/limits"
	"achyk/internal/locale"
	"achyk/internal/source"
)

// Decode reads the TOML in a span of f into v, a pointer to a struct. A byte order mark at
// the start of the file is skipped. Texts can be in the languages that are given, and in those that
// are built in.
//
// The places are nil if v was not filled: after a mistake of syntax or type, or if a key
// differs from the name of a field in capitals only, because the decoder would take it for the
// field. Other unknown keys do not keep v from being filled.
func Decode(f *source.File, span source.Span, v any, languages ...locale.Lang) (*Places, diag.List) {
	span.Start = max(span.Start, f.Begin())
	text := f.Data[span.Start:max(span.Start, span.End)]
	if i, deep := tooDeep(text); deep {
		at := source.Span{Start: span.Start + i, End: span.Start + i + 1}
		return nil, diag.List{{Code: diag.OverLimit, File: f, Span: at, Args: diag.Args{"what": diag.Phrase("limit.nesting"), "have": "", "limit": limits.Nesting, "key": ""}}}
	}
	root, wrong := parse(text, span.Start)
	if wrong != nil {
		return nil, wrong.diagnostics(f, span.Start)
	}
	var whole toml.Primitive
	meta, err := toml.Decode(string(text), &whole)
	if err != nil {
		return nil, refused(err, text).diagnostics(f, span.Start)
	}
	c := comparison{file: f, languages: languages}
	c.characters(root, "")
	c.compare(root, reflect.TypeOf(v).Elem(), "")
	if c.unreliable {
		return nil, c.problems.List
	}
	if err := meta.PrimitiveDecode(whole, v); err != nil {
		// compare does not know everything: it leaves some types to the decoder, and a zone
		// of 24 hours passes the decoder's parser but not its UnmarshalText. The error has no
		// place.
		c.problems.Add(diag.Diagnostic{
			Code: diag.TOMLType, File: f, Span: root.place, Args: diag.Args{"key": "", "detail": err.Error()},
		})
		return nil, c.problems.List
	}
	return &Places{f, root}, c.problems.List
}
