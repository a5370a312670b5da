package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"achyk/internal/clerk"
	"achyk/internal/locale"
	"achyk/internal/pipeline"
	"achyk/internal/report"
)

// export makes the command export.
func (a *app) export() *cobra.Command {
	municipality, file, yes := "", "", false
	c := &cobra.Command{
		Use: "export REGISTER [--sheet FILE.xlsx]", Short: a.say.T("commands.export"), Long: a.say.T("export.long"),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return &usageError{a.say.T("export.arguments")}
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			register := a.of(args[0], &municipality)
			if file == "" {
				if file = register + ".xlsx"; below(".", a.source) { // check would take it for a misplaced register
					file = filepath.Join(a.source, "..", file)
				}
			}
			if !strings.EqualFold(filepath.Ext(file), ".xlsx") {
				return &usageError{a.tell("export.name", locale.Args{"Path": file})}
			}
			if err := a.apart("sheet", filepath.Dir(file), "../"+filepath.Base(file), strings.EqualFold(filepath.Base(file), register+".xlsx")); err != nil {
				return err
			}
			if _, err := os.Lstat(file); err == nil && !yes { // somebody may have filled it in
				return &usageError{a.tell("export.exists", locale.Args{"Path": file})}
			}
			var b bytes.Buffer
			problems, err := clerk.Blank(pipeline.Options{Source: a.source}, municipality, register, a.say, &b)
			switch {
			case err != nil:
				return a.meant(err)
			case problems.HasErrors():
				a.code = findings
				if err := report.Text.Write(a.out, problems, a.say); err != nil {
					return err
				}
				fmt.Fprintln(a.out, a.tell("export.refused", locale.Args{"Reason": report.Summary(problems, a.say)}))
				return nil
			}
			if err := clerk.Write(filepath.Dir(file), filepath.Base(file), b.Bytes()); err != nil {
				return err
			}
			fmt.Fprintln(a.out, a.tell("export.written", locale.Args{"Path": file}))
			return nil
		},
	}
	c.Flags().StringVarP(&municipality, "municipality", "m", "", a.say.T("flags.municipality"))
	c.Flags().StringVar(&file, "sheet", "", a.say.T("flags.sheet"))
	c.Flags().BoolVarP(&yes, "yes", "y", false, a.say.T("flags.yes"))
	return c
}
