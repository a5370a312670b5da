package translation

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"achyk/internal/diag"
	"achyk/internal/locale"
	"achyk/internal/settings"
	"achyk/internal/source"
)

// Draft is the text of a catalogue to be filled in: every key, with the original as a comment. What an
// earlier catalogue has translated stays, also under keys that the program does not know; its comments are
// written anew. The problems are of an earlier catalogue that cannot be read; then there is no text.
func Draft(code string, original locale.Lang, earlier *source.File) ([]byte, diag.List) {
	d := draft{code: code, original: original}
	if earlier != nil {
		var decoded file
		places, problems := settings.Decode(earlier, source.Span{End: len(earlier.Data)}, &decoded)
		if places == nil {
			return nil, problems
		}
		d.facts, d.known = decoded.Language, map[string]string{}
		d.flatten(decoded.Messages, "")
	} else {
		known := locale.FactsOf(code)
		d.facts = locale.Facts{ISO3: known.ISO3, Script: known.Script, OpenGraph: known.OpenGraph}
	}
	d.write()
	return []byte(d.String()), nil
}

// draft writes a catalogue.
type draft struct {
	strings.Builder
	code     string
	original locale.Lang
	facts    locale.Facts
	known    map[string]string // the translations that there are, by key, with the form of a counted message
}

// flatten takes the translations of a table of an earlier catalogue.
func (d *draft) flatten(in map[string]any, prefix string) {
	for name, v := range in {
		switch v := v.(type) {
		case map[string]any:
			d.flatten(v, prefix+name+".")
		case string:
			d.known[prefix+name] = v
		}
	}
}

func (d *draft) line(format string, args ...any) { fmt.Fprintf(d, format+"\n", args...) }

func (d *draft) write() {
	p := locale.For(d.original)
	for line := range strings.Lines(p.F("draft.head", locale.Args{"Code": d.code, "Forms": strings.Join(locale.PluralForms(d.code), ", ")})) {
		d.line("# %s", strings.TrimRight(line, "\n"))
	}
	d.line("\n[language]")
	f, like := d.facts, d.original.Facts()
	for _, fact := range []struct{ key, value, like string }{
		{"name", quoted(f.Name), quoted(like.Name)}, {"english", quoted(f.English), quoted(like.English)},
		{"iso3", quoted(f.ISO3), quoted(like.ISO3)}, {"script", quoted(string(f.Script)), quoted(string(like.Script))},
		{"open_graph", quoted(f.OpenGraph), quoted(like.OpenGraph)}, {"quotes", list(f.Quotes), list(like.Quotes)},
		{"inner", list(f.Inner), list(like.Inner)}, {"group", quoted(f.Group), quoted(like.Group)},
		{"point", quoted(f.Point), quoted(like.Point)}, {"percent", quoted(f.Percent), quoted(like.Percent)},
		{"som", quoted(f.Som), quoted(like.Som)}, {"alphabet", quoted(f.Alphabet), quoted(like.Alphabet)},
		{"months", lists(f.Months), lists(like.Months)},
	} {
		d.line("# %s\n%s = %s", strings.ReplaceAll(fact.like, "\n", "\n# "), fact.key, fact.value)
	}
	d.line("\n[language.dates]")
	dates, layouts := f.Dates, like.Dates
	for _, l := range []struct{ key, value, like string }{
		{"date", dates.Date, layouts.Date}, {"until", dates.Until, layouts.Until}, {"since", dates.Since, layouts.Since},
		{"on", dates.On, layouts.On}, {"as_of", dates.AsOf, layouts.AsOf}, {"short", dates.Short, layouts.Short},
		{"date_time", dates.DateTime, layouts.DateTime}, {"month", dates.Month, layouts.Month}, {"short_month", dates.ShortMonth, layouts.ShortMonth},
	} {
		d.line("# %s\n%s = %s", quoted(l.like), l.key, quoted(l.value))
	}
	d.line("\n[messages]")
	for _, s := range program().sections {
		d.line("\n# %s", p.T("draft.section."+s.name))
		for _, key := range s.keys {
			d.message(key)
		}
	}
	if len(d.known) > 0 {
		d.line("\n# %s", p.T("draft.unknown"))
		for _, key := range slices.Sorted(maps.Keys(d.known)) {
			d.line("%s = %s", dotted(key), quoted(d.known[key]))
		}
	}
}

// message writes a message with its original.
func (d *draft) message(key string) {
	forms := Original(key)[d.original]
	if !locale.Counted(key) {
		d.line("\n# %s", quoted(forms["other"]))
		d.entry(key)
		return
	}
	d.line("")
	for _, form := range locale.PluralForms(d.original.String()) {
		d.line("# %s: %s", form, quoted(forms[form]))
	}
	for _, form := range locale.PluralForms(d.code) {
		d.entry(key + "." + form)
	}
}

func (d *draft) entry(key string) {
	d.line("%s = %s", dotted(key), quoted(d.known[key]))
	delete(d.known, key)
}

// dotted is a key as TOML writes it. A part that is no bare key, such as the code of a word in Cyrillic, is
// quoted.
func dotted(key string) string {
	parts := strings.Split(key, ".")
	for i, part := range parts {
		bare := func(r rune) bool {
			return r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) || r == '_' || r == '-'
		}
		if part == "" || strings.ContainsFunc(part, func(r rune) bool { return !bare(r) }) {
			parts[i] = quoted(part)
		}
	}
	return strings.Join(parts, ".")
}

// quoted is a text as TOML writes it. A no-break space, which nobody sees, is written as an escape.
func quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case r == '\n':
			b.WriteString(`\n`)
		case r < ' ' || r == 0x7f || r == '\u00a0':
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func list(all []string) string {
	parts := make([]string, len(all))
	for i, s := range all {
		parts[i] = quoted(s)
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

func lists(all [][]string) string {
	if len(all) == 0 {
		return "[]"
	}
	var b strings.Builder
	b.WriteString("[\n")
	for _, one := range all {
		b.WriteString("  " + list(one) + ",\n")
	}
	return b.String() + "]"
}
