package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Output is the terminal, or the log of a CI run, that a command writes to. Whatever is written,
// no line of it drives the terminal or is obeyed by a runner: files, their names, commit messages
// and answers of servers come from anybody, and may hold "::error …" or an escape sequence.
//
// A line is written when it has ended, so a command must Flush at its end. An Output is safe for
// concurrent use.
type Output struct {
	mu   sync.Mutex
	w    io.Writer
	line []byte // without its end
}

// NewOutput returns an Output that writes to w.
func NewOutput(w io.Writer) *Output { return &Output{w: w} }

// Write writes the lines that p ends, and keeps the rest of p until its line ends.
func (o *Output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for rest := p; ; {
		i := bytes.IndexByte(rest, '\n')
		if i < 0 {
			o.line = append(o.line, rest...)
			return len(p), nil
		}
		line := harmless(string(o.line) + string(rest[:i]))
		o.line, rest = o.line[:0], rest[i+1:]
		if _, err := io.WriteString(o.w, line+"\n"); err != nil {
			return 0, err
		}
	}
}

// Flush writes a last line that has not ended.
func (o *Output) Flush() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	_, err := io.WriteString(o.w, harmless(string(o.line)))
	o.line = o.line[:0]
	return err
}

// longest is the most characters of a line; JSON has all of them. The longest sentence of the
// program has 700.
const longest = 4000

// harmless returns a line that is only shown. GitHub obeys a line that begins with "::" after white
// space, and "##[" anywhere in a line; Azure Pipelines and TeamCity obey "##vso[" and "##teamcity[".
func harmless(line string) string {
	if n := utf8.RuneCountInString(line); n > longest {
		begun := string([]rune(line)[:longest])
		if i := strings.LastIndexByte(begun, '&'); i >= 0 && len(begun)-i < len("&#8203;") && !strings.Contains(begun[i:], ";") {
			begun = begun[:i] // without its end, the entity would be read as #8, which refers to another pull request
		}
		line = fmt.Sprintf("%s… (+%d)", begun, n-utf8.RuneCountInString(begun))
	}
	line = command.ReplaceAllString(Visible(line), "#·#$1")
	if told := strings.TrimLeftFunc(line, unicode.IsSpace); strings.HasPrefix(told, "::") {
		return line[:len(line)-len(told)] + "·" + told
	}
	return line
}

// command matches what begins a command anywhere in a line.
var command = regexp.MustCompile(`##(\w*\[)`)

// Visible replaces by a middle dot the characters that have no glyph: they could end the line,
// reverse it or drive the terminal.
func Visible(s string) string {
	return strings.Map(func(r rune) rune {
		if hidden(r) {
			return '·'
		}
		return r
	}, s)
}

// hidden reports whether a character has no glyph.
func hidden(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) }

// Encoder writes JSON, one object a line, and leaves <, > and & as they are. Characters that have
// no glyph, and what would begin a command of a runner, are escaped as \u0085 is, so a line is as
// harmless as that of an Output and means the same. Lines are not cut.
type Encoder struct{ w io.Writer }

// NewEncoder returns an Encoder that writes to w.
func NewEncoder(w io.Writer) *Encoder { return &Encoder{past(w)} }

// past returns what an Output writes to, for lines that are harmless as they are. No line that was
// begun before may be unended.
func past(w io.Writer) io.Writer {
	if o, ok := w.(*Output); ok {
		return o.w
	}
	return w
}

// Encode writes a value.
func (e *Encoder) Encode(v any) error {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return err
	}
	text := command.ReplaceAll(bytes.TrimSuffix(b.Bytes(), []byte("\n")), []byte(`#\u0023$1`))
	line := make([]byte, 0, len(text)+1)
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if hidden(r) {
			for _, unit := range utf16.Encode([]rune{r}) {
				line = fmt.Appendf(line, `\u%04x`, unit)
			}
		} else {
			line = append(line, text[:size]...)
		}
		text = text[size:]
	}
	_, err := e.w.Write(append(line, '\n'))
	return err
}
