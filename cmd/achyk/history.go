package main

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/spf13/cobra"

	"achyk/internal/locale"
	"achyk/internal/pipeline"
	"achyk/internal/timeline"
)

// history makes the command history.
func (a *app) history() *cobra.Command {
	asJSON, ref := false, ""
	c := &cobra.Command{
		Use: "history REGISTER ID [COLUMN]", Short: a.say.T("commands.history"), Long: a.say.T("history.long"),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) < 2 || len(args) > 3 {
				return &usageError{a.say.T("history.arguments")}
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			column := ""
			if len(args) > 2 {
				column = args[2]
			}
			t, err := pipeline.Trace(pipeline.Options{Source: a.source, Ref: ref, Version: version()}, args[0], args[1], column)
			if t.Shallow {
				defer fmt.Fprintln(a.err, a.say.T("history.gap.shallow"))
			}
			var unknown *pipeline.UnknownError
			if errors.As(err, &unknown) {
				if unknown.What == "record" {
					a.code = findings
					fmt.Fprintln(a.err, a.unknown(unknown))
					return nil
				}
				return &usageError{a.unknown(unknown)}
			}
			if err != nil {
				return err
			}
			write := timeline.Text
			if asJSON {
				write = timeline.JSON
			}
			return write(a.out, timeline.Timeline{
				Register: path.Join(t.Municipality, t.Register), ID: t.ID, Schema: t.Schema, Changes: t.Changes,
			}, a.say)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, a.say.T("flags.json"))
	c.Flags().StringVar(&ref, "ref", "", a.say.T("flags.history_ref"))
	return c
}

// meant returns an error as one of usage if a name is not known, else as it is.
func (a *app) meant(err error) error {
	var unknown *pipeline.UnknownError
	if errors.As(err, &unknown) {
		return &usageError{a.unknown(unknown)}
	}
	return err
}

// unknown returns the message that a name is not known, with similar names.
func (a *app) unknown(u *pipeline.UnknownError) string {
	return a.tell("history.unknown."+u.What, locale.Args{"Name": u.Name, "Words": strings.Join(u.Candidates, ", ")})
}
