package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"achyk/internal/build"
	"achyk/internal/locale"
	"achyk/internal/report"
)

func (a *app) check() *cobra.Command {
	form := ""
	c := &cobra.Command{
		Use: "check", Short: a.say.T("commands.check"), Long: a.say.T("check.long"), Args: a.noArguments,
		RunE: func(*cobra.Command, []string) error {
			format, ok := report.Find(form)
			if !ok {
				return a.wrongValue("format", form, formats())
			}
			counts, problems, err := build.Check(a.source)
			if err != nil {
				return err
			}
			if err := format.Write(a.out, problems, a.say); err != nil {
				return err
			}
			if problems.HasErrors() {
				a.code = findings
			}
			if form != "text" {
				return nil
			}
			if len(problems) > 0 {
				fmt.Fprintln(a.out, report.Summary(problems, a.say))
				return nil
			}
			fmt.Fprintln(a.out, a.say.F("report.clean", locale.Args{"registers": counts.Registers, "rows": counts.Rows}))
			return nil
		},
	}
	c.Flags().StringVar(&form, "format", "text", a.say.F("flags.format", locale.Args{"Words": formats()}))
	return c
}

func formats() string {
	return words(report.Formats, func(f report.Format) string { return f.Name })
}
