package translation

import (
	"sync"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

// section is a part of the catalogue.
type section struct {
	name string // of an area of messages, or "schema"
	keys []string
}

// program is what a catalogue translates, in the order in which the file to be filled in has it: first
// what most readers see.
var program = sync.OnceValue(func() (p struct {
	sections []section
	keys     []string
	texts    map[string]locale.Text // the texts of the registers of the program, by key
}) {
	areas := map[string][]string{}
	for _, a := range locale.Areas() {
		areas[a.Name] = a.Keys
	}
	var registers []string
	p.texts = map[string]locale.Text{}
	for _, s := range jme.Schemas() {
		s.EachText(func(key string, t *locale.Text) {
			registers = append(registers, key)
			p.texts[key] = *t
		})
	}
	add := func(name string, keys []string) {
		p.sections, p.keys = append(p.sections, section{name, keys}), append(p.keys, keys...)
	}
	for _, name := range []string{"site", "regulation", "judgement", "opendata", "history"} {
		add(name, areas[name])
		delete(areas, name)
		if name == "site" {
			add("schema", registers)
		}
	}
	for _, a := range locale.Areas() {
		if keys := areas[a.Name]; keys != nil {
			add(a.Name, keys)
		}
	}
	return p
})

// Keys are the keys of all messages that a catalogue can have.
func Keys() []string { return program().keys }

// Original are the texts of a message in the languages of the program, nil if there is no such message.
func Original(key string) map[locale.Lang]locale.Forms {
	all := map[locale.Lang]locale.Forms{}
	text, register := program().texts[key]
	for _, l := range locale.Langs {
		if register {
			all[l] = locale.Forms{"other": text.Get(l)}
		} else if forms := locale.FormsOf(l, key); forms != nil {
			all[l] = forms
		}
	}
	if len(all) == 0 {
		return nil
	}
	return all
}
