// Package settings reads TOML written by people: what does not parse, does not fit
// or is not known is reported with its place, and nothing is silently ignored. A
// misspelt key that were skipped would be a setting somebody believes is in force.
//
// BurntSushi/toml decodes; it knows the place of a syntax or type error but not of
// the other keys, so Places finds those by a second, shallow reading of a text that
// is already known to be well-formed.
package settings

import (
	"errors"
	"regexp"
	"strings"

	"github.com/BurntSushi/toml"

	"achyk/internal/diag"
	"achyk/internal/source"
)

// Decode reads the TOML in span of f into v, a pointer to a struct. After an error
// v holds what could be read until then.
func Decode(f *source.File, span source.Span, v any) (*Places, diag.List) {
	span.Start = max(span.Start, f.Begin())
	text := string(f.Data[span.Start:span.End])
	places := &Places{file: f, base: span.Start, text: text, spans: map[string][]source.Span{}}
	var problems diag.List
	meta, err := toml.Decode(text, v)
	if parse := (toml.ParseError{}); errors.As(err, &parse) && !wellFormed(text) {
		at := span.Start + min(parse.Position.Start, len(text))
		problems.Add(diag.Diagnostic{
			Code: diag.TOMLSyntax, File: f, Span: source.Span{Start: at, End: at + parse.Position.Len},
			Value: parse.LastKey, Args: diag.Args{"key": parse.LastKey, "detail": parse.Message},
		})
		return places, problems
	}
	places.scan()
	if err != nil {
		key := ""
		if m := lastKey.FindStringSubmatch(err.Error()); m != nil {
			key = m[1]
		}
		problems.Add(diag.Diagnostic{
			Code: diag.TOMLType, File: f, Span: places.Nth(key, 0), Value: key,
			Args: diag.Args{"key": key, "detail": expected(err)},
		})
		return places, problems
	}
	seen := map[string]int{}
	for _, key := range meta.Undecoded() {
		path := strings.Join(key, ".")
		if _, inside := seen[strings.Join(key[:len(key)-1], ".")]; inside {
			continue // the unknown table has been reported; its keys would only repeat it
		}
		problems.Add(diag.Diagnostic{
			Code: diag.TOMLUnknownKey, File: f, Span: places.Nth(path, seen[path]),
			Value: path, Args: diag.Args{"key": path},
		})
		seen[path]++
	}
	return places, problems
}

// lastKey finds the key in an error about a value of the wrong type: the library
// puts the key nowhere but in its text. Without a match the file's start is named.
var lastKey = regexp.MustCompile(`last key "([^"]+)"`)

// wellFormed tells a mistake of form from a value that does not fit: the library reports
// some of the latter, a quoted date among them, as if they were the former.
func wellFormed(text string) bool {
	var v map[string]any
	_, err := toml.Decode(text, &v)
	return err == nil
}

// expected keeps of the library's error what the reader does not see already, in the
// words of TOML: "expected integer but found string".
func expected(err error) string {
	for _, form := range []*regexp.Regexp{incompatible, mismatch} {
		if m := form.FindStringSubmatch(err.Error()); m != nil {
			return words.Replace("expected " + m[form.SubexpIndex("want")] + " but found " + m[form.SubexpIndex("have")])
		}
	}
	return ""
}

var (
	incompatible = regexp.MustCompile(`TOML value has type (?P<have>\w+); destination has type (?P<want>\w+)`)
	mismatch     = regexp.MustCompile(`expected (?P<want>\w+) but found (?P<have>\w+)`)
	words        = strings.NewReplacer("int64", "integer", "float64", "float", "slice", "array")
)

// Places tells where the keys of a TOML text stand.
type Places struct {
	file  *source.File
	base  int
	text  string
	pos   int
	spans map[string][]source.Span // by dotted path, in order of appearance
}

// File returns the file the keys are in.
func (p *Places) File() *source.File { return p.file }

// Nth returns the span of the n-th (from 0) appearance of a dotted key, as in the
// n-th [[clause]]; where there is none, that of its nearest table, else the file's start.
func (p *Places) Nth(path string, n int) source.Span {
	for path != "" {
		if spans := p.spans[path]; n < len(spans) {
			return spans[n]
		}
		i := strings.LastIndexByte(path, '.')
		if i < 0 {
			break
		}
		path = path[:i]
	}
	return source.Span{Start: p.base, End: p.base}
}

// scan records every key. It relies on the text being well-formed TOML.
func (p *Places) scan() {
	table := ""
	for p.space(true); p.pos < len(p.text); p.space(true) {
		if p.text[p.pos] == '[' {
			start := p.pos
			p.pos += len(p.text[p.pos:]) - len(strings.TrimLeft(p.text[p.pos:], "["))
			table = p.key("")
			p.record(table, start)
			for p.pos < len(p.text) && p.text[p.pos] == ']' {
				p.pos++
			}
			continue
		}
		p.assignment(table)
	}
}

func (p *Places) assignment(table string) {
	start := p.pos
	path := p.key(table)
	p.record(path, start)
	p.pos++ // the equals sign
	p.value(path)
}

// key reads a dotted key and stops at what follows it.
func (p *Places) key(prefix string) string {
	var parts []string
	if prefix != "" {
		parts = append(parts, prefix)
	}
	for p.pos < len(p.text) {
		p.space(false)
		start := p.pos
		if c := p.text[p.pos]; c == '"' || c == '\'' {
			p.quoted()
			parts = append(parts, strings.Trim(p.text[start:p.pos], `"'`))
		} else {
			p.until(".=] \t")
			parts = append(parts, p.text[start:p.pos])
		}
		p.space(false)
		if p.pos >= len(p.text) || p.text[p.pos] != '.' {
			break
		}
		p.pos++
	}
	return strings.Join(parts, ".")
}

func (p *Places) value(path string) {
	p.space(true)
	switch p.text[p.pos] {
	case '"', '\'':
		p.quoted()
	case '[':
		p.sequence(']', func() { p.value(path) })
	case '{':
		p.sequence('}', func() { p.assignment(path) })
	default:
		p.until(",]}\n#")
	}
}

func (p *Places) sequence(end byte, element func()) {
	p.pos++
	for p.space(true); p.text[p.pos] != end; p.space(true) {
		if p.text[p.pos] == ',' {
			p.pos++
			continue
		}
		element()
	}
	p.pos++
}

func (p *Places) quoted() {
	quote := p.text[p.pos : p.pos+1]
	if triple := strings.Repeat(quote, 3); strings.HasPrefix(p.text[p.pos:], triple) {
		quote = triple
	}
	for p.pos += len(quote); p.pos < len(p.text) && !strings.HasPrefix(p.text[p.pos:], quote); p.pos++ {
		if p.text[p.pos] == '\\' && quote[0] == '"' {
			p.pos++
		}
	}
	p.pos = min(p.pos+len(quote), len(p.text))
	for len(quote) == 3 && p.pos < len(p.text) && p.text[p.pos] == quote[0] {
		p.pos++ // quotes may stand right before the closing three
	}
}

// space skips blanks and comments, and line ends where asked.
func (p *Places) space(lines bool) {
	for p.pos < len(p.text) {
		switch c := p.text[p.pos]; {
		case c == ' ' || c == '\t' || c == '\r' || lines && c == '\n':
			p.pos++
		case c == '#':
			p.until("\n")
		default:
			return
		}
	}
}

func (p *Places) until(stop string) {
	for p.pos < len(p.text) && strings.IndexByte(stop, p.text[p.pos]) < 0 {
		p.pos++
	}
}

func (p *Places) record(path string, start int) {
	end := start + len(strings.TrimRight(p.text[start:p.pos], " \t"))
	p.spans[path] = append(p.spans[path], source.Span{Start: p.base + start, End: p.base + end})
}
