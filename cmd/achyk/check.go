package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"achyk/internal/locale"
	"achyk/internal/pipeline"
	"achyk/internal/report"
)

// check makes the command check.
func (a *app) check() *cobra.Command {
	form, since, asOf, strict := "", "", "", false
	var assume []string
	c := &cobra.Command{
		Use: "check", Short: a.say.T("commands.check"), Long: a.say.T("check.long"), Args: a.noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			format, ok := report.Find(form)
			if !ok {
				return a.wrongValue("format", form, formats())
			}
			today, err := a.day(asOf)
			if err != nil {
				return err
			}
			if since == "" && c.Flags().Changed("since") { // --since "$BASE" with an empty variable must not make the check pass
				return a.wrongValue("since", since, "origin/main")
			}
			checked, err := pipeline.Check(pipeline.Options{Source: a.source, Since: since, Assume: assume, AsOf: today})
			if err != nil {
				return err
			}
			a.limit(checked.Limit)
			problems := checked.Problems
			if err := format.Write(a.out, problems, a.say); err != nil {
				return err
			}
			if problems.HasErrors() || strict && report.Alarming(checked.Outcomes) {
				a.code = findings
			}
			if form == "text" && len(problems) > 0 {
				fmt.Fprintln(a.out, report.Summary(problems, a.say))
				if !checked.Links {
					fmt.Fprintln(a.out, a.say.T("check.links"))
				}
			} else if form == "text" {
				fmt.Fprintln(a.out, a.say.F("report.clean", locale.Args{"registers": checked.Counts.Registers, "rows": checked.Counts.Rows}))
			}
			if err := format.Corrections(a.out, checked.Corrections, a.say); err != nil {
				return err
			}
			if since != "" {
				if err := format.Turns(a.out, report.Proposed, checked.Proposed, a.say); err != nil {
					return err
				}
			}
			if len(assume) > 0 {
				if err := format.Turns(a.out, report.Assumed, checked.Turned, a.say); err != nil {
					return err
				}
			}
			return format.Outcomes(a.out, checked.Outcomes, a.say)
		},
	}
	c.Flags().StringVar(&form, "format", "text", a.say.F("flags.format", locale.Args{"Words": formats()}))
	c.Flags().StringVar(&since, "since", "", a.say.T("flags.since"))
	c.Flags().StringArrayVar(&assume, "assume", nil, a.say.T("flags.assume"))
	c.Flags().StringVar(&asOf, "as-of", "", a.say.T("flags.as_of"))
	c.Flags().BoolVar(&strict, "strict", false, a.say.T("flags.strict"))
	return c
}

// formats returns the names of the formats of reports.
func formats() string {
	return words(report.Formats, func(f report.Format) string { return f.Name })
}
