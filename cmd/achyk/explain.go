package main

import (
	"strings"

	"github.com/spf13/cobra"

	"achyk/internal/locale"
	"achyk/internal/pipeline"
	"achyk/internal/report"
)

// explain makes the command explain.
func (a *app) explain() *cobra.Command {
	return &cobra.Command{
		Use: "explain " + a.say.T("explain.usage.code"), Short: a.say.T("commands.explain"), Long: a.say.T("explain.usage.long"),
		Args: func(c *cobra.Command, args []string) error { return a.noArguments(c, args[min(1, len(args)):]) },
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return report.Codes(a.out, a.say)
			}
			set, err := pipeline.Read(pipeline.Options{Source: a.source})
			if err != nil {
				return err
			}
			known, err := report.Explain(a.out, args[0], set, a.say)
			if err == nil && !known {
				err = &usageError{a.tell("explain.usage.unknown", locale.Args{"Code": args[0], "Near": strings.Join(report.Near(args[0]), "`, `")})}
			}
			return err
		},
	}
}
