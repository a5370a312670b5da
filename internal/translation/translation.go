// Package translation reads the catalogue by which a municipality adds a language to its site, and
// makes the file to be filled in. The catalogue of Uzbek is content/languages/uz.toml:
//
//	[language]
//	name   = "Oʻzbekcha"
//	months = [["yanvar", …]]          # see locale.Facts
//	[language.dates]
//	date   = "2006-yil 2-yanvar"
//	[messages]
//	site.skip = "Asosiy matnga oʻtish"
//	site.days.left.one = "{{.Count}} kun qoldi"
//	site.days.left.other = "{{.Count}} kun qoldi"
//
// The keys of messages are those of package locale and of the texts of built-in registers. An empty
// text, and a key that is left out, is a message that has not been translated: readers get it in the
// original language of the site. The plural forms are those of CLDR for the code of the language.
package translation

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"achyk/internal/diag"
	"achyk/internal/limits"
	"achyk/internal/locale"
	"achyk/internal/settings"
	"achyk/internal/source"
	"achyk/internal/table"
)

// Folder is the folder of catalogues.
const Folder = "content/languages"

// Path is the path of the catalogue of a language.
func Path(code string) string { return Folder + "/" + code + ".toml" }

// file is a catalogue as it is decoded.
type file struct {
	Language locale.Facts   `toml:"language"`
	Messages map[string]any `toml:"messages"`
}

// Read makes a catalogue a language. What is wrong in it is reported and taken as not translated.
func Read(code string, f *source.File) (locale.Lang, diag.List) {
	r := reader{file: f, code: code, forms: locale.PluralForms(code), messages: map[string]locale.Forms{}}
	var decoded file
	places, problems := settings.Decode(f, source.Span{End: len(f.Data)}, &decoded)
	r.problems.AddAll(problems)
	if places == nil {
		return locale.Register(code, f.Data, locale.Facts{}, nil), r.problems.List
	}
	r.places = places
	r.language(&decoded.Language)
	r.texts(decoded.Messages, nil)
	r.incomplete()
	r.untranslated(decoded.Language)
	return locale.Register(code, f.Data, decoded.Language, r.messages), r.problems.List
}

// Without is a language that has no catalogue yet. It says everything in the original of the site.
func Without(code string) locale.Lang { return locale.Register(code, nil, locale.Facts{}, nil) }

// reader reads a catalogue.
type reader struct {
	file     *source.File
	code     string
	forms    []string // the plural forms that the language needs
	places   *settings.Places
	messages map[string]locale.Forms
	problems diag.Collector
	speller  table.Speller
}

func (r *reader) report(code diag.Code, value string, args diag.Args, path ...any) {
	args["value"] = value
	r.problems.Add(diag.Diagnostic{Code: code, File: r.file, Span: r.places.At(path...), Value: value, Args: args})
}

// wrong reports the value of a fact, with what would fit.
func (r *reader) wrong(value string, words []string, path ...any) {
	key := path[len(path)-1].(string)
	r.report(diag.TOMLValue, value, diag.Args{"key": key, "words": words}, path...)
}

// over reports a limit that something exceeds, and tells whether it does.
func (r *reader) over(what string, have, limit int, path ...any) bool {
	if have > limit {
		key := make([]string, len(path))
		for i, step := range path {
			key[i] = step.(string)
		}
		r.problems.Add(diag.Diagnostic{Code: diag.OverLimit, File: r.file, Span: r.places.At(path...), Args: diag.Args{
			"what": diag.Phrase("limit." + what), "have": have, "limit": limit, "key": strings.Join(key, "."),
		}})
	}
	return have > limit
}

// long reports texts among the facts that are too long, and empties them.
func (r *reader) long(facts reflect.Value, path ...any) {
	switch facts.Kind() {
	case reflect.Struct:
		for i := range facts.NumField() {
			r.long(facts.Field(i), append(slices.Clip(path), facts.Type().Field(i).Tag.Get("toml"))...)
		}
	case reflect.Slice:
		for i := range facts.Len() {
			r.long(facts.Index(i), path...)
		}
	case reflect.String:
		if r.over("title", utf8.RuneCountInString(facts.String()), limits.Fact, path...) {
			facts.SetString("")
		}
	default:
	}
}

// language judges the facts. A wrong one is emptied.
func (r *reader) language(f *locale.Facts) {
	if r.over("months", len(f.Months), limits.MonthSets, "language", "months") {
		f.Months = nil
	}
	r.long(reflect.ValueOf(f).Elem(), "language")
	if f.Script != "" && f.Script != locale.Latin && f.Script != locale.Cyrillic {
		r.wrong(string(f.Script), []string{string(locale.Latin), string(locale.Cyrillic)}, "language", "script")
		f.Script = ""
	}
	r.signs(f)
	f.Months = slices.DeleteFunc(f.Months, func(list []string) bool { // a list of empty texts waits to be filled in
		return !slices.ContainsFunc(list, func(word string) bool { return word != "" })
	})
	for _, list := range f.Months {
		if !twelve(list) {
			like := locale.Ru.Facts().Months[0]
			r.wrong(strings.Join(list, ", "), []string{"[" + quoted(like[0]) + ", " + quoted(like[1]) + ", …, " + quoted(like[11]) + "]"}, "language", "months")
			f.Months = nil
			break
		}
	}
	r.dates(f)
}

// dates judges the layouts: each must show the reference day, with its month as a number or as the first
// word of a list of months.
func (r *reader) dates(f *locale.Facts) {
	d, like := &f.Dates, locale.Ru.Facts().Dates
	for _, layout := range []struct {
		key   string
		value *string
		like  string
		parts []string
	}{
		{"date", &d.Date, like.Date, []string{"2006", "2"}}, {"until", &d.Until, like.Until, []string{"2006", "2"}},
		{"since", &d.Since, like.Since, []string{"2006", "2"}}, {"on", &d.On, like.On, []string{"2006", "2"}},
		{"as_of", &d.AsOf, like.AsOf, []string{"2006", "2"}}, {"short", &d.Short, like.Short, []string{"2006", "2"}},
		{"date_time", &d.DateTime, like.DateTime, []string{"2006", "2", "15:04"}},
		{"month", &d.Month, like.Month, []string{"2006"}}, {"short_month", &d.ShortMonth, like.ShortMonth, []string{"2006"}},
	} {
		if *layout.value == "" {
			continue
		}
		rest, whole := *layout.value, true
		for _, part := range layout.parts {
			before, after, found := strings.Cut(rest, part)
			rest, whole = before+" "+after, whole && found
		}
		whole = whole && !marked(rest) && (strings.Contains(rest, "01") ||
			slices.ContainsFunc(f.Months, func(list []string) bool { return strings.Contains(rest, list[0]) }))
		if !whole {
			r.wrong(*layout.value, []string{layout.like}, "language", "dates", layout.key)
			*layout.value = ""
		}
	}
}

// texts takes the messages of a table of the file.
func (r *reader) texts(in map[string]any, path []string) {
	for _, name := range slices.Sorted(maps.Keys(in)) {
		at := append(slices.Clip(path), name)
		switch v := in[name].(type) {
		case map[string]any:
			r.texts(v, at)
		case string:
			r.text(at, v)
		default:
			r.report(diag.MessageUnknown, strings.Join(at, "."), diag.Args{"nearest": ""}, steps(at)...)
		}
	}
}

// steps are the steps to a message in the file.
func steps(path []string) []any {
	all := []any{"messages"}
	for _, step := range path {
		all = append(all, step)
	}
	return all
}

// text takes a message, or one form of a counted one.
func (r *reader) text(path []string, text string) {
	key, form := strings.Join(path, "."), "other"
	if last := len(path) - 1; Original(key) == nil && last > 0 && locale.Counted(strings.Join(path[:last], ".")) {
		key, form = strings.Join(path[:last], "."), path[last]
		if !slices.Contains(r.forms, form) {
			r.report(diag.MessageForm, form, diag.Args{"key": key, "words": r.forms, "missing": false}, steps(path)...)
			return
		}
	}
	original := Original(key)
	if original == nil && !locale.Whole {
		return // a message that this program does not have
	}
	if original == nil || locale.Counted(key) && len(path) == strings.Count(key, ".")+1 {
		r.report(diag.MessageUnknown, key, diag.Args{"nearest": r.speller.Nearest(key, len(Keys()), Keys)}, steps(path)...)
		return
	}
	if text == "" {
		return
	}
	longest := limits.Brief
	for _, forms := range original {
		for _, text := range forms {
			longest = max(longest, utf8.RuneCountInString(text))
		}
	}
	if r.over("title", utf8.RuneCountInString(text), limits.Translated*longest, steps(path)...) {
		return
	}
	if argument, ok := fits(key, text); !ok {
		r.report(diag.MessageArgument, argument, diag.Args{"key": key, "words": argumentsOf(key)}, steps(path)...)
		return
	}
	if r.messages[key] == nil {
		r.messages[key] = locale.Forms{}
	}
	r.messages[key][form] = text
}

// incomplete reports the counted messages of which some forms are translated and some are not.
func (r *reader) incomplete() {
	for _, key := range slices.Sorted(maps.Keys(r.messages)) {
		if !locale.Counted(key) {
			continue
		}
		for _, form := range r.forms {
			if r.messages[key][form] == "" {
				r.report(diag.MessageForm, form, diag.Args{"key": key, "words": r.forms, "missing": true}, steps(strings.Split(key, "."))...)
				delete(r.messages, key)
				break
			}
		}
	}
}

// named is how many of the messages that are missing a finding names.
const named = 5

// untranslated reports how much of a catalogue is missing.
func (r *reader) untranslated(f locale.Facts) {
	missing := f.Missing()
	for i, key := range missing {
		missing[i] = "language." + key
	}
	for _, key := range Keys() {
		if r.messages[key] == nil {
			missing = append(missing, key)
		}
	}
	if len(missing) == 0 {
		return
	}
	all := len(Keys()) + len(locale.Facts{}.Missing())
	r.report(diag.LanguageUntranslated, r.code, diag.Args{"missing": len(missing), "all": all, "words": missing[:min(named, len(missing))]})
}

// fits tells whether a text is made as messages are, and uses no other arguments than the message has in the
// languages of the program. It returns what does not fit.
func fits(key, text string) (argument string, ok bool) {
	used, strange := locale.Arguments(text)
	if strange != "" {
		return strange, false
	}
	known := argumentsOf(key)
	for _, argument := range used {
		if !slices.Contains(known, argument) {
			return argument, false
		}
	}
	return "", true
}

// days are the ways to write an argument that is a day, see package locale.
var days = []string{"Until", "Since", "On", "AsOf", "Short", "Clock", "Month"}

// argumentsOf are the arguments that a message may use, sorted.
func argumentsOf(key string) []string {
	used := map[string]bool{}
	for _, l := range locale.Langs {
		for _, text := range locale.FormsOf(l, key) {
			arguments, _ := locale.Arguments(text) // tests see to it that the program's own are right
			for _, a := range arguments {
				used[a] = true
			}
		}
	}
	for a := range maps.Clone(used) {
		if name, way, ok := strings.Cut(strings.TrimPrefix(a, "."), "."); ok && slices.Contains(days, way) {
			used["."+name] = true
			for _, other := range days {
				used["."+name+"."+other] = true
			}
		}
	}
	if locale.Counted(key) {
		used[".Count"] = true
	}
	return slices.Sorted(maps.Keys(used))
}
