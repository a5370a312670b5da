package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"achyk/internal/diag"
	"achyk/internal/locale"
	"achyk/internal/newtown"
	"achyk/internal/pipeline"
	"achyk/internal/report"
	"achyk/internal/translation"
)

// initTown makes the command init.
func (a *app) initTown() *cobra.Command {
	t := newtown.Town{Year: time.Now().Year()}
	var names, languages []string
	original := ""
	yes := false
	c := &cobra.Command{
		Use: "init DIR", Short: a.say.T("commands.init"), Long: a.say.T("init.long"),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return &usageError{a.say.T("init.arguments")}
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if err := newtown.Empty(args[0]); err != nil { // before anything is asked
				return a.initError(err, t)
			}
			if err := a.languages(&t, languages, original, !yes); err != nil {
				return err
			}
			if err := a.named(&t, names); err != nil {
				return err
			}
			for _, q := range []question{
				{flag: "id", value: &t.ID, refuse: func(id string) string {
					if newtown.CanBeTown(id) {
						return ""
					}
					return a.tell("init.wrong_id", locale.Args{"Value": id})
				}},
				{flag: "kind", value: &t.Kind, words: newtown.Kinds},
				{flag: "procedure", value: &t.Procedure, words: newtown.Procedures},
			} {
				if err := a.answer(q); err != nil {
					return err
				}
			}
			return a.found(args[0], t, yes)
		},
	}
	c.Flags().StringVar(&t.ID, "id", "", a.say.T("flags.town_id"))
	c.Flags().StringArrayVar(&names, "name", nil, a.say.T("flags.name"))
	c.Flags().StringVar(&t.Kind, "kind", "", a.say.F("flags.kind", locale.Args{"Words": strings.Join(newtown.Kinds, ", ")}))
	c.Flags().StringVar(&t.Procedure, "procedure", "", a.say.F("flags.procedure", locale.Args{"Words": strings.Join(newtown.Procedures, ", ")}))
	c.Flags().StringSliceVar(&languages, "languages", nil, a.say.T("flags.languages"))
	c.Flags().StringVar(&original, "original", "", a.say.T("flags.original"))
	c.Flags().BoolVar(&t.Demonstration, "demonstration", true, a.say.T("flags.demonstration"))
	c.Flags().BoolVarP(&yes, "yes", "y", false, a.say.T("flags.yes"))
	return c
}

// languages reads the values of --languages and --original, and asks for those that are missing if ask is
// true and there is somebody to ask.
func (a *app) languages(t *newtown.Town, codes []string, original string, ask bool) error {
	ask = ask && a.asks
	all, known := words(locale.Langs[:], locale.Lang.String), strings.Join(codes, ",")
	split := func(value string) []string {
		return strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == ' ' })
	}
	languages := question{flag: "languages", value: &known, otherwise: strings.ReplaceAll(all, " ", ""), refuse: func(value string) string {
		codes := split(value)
		if found := languagesOf(codes); len(found) == len(codes) && slices.ContainsFunc(found, locale.Lang.BuiltIn) {
			return ""
		}
		return a.wrongValue("languages", value, all+", uz, kk, tg, …").Error()
	}}
	if !ask && known == "" {
		known = languages.otherwise
	}
	if err := a.answer(languages); err != nil {
		return err
	}
	t.Languages = languagesOf(split(known))
	if original == "" && (!ask || len(t.Languages) == 1) {
		original = t.Languages[0].String() // the built-in ones come first
	}
	var own []string
	for _, l := range t.Languages {
		if l.BuiltIn() { // as the original must be
			own = append(own, l.String())
		}
	}
	err := a.answer(question{flag: "original", value: &original, words: own, otherwise: own[0]})
	t.Original, _ = locale.ParseLang(original)
	return err
}

// languagesOf are the languages of codes: those that are built in, and further ones, whose catalogues come later.
func languagesOf(codes []string) []locale.Lang {
	known := locale.Langs[:]
	for _, code := range codes {
		if _, twice := locale.Find(code, known); !twice && locale.CanRegister(code) {
			known = append(slices.Clip(known), translation.Without(code))
		}
	}
	return locale.Chosen(codes, known)
}

// named reads the values of --name and asks for those that are missing.
func (a *app) named(t *newtown.Town, names []string) error {
	for _, name := range names {
		code, text, _ := strings.Cut(name, "=")
		l, ok := locale.Find(code, slices.Concat(locale.Langs[:], t.Languages))
		if !ok || strings.TrimSpace(text) == "" {
			return a.wrongValue("name", name, "ky=…, ru=…, en=…")
		}
		t.Name.Set(l, strings.TrimSpace(text))
	}
	for _, l := range t.Languages {
		name := t.Name.Get(l)
		if name != "" || (l == locale.En || !l.BuiltIn()) && l != t.Original && len(names) > 0 { // their readers then see the original name
			continue
		}
		if err := a.answer(question{flag: "name", of: l.String(), value: &name, refuse: func(name string) string {
			if newtown.CanBeName(name) {
				return ""
			}
			return a.tell("init.wrong_name", locale.Args{"Value": name})
		}}); err != nil {
			return err
		}
		t.Name.Set(l, name)
	}
	return nil
}

// question is what a person at a terminal is asked where a flag was not given. Its words are
// "init.ask_<flag>".
type question struct {
	flag      string
	of        string // what it is about, if the flag is given several times
	value     *string
	words     []string                  // that it may be answered with; nil: anything
	refuse    func(value string) string // says why a value cannot be, or ""; may be nil
	otherwise string                    // the value of an empty answer; "": there must be one
}

// wrong says why a value cannot be, or returns nil.
func (a *app) wrong(q question) error {
	if *q.value == "" || q.words != nil && !slices.Contains(q.words, *q.value) {
		return a.wrongValue(q.flag, *q.value, strings.Join(q.words, ", "))
	}
	if q.refuse == nil {
		return nil
	}
	if why := q.refuse(*q.value); why != "" {
		return &usageError{why}
	}
	return nil
}

// answer sees to it that a value is given: by the flag, or else by the person at the terminal, who is asked
// until the answer can be.
func (a *app) answer(q question) error {
	if *q.value != "" {
		return a.wrong(q)
	}
	needed := &usageError{a.say.F("init.needed", locale.Args{"Flag": "--" + q.flag, "Of": q.of})}
	if !a.asks {
		return needed
	}
	args := locale.Args{"Of": q.of, "Words": strings.Join(q.words, ", "), "Otherwise": q.otherwise}
	for {
		line, err := a.ask(a.say.F("init.ask_"+q.flag, args) + " ")
		if err != nil {
			return err
		}
		*q.value = cmp.Or(line, q.otherwise)
		wrong := a.wrong(q)
		if wrong == nil {
			return nil
		}
		if line == "" {
			fmt.Fprintln(a.err, a.say.T("init.empty"))
		} else {
			fmt.Fprintln(a.err, wrong)
		}
	}
}

// found makes the repository if the person at the terminal says so, or has said so by --yes.
func (a *app) found(dir string, t newtown.Town, yes bool) error {
	if agreed, err := a.agreed(yes, true); err != nil || !agreed {
		if err == nil {
			fmt.Fprintln(a.out, a.say.T("import.dry"))
		}
		return err
	}
	var problems diag.List
	names, err := t.Make(dir, func(draft string) (bool, error) {
		checked, err := pipeline.Check(pipeline.Options{Source: draft, Version: version()})
		problems = checked.Problems
		return !problems.HasErrors(), err
	})
	switch {
	case err != nil:
		return a.initError(err, t)
	case names == nil:
		a.code = findings
		fmt.Fprintln(a.out, a.tell("import.refused", locale.Args{"Reason": report.Summary(problems, a.say)}))
		return report.Text.Write(a.out, problems, a.say)
	}
	fmt.Fprintln(a.out, a.say.NF("init.done", len(names), locale.Args{"Dir": report.Visible(dir)}))
	for _, l := range t.Languages {
		if !l.BuiltIn() {
			fmt.Fprintln(a.out, a.say.F("init.catalogue", locale.Args{"Code": l.String(), "Dir": report.Visible(dir)}))
		}
	}
	return nil
}

// initError says in the reader's language why there can be no repository.
func (a *app) initError(err error, t newtown.Town) error {
	var full *newtown.NotEmptyError
	switch {
	case errors.As(err, &full):
		return &usageError{a.tell("init.not_empty", locale.Args{"Dir": full.Dir, "Name": full.Name})}
	case errors.Is(err, newtown.ErrID):
		return &usageError{a.tell("init.wrong_id", locale.Args{"Value": t.ID})}
	}
	return err
}
