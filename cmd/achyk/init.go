package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"achyk/internal/diag"
	"achyk/internal/locale"
	"achyk/internal/newtown"
	"achyk/internal/pipeline"
	"achyk/internal/report"
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
			if err := a.languages(&t, languages, original); err != nil {
				return err
			}
			if err := a.named(&t, names); err != nil {
				return err
			}
			for _, q := range []question{
				{"id", &t.ID, nil}, {"kind", &t.Kind, newtown.Kinds}, {"procedure", &t.Procedure, newtown.Procedures},
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

// languages reads the values of --languages and --original.
func (a *app) languages(t *newtown.Town, codes []string, original string) error {
	t.Languages = locale.Codes(codes).Langs()
	if len(codes) > 0 && len(t.Languages) != len(codes) || len(t.Languages) == 0 {
		return a.wrongValue("languages", strings.Join(codes, ","), words(locale.Langs[:], locale.Lang.String))
	}
	t.Original = t.Languages[0]
	if original != "" {
		l, ok := locale.ParseLang(original)
		if !ok || !slices.Contains(t.Languages, l) {
			return a.wrongValue("original", original, words(t.Languages, locale.Lang.String))
		}
		t.Original = l
	}
	return nil
}

// named reads the values of --name and asks for those that are missing.
func (a *app) named(t *newtown.Town, names []string) error {
	for _, name := range names {
		code, text, _ := strings.Cut(name, "=")
		l, ok := locale.ParseLang(code)
		if !ok || strings.TrimSpace(text) == "" {
			return a.wrongValue("name", name, "ky=…, ru=…, en=…")
		}
		t.Name.Set(l, strings.TrimSpace(text))
	}
	for _, l := range t.Languages {
		name := t.Name.Get(l)
		if l == locale.En && l != t.Original && len(names) > 0 { // readers of English then see the original name
			continue
		}
		if err := a.answer(question{"name", &name, nil}, l.String()); err != nil {
			return err
		}
		t.Name.Set(l, name)
	}
	return nil
}

// question is what a person at a terminal is asked where a flag was not given. Its words are
// "init.ask_<flag>".
type question struct {
	flag  string
	value *string
	words []string // that it may be answered with; nil: anything
}

// answer sees to it that a value is given: by the flag, or else by the person at the terminal.
func (a *app) answer(q question, of ...string) error {
	words := strings.Join(q.words, ", ")
	if *q.value == "" {
		if !term.IsTerminal(int(os.Stdin.Fd())) {
			return &usageError{a.say.F("init.needed", locale.Args{"Flag": "--" + q.flag, "Of": strings.Join(of, "")})}
		}
		fmt.Fprint(a.err, a.say.F("init.ask_"+q.flag, locale.Args{"Of": strings.Join(of, ""), "Words": words}), " ")
		a.err.Flush()
		line, err := a.line()
		if err != nil {
			return err
		}
		*q.value = line
	}
	if *q.value == "" || q.words != nil && !slices.Contains(q.words, *q.value) {
		return a.wrongValue(q.flag, *q.value, words)
	}
	return nil
}

// line reads a line that a person typed.
func (a *app) line() (string, error) {
	line, err := bufio.NewReader(os.Stdin).ReadString('\n') // a terminal gives one line at a time
	return strings.TrimSpace(line), err
}

// found makes the repository if the person at the terminal says so, or has said so by --yes.
func (a *app) found(dir string, t newtown.Town, yes bool) error {
	if !yes && !a.agreed(true) {
		fmt.Fprintln(a.out, a.say.T("import.dry"))
		return nil
	}
	var problems diag.List
	names, err := t.Make(dir, func(draft string) (bool, error) {
		checked, err := pipeline.Check(pipeline.Options{Source: draft, Version: version()})
		problems = checked.Problems
		return !problems.HasErrors(), err
	})
	var full *newtown.NotEmptyError
	switch {
	case errors.As(err, &full):
		return &usageError{a.tell("init.not_empty", locale.Args{"Dir": full.Dir, "Name": full.Name})}
	case errors.Is(err, newtown.ErrID):
		return &usageError{a.tell("init.wrong_id", locale.Args{"Value": t.ID})}
	case err != nil:
		return err
	case names == nil:
		a.code = findings
		fmt.Fprintln(a.out, a.tell("import.refused", locale.Args{"Reason": report.Summary(problems, a.say)}))
		return report.Text.Write(a.out, problems, a.say)
	}
	fmt.Fprintln(a.out, a.say.NF("init.done", len(names), locale.Args{"Dir": report.Visible(dir)}))
	return nil
}
