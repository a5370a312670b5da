package locale

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Args are the named arguments of a message. The package comment lists how each type is said.
type Args map[string]any

// Printer writes messages, dates and numbers in one language. It is safe for concurrent use.
type Printer struct {
	lang     Lang
	original Lang              // of the texts that are arguments
	messages func() *catalogue // reads the message files on the first call
}

var printers = func() (all [len(Langs)]*Printer) {
	for _, l := range Langs {
		all[l] = newPrinter(l)
	}
	return all
}()

func newPrinter(l Lang) *Printer {
	return &Printer{l, Langs[0], sync.OnceValue(func() *catalogue { return load(messageFiles, l) })}
}

// For returns the printer of a language.
func For(l Lang) *Printer { return printers[l] }

// From returns a printer of the same language for texts whose original is in another one: it says the
// original of an argument that has no translation.
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
	return mistake(key)
}

// F says a message with arguments.
func (p *Printer) F(key string, args Args) string { return p.Parts(key, args).String() }

// Parts says a message with arguments and keeps the language of each part: an argument that has
// not been translated is in its original language.
func (p *Printer) Parts(key string, args Args) Parts {
	if m := p.messages().all[key]; m == nil || counted(m) {
		return p.mistake(key)
	}
	return p.localize(&i18n.LocalizeConfig{MessageID: key}, p.newSentence(args))
}

// N says a counted message in the form that the language requires for n. {{.Count}} is n, grouped.
func (p *Printer) N(key string, n int) string { return p.NF(key, n, nil) }

// NF is [Printer.N] with further arguments.
func (p *Printer) NF(key string, n int, args Args) string {
	return p.CountedParts(key, n, args).String()
}

// CountedParts is [Printer.NF] with the language of each part.
func (p *Printer) CountedParts(key string, n int, args Args) Parts {
	if m := p.messages().all[key]; m == nil || !counted(m) {
		return p.mistake(key)
	}
	s := p.newSentence(args)
	s.args["Count"] = p.Int(n)
	return p.localize(&i18n.LocalizeConfig{MessageID: key, PluralCount: n}, s)
}

// Has reports whether there is a message with a key.
func (p *Printer) Has(key string) bool { return p.messages().all[key] != nil }

// Keys are the keys of all messages of a language, sorted.
func Keys(l Lang) []string { return slices.Sorted(maps.Keys(For(l).messages().all)) }

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
	localizer *i18n.Localizer
}

// load reads the messages of a language from the files of all areas. The files are part of the
// program, so it panics if one is wrong.
func load(files fs.FS, l Lang) *catalogue {
	bundle := i18n.NewBundle(language.MustParse(l.String()))
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	c := &catalogue{
		all:       map[string]*i18n.Message{},
		plain:     map[string]string{},
		localizer: i18n.NewLocalizer(bundle, l.String()),
	}
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
		for _, m := range file.Messages {
			if c.all[m.ID] != nil {
				panic(fmt.Errorf("%s: the key %q belongs to another area too", name, m.ID))
			}
			c.all[m.ID] = m
			if !counted(m) && !strings.Contains(m.Other, "{{") {
				c.plain[m.ID] = m.Other
			}
		}
	}
	return c
}

// counted reports whether a message has plural forms. All three languages have the form "one".
func counted(m *i18n.Message) bool { return m.One != "" }
