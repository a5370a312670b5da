package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"achyk/internal/cases"
	"achyk/internal/locale"
	"achyk/internal/pipeline"
	"achyk/internal/report"
)

// test makes the command test.
func (a *app) test() *cobra.Command {
	return &cobra.Command{
		Use: "test " + a.say.T("test.usage"), Short: a.say.T("commands.test"), Long: a.say.T("test.long"),
		Args: func(c *cobra.Command, args []string) error { return a.noArguments(c, args[min(1, len(args)):]) },
		RunE: func(_ *cobra.Command, args []string) error {
			id := ""
			if len(args) > 0 {
				id = args[0]
			}
			tested, err := pipeline.Test(pipeline.Options{Source: a.source}, id)
			var unknown *pipeline.UnknownError
			if errors.As(err, &unknown) {
				return &usageError{a.tell("test.unknown", locale.Args{"Name": unknown.Name, "Words": strings.Join(unknown.Candidates, "`, `")})}
			}
			if err != nil {
				return err
			}
			failed := 0
			for i := range tested {
				if t := &tested[i]; !t.Passed() {
					failed++
					a.differs(t)
				}
			}
			if failed > 0 {
				a.code = findings
				fmt.Fprintln(a.out, a.say.NF("test.failed", failed, locale.Args{"All": a.say.Int(len(tested))}))
			} else {
				fmt.Fprintln(a.out, a.say.N("test.passed", len(tested)))
			}
			return nil
		},
	}
}

// differs says what of a case is not as expected.
func (a *app) differs(t *pipeline.Tested) {
	var mistake *cases.Mistake
	if errors.As(t.Mistake, &mistake) {
		fmt.Fprintf(a.out, "%s: %s\n", report.Visible(t.File), a.tell("test.mistake."+mistake.What, locale.Args{"Name": mistake.Name, "Value": mistake.Value}))
		return
	}
	fmt.Fprintf(a.out, "%s: %s\n", report.Visible(t.File), a.say.T("test.differs"))
	for _, line := range t.Differs {
		fmt.Fprintf(a.out, "  %s\n", report.Visible(line))
	}
}
