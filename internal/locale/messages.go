package locale

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Args are the named arguments of a message. The package comment lists how each type is said.
type Args map[string]any

// Printer writes messages, dates and numbers in one language. It is safe for concurrent use.
type Printer struct {
	lang     Lang
	original Lang              // of the texts that are arguments, and of messages that are not translated
	facts    func() *Facts     // reads a file of the program on the first call
	messages func() *catalogue // reads the message files on the first call
	missed   *bool             // becomes true when a message is not translated; see Say
	marking  bool              // see Marking
}

// For returns the printer of a language.
func For(l Lang) *Printer { return l.tongue().printer }

// From returns a printer of the same language for texts whose original is in another one: it says the
// original of an argument, or of a message, that has no translation.
func (p *Printer) From(original Lang) *Printer {
	from := *p
	from.original = original
	return &from
}

// Lang is the language of the printer.
func (p *Printer) Lang() Lang { return p.lang }

// T says a message without arguments.
func (p *Printer) T(key string) string {
	if s, ok := p.messages().plain[key]; ok {
		return s
	}
	if by := p.instead(key); by != p {
		return p.marked(by.T(key), by)
	}
	return mistake(key)
}

// instead is the printer that says a message which a further language has not translated: that of the
// original or, if that has no translation either, of Kyrgyz. It is p if the message is translated or
// there is none.
func (p *Printer) instead(key string) *Printer {
	if p.lang.BuiltIn() || p.has(key) || !For(Ky).has(key) {
		return p
	}
	if p.missed != nil {
		*p.missed = true
	}
	if p.original != p.lang && For(p.original).has(key) {
		return For(p.original).From(p.original)
	}
	return For(Ky).From(p.original)
}

// F says a message with arguments.
func (p *Printer) F(key string, args Args) string {
	return p.marked(p.Parts(key, args).String(), p.instead(key))
}

// Parts says a message with arguments and keeps the language of each part: an argument that has
// not been translated is in its original language.
func (p *Printer) Parts(key string, args Args) Parts {
	p = p.instead(key)
	if m := p.messages().all[key]; m == nil || counted(m) {
		return p.mistake(key)
	}
	return p.localize(&i18n.LocalizeConfig{MessageID: key}, p.newSentence(args))
}

// N says a counted message in the form that the language requires for n. {{.Count}} is n, as an argument.
func (p *Printer) N(key string, n int) string { return p.NF(key, n, nil) }

// NF is [Printer.N] with further arguments.
func (p *Printer) NF(key string, n int, args Args) string {
	return p.marked(p.CountedParts(key, n, args).String(), p.instead(key))
}

// CountedParts is [Printer.NF] with the language of each part.
func (p *Printer) CountedParts(key string, n int, args Args) Parts {
	p = p.instead(key)
	if m := p.messages().all[key]; m == nil || !counted(m) {
		return p.mistake(key)
	}
	s := p.newSentence(args)
	s.args["Count"] = whole{p, n}
	return p.localize(&i18n.LocalizeConfig{MessageID: key, PluralCount: n}, s)
}

// Has reports whether there is a message with a key, be it translated or not.
func (p *Printer) Has(key string) bool { return p.has(key) || !p.lang.BuiltIn() && For(Ky).has(key) }

// Plain reports whether T can say a message in a built-in language: it has neither arguments nor forms.
func (p *Printer) Plain(key string) bool { return p.messages().plain[key] != "" }

func (p *Printer) has(key string) bool { return p.messages().all[key] != nil }

// Keys are the keys of all messages of a language, sorted.
func Keys(l Lang) []string { return slices.Sorted(maps.Keys(For(l).messages().all)) }

// Area is what one file of messages is about.
type Area struct {
	Name string
	Keys []string // sorted
}

// Areas are all messages of the program by their areas.
func Areas() []Area { return For(Ky).messages().areas }

// localize lets go-i18n choose the form of a message and execute it into s.
func (p *Printer) localize(c *i18n.LocalizeConfig, s *sentence) Parts {
	c.TemplateData, c.TemplateParser = s, parser{}
	if _, err := p.messages().localizer.Localize(c); err != nil {
		return p.mistake(c.MessageID + ": " + err.Error())
	}
	return s.parts
}

func (p *Printer) mistake(what string) Parts { return Parts{{mistake(what), p.lang}} }

// mistake marks a programmer's mistake, so that nobody overlooks it on a page or in a terminal.
func mistake(what string) string { return "⟦" + what + "⟧" }

// catalogue holds the messages of one language.
type catalogue struct {
	all       map[string]*i18n.Message
	plain     map[string]string // messages without arguments and forms
	areas     []Area            // of a built-in language
	localizer *i18n.Localizer
}

// load reads the messages of a language from the files of all areas. The files are part of the
// program, so it panics if one is wrong.
func load(files fs.FS, l Lang) *catalogue {
	bundle := i18n.NewBundle(language.MustParse(l.String()))
	bundle.RegisterUnmarshalFunc("toml", decode)
	c := newCatalogue(bundle, l.String())
	names, err := fs.Glob(files, "messages/*."+l.String()+".toml")
	if err != nil {
		panic(err)
	}
	for _, name := range names {
		src, err := fs.ReadFile(files, name)
		if err != nil {
			panic(err)
		}
		file, err := bundle.ParseMessageFileBytes(src, name)
		if err != nil {
			panic(fmt.Errorf("%s: %w", name, err))
		}
		var keys []string
		for _, m := range file.Messages {
			keys = append(keys, m.ID)
			if c.all[m.ID] != nil {
				panic(fmt.Errorf("%s: the key %q belongs to another area too", name, m.ID))
			}
			c.add(m)
		}
		slices.Sort(keys)
		area, _, _ := strings.Cut(path.Base(name), ".")
		c.areas = append(c.areas, Area{area, keys})
	}
	return c
}

func newCatalogue(bundle *i18n.Bundle, code string) *catalogue {
	return &catalogue{all: map[string]*i18n.Message{}, plain: map[string]string{}, localizer: i18n.NewLocalizer(bundle, code)}
}

func (c *catalogue) add(m *i18n.Message) {
	c.all[m.ID] = m
	if !counted(m) && !strings.Contains(m.Other, "{{") {
		c.plain[m.ID] = m.Other
	}
}

// counted reports whether a message has plural forms. In Kyrgyz, Russian and English it has the form
// "one"; in a language that has no other form than "other", [translated] marks it.
func counted(m *i18n.Message) bool { return m.One != "" || m.Description == countedMark }

const countedMark = "counted"
