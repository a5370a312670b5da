package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/spf13/cobra"

	"achyk/internal/locale"
	"achyk/internal/pipeline"
	"achyk/internal/report"
	"achyk/internal/verify"
)

// check makes the command check.
func (a *app) check() *cobra.Command {
	form, asOf, strict := "", "", false
	var since, assume []string
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
			rev, live, err := a.published(c.Context(), since)
			if err != nil {
				return err
			}
			checked, err := pipeline.Check(pipeline.Options{Source: a.source, Since: rev, Live: live, Assume: assume, AsOf: today})
			if err != nil {
				return err
			}
			a.limit(checked.Limit)
			if checked.Problems.HasErrors() || strict && report.Alarming(checked.Outcomes) {
				a.code = findings
			}
			found := &report.Check{
				Registers: checked.Counts.Registers, Rows: checked.Counts.Rows, Judged: report.DayOf(checked.AsOf, checked.AsOfFrom), Problems: checked.Problems, Links: checked.Links, Outcomes: checked.Outcomes,
				ByAssumption: len(assume) > 0, Assumed: checked.Turned,
				Since: rev != "", Corrections: checked.Corrections, Proposed: checked.Proposed, Edits: checked.Edits, Files: checked.Files,
			}
			return format.Write(a.out, found, a.say)
		},
	}
	c.Flags().StringVar(&form, "format", report.Text.Name, a.say.F("flags.format", locale.Args{"Words": checkForms()}))
	c.Flags().StringArrayVar(&since, "since", nil, a.say.T("flags.since"))
	c.Flags().StringArrayVar(&assume, "assume", nil, a.say.T("flags.assume"))
	c.Flags().StringVar(&asOf, "as-of", "", a.say.T("flags.as_of"))
	c.Flags().BoolVar(&strict, "strict", false, a.say.T("flags.strict"))
	return c
}

// published returns the revision that the values of --since name: the first that is one, or the commit of a site
// (then live is true). A site that is not there yet is passed over, and a line says so.
func (a *app) published(ctx context.Context, since []string) (rev string, live bool, err error) {
	if slices.Contains(since, "") { // --since "$BASE" with an empty variable must not make the check pass
		return "", false, a.wrongValue("since", "", "origin/main")
	}
	for _, name := range since {
		if !verify.IsAddress(name) {
			return name, false, nil
		}
		rev, err := verify.Commit(ctx, name)
		site := locale.Args{"Site": name, "Commit": rev}
		switch {
		case errors.Is(err, fs.ErrNotExist):
			fmt.Fprintln(a.err, a.tell("check.live.none", site))
		case err != nil:
			fmt.Fprintln(a.err, a.tell("check.live.unread", site))
			return "", false, err
		default:
			fmt.Fprintln(a.err, a.tell("check.live.commit", site))
			return rev, true, nil
		}
	}
	if len(since) > 0 {
		return "", false, &usageError{a.say.T("check.live.nothing")}
	}
	return "", false, nil
}

// checkForms returns the names of the forms of what a check has found.
func checkForms() string {
	return words(report.Forms, func(f report.Form) string { return f.Name })
}

// formats returns the names of the formats of reports.
func formats() string {
	return words(report.Formats, func(f report.Format) string { return f.Name })
}
