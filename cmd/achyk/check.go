package main

import (
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
			format, ok := report.FindForm(form)
			if !ok {
				return a.wrongValue("format", form, checkForms())
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
			if checked.Problems.HasErrors() || strict && report.Alarming(checked.Outcomes) {
				a.code = findings
			}
			found := &report.Check{
				Registers: checked.Counts.Registers, Rows: checked.Counts.Rows, Problems: checked.Problems, Links: checked.Links, Outcomes: checked.Outcomes,
				ByAssumption: len(assume) > 0, Assumed: checked.Turned,
				Since: since != "", Corrections: checked.Corrections, Proposed: checked.Proposed, Edits: checked.Edits, Files: checked.Files,
			}
			return format.Write(a.out, found, a.say)
		},
	}
	c.Flags().StringVar(&form, "format", report.Text.Name, a.say.F("flags.format", locale.Args{"Words": checkForms()}))
	c.Flags().StringVar(&since, "since", "", a.say.T("flags.since"))
	c.Flags().StringArrayVar(&assume, "assume", nil, a.say.T("flags.assume"))
	c.Flags().StringVar(&asOf, "as-of", "", a.say.T("flags.as_of"))
	c.Flags().BoolVar(&strict, "strict", false, a.say.T("flags.strict"))
	return c
}

// checkForms returns the names of the forms of what a check has found.
func checkForms() string {
	return words(report.Forms, func(f report.Form) string { return f.Name })
}

// formats returns the names of the formats of reports.
func formats() string {
	return words(report.Formats, func(f report.Format) string { return f.Name })
}
