package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"achyk/internal/attachment"
	"achyk/internal/clerk"
	"achyk/internal/locale"
	"achyk/internal/pipeline"
	"achyk/internal/report"
)

// attach makes the command attach.
func (a *app) attach() *cobra.Command {
	var what clerk.Attachment
	municipality, yes := "", false
	var pairs []string
	c := &cobra.Command{
		Use: "attach FILE… --to REGISTER ID [COLUMN=VALUE…]", Short: a.say.T("commands.attach"), Long: a.say.T("attach.long"),
		Args: func(_ *cobra.Command, args []string) error {
			what.Register = a.of(what.Register, &municipality)
			if register, id, both := strings.Cut(what.Register, "/"); both {
				what.Register, what.ID = register, id
			}
			for _, arg := range args {
				if strings.Contains(arg, "=") {
					pairs, what.Listed = append(pairs, arg), true
				} else {
					what.Files = append(what.Files, arg)
				}
			}
			if n := len(what.Files); what.ID == "" && n > 0 {
				what.ID, what.Files = what.Files[n-1], what.Files[:n-1]
			}
			switch {
			case what.Register == "" || len(what.Files) == 0:
				return &usageError{a.say.T("attach.arguments")}
			case what.Register == "attachments":
				return &usageError{a.say.T("attach.itself")}
			case what.Column != "" && len(what.Files) > 1:
				return &usageError{a.say.F("attach.several", locale.Args{"Count": len(what.Files)})}
			}
			return nil
		},
		RunE: func(_ *cobra.Command, _ []string) error {
			made, err := clerk.Attach(pipeline.Options{Source: a.source}, municipality, what, a.say, func(r *clerk.Record) error {
				named := func(pair string) bool { return strings.HasPrefix(pair, "caption_") }
				if what.Title == "" && !slices.ContainsFunc(pairs, named) && !a.asks {
					return &usageError{a.say.T("attach.untitled")}
				}
				return a.fill(r, pairs)
			})
			twice := (*clerk.TwiceError)(nil)
			switch {
			case errors.As(err, &twice):
				return &usageError{a.tell("attach.twice", locale.Args{"Name": twice.Name, "Same": twice.Same, "Row": twice.Row})}
			case err != nil:
				return a.meant(err)
			case made.Proposal == nil:
				a.code = findings
				if err := report.Text.Write(a.out, made.Problems, a.say); err != nil {
					return err
				}
				fmt.Fprintln(a.out, a.tell("import.refused", locale.Args{"Reason": report.Summary(made.Problems, a.say)}))
				return nil
			}
			paths := a.attached(made)
			if err := report.Text.Proposal(a.out, made.Proposal, a.say); err != nil {
				return err
			}
			return a.put(made.Proposal, yes, true, append(paths, made.Proposal.Path), func() error { return made.Write(a.source) })
		},
	}
	c.Flags().StringVar(&what.Register, "to", "", a.say.T("flags.to"))
	c.Flags().StringVar(&what.Title, "title", "", a.say.T("flags.title"))
	c.Flags().StringVar(&what.Column, "column", "", a.say.T("flags.column"))
	c.Flags().StringVarP(&municipality, "municipality", "m", "", a.say.T("flags.municipality"))
	c.Flags().BoolVarP(&yes, "yes", "y", false, a.say.T("flags.yes"))
	return c
}

// attached says what becomes of documents, and returns where they go.
func (a *app) attached(made *clerk.Attached) (paths []string) {
	photos := false
	kilobytes := func(bytes int) int { return (bytes + 1023) >> 10 }
	for _, d := range made.Documents {
		paths = append(paths, d.Path)
		fmt.Fprintln(a.out, a.tell("attach.document", locale.Args{"Name": d.From, "Path": d.Path}))
		args := locale.Args{"Size": kilobytes(d.Size), "NewSize": kilobytes(len(d.Data))}
		p := d.Made
		if p == nil {
			fmt.Fprintln(a.out, "    "+a.say.F("attach.same", args))
			continue
		}
		photos = true
		args["Width"], args["Height"], args["NewWidth"], args["NewHeight"] = p.Before.X, p.Before.Y, p.After.X, p.After.Y
		key := "attach.photo"
		if p.Anew || len(p.Removed) > 0 {
			key = "attach.made"
		}
		fmt.Fprintln(a.out, "    "+a.say.F(key, args))
		if p.Turned {
			fmt.Fprintln(a.out, "    "+a.say.T("attach.turned"))
		}
		if len(p.Removed) > 0 {
			said := words(p.Removed, func(w attachment.What) string { return a.say.T("attach.trace." + string(w)) })
			fmt.Fprintln(a.out, "    "+a.say.F("attach.removed", locale.Args{"Words": said}))
		}
	}
	if photos {
		fmt.Fprintln(a.out, a.say.T("attach.faces"))
	}
	return paths
}
