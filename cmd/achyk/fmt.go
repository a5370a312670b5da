package main

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/cobra"

	"achyk/internal/clerk"
	"achyk/internal/desk"
	"achyk/internal/desk/canonical"
	"achyk/internal/locale"
	"achyk/internal/pipeline"
	"achyk/internal/report"
)

// format makes the command fmt.
func (a *app) format() *cobra.Command {
	differences := false
	c := &cobra.Command{
		Use: "fmt [--diff] [FILE…]", Short: a.say.T("commands.fmt"), Long: a.say.T("fmt.long"),
		RunE: func(_ *cobra.Command, args []string) error {
			paths := make([]string, len(args))
			for i, arg := range args {
				paths[i] = a.inSource(arg)
			}
			all, err := clerk.Format(pipeline.Options{Source: a.source}, paths)
			var unknown *pipeline.UnknownError
			if errors.As(err, &unknown) {
				return &usageError{a.tell("fmt.not_register", locale.Args{"Path": unknown.Name})}
			}
			if err != nil {
				return err
			}
			quiet := true
			for _, f := range all {
				if f.After != nil && bytes.Equal(f.Before, f.After) {
					continue
				}
				quiet = false
				if err := a.formatted(f, differences); err != nil {
					return err
				}
			}
			if quiet {
				fmt.Fprintln(a.out, a.say.T("fmt.none"))
			}
			return nil
		},
	}
	c.Flags().BoolVar(&differences, "diff", false, a.say.T("flags.diff"))
	return c
}

// inSource returns the path of a file within the repository.
func (a *app) inSource(arg string) string {
	root, err1 := filepath.Abs(a.source)
	file, err2 := filepath.Abs(arg)
	if rel, err := filepath.Rel(root, file); errors.Join(err1, err2, err) == nil && !strings.HasPrefix(rel, "..") {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(arg)
}

// formatted writes the canonical form of a file, or says how it would differ, or why there is none.
func (a *app) formatted(f canonical.Formatted, differences bool) error {
	p := &desk.Proposal{Result: &desk.Result{Table: f.Table, Restored: f.Restored, Problems: f.Problems}, Name: f.Path}
	p.Problems.Sort()
	if err := report.Text.Write(a.out, p.Problems, a.say); err != nil {
		return err
	}
	report.Restored(a.out, p, a.say)
	switch {
	case f.After == nil:
		a.code = findings
		fmt.Fprintln(a.out, a.tell("import.refused", locale.Args{"Reason": report.Summary(p.Problems, a.say)}))
	case differences:
		a.code = findings
		fmt.Fprintln(a.out, a.tell("fmt.would", locale.Args{"Path": f.Path}))
		for line := range strings.Lines(string(diff.Diff(f.Path, f.Before, f.Path, f.After))) {
			fmt.Fprintln(a.out, report.Visible(strings.TrimRight(line, "\r\n")))
		}
	default:
		if err := clerk.Write(a.source, f.Path, f.After); err != nil {
			return err
		}
		fmt.Fprintln(a.out, a.tell("fmt.done", locale.Args{"Path": f.Path}))
	}
	return nil
}
