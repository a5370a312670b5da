package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"achyk/internal/clerk"
	"achyk/internal/desk"
	"achyk/internal/locale"
	"achyk/internal/pipeline"
	"achyk/internal/report"
)

// importSheet makes the command import.
func (a *app) importSheet() *cobra.Command {
	form, municipality, asOf, yes := "", "", "", false
	var options desk.Options
	c := &cobra.Command{
		Use: "import [REGISTER] FILE", Short: a.say.T("commands.import"), Long: a.say.T("import.long"),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) < 1 || len(args) > 2 {
				return &usageError{a.say.T("import.arguments")}
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			format, ok := report.Find(form)
			if !ok {
				return a.wrongValue("format", form, formats())
			}
			today, err := a.day(asOf)
			if err != nil {
				return err
			}
			if len(args) == 2 {
				options.Register = a.of(args[0], &municipality)
			}
			p, err := clerk.Take(pipeline.Options{Source: a.source, AsOf: today}, municipality, args[len(args)-1], options)
			if err != nil {
				return a.meant(err)
			}
			if err := format.Proposal(a.out, p, a.say); err != nil {
				return err
			}
			return a.write(p, yes, form == report.Text.Name)
		},
	}
	c.Flags().StringVarP(&municipality, "municipality", "m", "", a.say.T("flags.municipality"))
	c.Flags().BoolVar(&options.Delete, "delete", false, a.say.T("flags.delete"))
	c.Flags().BoolVar(&options.Clear, "clear", false, a.say.T("flags.clear"))
	c.Flags().BoolVarP(&yes, "yes", "y", false, a.say.T("flags.yes"))
	c.Flags().StringVar(&asOf, "as-of", "", a.say.T("flags.as_of"))
	c.Flags().StringVar(&form, "format", report.Text.Name, a.say.F("flags.format", locale.Args{"Words": formats()}))
	return c
}

// write writes a proposed register if the person at the terminal says so, or has said so by --yes.
// What it says is for people, so it is silent where the output is for programs.
func (a *app) write(p *desk.Proposal, yes, aloud bool) error {
	return a.put(p, yes, aloud, []string{p.Path}, func() error { return clerk.Write(a.source, p.Path, p.CSV) })
}

// put is write for a proposal that comes with other files. paths are those that are written.
func (a *app) put(p *desk.Proposal, yes, aloud bool, paths []string, write func() error) error {
	tell := func(line string) {
		if aloud {
			fmt.Fprintln(a.out, line)
		}
	}
	switch {
	case p.CSV == nil:
		a.code = findings
		tell(a.tell("import.refused", locale.Args{"Reason": report.Summary(p.Problems, a.say)}))
		return nil
	case len(p.Changes) == 0:
		tell(a.say.T("import.nothing"))
		return nil
	}
	if agreed, err := a.agreed(yes, aloud); err != nil || !agreed {
		if err == nil {
			tell(a.say.T("import.dry"))
		}
		return err
	}
	if err := write(); err != nil {
		return err
	}
	for _, path := range paths {
		tell(a.tell("import.written", locale.Args{"Path": path}))
	}
	return nil
}

// agreed tells whether to write: because of --yes, or because the person at a terminal says so.
func (a *app) agreed(yes, aloud bool) (bool, error) {
	if yes || !aloud || !a.asks {
		return yes, nil
	}
	answer, err := a.ask(a.say.T("import.ask") + " ")
	answer = strings.ToLower(answer)
	return strings.HasPrefix(answer, a.say.T("import.yes")) || answer == "y" || answer == "yes", err
}
