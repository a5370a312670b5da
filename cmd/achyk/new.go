package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"achyk/internal/clerk"
	"achyk/internal/locale"
	"achyk/internal/pipeline"
	"achyk/internal/report"
)

// newRecord makes the command new.
func (a *app) newRecord() *cobra.Command {
	municipality, folder, asOf, yes := "", "", "", false
	c := &cobra.Command{
		Use: "new REGISTER [COLUMN=VALUE…] | new cycle YEAR | new language CODE", Short: a.say.T("commands.new"), Long: a.say.T("new.long"),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return &usageError{a.say.T("new.arguments")}
			}
			if len(args) == 1 && args[0] == "cycle" {
				return &usageError{a.say.T("new.year")}
			}
			if len(args) == 1 && args[0] == "language" {
				return &usageError{a.tell("new.no_language", locale.Args{"Code": ""})}
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 2 && args[0] == "language" && !strings.Contains(args[1], "=") {
				return a.newLanguage(args[1])
			}
			if len(args) == 2 && args[0] == "cycle" && !strings.Contains(args[1], "=") {
				today, err := a.day(asOf)
				if err != nil {
					return err
				}
				return a.newCycle(args[1], municipality, folder, today, yes)
			}
			register := a.of(args[0], &municipality)
			p, err := clerk.New(pipeline.Options{Source: a.source}, municipality, register, a.say, func(r *clerk.Record) error { return a.fill(r, args[1:]) })
			var exists *clerk.ExistsError
			switch {
			case errors.As(err, &exists):
				return &usageError{a.tell("new.exists", locale.Args{"ID": exists.Key})}
			case err != nil:
				return a.meant(err)
			}
			if err := report.Text.Proposal(a.out, p, a.say); err != nil {
				return err
			}
			return a.write(p, yes, true)
		},
	}
	c.Flags().StringVarP(&municipality, "municipality", "m", "", a.say.T("flags.municipality"))
	c.Flags().BoolVarP(&yes, "yes", "y", false, a.say.T("flags.yes"))
	c.Flags().StringVar(&folder, "drafts", "", a.say.T("flags.drafts"))
	c.Flags().StringVar(&asOf, "as-of", "", a.say.T("flags.as_of"))
	return c
}

// fill fills in a record from the command line, and asks at a terminal for what else must be there.
func (a *app) fill(r *clerk.Record, pairs []string) error {
	for _, pair := range pairs {
		column, value, ok := strings.Cut(pair, "=")
		if !ok {
			return &usageError{a.tell("new.pair", locale.Args{"Value": pair})}
		}
		if err := r.Set(column, value); err != nil {
			return err
		}
	}
	var missing []string
	var fields []int
	for _, field := range r.Missing() {
		if a.asks {
			if err := a.askFor(r, field); err != nil {
				return err
			}
		} else if id := r.Proposed(field); id != "" {
			r.Answer(field, id)
		} else if len(missing) == 0 || !slices.Contains(r.Table.Schema.Keys(), field) { // the code is proposed when the rest is there
			missing = append(missing, report.Heading(r.Table.Schema, r.Table.Schema.Fields[field].Name, a.say))
			fields = append(fields, field)
		}
	}
	if len(missing) > 0 {
		if err := a.unfit(r, pairs); err != nil {
			return err
		}
		for i, field := range fields {
			if offered := r.Offered(field); len(offered) > 0 && len(offered) <= offers {
				fmt.Fprintln(a.err, missing[i]+":")
				a.offer(offered)
			}
		}
		return &usageError{a.tell("new.missing", locale.Args{"Words": strings.Join(missing, ", ")})}
	}
	return nil
}

// unfit says which of the values that were given do not fit, so that they need not be mended one by one.
func (a *app) unfit(r *clerk.Record, pairs []string) error {
	for _, pair := range pairs {
		column, value, _ := strings.Cut(pair, "=")
		field := r.Table.Schema.Field(column)
		if field < 0 { // a heading or a short name, which is judged with the record
			continue
		}
		if !r.Known(field, value) {
			near := r.Near(field, value)
			fmt.Fprintf(a.err, "%s: %s\n", report.Visible(pair), a.say.F("new.unknown", locale.Args{"Near": len(near) > 0}))
			a.offer(near[:min(len(near), 3)])
		} else if err := report.Text.Write(a.err, r.Answer(field, value), a.say); err != nil {
			return err
		}
	}
	return nil
}

// offers is how many of the values that a field may have are shown at once.
const offers = 15

// askFor asks for the value of a field until it fits.
func (a *app) askFor(r *clerk.Record, field int) error {
	proposed, offered := r.Proposed(field), r.Offered(field)
	fmt.Fprintf(a.err, "\n%s\n", report.Heading(r.Table.Schema, r.Table.Schema.Fields[field].Name, a.say))
	for line := range strings.Lines(r.Note(field)) {
		fmt.Fprintln(a.err, "  "+strings.TrimSpace(line))
	}
	if len(offered) <= offers {
		a.offer(offered)
	} else {
		fmt.Fprintln(a.err, a.say.F("new.choose", locale.Args{"Count": len(offered)}))
	}
	for {
		prompt := "> "
		if proposed != "" {
			prompt = "[" + proposed + "] > "
		}
		answer, err := a.ask(prompt)
		if err != nil {
			return &usageError{a.tell("new.missing", locale.Args{"Words": r.Table.Schema.Fields[field].Name})}
		}
		switch answer {
		case "":
			if answer = proposed; answer == "" {
				continue
			}
		case "?":
			a.offer(offered)
			continue
		}
		if !r.Known(field, answer) {
			near := r.Near(field, answer)
			fmt.Fprintln(a.err, a.say.F("new.unknown", locale.Args{"Near": len(near) > 0}))
			a.offer(near[:min(len(near), offers)])
			continue
		}
		problems := r.Answer(field, answer)
		if len(problems) == 0 {
			return nil
		}
		if err := report.Text.Write(a.err, problems, a.say); err != nil {
			return err
		}
	}
}

// offer lists values.
func (a *app) offer(values []string) {
	for _, v := range values {
		fmt.Fprintln(a.err, "  – "+report.Visible(v))
	}
}

// ask asks for a line at a terminal.
func (a *app) ask(prompt string) (string, error) {
	a.out.Flush()
	fmt.Fprint(a.err, prompt)
	a.err.Flush()
	line, err := a.in.ReadString('\n')
	return strings.TrimSpace(line), err
}
