package locale

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"text/template"
	"time"

	i18ntemplate "github.com/nicksnyder/go-i18n/v2/i18n/template"
	"github.com/shopspring/decimal"
)

// Part is a stretch of a sentence in one language.
type Part struct {
	Text string
	Lang Lang
}

// Parts is a sentence: the texts of its parts, one after another. No part is empty, and
// neighbours are in different languages.
type Parts []Part

// String is the sentence without its languages.
func (p Parts) String() string {
	if len(p) == 1 {
		return p[0].Text
	}
	var b strings.Builder
	for _, part := range p {
		b.WriteString(part.Text)
	}
	return b.String()
}

// add appends a text to the sentence.
func (p Parts) add(text string, l Lang) Parts {
	switch last := len(p) - 1; {
	case text == "":
		return p
	case last >= 0 && p[last].Lang == l:
		p[last].Text += text
		return p
	}
	return append(p, Part{text, l})
}

// Sentences puts one sentence after another, with a space between them.
func (p *Printer) Sentences(all ...Parts) Parts { return p.join(" ", all) }

// join puts texts one after another, with a text of the printer's language between them.
func (p *Printer) join(between string, all []Parts) Parts {
	var joined Parts
	for i, parts := range all {
		if i > 0 {
			joined = joined.add(between, p.lang)
		}
		for _, part := range parts {
			joined = joined.add(part.Text, part.Lang)
		}
	}
	return joined
}

// Parts is the text as one part, in the language that [Text.Resolve] finds for a reader of l.
func (t Text) Parts(l Lang) Parts { return For(l).text(t) }

// text is a text as one part, in the printer's language or in that of the original.
func (p *Printer) text(t Text) Parts {
	s, actual := t.ResolveFrom(p.lang, p.original)
	return Parts{}.add(s, actual)
}

// Recorded is an argument of a message: a text that the data holds in one language without
// saying which, such as the number of a contract or the name of a donor. [Guess] tells its
// language.
type Recorded string

// Parts is the text as one part.
func (r Recorded) Parts(l Lang) Parts { return Parts{}.add(string(r), Guess(string(r), l)) }

// Quoted is an argument of a message: a text in the quotation marks of the reader's language. A
// sentence loses its full stop, because the one around it goes on, and what it quotes itself gets the
// inner marks of the language.
type Quoted Text

// Parts is the text between its marks.
func (q Quoted) Parts(l Lang) Parts { return For(l).quoted(q) }

func (p *Printer) quoted(q Quoted) Parts {
	marks, inner := p.facts().Quotes, p.facts().Inner
	said := p.text(Text(q))
	for i := range said {
		said[i].Text = withoutFullStop(said[i].Text)
		if slices.Equal(said[i].Lang.tongue().facts().Quotes, marks) {
			said[i].Text = strings.NewReplacer(marks[0], inner[0], marks[1], inner[1]).Replace(said[i].Text)
		}
	}
	return p.join("", []Parts{{{marks[0], p.lang}}, said, {{marks[1], p.lang}}})
}

// withoutFullStop is a text without the full stop that ends its last sentence. The dot of an
// abbreviation, which follows a single letter as in "ж. б.", is none.
func withoutFullStop(s string) string {
	if fullStop.MatchString(s) {
		return strings.TrimSuffix(s, ".")
	}
	return s
}

var fullStop = regexp.MustCompile(`[^\s.]{2}\.$`)

// List is an argument of a message: arguments of any kind, separated by commas.
type List []any

// Parts is the list with each item said as the argument of a message would be.
func (list List) Parts(l Lang) Parts { return For(l).list(list) }

func (p *Printer) list(list List) Parts {
	items := make([]Parts, len(list))
	for i, item := range list {
		parts, ok := p.argument(item)
		if !ok {
			parts = Parts{}.add(fmt.Sprint(item), p.lang)
		}
		items[i] = parts
	}
	return p.join(", ", items)
}

// argument says an argument of a message; false is for one that package fmt is to print.
func (p *Printer) argument(arg any) (Parts, bool) {
	var said string
	switch v := arg.(type) {
	case Parts:
		return v, true
	case Text:
		return p.text(v), true
	case Quoted:
		return p.quoted(v), true
	case List:
		return p.list(v), true
	case interface{ Parts(Lang) Parts }:
		return v.Parts(p.lang), true
	case interface{ In(Lang) string }:
		said = v.In(p.lang)
	case time.Time:
		said = p.Date(v)
	case int:
		said = p.Int(v)
	case int64:
		said = p.Number(fmt.Sprint(v))
	case decimal.Decimal:
		said = p.Number(v.String())
	default:
		return nil, false
	}
	return Parts{}.add(said, p.lang), true
}

// sentence is a message while it is said. The template of the message writes into it; what
// the message itself says, and strings among the arguments, are in the message's language.
type sentence struct {
	lang  Lang
	args  map[string]any
	parts Parts
	next  Parts // of the argument that the template is about to write
}

// newSentence turns arguments into what a template may print.
func (p *Printer) newSentence(args Args) *sentence {
	s := &sentence{lang: p.lang, args: make(map[string]any, len(args)+1)}
	for name, arg := range args {
		switch v := arg.(type) {
		case time.Time:
			arg = moment{p, v}
		case int:
			arg = whole{p, v}
		default:
			if parts, ok := p.argument(arg); ok {
				arg = s.printable(parts)
			}
		}
		s.args[name] = arg
	}
	return s
}

// printable is what stands for the parts of an argument in a template. An argument without
// parts must be false in {{if}}, which no struct is.
func (s *sentence) printable(parts Parts) any {
	if len(parts) == 0 || len(parts) == 1 && parts[0].Lang == s.lang {
		return parts.String()
	}
	return phrase{s, parts}
}

// phrase is an argument in several parts, or in another language than the message.
type phrase struct {
	in    *sentence
	parts Parts
}

// String is called by package text/template, by way of fmt, just before it passes the result
// to [sentence.Write]. It leaves the parts there.
func (p phrase) String() string {
	p.in.next = p.parts
	return p.parts.String()
}

// Write takes one text between two actions, or one printed value: package text/template calls
// it once for each. The parts left by a phrase count only if they are what is written, so that
// the parts always add up to what the template says.
func (s *sentence) Write(b []byte) (int, error) {
	next := s.next
	s.next = nil
	if next == nil || next.String() != string(b) {
		s.parts = s.parts.add(string(b), s.lang)
		return len(b), nil
	}
	for _, part := range next {
		s.parts = s.parts.add(part.Text, part.Lang)
	}
	return len(b), nil
}

// parser parses messages for go-i18n, which keeps what was parsed. A message whose argument is
// not given is a mistake.
type parser struct{}

func (parser) Cacheable() bool { return true }

func (parser) Parse(src, _, _ string) (i18ntemplate.ParsedTemplate, error) {
	t, err := template.New("").Option("missingkey=error").Parse(src)
	return message{t}, err
}

// message is a form of a message, ready to be said.
type message struct{ template *template.Template }

// Execute says the message into a *sentence. The text that go-i18n hands on stays empty.
func (m message) Execute(data any) (string, error) {
	s := data.(*sentence)
	return "", m.template.Execute(s, s.args)
}
