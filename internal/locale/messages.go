package locale

import (
	"embed"
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

//go:embed messages/*.toml
var messageFiles embed.FS

// Args are the named arguments of a message. The package comment says how each type is written.
type Args map[string]any

// Printer says things in one language. It is immutable and safe for concurrent use.
type Printer struct {
	lang     Lang
	messages func() *catalogue // loaded when first asked for
}

var printers = [...]*Printer{Ky: newPrinter(Ky), Ru: newPrinter(Ru), En: newPrinter(En)}

func newPrinter(l Lang) *Printer {
	return &Printer{l, sync.OnceValue(func() *catalogue { return load(messageFiles, l) })}
}

// For is the printer of a language.
func For(l Lang) *Printer { return printers[l] }

// Lang is the language the printer speaks.
func (p *Printer) Lang() Lang { return p.lang }

// T is a message without arguments.
func (p *Printer) T(key string) string {
	if s, ok := p.messages().plain[key]; ok {
		return s
	}
	return mistake(key)
}

// F is a message with arguments.
func (p *Printer) F(key string, args Args) string { return p.Parts(key, args).String() }

// Parts is [Printer.F] with the language of each part: a text among the arguments that has
// not been translated stands in the sentence in its original.
func (p *Printer) Parts(key string, args Args) Parts {
	if m := p.messages().all[key]; m == nil || counted(m) {
		return p.mistake(key)
	}
	return p.localize(&i18n.LocalizeConfig{MessageID: key}, p.newSentence(args))
}

// N is a counted message in the form its language wants for n; {{.Count}} is n, grouped.
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

// Has reports whether there is a message of that key.
func (p *Printer) Has(key string) bool { return p.messages().all[key] != nil }

// Keys are the keys of all messages of a language, sorted.
func Keys(l Lang) []string { return slices.Sorted(maps.Keys(For(l).messages().all)) }

// localize lets go-i18n choose the form of a message and say it.
func (p *Printer) localize(c *i18n.LocalizeConfig, s *sentence) Parts {
	c.TemplateData, c.TemplateParser = s, parser{}
	if _, err := p.messages().localizer.Localize(c); err != nil {
		return p.mistake(c.MessageID + ": " + err.Error())
	}
	return s.parts
}

func (p *Printer) mistake(what string) Parts { return Parts{{mistake(what), p.lang}} }

// mistake is how a programmer's mistake is shown, so that nobody overlooks it.
func mistake(what string) string { return "⟦" + what + "⟧" }

// catalogue holds the messages of one language.
type catalogue struct {
	all       map[string]*i18n.Message
	plain     map[string]string // the messages without arguments and forms
	localizer *i18n.Localizer
}

// load reads every area's messages of a language. The files are part of the program, so a fault in one is a panic.
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

// counted reports whether a message has plural forms: "one" exists in all three languages.
func counted(m *i18n.Message) bool { return m.One != "" }
